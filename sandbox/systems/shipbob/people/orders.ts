import { shopChannel } from '../account.ts'
import type { Order, Recipient, Shipment } from '../model.ts'
import { dayMs } from '../wire/time.ts'
import { findVariant, itemBySku, type World } from '../world.ts'

/** SKU → how many. A bundle's SKU is taken for its components. */
export type Units = Readonly<Record<string, number>>

/** One parcel: where it leaves from, and what is in it. */
export interface Parcel {
  centre: number
  units: Units
}

export interface OrderOptions {
  reference: string
  lines: readonly { sku: string; quantity: number; price?: number }[]
  channel?: number
  number?: string
  type?: Order['type']
  /** One parcel from centre 10 where absent. */
  parcels?: readonly Parcel[]
  recipient?: Partial<Recipient>
  method?: string
}

const somebody: Recipient = {
  name: 'Dana Whitfield',
  email: 'dana@example.com',
  phone_number: '555-555-0142',
  address: {
    address1: '14 Sample Rd',
    address2: null,
    company_name: null,
    city: 'Austin',
    state: 'TX',
    zip_code: '78701',
    country: 'US',
  },
}

/** A customer orders at a shop; the channel's app brings the order to ShipBob. */
export function placeOrder(world: World, given: OrderOptions): Order {
  const now = world.clock.now()
  const id = world.next('order')
  const order = world.orders.put({
    id,
    number: given.number ?? (/\d+$/.exec(given.reference)?.[0] || String(id)),
    reference: given.reference,
    channel: given.channel ?? shopChannel,
    type: given.type ?? 'DTC',
    created: now,
    purchased: now - 120_000,
    method: given.method ?? 'Standard',
    recipient: { ...somebody, ...given.recipient },
    lines: given.lines.map(({ sku, quantity, price = 0 }, i) => ({
      product: itemBySku(world, sku).product.id,
      sku,
      quantity,
      price,
      line: i + 1,
    })),
  })
  const all: Record<string, number> = {}
  for (const { sku, quantity } of given.lines) all[sku] = (all[sku] ?? 0) + quantity
  addParcels(world, order, given.parcels ?? [{ centre: 10, units: all }])
  return order
}

export const addParcels = (world: World, order: Order, parcels: readonly Parcel[]): Shipment[] =>
  parcels.map(({ centre, units }) => {
    const now = world.clock.now()
    return world.shipments.put({
      id: world.next('shipment'),
      order: order.id,
      centre,
      created: now,
      updated: now,
      estimated: now + 2 * dayMs,
      status: 'Processing',
      details: [],
      products: productsOf(world, units),
      tracking: null,
      uploaded: false,
      picked: false,
      timeline: [{ id: 601, name: 'OrderPlacedLog', text: 'Order Placed', at: now, metadata: {} }],
    })
  })

/** Lines speak of products, what is taken from the shelves of a bundle's components (shipbob.md §4.5). */
export const productsOf = (world: World, units: Units): Shipment['products'] =>
  Object.entries(units).map(([sku, quantity]) => {
    const { product, variant } = itemBySku(world, sku)
    const parts = variant.components.map((part) => ({
      inventory: findVariant(world, ({ id }) => id === part.variant_id)?.variant.inventory ?? 0,
      quantity: part.quantity * quantity,
    }))
    const items = variant.inventory === null ? parts : [{ inventory: variant.inventory, quantity }]
    return {
      product: product.id,
      sku,
      name: variant.name,
      items: items.map((item) => ({ ...item, lot: null, lotDate: null })),
    }
  })
