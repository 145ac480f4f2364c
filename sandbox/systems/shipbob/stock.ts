import type { Movement, Picked, ReceivingOrder } from './model.ts'
import { itemOf, type World } from './world.ts'

/** Goods on the shelves of one centre, by lot. */
export interface Shelf {
  inventory: number
  centre: number
  lot: string | null
  lotDate: string | null
  onHand: number
}

const keyOf = ({ inventory, centre, lot }: Pick<Shelf, 'inventory' | 'centre' | 'lot'>) =>
  `${inventory}/${centre}/${lot ?? ''}`

export const shelves = (world: World): Shelf[] => world.store.list<Shelf>('stock').map(({ value }) => value)

/** Puts goods on a shelf, or takes them off (negative), and notes the movement. */
export function move(
  world: World,
  goods: Omit<Shelf, 'onHand'> & { change: number; category: Movement['category']; reference: Movement['references'] },
): void {
  const { inventory, centre, lot, lotDate, change, category, reference } = goods
  if (change === 0) return
  const before = world.store.get<Shelf>('stock', keyOf(goods))
  world.store.put('stock', keyOf(goods), {
    inventory,
    centre,
    lot,
    lotDate: lotDate ?? before?.lotDate ?? null,
    onHand: (before?.onHand ?? 0) + change,
  } satisfies Shelf)
  world.movements.put({
    id: world.next('movement'),
    inventory,
    category,
    at: world.clock.now(),
    centre,
    lot,
    lotDate,
    change,
    references: reference,
  })
}

/** Takes goods by their expiry, the nearest first; where the shelves are empty nothing is known of a lot. */
export function pick(world: World, goods: { inventory: number; quantity: number; centre: number }): Picked[] {
  const picked: Picked[] = []
  let left = goods.quantity
  const there = shelves(world)
    .filter((one) => one.inventory === goods.inventory && one.centre === goods.centre && one.onHand > 0)
    .sort((a, b) => (a.lotDate ?? '9').localeCompare(b.lotDate ?? '9'))
  for (const { lot, lotDate, onHand } of there) {
    const quantity = Math.min(left, onHand)
    if (quantity > 0) picked.push({ inventory: goods.inventory, quantity, lot, lotDate })
    left -= quantity
  }
  if (left > 0) picked.push({ inventory: goods.inventory, quantity: left, lot: null, lotDate: null })
  return picked
}

/** What is known of an inventory id at one centre. */
export interface Level {
  centre: number
  lot: string | null
  lotDate: string | null
  onHand: number
  committed: number
  awaiting: number
}

const isAwaited = ({ status }: ReceivingOrder): boolean => status !== 'Completed' && status !== 'Cancelled'

/** By centre and lot. Committed is what unpicked shipments want, awaiting what receiving orders still expect. */
export function levels(world: World, inventory: number): Level[] {
  const found = new Map<string, Level>()
  const at = (centre: number, lot: string | null, lotDate: string | null): Level => {
    const key = `${centre}/${lot ?? ''}`
    const level = found.get(key) ?? { centre, lot, lotDate, onHand: 0, committed: 0, awaiting: 0 }
    found.set(key, level)
    return level
  }
  for (const shelf of shelves(world))
    if (shelf.inventory === inventory) at(shelf.centre, shelf.lot, shelf.lotDate).onHand += shelf.onHand
  for (const shipment of world.shipments.all())
    if (!shipment.picked && ['Processing', 'Exception', 'OnHold'].includes(shipment.status))
      for (const item of shipment.products.flatMap(({ items }) => items))
        if (item.inventory === inventory) at(shipment.centre, item.lot, item.lotDate).committed += item.quantity
  for (const order of world.receiving.all().filter(isAwaited))
    for (const item of order.boxes.flatMap(({ items }) => items))
      if (item.inventory === inventory)
        at(order.centre, item.lot, item.lotDate).awaiting += Math.max(0, item.expected - item.stowed)
  return [...found.values()].sort((a, b) => a.centre - b.centre || (a.lot ?? '').localeCompare(b.lot ?? ''))
}

/** Units that shipments in trouble want. */
export const inException = (world: World, inventory: number): number =>
  sum(
    world.shipments
      .all()
      .filter(({ status }) => status === 'Exception')
      .flatMap(({ products }) => products.flatMap(({ items }) => items))
      .filter((item) => item.inventory === inventory)
      .map(({ quantity }) => quantity),
  )

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

export const onHand = (world: World, inventory: number): number =>
  sum(
    shelves(world)
      .filter((shelf) => shelf.inventory === inventory)
      .map((shelf) => shelf.onHand),
  )

/** Every inventory id with stock of its own. */
export const inventories = (world: World): number[] =>
  world.products
    .all()
    .flatMap(({ variants }) => variants.flatMap(({ inventory }) => inventory ?? []))
    .sort((a, b) => a - b)

export const nameOf = (world: World, inventory: number): { name: string; sku: string } => {
  const variant = itemOf(world, inventory)?.variant
  return { name: variant?.name ?? '', sku: variant?.sku ?? '' }
}
