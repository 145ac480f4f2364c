import { type Call, isGiven, numberOf, type Route, textOf } from '../call.ts'
import type { Box, ReceivingOrder } from '../model.ts'
import { boxBody, receivingBody } from '../render/receiving.ts'
import { nameOf } from '../stock.ts'
import { fieldErrors, notFound } from '../wire/errors.ts'
import { numbered } from '../wire/paging.ts'
import { among, type Query, within } from '../wire/query.ts'
import type { World } from '../world.ts'
import { arrivalIn, boxesIn, centreIn, kindsIn, type NewBox, refuse } from './receiving-checks.ts'

/** Receiving orders (shipbob.md §4.3): nothing makes a second one of the same purchase order fail. */
export const receivingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/receiving$/,
    scope: 'receiving_read',
    handle: (world, call) => {
      const found = world.receiving.all().filter((order) => isWanted(order, call.query))
      return numbered(call, found, (order) => receivingBody(world, order, call.version.name))
    },
  },
  {
    method: 'POST',
    path: /^\/receiving$/,
    scope: 'receiving_write',
    handle: (world, call) => answer(world, call, create(world, call), 201),
  },
  {
    method: 'POST',
    path: /^\/receiving:setExternalSync$/,
    scope: 'receiving_write',
    handle: setExternalSync,
  },
  {
    method: 'GET',
    path: /^\/receiving\/(\d+)$/,
    scope: 'receiving_read',
    handle: (world, call) => answer(world, call, orderOf(world, call)),
  },
  {
    method: 'GET',
    path: /^\/receiving\/(\d+)\/boxes$/,
    scope: 'receiving_read',
    handle: (world, call) => ({ status: 200, body: orderOf(world, call).boxes.map(boxBody) }),
  },
  {
    method: 'GET',
    path: /^\/receiving\/(\d+)\/labels$/,
    scope: 'receiving_read',
    handle: (world, call) => ({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: Buffer.from(`%PDF-1.4\n% labels of receiving order ${orderOf(world, call).id}\n%%EOF\n`),
    }),
  },
  {
    method: 'GET',
    path: /^\/receiving\/(\d+)\/distributions$/,
    scope: 'receiving_read',
    handle: (world, call) => ({ status: 200, body: distributionsOf(world, orderOf(world, call)) }),
  },
  {
    method: 'POST',
    path: /^\/receiving\/(\d+):cancel$/,
    scope: 'receiving_write',
    handle: (world, call) => {
      const order = orderOf(world, call)
      if (order.status !== 'Awaiting')
        throw fieldErrors(422, { Status: [`Receiving order cannot be cancelled in status ${order.status}`] })
      return answer(world, call, cancelReceiving(world, order))
    },
  },
]

const answer = (world: World, { version }: Call, order: ReceivingOrder, status = 200) => ({
  status,
  body: receivingBody(world, order, version.name),
})

export function orderOf(world: World, { params: [id = ''] }: Pick<Call, 'params'>): ReceivingOrder {
  const order = world.receiving.get(id)
  if (!order) throw notFound(`Receiving order ${id} was not found`)
  return order
}

const isWanted = (order: ReceivingOrder, query: Query): boolean =>
  among(query, 'IDs', order.id) &&
  among(query, 'Statuses', order.status) &&
  among(query, 'PurchaseOrderNumbers', order.purchaseOrder) &&
  among(query, 'FulfillmentCenterIds', order.centre) &&
  [undefined, order.synced !== null].includes(query.flag('ExternalSync')) &&
  within(query, 'InsertStartDate', 'InsertEndDate', order.inserted) &&
  within(query, 'CompletedStartDate', 'CompletedEndDate', order.history.find((h) => h.status === 'Completed')?.at)

function create(world: World, { body, version }: Call): ReceivingOrder {
  const errors = {}
  const asked = centreIn(world, body.fulfillment_center, errors)
  const kinds = kindsIn(body, errors)
  const expected = arrivalIn(world, version, body.expected_arrival_date, errors)
  const boxes = boxesIn(world, version, body.boxes, kinds, errors)
  refuse(version, errors)
  const hub = world.habits.hubs[asked]
  const final = version.newReceiving ? numberOf(body.final_destination_fulfillment_center_id) : undefined
  return addReceiving(world, {
    ...kinds,
    purchaseOrder: textOf(body.purchase_order_number) ?? null,
    expected,
    centre: hub ?? asked,
    finalCentre: final ?? (hub === undefined ? null : asked),
    freight: version.newReceiving && isGiven(body.freight) ? body.freight : null,
    boxes,
  })
}

/** A new receiving order, whoever made it, and everyone told. */
export function addReceiving(
  world: World,
  given: Pick<
    ReceivingOrder,
    'purchaseOrder' | 'packageType' | 'boxPackaging' | 'expected' | 'centre' | 'finalCentre' | 'freight'
  > & { boxes: readonly NewBox[] },
): ReceivingOrder {
  const now = world.clock.now()
  const order = world.receiving.put({
    id: world.next('receiving'),
    ...given,
    inserted: now,
    updated: now,
    synced: null,
    status: 'Awaiting',
    history: [{ status: 'Awaiting', at: now }],
    boxes: numberedBoxes(world, given.boxes),
    labelled: false,
    distributions: [],
  })
  world.tell('wro.created', receivingBody(world, order))
  return order
}

export const numberedBoxes = (world: World, boxes: readonly NewBox[]): Box[] =>
  boxes.map(({ tracking, items }, i) => ({
    id: world.next('box'),
    number: i + 1,
    status: 'Awaiting',
    tracking,
    items,
  }))

export function cancelReceiving(world: World, order: ReceivingOrder): ReceivingOrder {
  const now = world.clock.now()
  const cancelled = world.receiving.put({
    ...order,
    status: 'Cancelled',
    updated: now,
    history: [...order.history, { status: 'Cancelled', at: now }],
    boxes: order.boxes.map((box) => ({ ...box, status: 'Cancelled' })),
  })
  world.tell('wro.updated', receivingBody(world, cancelled))
  return cancelled
}

function setExternalSync(world: World, { body, version }: Call) {
  const ids = Array.isArray(body.ids) ? body.ids.map(Number) : []
  const results = ids.map((id) => {
    const order = world.receiving.get(id)
    if (!order) return { id, action: 'ExternalSync', is_success: false, reason: 'Receiving order was not found' }
    world.receiving.put({ ...order, synced: body.is_external_sync === false ? null : world.clock.now() })
    return { id, action: 'ExternalSync', is_success: true, reason: '' }
  })
  const first = world.receiving.get(ids[0] ?? 0)
  return world.habits.syncAnswer === 'order' && first
    ? { status: 200, body: receivingBody(world, first, version.name) }
    : { status: 200, body: { results } }
}

const distributionsOf = (world: World, order: ReceivingOrder): object => ({
  id: order.id,
  status: order.status,
  distributions: order.distributions.map((one) => ({
    inventory_id: one.inventory,
    product_sku: nameOf(world, one.inventory).sku,
    lot_number: one.lot,
    lot_date: one.lotDate,
    fulfillment_center_id: one.centre,
    fulfillment_center_abbreviation: world.centre(one.centre)?.abbreviation ?? '',
    expected_quantity: one.expected,
    received_quantity: one.received,
    stowed_quantity: one.stowed,
    status: one.status,
  })),
})
