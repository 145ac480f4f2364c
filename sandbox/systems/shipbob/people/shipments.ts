import type { Detail, Order, Recipient, Shipment, ShipmentStatus } from '../model.ts'
import { orderBody, shipmentBody, shipmentsOf, trackingUrl } from '../render/order.ts'
import { move, pick } from '../stock.ts'
import { dayMs, utc } from '../wire/time.ts'
import type { Topic } from '../wire/version.ts'
import { itemBySku, type World } from '../world.ts'
import { addParcels, type Parcel, productsOf, type Units } from './orders.ts'

/** Words of details (statuses.json). */
const words: Record<number, [string, string]> = {
  102: ['Labeled', 'Label Generated'],
  200: ['Processing', 'Waiting for carrier pickup'],
  201: ['InTransit', 'Shipment In Transit'],
  203: ['Delivered', 'Shipment Delivered'],
  204: ['DeliveryException', 'Delivery Exception'],
  303: ['OutOfStock', 'No Stock On Hand For Sku'],
  401: ['InvalidAddress', 'Address Is Invalid'],
  404: ['MissingTarriffInformation', 'Tariff Information Is Missing'],
}

const detail = (id: number, more: Partial<Detail> = {}): Detail => ({
  id,
  name: words[id]?.[0] ?? `Detail${id}`,
  description: words[id]?.[1] ?? '',
  inventory_id: null,
  exception_fulfillment_center_id: null,
  ...more,
})

const orderOf = (world: World, { order }: Shipment): Order => {
  const found = world.orders.get(order)
  if (!found) throw new Error(`the simulated ShipBob has no order ${order}`)
  return found
}

export function shipment(world: World, id: number): Shipment {
  const found = world.shipments.get(id)
  if (!found) throw new Error(`the simulated ShipBob has no shipment ${id}`)
  return found
}

function change(world: World, before: Shipment, over: Partial<Shipment>, topic?: Topic): Shipment {
  const after = world.shipments.put({ ...before, ...over, updated: world.clock.now() })
  if (topic) world.tell(topic, shipmentBody(world, orderOf(world, after), after))
  return after
}

export interface LabelOptions {
  carrier?: string
  service?: string
  tracking?: string
  /** order.shipped goes out before anybody knows the tracking number (§6.3); `track` brings it. */
  trackingLater?: boolean
}

/** Goods are picked, packed and labelled: they leave the shelves. */
export function label(world: World, id: number, how: LabelOptions = {}): Shipment {
  const before = shipment(world, id)
  const now = world.clock.now()
  const products = before.products.map((product) => ({
    ...product,
    items: product.items.flatMap((item) => {
      const picked = pick(world, { ...item, centre: before.centre })
      for (const { inventory, quantity, lot, lotDate } of picked)
        moveGoods(world, before, { inventory, lot, lotDate, change: -quantity, category: 'Fulfillment' })
      return picked
    }),
  }))
  const after = change(world, before, {
    status: 'LabeledCreated',
    details: [detail(102)],
    products,
    picked: true,
    fulfilled: now,
    timeline: [
      ...before.timeline,
      { id: 606, name: 'LabelGeneratedLog', text: 'Label generated', at: now, metadata: {} },
    ],
  })
  if (how.trackingLater) tellShipped(world, after)
  const tracked = how.trackingLater ? after : track(world, id, how, false)
  if (!how.trackingLater) tellShipped(world, tracked)
  return tracked
}

function moveGoods(
  world: World,
  { centre, order }: Shipment,
  goods: Omit<Parameters<typeof move>[1], 'centre' | 'reference'>,
): void {
  move(world, { ...goods, centre, reference: [{ key: 'OrderId', value: String(order) }] })
}

function tellShipped(world: World, { order }: Shipment): void {
  const all = shipmentsOf(world, order).filter(({ status }) => status !== 'Cancelled')
  const some = all.some(({ picked }) => !picked)
  const found = world.orders.get(order)
  if (found && !(world.habits.shippedEvent === 'all' && some)) world.tell('order.shipped', orderBody(world, found))
}

/** The carrier's number is known, or is another one. */
export function track(world: World, id: number, how: LabelOptions = {}, alone = true): Shipment {
  const before = shipment(world, id)
  const now = world.clock.now()
  const tracking = {
    carrier: how.carrier ?? 'USPS',
    carrier_service: how.service ?? 'GroundAdvantage',
    tracking_number: how.tracking ?? `92612903065${String(id).padStart(11, '0')}`,
    shipped: now,
  }
  const after = change(world, before, {
    tracking,
    tracked: now,
    timeline: before.timeline.map((entry) =>
      entry.id === 606 ? { ...entry, metadata: { trackingNumber: tracking.tracking_number } } : entry,
    ),
  })
  const { reference } = orderOf(world, after)
  const { carrier, carrier_service, tracking_number } = tracking
  world.tell('order.shipment.tracking_received', {
    event_time: utc(now),
    order_id: after.order,
    reference_id: reference,
    status: 'LabelCreated',
    tracking: { carrier, carrier_service, tracking_id: tracking_number, tracking_url: trackingUrl(tracking_number) },
  })
  if (alone) world.tell('order.shipment.tracking.updated', shipmentBody(world, orderOf(world, after), after))
  return after
}

/** The carrier has it: Completed is out of the building, not delivered. */
export const handOver = (world: World, id: number): Shipment =>
  carried(world, id, { details: [detail(201)], status: 'Completed' }, 'order.shipment.tracking.updated')

/** @param told false where the carrier's event is missing, as happens (§6.3) */
export function deliver(world: World, id: number, { told = true } = {}): Shipment {
  const given = { details: [detail(203)], status: 'Completed' as const, delivered: world.clock.now() }
  const after = carried(world, id, given, told ? 'order.shipment.delivered' : undefined)
  const all = shipmentsOf(world, after.order).filter(({ status }) => status !== 'Cancelled')
  if (told && all.every(({ delivered }) => delivered !== undefined))
    world.tell('order.delivered', orderBody(world, orderOf(world, after)))
  return after
}

/** After hand-over only tracking.updated tells of it. */
export const failDelivery = (world: World, id: number): Shipment =>
  carried(world, id, { details: [detail(204)] }, 'order.shipment.tracking.updated')

function carried(world: World, id: number, over: Partial<Shipment>, topic?: Topic): Shipment {
  return change(world, shipment(world, id), { ...over, tracked: world.clock.now() }, topic)
}

/** Stock trouble before shipping. */
export const outOfStock = (world: World, id: number, sku: string): Shipment => {
  const before = shipment(world, id)
  const { inventory } = itemBySku(world, sku).variant
  const what = { inventory_id: inventory, exception_fulfillment_center_id: before.centre }
  return change(world, before, { status: 'Exception', details: [detail(303, what)] }, 'order.shipment.exception')
}

/** @param why 401 a wrong address, 404 missing tariff data */
export const putOnHold = (world: World, id: number, why = 401): Shipment =>
  change(world, shipment(world, id), { status: 'OnHold', details: [detail(why)] }, 'order.shipment.on_hold')

/** Nobody is told: there is no topic for it. */
export const release = (world: World, id: number): Shipment =>
  change(world, shipment(world, id), { status: 'Processing', details: [] })

/** Before or after the label; goods that were picked go back to their shelves. */
export function cancel(world: World, id: number): Shipment {
  const before = shipment(world, id)
  if (before.picked)
    for (const { inventory, quantity, lot, lotDate } of before.products.flatMap(({ items }) => items))
      moveGoods(world, before, { inventory, lot, lotDate, change: quantity, category: 'Cancellation' })
  const status: ShipmentStatus = 'Cancelled'
  return change(world, before, { status, details: [], picked: false }, 'order.shipment.cancelled')
}

export const correctAddress = (world: World, id: number, address: Partial<Recipient['address']>): Shipment =>
  change(world, shipment(world, id), { address }, 'order.shipment.address.updated')

/** What is in a parcel changes before it is packed. */
export const repack = (world: World, id: number, units: Units): Shipment =>
  change(world, shipment(world, id), { products: productsOf(world, units) }, 'order.shipment.line_item.updated')

/** An unpacked order is spread over other parcels. The first keeps its id. */
export function splitOrder(world: World, order: number, parcels: readonly [Parcel, ...Parcel[]]): Shipment[] {
  const [kept, ...others] = shipmentsOf(world, order)
  const found = world.orders.get(order)
  if (!kept || others.length > 0 || kept.picked || !found) throw new Error(`order ${order} cannot be split any more`)
  const [first, ...rest] = parcels
  const estimated = world.clock.now() + 2 * dayMs
  const stays = change(
    world,
    kept,
    { centre: first.centre, products: productsOf(world, first.units), estimated },
    'order.shipment.line_item.updated',
  )
  return [stays, ...addParcels(world, found, rest)]
}
