import type { BillRecord } from '../../records.ts'
import type { FieldInfo } from '../../rpc.ts'
import { nameOfLine, nameOfReference, qualified } from '../external-id.ts'
import type { Sheet } from '../load.ts'
import type { BillLine, ResolvedBill } from './masters.ts'

type Fields = Readonly<Record<string, FieldInfo>>

/**
 * A bill with its lines, as `load` makes it in one transaction (odoo.md §6.2). The column of taxes is always there: an
 * empty cell says "none", where a line without the field would get the default taxes of its account or company.
 */
export function billSheet(record: BillRecord, resolved: ResolvedBill, reference: string, lineFields: Fields): Sheet {
  const name = nameOfReference(reference)
  const { vendor, currency, journal, dueDate, lines } = resolved
  const header: [string, string][] = [
    ['id', qualified(name)],
    ['move_type', record.kind === 'bill' ? 'in_invoice' : 'in_refund'],
    ['partner_id/.id', String(vendor.id)],
    ['ref', record.number],
    ['invoice_date', record.date],
    // Else Odoo takes the day on which it is written.
    ['date', record.date],
    ['currency_id/.id', String(currency)],
    ...(journal === undefined ? [] : [['journal_id/.id', String(journal)] satisfies [string, string]]),
    // Payment terms would overrule a date that is given.
    ...(dueDate === undefined
      ? []
      : ([
          ['invoice_payment_term_id/.id', ''],
          ['invoice_date_due', dueDate],
        ] satisfies [string, string][])),
  ]
  const rows = lines.map((line, i) => lineCells(name, line, i, lineFields))
  return {
    columns: [...header.map(([column]) => column), ...(rows[0] ?? []).map(([column]) => `invoice_line_ids/${column}`)],
    rows: rows.map((cells, i) => [
      ...header.map(([, cell]) => (i === 0 ? cell : '')),
      ...cells.map(([, cell]) => cell),
    ]),
  }
}

/** External id of a line: its place in the bill, which a bill that was loaded once keeps. */
export const nameOfBillLine = (reference: string, position: number): string =>
  qualified(nameOfLine(nameOfReference(reference), String(position + 1)))

function lineCells(
  name: string,
  { sent, account, taxes, costCentre }: BillLine,
  i: number,
  fields: Fields,
): [string, string][] {
  return [
    ['id', qualified(nameOfLine(name, String(i + 1)))],
    ['sequence', String((i + 1) * 10)],
    ['name', sent.description],
    ['account_id/.id', String(account)],
    ['quantity', '1'],
    ['price_unit', sent.amount],
    ['tax_ids/.id', taxes.join(',')],
    // One analytic account up to 15, a distribution from 16 on (odoo.md §12).
    fields.analytic_distribution
      ? ['analytic_distribution', costCentre === undefined ? '' : JSON.stringify({ [costCentre]: 100 })]
      : ['analytic_account_id/.id', costCentre === undefined ? '' : String(costCentre)],
  ]
}
