import { addReceiving, cancelReceiving } from '../api/receiving.ts'
import type { Box, BoxItem, Distribution, ReceivingOrder, ReceivingStatus, Unidentified } from '../model.ts'
import { boxEventBody, receivingBody, totals } from '../render/receiving.ts'
import { move } from '../stock.ts'
import type { Topic } from '../wire/version.ts'
import { itemBySku, type World } from '../world.ts'

/** Goods as the warehouse counts them. */
export interface Counted {
  sku: string
  quantity: number
  /** Of the only lot expected where absent. */
  lot?: string
  /** ISO date-time. */
  lotDate?: string
  /** Number of the box, from 1; the boxes are filled in turn where absent. */
  box?: number
}

export function receivingOrder(world: World, id: number): ReceivingOrder {
  const found = world.receiving.get(id)
  if (!found) throw new Error(`the simulated ShipBob has no receiving order ${id}`)
  return found
}

function change(world: World, order: ReceivingOrder, status: ReceivingStatus, topic?: Topic): ReceivingOrder {
  const now = world.clock.now()
  const history = status === order.status ? order.history : [...order.history, { status, at: now }]
  const after = world.receiving.put({ ...order, status, history, updated: now })
  if (topic) world.tell(topic, receivingBody(world, after))
  return after
}

const atHub = (world: World, order: ReceivingOrder): boolean => world.centre(order.centre)?.hub === true

/** Boxes come in: all of them, or those of these numbers. */
export function arrive(world: World, id: number, numbers?: readonly number[]): ReceivingOrder {
  const order = receivingOrder(world, id)
  const now = world.clock.now()
  const boxes = order.boxes.map((box): Box => {
    const comes = box.status === 'Awaiting' && (numbers === undefined || numbers.includes(box.number))
    return comes ? { ...box, status: 'Arrived', arrived: now } : box
  })
  const all = boxes.every(({ status }) => status !== 'Awaiting')
  const status = `${all ? 'Arrived' : 'PartiallyArrived'}${atHub(world, order) ? 'AtHub' : ''}` as ReceivingStatus
  const after = change(world, { ...order, boxes }, status, 'wro.updated')
  for (const [i, box] of boxes.entries())
    if (box.status !== order.boxes[i]?.status) world.tell('wro.box.arrived', boxEventBody(after, box))
  return after
}

/** Over a tenth or 25 units the warehouse does not keep what nobody announced: it is set aside (shipbob.md §4.4). */
const allowedOver = (expected: number): number => Math.min(25, Math.floor(expected / 10))

/**
 * Goods are counted and put on the shelves, in part or in all, or more than were announced. What is too much is set aside.
 * @returns the order, and the unidentified receiving order of what was set aside
 */
export function stow(
  world: World,
  id: number,
  goods: readonly Counted[],
): { order: ReceivingOrder; setAside?: Unidentified } {
  let order = receivingOrder(world, id)
  if (order.boxes.some(({ status }) => status === 'Awaiting')) {
    const numbers = goods.flatMap(({ box }) => box ?? [])
    order = arrive(world, id, numbers.length === goods.length ? numbers : undefined)
  }
  const boxes = structuredClone(order.boxes)
  const touched = new Set<Box>()
  let tooMuch: Counted | undefined
  for (const counted of goods) {
    const { inventory } = itemBySku(world, counted.sku).variant
    if (inventory === null) throw new Error(`${counted.sku} is a bundle: its components are received`)
    const total = totals({ ...order, boxes }).get(inventory) ?? { expected: 0, stowed: 0 }
    const room = Math.max(0, total.expected + allowedOver(total.expected) - total.stowed)
    const quantity = Math.min(room, counted.quantity)
    if (quantity < counted.quantity) tooMuch = { ...counted, quantity: counted.quantity - quantity }
    for (const box of put(boxes, { ...counted, quantity }, inventory)) touched.add(box)
    move(world, {
      inventory,
      centre: order.finalCentre ?? order.centre,
      ...lotOf(boxes, counted, inventory),
      change: quantity,
      category: 'ReceivingStow',
      reference: [{ key: 'WroId', value: String(id) }],
    })
  }
  const now = world.clock.now()
  for (const box of touched) {
    box.received ??= now
    box.counted ??= now
    box.status = box.items.every(({ expected, stowed }) => stowed >= expected) ? 'Completed' : 'Stowing'
  }
  const status = atHub(world, order) ? 'ProcessingAtHub' : 'Processing'
  const after = change(world, { ...order, boxes }, status, 'wro.updated')
  for (const box of touched) {
    world.tell('wro.box.scanned', boxEventBody(after, box))
    if (box.status === 'Completed') world.tell('wro.box.stowed', boxEventBody(after, box))
  }
  if (!tooMuch) return { order: after }
  const comment = `${tooMuch.quantity} x ${tooMuch.sku} over receiving order ${id}`
  return { order: after, setAside: setAside(world, { reason: 'Quantity exceeds the WRO', comment }) }
}

function lotOf(boxes: readonly Box[], { lot, lotDate }: Counted, inventory: number): Pick<BoxItem, 'lot' | 'lotDate'> {
  const items = boxes.flatMap((box) => box.items).filter((item) => item.inventory === inventory)
  const item = lot === undefined ? items[0] : items.find((one) => one.lot === lot)
  return { lot: lot ?? item?.lot ?? null, lotDate: lotDate ?? item?.lotDate ?? null }
}

/** Fills what is expected, box by box; the rest, and lots nobody announced, stand in the last box that was opened. */
function put(boxes: readonly Box[], counted: Counted, inventory: number): Box[] {
  const open = boxes.filter(({ number }) => counted.box === undefined || counted.box === number)
  const isMeant = (item: BoxItem) => item.inventory === inventory && [undefined, item.lot].includes(counted.lot)
  const touched: Box[] = []
  let left = counted.quantity
  const add = (box: Box, item: BoxItem, quantity: number) => {
    item.received += quantity
    item.stowed += quantity
    left -= quantity
    touched.push(box)
  }
  for (const box of open)
    for (const item of box.items.filter(isMeant)) {
      const quantity = Math.min(left, item.expected - item.stowed)
      if (quantity > 0) add(box, item, quantity)
    }
  const last = open.findLast((box) => box.items.some(isMeant)) ?? open.at(-1)
  if (left <= 0 || !last) return touched
  const there = last.items.find(isMeant)
  const lot = { lot: counted.lot ?? null, lotDate: counted.lotDate ?? null }
  const item = there ?? { inventory, expected: 0, received: 0, stowed: 0, ...lot }
  if (!there) last.items.push(item)
  add(last, item, left)
  return touched
}

/** Nothing more will come: complete, whatever is missing. */
export function complete(world: World, id: number): ReceivingOrder {
  const order = receivingOrder(world, id)
  const boxes = order.boxes.map((box): Box => ({ ...box, status: 'Completed' }))
  return change(world, { ...order, boxes }, 'Completed', 'wro.completed')
}

/** Everything comes as announced. */
export function receiveAll(world: World, id: number): ReceivingOrder {
  const { boxes } = receivingOrder(world, id)
  const goods = boxes.flatMap((box) =>
    box.items
      .filter(({ expected, stowed }) => expected > stowed)
      .map(({ inventory, expected, stowed, lot, lotDate }) => ({
        sku: skuOf(world, inventory),
        quantity: expected - stowed,
        box: box.number,
        ...(lot === null ? {} : { lot }),
        ...(lotDate === null ? {} : { lotDate }),
      })),
  )
  stow(world, id, goods)
  return complete(world, id)
}

const skuOf = (world: World, inventory: number): string =>
  world.products
    .all()
    .flatMap(({ variants }) => variants)
    .find((variant) => variant.inventory === inventory)?.sku ?? ''

/** Staff moves boxes to a receiving order of their own: the same number, and no link back (§4.4). */
export function split(world: World, id: number, numbers: readonly number[]): ReceivingOrder {
  const order = receivingOrder(world, id)
  const moved = order.boxes.filter(({ number }) => numbers.includes(number))
  const made = addReceiving(world, { ...order, boxes: moved.map(({ tracking, items }) => ({ tracking, items })) })
  const boxes = order.boxes.filter((box) => !moved.includes(box))
  change(world, { ...order, boxes }, order.status, 'wro.updated')
  return made
}

/** Goods that belong to nothing. There is no topic for them. */
export const setAside = (world: World, given: { reason?: string; comment?: string; tracking?: string }): Unidentified =>
  world.unidentified.put({
    id: world.next('unidentified'),
    tracking: given.tracking ?? null,
    reason: given.reason ?? 'No WRO found for tracking number',
    comment: given.comment ?? '',
    created: world.clock.now(),
    linked: null,
    linkedAt: null,
    completed: false,
  })

export const cancelByStaff = (world: World, id: number): ReceivingOrder =>
  cancelReceiving(world, receivingOrder(world, id))

/** A shipping label of ShipBob's was bought for it: it cannot be changed any more (§4.3). */
export const buyLabel = (world: World, id: number): ReceivingOrder =>
  world.receiving.put({ ...receivingOrder(world, id), labelled: true })

/** Where a hub sends the goods on to. */
export const distribute = (world: World, id: number, distributions: Distribution[]): ReceivingOrder =>
  world.receiving.put({ ...receivingOrder(world, id), distributions })

/** A status that only staff sets, such as Incomplete or InternalTransfer. */
export const setStatus = (world: World, id: number, status: ReceivingStatus): ReceivingOrder =>
  change(world, receivingOrder(world, id), status, 'wro.updated')
