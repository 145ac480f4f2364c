import { type Call, givenList, numberOf, type Route, textOf } from '../call.ts'
import type { Order, Shipment } from '../model.ts'
import { placeOrder } from '../people/orders.ts'
import { orderBody, shipmentBody, shipmentsOf, trackingUrl } from '../render/order.ts'
import { fieldErrors, notFound, orderErrors } from '../wire/errors.ts'
import { numbered } from '../wire/paging.ts'
import { among, type Query, within } from '../wire/query.ts'
import { utc } from '../wire/time.ts'
import { findVariant, type World } from '../world.ts'

/** Orders and shipments (shipbob.md §4.5). The channel header narrows reads where it is sent. */
export const orderRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/order$/,
    scope: 'orders_read',
    handle: (world, call) => {
      const all = world.orders.all().filter((order) => isWanted(world, order, call))
      const newestFirst = !/^(oldest|asc)/i.test(call.query.text('SortOrder') ?? '')
      return numbered(call, newestFirst ? all.reverse() : all, (order) => orderBody(world, order))
    },
  },
  {
    method: 'POST',
    path: /^\/order$/,
    scope: 'orders_write',
    handle: (world, call) => ({ status: 201, body: orderBody(world, create(world, call)) }),
  },
  {
    method: 'GET',
    path: /^\/order\/(\d+)$/,
    scope: 'orders_read',
    handle: (world, call) => ({ status: 200, body: orderBody(world, orderOf(world, call)) }),
  },
  {
    method: 'GET',
    path: /^\/order\/(\d+)\/shipment$/,
    scope: 'orders_read',
    handle: (world, call) => {
      const order = orderOf(world, call)
      return { status: 200, body: shipmentsOf(world, order.id).map((one) => shipmentBody(world, order, one)) }
    },
  },
  {
    method: 'GET',
    path: /^\/shipment\/(\d+)$/,
    scope: 'orders_read',
    handle: (world, call) => {
      const { shipment, order } = shipmentOf(world, call)
      return { status: 200, body: shipmentBody(world, order, shipment) }
    },
  },
  {
    method: 'GET',
    path: /^\/shipment\/(\d+)\/timeline$/,
    scope: 'orders_read',
    handle: (world, call) => ({
      status: 200,
      body: shipmentOf(world, call).shipment.timeline.map(({ id, name, text, at, metadata }) => ({
        log_type_id: id,
        log_type_name: name,
        log_type_text: text,
        timestamp: utc(at).replace('Z', '+00:00'),
        metadata,
      })),
    }),
  },
  { method: 'GET', path: /^\/shipments-tracking$/, scope: 'orders_read', handle: carriers },
  { method: 'POST', path: /^\/shipment:batchUpdateTrackingUpload$/, scope: 'orders_write', handle: markUploaded },
]

const ofChannel = ({ channel }: Order, call: Call): boolean => call.channel === undefined || call.channel === channel

function orderOf(world: World, call: Call): Order {
  const order = world.orders.get(call.params[0] ?? '')
  if (!order || !ofChannel(order, call)) throw notFound(`Order ${call.params[0]} was not found`)
  return order
}

function shipmentOf(world: World, call: Call): { shipment: Shipment; order: Order } {
  const shipment = world.shipments.get(call.params[0] ?? '')
  const order = shipment && world.orders.get(shipment.order)
  if (!shipment || !order || !ofChannel(order, call)) throw notFound(`Shipment ${call.params[0]} was not found`)
  return { shipment, order }
}

/** Filters are ANDed; an order fits where one of its shipments does. */
function isWanted(world: World, order: Order, call: Call): boolean {
  const { query } = call
  if (!ofChannel(order, call)) return false
  if (!among(query, 'IDs', order.id) || !among(query, 'ReferenceIds', order.reference)) return false
  if (!within(query, 'StartDate', 'EndDate', order.created)) return false
  return shipmentsOf(world, order.id).some((one) => fits(one, query))
}

const fits = ({ tracking, uploaded, tracked, updated }: Shipment, query: Query): boolean =>
  [undefined, tracking !== null].includes(query.flag('HasTracking')) &&
  [undefined, uploaded].includes(query.flag('IsTrackingUploaded')) &&
  within(query, 'LastTrackingUpdateStartDate', 'LastTrackingUpdateEndDate', tracked) &&
  within(query, 'LastUpdateStartDate', 'LastUpdateEndDate', updated)

/** A reference is one channel's once, for ever. */
function create(world: World, { body, channel }: Call): Order {
  const reference = textOf(body.reference_id)
  if (reference === undefined) throw fieldErrors(400, { reference_id: ['The reference_id field is required.'] })
  if (world.orders.all().some((one) => one.channel === channel && one.reference === reference))
    throw orderErrors(['Cannot insert order with existing ReferenceId'])
  const lines = givenList(body.products).map(({ sku, reference_id, quantity, unit_price }) => ({
    sku: textOf(sku) ?? textOf(reference_id) ?? '',
    quantity: numberOf(quantity) ?? 0,
    price: numberOf(unit_price) ?? 0,
  }))
  const unknown = lines.filter(({ sku }) => !findVariant(world, (one) => one.sku === sku))
  if (lines.length === 0 || unknown.length > 0)
    throw orderErrors(unknown.length > 0 ? unknown.map(({ sku }) => `Unknown product ${sku}`) : ['No products'])
  return placeOrder(world, { reference, lines, ...(channel === undefined ? {} : { channel }) })
}

/** The carrier's own words, which are not those of a shipment. */
function carriers(world: World, { query }: Call) {
  const ids = query.list('ShipmentIds') ?? []
  if (ids.length < 1 || ids.length > 25) throw fieldErrors(400, { ShipmentIds: ['Between 1 and 25 ids are required.'] })
  const body = ids.flatMap((id) => {
    const { tracking, tracked, details, ...shipment } = world.shipments.get(id) ?? { tracking: null, details: [] }
    if (!tracking || !('id' in shipment)) return []
    const [status, message] = details.some((one) => one.id === 203)
      ? ['Delivered', 'Delivered']
      : details.some((one) => one.id === 204)
        ? ['DeliveryException', 'Delivery exception']
        : ['InTransit', 'In transit']
    const now = utc(tracked ?? tracking.shipped)
    const entry = { status, substatus: message, message, carrier_message: 'Departed facility', location: 'Phoenix, AZ' }
    return {
      shipment_id: shipment.id,
      tracking_id: tracking.tracking_number,
      carrier: tracking.carrier,
      service: tracking.carrier_service,
      carrier_tracking_number: tracking.tracking_number,
      public_tracking_url: trackingUrl(tracking.tracking_number),
      ...entry,
      eta: null,
      last_updated: now,
      history: [
        { timestamp: now, ...entry },
        {
          timestamp: utc(tracking.shipped),
          status: 'PreTransit',
          substatus: 'Label created',
          message: 'Label created',
          carrier_message: null,
          location: null,
        },
      ],
    }
  })
  return { status: 200, body }
}

/** camelCase, and partial failure inside a 200. */
function markUploaded(world: World, { body }: Call) {
  const ids = Array.isArray(body.shipment_ids) ? body.shipment_ids.map(Number) : []
  const results = ids.map((shipmentId) => {
    const found = world.shipments.get(shipmentId)
    if (!found) return { shipmentId, isSuccess: false, error: { code: 'NotFound', message: 'Shipment not found' } }
    world.shipments.put({ ...found, uploaded: body.is_tracking_uploaded === true })
    return { shipmentId, isSuccess: true, error: null }
  })
  const successful = results.filter(({ isSuccess }) => isSuccess).length
  return {
    status: 200,
    body: { results, summary: { total: ids.length, successful, failed: ids.length - successful } },
  }
}
