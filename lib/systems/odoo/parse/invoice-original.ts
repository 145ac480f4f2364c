import type { Invoice } from '../../../documents/invoice.ts'
import { idsOf } from '../bundle.ts'
import type { Reading } from './reading.ts'

type InvoiceFields = Invoice['originals'][number]
/** An invoice with the record it was read from. */
export interface Original {
  move: Reading
  fields: InvoiceFields
}

/**
 * A credit note's lines with the invoice lines they credit: the invoice it reverses, and there the line of the same
 * order line, else the only one of the same product. An invoice has no such lines.
 */
export function withOriginals(move: Reading, fields: InvoiceFields, originals: readonly Original[]): InvoiceFields {
  const reversed = move.idOf('reversed_entry_id')
  if (fields.kind !== 'Credit Memo' || reversed === undefined) return fields
  const original = originals.find((one) => one.move.record.id === reversed)
  const number = original?.fields.number ?? move.nameOf('reversed_entry_id')?.replace(/ \(.*\)$/, '')
  if (number === undefined) return fields
  const rows = move.rows('account.move.line', 'invoice_line_ids', 'line_ids')
  return {
    ...fields,
    lines: fields.lines.map((line) => {
      const row = rows.find((one) => one.id === line.line)
      const credited = row && original ? creditedLine(row, original) : undefined
      return { ...line, original: { kind: 'Invoice', number, ...(credited === undefined ? {} : { line: credited }) } }
    }),
  }
}

function creditedLine(row: Reading, { move, fields }: Original): string | undefined {
  const lines = move
    .rows('account.move.line', 'invoice_line_ids', 'line_ids')
    .filter((one) => fields.lines.some((line) => line.line === one.id))
  const wanted = idsOf(row.record.sale_line_ids)
  const sameOrderLine = lines.filter((one) => idsOf(one.record.sale_line_ids).some((id) => wanted.includes(id)))
  const sameProduct = lines.filter((one) => one.idOf('product_id') === row.idOf('product_id'))
  const [only, ...others] = sameOrderLine.length > 0 ? sameOrderLine : sameProduct
  return others.length === 0 ? only?.id : undefined
}
