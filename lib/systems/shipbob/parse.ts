import type { Json } from '../../core/exchange.ts'
import type { Parse } from '../../core/flow.ts'
import type { Problem } from '../../core/problems.ts'
import { type DocumentType, documentSchemas } from '../../documents/index.ts'
import { type Primary, partOf, primaryOf } from './bundle.ts'
import { serviceInvoice } from './parse/invoice.ts'
import { createReading, type Findings, type Reading, textOf } from './parse/reading.ts'
import { receivingProgress, unidentifiedReceipt } from './parse/receiving.ts'
import { customerReturn } from './parse/return.ts'
import { shipment } from './parse/shipment.ts'

/** What a reading of the bundle's other parts is for. */
interface Parts {
  object(name: string): Reading | undefined
  list(name: string): Reading[] | undefined
}

const parsers: { readonly [name in Primary]: (record: Reading, parts: Parts) => unknown } = {
  shipment: (record, parts) => shipment(record, parts.object('order')),
  receiving: (record, parts) => receivingProgress(record, parts.list('boxes')),
  unidentified: unidentifiedReceipt,
  return: customerReturn,
  invoice: (record, parts) => serviceInvoice(record, parts.list('transactions') ?? []),
}

const names: { readonly [name in Primary]: string } = {
  shipment: 'shipment',
  receiving: 'receiving order',
  unidentified: 'unidentified receiving order',
  return: 'return',
  invoice: 'invoice',
}

/**
 * A bundle of ShipBob's records as a canonical document with its warnings, or every problem of it at once. Pure. Words
 * that nobody knows and fields that are not there are tolerated (shipbob.md §3.6); whether a document is to be written
 * is the mapping's to say.
 */
export const parse: Parse = (type, raw) => {
  const primary = primaryOf(type)
  const fields = primary && partOf(raw, primary)
  if (!primary || !fields) return { problems: [notABundle(type, primary)] }
  const findings: Findings = { problems: [], warnings: [] }
  const id = textOf(fields.id) ?? textOf(fields.invoice_id)
  const name = `${names[primary]}${id === undefined ? '' : ` ${id}`}`
  const document = parsers[primary](createReading(fields, primary, name, findings), partsOf(raw, name, findings))
  if (findings.problems.length > 0) return { problems: findings.problems }
  const checked = documentSchemas[type as DocumentType].safeParse(document)
  if (checked.success) return { document: checked.data, warnings: findings.warnings }
  return {
    problems: checked.error.issues.map((issue) => ({
      code: 'SHIPBOB_VALUE_INVALID',
      message: `${name}: ${issue.message}`,
      path: issue.path.join('.'),
    })),
  }
}

function partsOf(raw: Json, name: string, findings: Findings): Parts {
  const whole = createReading(raw as { [part: string]: Json }, '', name, findings)
  return {
    object: whole.object,
    list: (part) => (Array.isArray(whole.fields[part]) ? whole.list(part) : undefined),
  }
}

const notABundle = (type: string, primary: Primary | undefined): Problem => ({
  code: 'SHIPBOB_BUNDLE_INVALID',
  message:
    primary === undefined
      ? `ShipBob has no documents of the type "${type}".`
      : `A document "${type}" is made from a record under "${primary}"; there is none.`,
})
