import { compare } from '../../../core/decimal.ts'
import type { Expectation, MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import { canonicalJson, contentHash } from '../../../core/hash.ts'
import type { InboundOrder } from '../../../documents/inbound-order.ts'
import type { ReceivingOrderCancelRecord, ReceivingOrderRecord } from '../../../systems/shipbob/records.ts'
import { receivingCentre } from '../centres.ts'
import { packed } from '../inbound/boxes.ts'
import { type Expected, expectedGoods, receivedSoFar } from '../inbound/lines.ts'
import { keepTold, knownOrders, lastTold, type Told } from '../inbound/told.ts'
import { productNumber } from '../known-products.ts'
import type { Settings } from '../settings.ts'

/** Purchase order of Odoo → receiving order of ShipBob: told once, changed and cancelled with the order. */
export const receivingOrderOutFlow: Flow<InboundOrder, Settings> = {
  name: 'receiving-order-out',
  source: 'odoo',
  types: ['inbound-order'],
  lookups: ({ number, lines, boxes }) => [
    { number },
    ...[...lines, ...boxes.flatMap((box) => box.lines)].map(({ productId }) => ({ number: productNumber(productId) })),
  ],

  map(order, context): MapResult {
    const find = createFindings()
    const last = lastTold(context.history(order.number), context.key)
    const { told } = last
    const { number, state } = order
    if (state === 'received') return skipped(find, 'NOTHING_EXPECTED', `Everything of order ${number} was received.`)
    const centreId = state === 'placed' ? centreFor(order, context, find) : undefined
    if (find.problems.length > 0) return held(find)
    if (centreId === undefined) return told ? cancel(order, told, context, find) : ignored(order, last, find)
    const before = told?.before ?? receivedSoFar(order)
    const expected = expectedGoods(order, before, context, find)
    if (expected.length === 0 && find.problems.length === 0)
      return told
        ? cancel(order, told, context, find)
        : skipped(find, 'NOTHING_EXPECTED', `Nothing of order ${number} is still to come.`)
    return place({ order, centreId, before, expected, last }, context, find)
  },
}

type Last = ReturnType<typeof lastTold>

/** The centre that receives the order; undefined where it is none of ShipBob's, or not decided (held). */
const centreFor = (order: InboundOrder, { tables }: MapContext<Settings>, find: Findings): number | undefined =>
  order.dropShip || order.warehouse === undefined ? undefined : receivingCentre(tables, order.warehouse, find)

/** An order that ShipBob does not expect, and is not to. */
function ignored(order: InboundOrder, last: Last, find: Findings): MapResult {
  const { number, state, dropShip, warehouse } = order
  if (last.cancelled) return skipped(find, 'INBOUND_UNCHANGED', `Receiving order of ${number} was cancelled before.`)
  if (state !== 'placed') return skipped(find, 'INBOUND_NOT_PLACED', `Order ${number} is ${state} and was never told.`)
  if (dropShip) return skipped(find, 'DROP_SHIP', `The goods of order ${number} go to somebody else.`)
  const where =
    warehouse === undefined ? 'no warehouse' : `warehouse ${warehouse}, which is in no row of the centres table`
  return skipped(find, 'WAREHOUSE_NOT_OURS', `Order ${number} is for ${where}.`)
}

function cancel(order: InboundOrder, told: Told, context: MapContext<Settings>, find: Findings): MapResult {
  const record: ReceivingOrderCancelRecord = {
    purchaseOrder: order.number,
    known: knownOrders(context.history(order.number), context.key),
  }
  const write = writeOf('cancel-receiving-order', order, record, context)
  return written(find, [write], { snapshot: keepTold({ ...told, cancelled: true }) })
}

interface Placing {
  order: InboundOrder
  centreId: number
  before: Told['before']
  expected: Expected[]
  last: Last
}

function place(placing: Placing, context: MapContext<Settings>, find: Findings): MapResult {
  const { order, centreId, before, expected, last } = placing
  const { told, unsure } = last
  const { packageType, arrivalDays, overdueDays } = context.settings.receivingOrders
  const { boxes, boxPackaging } = packed(order, expected, context, find)
  if (find.problems.length > 0) return held(find)
  const arrival = order.expectedAt ?? told?.expectedAt ?? inDays(context.capturedAt, arrivalDays)
  const now: Told = {
    cancelled: false,
    centreId,
    expectedAt: arrival,
    before,
    expected: Object.fromEntries(expected.map(({ productId, quantity }) => [productId, quantity])),
    packing: contentHash({ packageType, boxPackaging, boxes: boxes.map(contentOf) }),
  }
  if (told && !unsure && isKnown(now, told, hasBegun(order, before)))
    return skipped(find, 'INBOUND_UNCHANGED', `ShipBob expects order ${order.number} as it stands.`)
  const record: ReceivingOrderRecord = {
    purchaseOrder: order.number,
    centreId,
    expectedAt: arrival,
    packageType,
    boxPackaging,
    boxes,
    ...(packageType === 'Package' ? {} : { freight: freightOf(order) }),
    known: knownOrders(context.history(order.number), context.key),
  }
  find.decide({
    field: 'fulfillment_center.id',
    rule: 'receiving-order.centre',
    input: `warehouse=${order.warehouse ?? ''}`,
    value: String(centreId),
    table: { name: 'centres', row: String(centreId), version: context.tables.centres?.version ?? '' },
  })
  const write = writeOf(told ? 'change-receiving-order' : 'create-receiving-order', order, record, context)
  const { vendor, vendorReference } = order
  const index = vendor === undefined || vendorReference === undefined ? [] : [`${vendor}/${vendorReference}`]
  const overdue = overdueDays === undefined ? {} : { expect: [receiptBy(inDays(arrival, overdueDays + 1))] }
  return written(find, [write], { snapshot: keepTold(now), index, ...overdue })
}

const receiptBy = (by: string): Expectation => ({
  what: 'receipt',
  by,
  met: ['book-receipt', 'cancel-receiving-order'],
})

/** Nobody reads the paths and names of a box's items: they are for messages. */
const contentOf = ({ tracking, items }: ReceivingOrderRecord['boxes'][number]) => ({
  tracking,
  items: items.map(({ product: { sku }, quantity, lot, lotDate }) => ({ sku, quantity, lot, lotDate })),
})

/** Once goods have come in, only what is expected in all can still be news: cartons and dates change by themselves then. */
const isKnown = (now: Told, told: Told, begun: boolean): boolean =>
  canonicalJson(now.expected) === canonicalJson(told.expected) &&
  (begun ||
    canonicalJson([now.centreId, now.expectedAt, now.packing]) ===
      canonicalJson([told.centreId, told.expectedAt, told.packing]))

const hasBegun = ({ lines }: InboundOrder, before: Told['before']): boolean =>
  lines.some(({ line, received }) => compare(received, before[line] ?? '0') > 0)

const inDays = (from: string, days: number): string => new Date(Date.parse(from) + days * 86_400_000).toISOString()

/** The vendor has no field of its own at ShipBob. */
function freightOf({ carrier, vendorName, vendor, vendorReference }: InboundOrder): ReceivingOrderRecord['freight'] {
  const notes = [vendorName ?? vendor, vendorReference].filter((part) => part !== undefined).join(', ')
  return { ...(carrier === undefined ? {} : { carrier }), ...(notes === '' ? {} : { notes }) }
}

const writeOf = (
  operation: 'create-receiving-order' | 'change-receiving-order' | 'cancel-receiving-order',
  { number }: InboundOrder,
  record: ReceivingOrderRecord | ReceivingOrderCancelRecord,
  { connections }: MapContext<Settings>,
) => ({ connection: connections.shipbob ?? '', operation, reference: `WRO:${number}`, record: toJson(record) })
