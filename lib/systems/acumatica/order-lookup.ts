import type { Json, WriteOutcome } from '../../core/exchange.ts'
import { Failure } from '../../core/failures.ts'
import type { Problem } from '../../core/problems.ts'
import type { Exchange } from './client.ts'
import { get, list } from './entities.ts'
import { all, among, type Query, quoted } from './odata.ts'
import { type ApiRecord, flag, identifier } from './records.ts'
import { contractYear, type Settings } from './settings.ts'

/** What one write of an order works with. */
export interface OrderWork {
  exchange: Exchange
  settings: Settings
  /** The record as the mapping made it. */
  record: ApiRecord
  /** True where an earlier attempt may have written. */
  mayHaveWritten: boolean
}

export type Held = Extract<WriteOutcome, { outcome: 'held' }>
export const held = (problems: Problem[], result?: { [key: string]: Json }): Held => ({
  outcome: 'held',
  problems,
  ...(result ? { result } : {}),
})

const headerFields = [
  'OrderType',
  'OrderNbr',
  'Status',
  'Hold',
  'CustomerID',
  'LocationID',
  'CustomerOrder',
  'ExternalRef',
  'OrderTotal',
  'TaxTotal',
]
const lineFields = ['LineNbr', 'InventoryID', 'OrderQty', 'UOM', 'UnitPrice', 'QtyOnShipments']

const isFields = (content: Json | undefined): content is ApiRecord =>
  typeof content === 'object' && content !== null && !Array.isArray(content)

/** Names of the linked entities a record sets ("ShippingSettings"), and of the custom fields ("Document.UsrStore"). */
export const linkedIn = (record: ApiRecord): string[] =>
  Object.entries(record).flatMap(([name, content]) =>
    name !== 'custom' && isFields(content) && !('value' in content) ? name : [],
  )
export const customIn = (record: ApiRecord): string[] =>
  Object.entries(isFields(record.custom) ? record.custom : {}).flatMap(([view, fields]) =>
    Object.keys(isFields(fields) ? fields : {}).map((name) => `${view}.${name}`),
  )
export const fieldsIn = (record: ApiRecord): string[] =>
  Object.entries(record).flatMap(([name, content]) =>
    name !== 'note' && isFields(content) && 'value' in content ? name : [],
  )

/** Everything of an order that a comparison with this record needs. */
export function orderQuery(work: OrderWork, record = work.record): Query {
  const lines = Array.isArray(record.Details) ? record.Details.filter(isFields) : []
  const inLines = new Set([
    ...lineFields,
    ...lines.flatMap(fieldsIn),
    ...(hasLineReference(work) ? ['ExternalRef'] : []),
  ])
  const inLinked = linkedIn(record).flatMap((name) =>
    fieldsIn(record[name] as ApiRecord).map((one) => `${name}/${one}`),
  )
  return {
    expand: ['Details', 'Shipments', ...linkedIn(record)],
    select: [
      ...new Set([...headerFields, ...fieldsIn(record)]),
      ...[...inLines].map((name) => `Details/${name}`),
      'Shipments/ShipmentNbr',
      ...inLinked,
    ],
    custom: customIn(record),
  }
}

/** Lines have an ExternalRef from contract 22.200 on (acumatica.md §7). */
export const hasLineReference = (work: OrderWork): boolean => contractYear(work.settings.endpoint) >= 22

/** The order types in which an order of this record may stand. */
const orderTypes = (work: OrderWork): string[] => [
  ...new Set([identifier(work.record, 'OrderType') ?? 'SO', ...work.settings.orderTypes]),
]

const lookup = async (work: OrderWork, filter: string, top: number): Promise<ApiRecord[]> => {
  const query = { filter: all(among('OrderType', orderTypes(work)), filter), select: headerFields, top }
  return (await list(work.exchange, 'SalesOrder', query, { archived: true })).rows
}

/**
 * The order that carries our reference, whatever customer it stands under by now; held where two do. Our reference is
 * ours alone, so the customer is left out of the question: a corrected partner table must not make a second order.
 */
export async function findOurs(work: OrderWork, reference: string): Promise<ApiRecord | Held | undefined> {
  const found = await lookup(work, `ExternalRef eq ${quoted(reference)}`, 2)
  if (found.length < 2) return found[0]
  const numbers = found.map(numberOf).join(' and ')
  return held([
    {
      code: 'ACUMATICA_REFERENCE_TWICE',
      message: `The orders ${numbers} both carry the external reference ${reference}. Leave it on the right one only.`,
      path: 'ExternalRef',
    },
  ])
}

/**
 * Orders of the customer under the same purchase order number that did not come through here: keyed by hand, or a true
 * duplicate. Cancelled ones and other documents of this pipeline (another release) are none.
 */
export async function findByHand(work: OrderWork, reference: string): Promise<ApiRecord[]> {
  const [customer, number] = [identifier(work.record, 'CustomerID'), identifier(work.record, 'CustomerOrder')]
  if (customer === undefined || number === undefined) return []
  const filter = `CustomerID eq ${quoted(customer)} and CustomerOrder eq ${quoted(number)}`
  const ours = reference.slice(0, reference.indexOf(':') + 1)
  return (await lookup(work, filter, 20)).filter((order) => {
    const theirs = identifier(order, 'ExternalRef') ?? ''
    return !isCanceled(work, order) && !(ours !== '' && theirs.startsWith(ours))
  })
}

/** An order in full by its key. */
export async function readOrder(work: OrderWork, order: ApiRecord): Promise<ApiRecord> {
  const keys = [identifier(order, 'OrderType') ?? '', identifier(order, 'OrderNbr') ?? '']
  const found = await get(work.exchange, 'SalesOrder', keys, orderQuery(work))
  if (found) return found
  throw vanished(order)
}

/** Deleted under our hands: the next attempt looks anew. */
export const vanished = (order: ApiRecord): Failure =>
  new Failure('transient', 'ACUMATICA_ORDER_VANISHED', `The order ${numberOf(order)} was there a moment ago.`)

/** The order's key, as every later write names it. */
export const keyOf = (order: ApiRecord): ApiRecord => ({
  OrderType: { value: identifier(order, 'OrderType') ?? '' },
  OrderNbr: { value: identifier(order, 'OrderNbr') ?? '' },
})

export const numberOf = (order: ApiRecord): string => identifier(order, 'OrderNbr') ?? ''
export const statusOf = (order: ApiRecord): string => identifier(order, 'Status') ?? ''
export const isOnHold = (order: ApiRecord): boolean => flag(order, 'Hold')
export const isCanceled = (work: OrderWork, order: ApiRecord): boolean =>
  work.settings.statuses.orderCanceled.includes(statusOf(order))
export const isHeld = (found: ApiRecord | Held | undefined): found is Held =>
  found !== undefined && found.outcome === 'held'
