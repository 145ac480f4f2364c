import type { SandboxClock } from '../shared/clock.ts'
import type { Store } from '../shared/store.ts'
import { centres } from './account.ts'
import type {
  Centre,
  Channel,
  Invoice,
  Movement,
  Order,
  Product,
  ReceivingOrder,
  Return,
  Shipment,
  Subscription,
  Transaction,
  Unidentified,
  Variant,
} from './model.ts'
import type { Topic } from './wire/version.ts'

/** Records of one kind, in the order of their ids. */
export interface Collection<T> {
  get(id: number | string): T | undefined
  put(record: T): T
  delete(id: number | string): void
  all(): T[]
}

/** Where numbers begin: those of the recorded account. */
const firsts = {
  product: 31_870_021,
  variant: 41_220_011,
  inventory: 21_705_365,
  receiving: 918_363,
  box: 1_571_187,
  unidentified: 70_211,
  order: 341_200_771,
  shipment: 352_900_411,
  return: 2_933_435,
  invoice: 8_634_110,
  movement: 378_492_096,
}

/** How ShipBob is known to differ from its own description; all may be changed while it runs. */
export interface Habits {
  /** While a receiving order is in work it shows nothing as received, only as stowed (shipbob.md §4.4). */
  hidesReceived: boolean
  /** The answer to setExternalSync: what was observed, or the order as the schema has it. */
  syncAnswer: 'results' | 'order'
  /** order.shipped comes with each label, or once all labels of the order are printed (§6.3). */
  shippedEvent: 'each' | 'all'
  /** Cursors lead to the page they came from (§3.3). */
  repeatsPages: boolean
  /** Centres whose goods are received at a hub: the answer names the hub (§4.3). */
  hubs: Record<number, number>
  /** DELETE /webhook answers 204, or 200 as was seen. */
  deleteStatus: 200 | 204
}

/** The account with everything in it, and whom it tells. */
export interface World {
  store: Store
  clock: SandboxClock
  habits: Habits
  channels: readonly Channel[]
  products: Collection<Product>
  receiving: Collection<ReceivingOrder>
  unidentified: Collection<Unidentified>
  orders: Collection<Order>
  shipments: Collection<Shipment>
  returns: Collection<Return>
  transactions: Collection<Transaction>
  invoices: Collection<Invoice>
  movements: Collection<Movement>
  subscriptions: Collection<Subscription>
  next(kind: keyof typeof firsts): number
  centre(id: number): Centre | undefined
  channel(id: number): Channel | undefined
  /** Tells whoever subscribed; the delivery is stored with the change it is about. */
  tell(topic: Topic, body: object): void
  /** Scheme and host. */
  origin(): string
}

export function createWorld(given: {
  store: Store
  clock: SandboxClock
  habits: Habits
  channels: readonly Channel[]
  tell(world: World, topic: Topic, body: object): void
  origin(): string
}): World {
  const { store, clock, habits, channels } = given
  const collection = <T>(name: string, idOf: (record: T) => number | string): Collection<T> => {
    const key = (id: number | string) => String(id).padStart(12, '0')
    return {
      get: (id) => store.get<T>(name, key(id)),
      put: (record) => {
        store.put(name, key(idOf(record)), record)
        return record
      },
      delete: (id) => store.delete(name, key(id)),
      all: () => store.list<T>(name).map(({ value }) => value),
    }
  }
  const byId = <T extends { id: number | string }>(name: string) => collection<T>(name, ({ id }) => id)
  const world: World = {
    store,
    clock,
    habits,
    channels,
    products: byId('products'),
    receiving: byId('receiving'),
    unidentified: byId('unidentified'),
    orders: byId('orders'),
    shipments: byId('shipments'),
    returns: byId('returns'),
    transactions: collection('transactions', ({ transaction_id }) => transaction_id),
    invoices: collection('invoices', ({ invoice_id }) => invoice_id),
    movements: byId('movements'),
    subscriptions: byId('subscriptions'),
    next: (kind) => firsts[kind] + store.next(kind) - 1,
    centre: (id) => centres.find((one) => one.id === id),
    channel: (id) => channels.find((one) => one.id === id),
    tell: (topic, body) => given.tell(world, topic, body),
    origin: given.origin,
  }
  return world
}

/** A variant with its product. */
export interface Item {
  product: Product
  variant: Variant
}

export function findVariant(world: World, matches: (variant: Variant) => boolean): Item | undefined {
  for (const product of world.products.all()) {
    const variant = product.variants.find(matches)
    if (variant) return { product, variant }
  }
  return undefined
}

/** By inventory id; a merged one leads to the variant that is left. */
export const itemOf = (world: World, inventory: number): Item | undefined =>
  findVariant(world, (variant) => variant.inventory === inventory || variant.merged.includes(inventory))

export function itemBySku(world: World, sku: string): Item {
  const found = findVariant(world, (variant) => variant.sku === sku)
  if (!found) throw new Error(`the simulated ShipBob has no product with the SKU ${sku}`)
  return found
}
