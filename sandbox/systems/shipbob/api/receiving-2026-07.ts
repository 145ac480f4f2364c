import { type Call, numberOf, type Route, textOf } from '../call.ts'
import type { ReceivingOrder } from '../model.ts'
import { receivingBody, unidentifiedBody } from '../render/receiving.ts'
import { type FieldErrors, noRoute, notFound } from '../wire/errors.ts'
import { numbered } from '../wire/paging.ts'
import type { World } from '../world.ts'
import { numberedBoxes, orderOf } from './receiving.ts'
import { arrivalIn, boxesIn, centreIn, refuse } from './receiving-checks.ts'

/** What came with 2026-07: changing receiving orders, and unidentified ones (shipbob.md §4.3, §4.4). */
export const newReceivingRoutes: readonly Route[] = [
  {
    method: 'PATCH',
    path: /^\/receiving\/(\d+)$/,
    scope: 'receiving_write',
    handle: (world, call) => ({ status: 200, body: receivingBody(world, change(world, call), call.version.name) }),
  },
  {
    method: 'GET',
    path: /^\/unidentified-receiving-order$/,
    scope: 'receiving_read',
    handle: (world, call) => {
      isNew(call)
      const completed = call.query.flag('isCompleted')
      const found = world.unidentified.all().filter((one) => completed === undefined || one.completed === completed)
      return numbered(call, found, unidentifiedBody)
    },
  },
  {
    method: 'POST',
    path: /^\/unidentified-receiving-order\/(\d+):associateWRO$/,
    scope: 'receiving_write',
    handle: (world, call) => {
      isNew(call)
      const found = world.unidentified.get(call.params[0] ?? '')
      if (!found) throw notFound(`Unidentified receiving order ${call.params[0]} was not found`)
      const order = orderOf(world, { params: [String(numberOf(call.body.wro_id))] })
      world.unidentified.put({ ...found, linked: order.id, linkedAt: world.clock.now(), completed: true })
      return { status: 204 }
    },
  },
]

function isNew({ version }: Call): void {
  if (!version.newReceiving) throw noRoute()
}

/** Centre, date and boxes while nothing has begun; the number until all has come. Boxes replace the whole set. */
function change(world: World, call: Call): ReceivingOrder {
  isNew(call)
  const { body, version } = call
  const order = orderOf(world, call)
  const untouched = order.status === 'Awaiting' && !order.labelled && order.boxes.every((b) => b.status === 'Awaiting')
  const errors: FieldErrors = {}
  const fixed = ['fulfillment_center', 'expected_arrival_date', 'boxes'].filter((name) => body[name] !== undefined)
  if (fixed.length > 0 && !untouched)
    errors.Status = [`${fixed.join(', ')} of a receiving order cannot be changed in status ${order.status}`]
  if (['Completed', 'Cancelled'].includes(order.status))
    errors.Status = [`Receiving order cannot be changed in status ${order.status}`]
  const centre = body.fulfillment_center === undefined ? order.centre : centreIn(world, body.fulfillment_center, errors)
  const expected =
    body.expected_arrival_date === undefined
      ? order.expected
      : arrivalIn(world, version, body.expected_arrival_date, errors)
  const boxes = body.boxes === undefined ? undefined : boxesIn(world, version, body.boxes, order, errors)
  refuse(version, errors)
  const changed = world.receiving.put({
    ...order,
    centre: world.habits.hubs[centre] ?? centre,
    expected,
    purchaseOrder: textOf(body.purchase_order_number) ?? order.purchaseOrder,
    boxes: boxes ? numberedBoxes(world, boxes) : order.boxes,
    updated: world.clock.now(),
  })
  world.tell('wro.updated', receivingBody(world, changed))
  return changed
}
