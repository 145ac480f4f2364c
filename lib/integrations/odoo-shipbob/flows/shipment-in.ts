import type { MapResult, Write } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import { contentHash } from '../../../core/hash.ts'
import { trackingIndexes } from '../../../core/tracking.ts'
import type { Shipment } from '../../../documents/shipment.ts'
import type { DeliveryNoteRecord, DeliveryRecord } from '../../../systems/odoo/records.ts'
import { type Centre, centreOf } from '../centres.ts'
import { inventoryNumber } from '../known-products.ts'
import type { Settings } from '../settings.ts'
import { shippedLines } from '../shipment/goods.ts'
import { type Kept, keep, keptOf, lastKept } from '../shipment/kept.ts'
import { hindrance, news, type Telling } from '../shipment/tell.ts'

/** As the reader numbers it: by this the shipment's earlier states are found. */
const numberOf = ({ reference, orderId }: Shipment): string => reference ?? orderId

/**
 * Shipment of ShipBob → delivery of Odoo: booked once when it has left its centre, and told about before (what hinders it)
 * and after (tracking, delivery). One shipment is one delivery, whatever order its states come in.
 */
export const shipmentInFlow: Flow<Shipment, Settings> = {
  name: 'shipment-in',
  source: 'shipbob',
  types: ['shipment'],
  lookups: (document) => [
    { number: numberOf(document) },
    ...document.lines.flatMap(({ item, goods }) => [
      ...(item === undefined ? [] : [{ number: item }]),
      ...goods.map(({ inventory }) => ({ number: inventoryNumber(inventory) })),
    ]),
  ],

  map(document, context): MapResult {
    const find = createFindings()
    const { settings } = context
    const { id, channel, state } = document
    const what = `Shipment ${id}`
    const { channels, book } = settings.deliveries
    if (channels.length > 0 && channel !== undefined && !channels.includes(channel))
      return skipped(
        find,
        'CHANNEL_NOT_OURS',
        `${what} is of channel ${channel}, which is not among deliveries.channels.`,
      )
    const { last, booked } = lastKept(context.history(numberOf(document)), context.key)
    const order = orderOf(document, settings)
    if (order === undefined) {
      find.hold('SHIPMENT_WITHOUT_ORDER', `${what} does not say whose order it is of.`, 'reference_id')
      return held(find)
    }
    const shipping = { document, order, booked, last, context, find }
    if (booked && (state === 'cancelled' || state === 'open')) return takenBack(shipping)
    if (state !== 'shipped') return hindered(shipping)
    if (booked) return updated(shipping)
    return book === 'never' ? updated(shipping) : leave(shipping)
  },
}

interface Shipping {
  document: Shipment
  order: string
  booked: boolean
  last: Kept | undefined
  context: MapContext<Settings>
  find: Findings
}

/** The order's name at its seller; one that Odoo is not to know may have ShipBob's. */
const orderOf = ({ reference, orderNumber, orderId }: Shipment, { deliveries }: Settings): string | undefined =>
  reference ?? orderNumber ?? (deliveries.unknownOrder === 'book' ? orderId : undefined)

/** The goods have left: they are booked. */
function leave(shipping: Shipping): MapResult {
  const { document, order, context, find } = shipping
  const { id, tracking, shippedAt } = document
  const centre = document.centre
    ? centreOf(context.tables, document.centre, find, 'location')
    : find.hold('CENTRE_UNKNOWN', `Shipment ${id} does not say which fulfilment centre it left from.`, 'location')
  const lines = shippedLines(document, context, find)
  if (lines.length === 0 && find.problems.length === 0)
    find.hold('SHIPMENT_WITHOUT_GOODS', `Shipment ${id} has left with nothing in it.`, 'products')
  if (find.problems.length > 0 || !centre) return held(find)
  find.decide({
    field: 'source',
    rule: 'shipment.centre',
    input: `location=${centre.id}`,
    ...(centre.stock === undefined ? {} : { value: centre.stock }),
    table: { name: 'centres', row: centre.id, version: context.tables.centres?.version ?? '' },
  })
  const carrier = [tracking?.carrier, tracking?.service].filter((part) => part !== undefined).join(' ')
  const record: DeliveryRecord = {
    order,
    shipment: id,
    source: centre.stock,
    tracking: tracking?.number,
    trackingUrl: tracking?.url,
    ...(carrier === '' ? {} : { carrier }),
    shippedAt,
    unknownOrder: unknownOrder(centre, context.settings),
    lines,
  }
  const write: Write = {
    connection: context.connections.odoo ?? '',
    operation: 'book-delivery',
    reference: `shipment:${id}`,
    record: toJson(record),
  }
  const now = keptOf(document, true)
  // Delivered, or in trouble, before it was ever told that it has left.
  const late = news(document, { ...now, delivered: false, deliveryTrouble: false }, now)
  return written(find, [write, ...(late ? [noteOf(shipping, late)] : [])], keepingOf(document, now))
}

const unknownOrder = ({ warehouse }: Centre, { deliveries }: Settings): DeliveryRecord['unknownOrder'] =>
  deliveries.unknownOrder === 'book' && deliveries.unknownOrderPartner !== undefined
    ? { partner: { partner: deliveries.unknownOrderPartner }, warehouse }
    : 'hold'

/** Goods that are booked as gone have not left after all: no negative booking is made by itself. */
function takenBack({ document, order, find }: Shipping): MapResult {
  const { id, state, status } = document
  const how = state === 'cancelled' ? 'is cancelled' : `is back in state "${status}"`
  find.hold(
    'SHIPMENT_TAKEN_BACK',
    `Shipment ${id} of order ${order} ${how} at ShipBob, and its delivery is booked in Odoo.`,
    'status',
  )
  return held(find)
}

/** Nothing has left: what hinders it is told. */
function hindered(shipping: Shipping): MapResult {
  const { document, last, find, booked } = shipping
  const { id, status } = document
  const now = keptOf(document, booked)
  const told = hindrance(document, last, now)
  if (told) return written(find, [noteOf(shipping, told)], keepingOf(document, now))
  return skipped(find, 'SHIPMENT_NOT_LEFT', `Shipment ${id} is "${status}": nothing has left, and nothing is new.`)
}

/** The delivery is booked, or not ours to book: what is new is told. */
function updated(shipping: Shipping): MapResult {
  const { document, last, find, booked } = shipping
  const now = keptOf(document, booked)
  const before =
    last?.state === 'shipped' ? last : { ...now, delivered: false, deliveryTrouble: false, tracking: undefined }
  const told = news(document, before, now)
  if (told) return written(find, [noteOf(shipping, told)], keepingOf(document, now))
  return skipped(find, 'SHIPMENT_UNCHANGED', `Shipment ${document.id} is known in Odoo as it stands.`)
}

const keepingOf = ({ id, orderNumber, tracking }: Shipment, now: Kept) => ({
  snapshot: keep(now),
  index: [
    `shipment:${id}`,
    ...(orderNumber === undefined ? [] : [orderNumber]),
    ...trackingIndexes([tracking?.number]),
  ],
})

/** One note for each state of the shipment and what is said of it. */
function noteOf({ document, order, context }: Shipping, { text, attention }: Telling): Write {
  const { id, tracking } = document
  const record: DeliveryNoteRecord = {
    order,
    shipment: id,
    text,
    attention,
    tracking: tracking?.number,
    trackingUrl: tracking?.url,
    ...(context.settings.deliveries.unknownOrder === 'book' ? { unknownOrder: 'ignore' } : {}),
  }
  return {
    connection: context.connections.odoo ?? '',
    operation: 'annotate-delivery',
    reference: `shipment:${id}:${context.version}:${contentHash([text]).slice(0, 8)}`,
    record: toJson(record),
  }
}
