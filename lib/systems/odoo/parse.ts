import type { Json } from '../../core/exchange.ts'
import type { Parse } from '../../core/flow.ts'
import type { Problem } from '../../core/problems.ts'
import { type DocumentType, documentSchemas } from '../../documents/index.ts'
import { idOf, primaryModels, readingModel, recordsOf } from './bundle.ts'
import { isZone } from './parse/days.ts'
import { inboundOrder } from './parse/inbound-order.ts'
import { invoice } from './parse/invoice.ts'
import { product } from './parse/product.ts'
import { purchaseOrder } from './parse/purchase-order.ts'
import { createRecords, type Reading, type Records } from './parse/reading.ts'
import { receivedOrder } from './parse/received-order.ts'
import { shipNotice } from './parse/ship-notice.ts'
import { stockReport } from './parse/stock-report.ts'

const parsers: { readonly [type: string]: (primary: Reading, records: Records) => unknown } = {
  'erp-purchase-order': purchaseOrder,
  'received-order': receivedOrder,
  'ship-notice': shipNotice,
  invoice,
  'stock-report': (_, records) => stockReport(records),
  product,
  'inbound-order': inboundOrder,
}

/**
 * A bundle of raw Odoo records of any version from 14 on as a canonical document, or every problem of it at once.
 * Pure. Related records may be missing: many2one fields carry ids and names. Nothing is judged here but an invoice's
 * arithmetic; whether a document is to be sent is the mapping's to say.
 */
export const parse: Parse = (type, raw) => {
  const read = parsers[type]
  const model = primaryModels(type).find((name) => recordsOf(raw, name).length > 0)
  if (!read || model === undefined) return { problems: [notABundle(type)] }
  const records = createRecords(raw, zoneOf(raw, model))
  const primary = records.first(model)
  if (!primary) return { problems: [notABundle(type)] }
  const document = read(primary, records)
  if (records.problems.length > 0) return { problems: once(records.problems) }
  const contactIds = contactIdsIn(raw)
  const named = type === 'stock-report' ? document : { ...(document as object), ...(contactIds ? { contactIds } : {}) }
  const checked = documentSchemas[type as DocumentType].safeParse(named)
  if (checked.success) return { document: checked.data, warnings: [] }
  return {
    problems: checked.error.issues.map((issue) => ({
      code: 'ODOO_VALUE_INVALID',
      message: issue.message,
      path: issue.path.join('.'),
    })),
  }
}

/** Database ids of the contacts that a document names by their reference: a table may know them by either. */
function contactIdsIn(raw: Json): Record<string, string> | undefined {
  const entries = recordsOf(raw, 'res.partner').flatMap(({ id, ref }): [string, string][] =>
    typeof ref === 'string' && ref.trim() !== '' ? [[ref.trim(), String(id)]] : [],
  )
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** In whose days date-times are told: the connection's zone, else the one of the company's own contact, else UTC. */
function zoneOf(raw: Json, model: string): string {
  const [reading] = recordsOf(raw, readingModel)
  const company = idOf(recordsOf(raw, model)[0]?.company_id)
  const contact = idOf(recordsOf(raw, 'res.company').find((one) => one.id === company)?.partner_id)
  const zones = [reading?.timezone, recordsOf(raw, 'res.partner').find((one) => one.id === contact)?.tz]
  return zones.find((zone) => typeof zone === 'string' && isZone(zone))?.toString() ?? 'UTC'
}

/** A field asked for twice is one problem. */
const once = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.path} ${problem.message}`, problem])).values(),
]

const notABundle = (type: string): Problem => {
  const models = primaryModels(type)
  return {
    code: 'ODOO_BUNDLE_INVALID',
    message:
      models.length === 0
        ? `Odoo has no documents of the type "${type}".`
        : `A document "${type}" is made from a record of ${models.join(' or ')}; there is none.`,
  }
}
