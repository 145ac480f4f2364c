import { isZero } from '../../../../core/decimal.ts'
import { Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { nameOf } from '../../bundle.ts'
import type { OrderCancelRecord } from '../../records.ts'
import { type Delivered, decimalOf, type Held, held, listed, problem, textOf, type Work } from '../work.ts'
import { locked } from './change.ts'
import { delivered, vanished } from './confirm.ts'
import { findOrder } from './find.ts'
import type { Shape } from './shape.ts'
import { readStanding, resultOf, type Standing } from './standing.ts'

/** Cancels the order of our reference, as long as no goods have moved. */
export async function cancelOrder(work: Work, { model }: OrderCancelRecord): Promise<Delivered | Held> {
  const found = await findOrder(work, model)
  return 'outcome' in found ? found : cancel(work, found.shape, found.order)
}

/**
 * Cancels an order. What Odoo would let through is held first: some builds cancel a purchase order whose goods have
 * come in (odoo.md §8.1), an agreement cancels its orders with it. The state afterwards decides, not the answer: the
 * method returns nothing on a purchase order and a dialog on a sales order of 18 (odoo.md §8.4).
 */
export async function cancel(work: Work, shape: Shape, order: Standing): Promise<Delivered | Held> {
  if (order.state === 'cancel') return delivered(shape, order, { adopted: true })
  const problems = await forbids(work, shape, order)
  if (problems.length > 0) return held(problems, resultOf(shape, order))
  const { method, context } = shape.cancel
  let refused: Refusal | undefined
  try {
    await work.odoo.call({ model: shape.model, method, ids: [order.id], context, writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused = error
  }
  const after = await readStanding(work, shape, order.id)
  if (!after) return held([vanished(shape, order)])
  if (after.state === 'cancel') return delivered(shape, after, { adopted: false })
  const message = `The ${shape.title} ${after.number} is still in the state "${after.state}" after it was cancelled.`
  return held(refused ? refused.problems : [problem('ODOO_NOT_CANCELED', message, 'state')], resultOf(shape, after))
}

async function forbids(work: Work, shape: Shape, order: Standing): Promise<Problem[]> {
  if (order.locked) return [locked(shape, order)]
  const moved = order.lines.filter(({ record }) => !isZero(decimalOf(record[shape.moved])))
  if (moved.length > 0) {
    const what = listed(moved.map(({ record }) => nameOf(record.product_id) ?? String(record.id)))
    const message = `Goods of the ${shape.title} ${order.number} have moved already: ${what}.`
    return [problem('ODOO_GOODS_MOVED', message, 'state')]
  }
  if (shape.model !== 'purchase.requisition') return []
  const orders = await work.odoo.searchRead(
    'purchase.order',
    [
      ['requisition_id', '=', order.id],
      ['state', 'in', ['to approve', 'purchase', 'done']],
    ],
    { fields: ['name'], order: 'id' },
  )
  if (orders.length === 0) return []
  const message = `The agreement ${order.number} has confirmed orders, which would be cancelled with it: ${listed(
    orders.map((one) => textOf(one.name) ?? String(one.id)),
  )}.`
  return [problem('ODOO_GOODS_MOVED', message, 'state')]
}
