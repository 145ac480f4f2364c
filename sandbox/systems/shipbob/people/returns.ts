import { ownChannel } from '../account.ts'
import type { Return, ReturnAction, ReturnLine, ReturnStatus } from '../model.ts'
import { returnBody } from '../render/return.ts'
import { move } from '../stock.ts'
import type { Topic } from '../wire/version.ts'
import { itemBySku, type World } from '../world.ts'
import type { Units } from './orders.ts'

/** A new return, whoever made it. */
export function addReturn(
  world: World,
  given: Pick<Return, 'reference' | 'shipment' | 'tracking' | 'centre' | 'lines'> &
    Partial<Pick<Return, 'type' | 'status' | 'channel'>>,
): Return {
  const now = world.clock.now()
  const status = given.status ?? 'AwaitingArrival'
  const made = world.returns.put({
    id: world.next('return'),
    type: 'Regular',
    channel: ownChannel,
    ...given,
    status,
    inserted: now,
    history: [{ status, at: now }],
    fees: [],
  })
  world.tell('return.created', returnBody(world, made))
  return made
}

/** Somebody announces in the dashboard what a customer sends back of a shipment. */
export function announceReturn(
  world: World,
  given: { reference: string; shipment: number; units: Units; centre?: number; tracking?: string },
): Return {
  const shipment = world.shipments.get(given.shipment)
  return addReturn(world, {
    reference: given.reference,
    shipment: given.shipment,
    tracking: given.tracking ?? null,
    centre: given.centre ?? shipment?.centre ?? 10,
    channel: world.orders.get(shipment?.order ?? 0)?.channel ?? ownChannel,
    lines: linesOf(world, given.shipment, given.units),
  })
}

/** Goods come back as what was in the parcel: a bundle's SKU gives its components, each with the lot it left with. */
function linesOf(world: World, shipment: number, units: Units): ReturnLine[] {
  const left = world.shipments.get(shipment)?.products ?? []
  return Object.entries(units).map(([sku, quantity]) => {
    const { inventory } = itemBySku(world, sku).variant
    if (inventory === null) throw new Error(`${sku} is a bundle: its components come back`)
    const source = left.find(({ items }) => items.some((item) => item.inventory === inventory))
    const item = source?.items.find((one) => one.inventory === inventory)
    return {
      inventory,
      quantity,
      bundle: source && source.sku !== sku ? source.sku : null,
      lot: item?.lot ?? null,
      lotDate: item?.lotDate ?? null,
      requested: 'Default',
      taken: [],
    }
  })
}

function change(world: World, found: Return, status: ReturnStatus, over: Partial<Return>, topic: Topic): Return {
  const history = [...found.history, { status, at: world.clock.now() }]
  const after = world.returns.put({ ...found, ...over, status, history })
  world.tell(topic, returnBody(world, after))
  return after
}

function returned(world: World, id: number): Return {
  const found = world.returns.get(id)
  if (!found) throw new Error(`the simulated ShipBob has no return ${id}`)
  return found
}

export const arriveReturn = (world: World, id: number): Return =>
  change(world, returned(world, id), 'Arrived', {}, 'return.updated')

export const cancelReturn = (world: World, id: number): Return =>
  change(world, returned(world, id), 'Cancelled', {}, 'return.updated')

/** What was done with the goods of one SKU; what is processed may differ from what was announced. */
export type Outcome = Readonly<Record<string, readonly { action: ReturnAction; quantity: number; reason?: string }[]>>

/** The parcel is opened and judged; what is restocked goes to the shelves. Without an outcome all is restocked. */
export function completeReturn(world: World, id: number, outcome: Outcome = {}): Return {
  const found = returned(world, id)
  if (found.status === 'AwaitingArrival') arriveReturn(world, id)
  const processing = change(world, returned(world, id), 'Processing', {}, 'return.updated')
  const bySku = new Map(Object.entries(outcome).map(([sku, taken]) => [itemBySku(world, sku).variant.inventory, taken]))
  const lines = processing.lines.map((line) => {
    const all = [{ action: 'Restock' as const, quantity: line.quantity, reason: undefined }]
    const taken = bySku.get(line.inventory) ?? all
    for (const { action, quantity } of taken)
      if (action === 'Restock')
        move(world, {
          inventory: line.inventory,
          centre: found.centre,
          lot: line.lot,
          lotDate: line.lotDate,
          change: quantity,
          category: 'ReturnRestock',
          reference: [{ key: 'ReturnId', value: String(id) }],
        })
    return {
      ...line,
      taken: taken.map(({ action, quantity, reason }) => ({ action, quantity, reason: reason ?? null })),
    }
  })
  const fees = found.type === 'Regular' ? [{ amount: 3, transaction_type: 'ReturnProcessingFee' }] : []
  return change(world, processing, 'Completed', { lines, fees }, 'return.completed')
}

/** A parcel that could not be delivered comes back: no reference of ours, known by its shipment (shipbob.md §4.6). */
export function returnToSender(world: World, shipment: number, outcome: Outcome = {}): Return {
  const left = world.shipments.get(shipment)
  if (!left) throw new Error(`the simulated ShipBob has no shipment ${shipment}`)
  const lines = left.products.flatMap(({ sku, items }) =>
    items.map((item): ReturnLine => {
      const own = itemBySku(world, sku).variant.inventory === item.inventory
      return { ...item, bundle: own ? null : sku, requested: 'Default', taken: [] }
    }),
  )
  const made = addReturn(world, {
    reference: null,
    shipment,
    tracking: left.tracking?.tracking_number ?? null,
    centre: left.centre,
    type: 'ReturnToSender',
    status: 'Arrived',
    channel: world.orders.get(left.order)?.channel ?? ownChannel,
    lines,
  })
  return completeReturn(world, made.id, outcome)
}
