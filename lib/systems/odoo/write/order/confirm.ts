import { Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { type Delivered, type Held, held, problem, type Work } from '../work.ts'
import { isDraft, type Shape } from './shape.ts'
import { readStanding, resultOf, type Standing } from './standing.ts'

/** Delivered, with what a person should know of the order's state. */
export function delivered(
  shape: Shape,
  order: Standing,
  { adopted, warnings = [], wanted }: { adopted: boolean; warnings?: Problem[]; wanted?: readonly string[] },
): Delivered {
  const waits =
    order.state === 'to approve'
      ? [problem('ODOO_TO_APPROVE', `The ${shape.title} ${order.number} waits for its approval.`, 'state')]
      : []
  return {
    outcome: 'delivered',
    targetId: `${shape.model}/${order.id}`,
    targetNumbers: [order.number],
    result: resultOf(shape, order, wanted),
    adopted,
    warnings: [...warnings, ...waits],
  }
}

/**
 * Confirms a draft that stands as it was sent. The method's answer proves nothing: it may be a dialog, nothing, or a
 * refusal of an order that an earlier attempt has confirmed (odoo.md §6.5). The state afterwards does.
 */
export async function confirm(
  work: Work,
  shape: Shape,
  order: Standing,
  how: { adopted: boolean; warnings: Problem[]; wanted: readonly string[] },
): Promise<Delivered | Held> {
  if (!isDraft(order.state)) return delivered(shape, order, how)
  let refused: Refusal | undefined
  try {
    await work.odoo.call({ model: shape.model, method: shape.confirm, ids: [order.id], writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused = error
  }
  const after = await readStanding(work, shape, order.id)
  if (!after) return held([vanished(shape, order)])
  if (after.state === 'cancel') return held([canceled(shape, after)], resultOf(shape, after, how.wanted))
  if (!isDraft(after.state)) return delivered(shape, after, how)
  const message = `The ${shape.title} ${after.number} stands as it was sent, but Odoo left it in the state "${after.state}".`
  return held(
    refused ? refused.problems : [problem('ODOO_NOT_CONFIRMED', message, 'state')],
    resultOf(shape, after, how.wanted),
  )
}

export const canceled = (shape: Shape, order: Standing): Problem =>
  problem('ODOO_ORDER_CANCELED', `The ${shape.title} ${order.number} is cancelled in Odoo.`, 'state')

export const vanished = (shape: Shape, order: { number: string }): Problem =>
  problem('ODOO_ORDER_NOT_FOUND', `The ${shape.title} ${order.number} was deleted in Odoo while it was written.`)
