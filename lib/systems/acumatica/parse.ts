import type { Json } from '../../core/exchange.ts'
import type { Parse } from '../../core/flow.ts'
import type { Problem } from '../../core/problems.ts'
import { invoice } from '../../documents/invoice.ts'
import { shipNotice } from '../../documents/ship-notice.ts'
import { parseInvoice } from './parse-invoice.ts'
import { parseItem, parseLocation, parseOrder } from './parse-related.ts'
import { parseShipment } from './parse-shipment.ts'
import { type Reading, read } from './reading.ts'
import type { ApiRecord } from './records.ts'

/**
 * A stored bundle of raw records as a canonical ship notice or invoice, or every problem of it at once. Pure.
 * Nothing is judged here: whether it is to be sent at all, and whether it adds up, is the mapping's to say.
 */
export const parse: Parse = (type, raw) => {
  const problems: Problem[] = []
  const bundle = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {}
  const each = <T>(entity: string, parseOne: (from: Reading) => T) =>
    records(bundle, entity).map((record, i) => parseOne(read(record, `${entity}[${i}]`, problems)))

  const entity = primaryEntity(type)
  const primaries = entity ? records(bundle, entity) : []
  const [primary] = primaries
  if (!entity || !primary || primaries.length !== 1) return { problems: [notABundle(type, entity, primaries.length)] }

  const from = read(primary, `${entity}[0]`, problems)
  const related = {
    orders: each('salesOrders', parseOrder),
    items: each('stockItems', parseItem),
    locations: each('customerLocations', parseLocation),
  }
  const document =
    type === 'ship-notice'
      ? { ...parseShipment(from), ...related }
      : { type: 'invoice' as const, ...parseInvoice(from), ...related, originals: each('originals', parseInvoice) }
  if (problems.length > 0) return { problems }
  const checked = (document.type === 'invoice' ? invoice : shipNotice).safeParse(document)
  if (checked.success) return { document: checked.data, warnings: [] }
  return {
    problems: checked.error.issues.map((issue) => ({
      code: 'ACUMATICA_VALUE_INVALID',
      message: issue.message,
      path: issue.path.join('.'),
    })),
  }
}

/** The entity a document of this type is made from: its name in the bundle. */
export const primaryEntity = (type: string): 'shipments' | 'salesInvoices' | undefined =>
  type === 'ship-notice' ? 'shipments' : type === 'invoice' ? 'salesInvoices' : undefined

const records = (bundle: { [key: string]: Json }, entity: string): ApiRecord[] => {
  const found = bundle[entity]
  return (Array.isArray(found) ? found : []).filter(
    (one): one is ApiRecord => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
}

const notABundle = (type: string, entity: string | undefined, count: number): Problem =>
  entity === undefined
    ? { code: 'ACUMATICA_BUNDLE_INVALID', message: `Acumatica has no documents of the type "${type}".` }
    : {
        code: 'ACUMATICA_BUNDLE_INVALID',
        message: `A ${type} is made from exactly one record under "${entity}"; there are ${count}.`,
        path: entity,
      }
