import type { Json } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import { load } from '../load.ts'
import { inCompany } from '../resolve/masters.ts'
import { type Delivered, type Held, held, problem, type Work } from '../work.ts'
import { canceled, delivered, vanished } from './confirm.ts'
import { changeCommands } from './open-moves.ts'
import { isEmpty, notTaken, type Plan, planChange, type Wish } from './plan.ts'
import type { Shape } from './shape.ts'
import { groups, linesSheet } from './sheet.ts'
import { readStanding, resultOf, type Standing } from './standing.ts'
import { written } from './value.ts'

/** A second pass mends what Odoo computed anew in the first (a price that follows a quantity). */
const passes = 2

/** An order as it stands after a change, and whether something was written. */
export interface Changed {
  order: Standing
  untouched: boolean
}

/**
 * Makes an order what it is to be. It is compared first: one that is as wanted already is left alone whatever its
 * state, since an earlier attempt may have changed it. Changed and removed lines go in one write, new lines by `load`
 * under their own ids, so that no repeat adds one twice. What stands afterwards is compared again.
 */
export async function applyWish(work: Work, shape: Shape, wish: Wish, found: Standing): Promise<Changed | Held> {
  let order = found
  let plan = planChange(shape, wish, order)
  const untouched = isEmpty(plan)
  if (untouched) return { order, untouched }
  if (order.state === 'cancel') return held([canceled(shape, order)], resultOf(shape, order))
  if (order.locked) return held([locked(shape, order)], resultOf(shape, order))
  for (let pass = 0; pass < passes && !isEmpty(plan); pass += 1) {
    if (plan.problems.length > 0) return held(plan.problems, resultOf(shape, order))
    const problems = await write(work, shape, wish, order, plan)
    const after = await readStanding(work, shape, order.id)
    if (!after) return held([vanished(shape, order)])
    order = after
    if (problems.length > 0) return held(problems, resultOf(shape, order))
    plan = planChange(shape, wish, order)
  }
  return isEmpty(plan) ? { order, untouched } : held(notTaken(shape, order, plan), resultOf(shape, order))
}

/** Applies a wish and tells the order as it stands. */
export async function change(
  work: Work,
  shape: Shape,
  wish: Wish,
  found: Standing,
  warnings: Problem[],
): Promise<Delivered | Held> {
  const done = await applyWish(work, shape, wish, found)
  if ('outcome' in done) return done
  return delivered(shape, done.order, { adopted: done.untouched, warnings })
}

/** Header, changed and removed lines in one transaction; new lines group by group. */
async function write(work: Work, shape: Shape, wish: Wish, order: Standing, plan: Plan): Promise<Problem[]> {
  const { odoo, reference } = work
  const commands: Json[] = [
    ...(await changeCommands(odoo, shape, order, plan.changes)),
    ...plan.removals.map(({ id }): Json => [2, id, 0]),
  ]
  const vals = { ...written(plan.header), ...(commands.length > 0 ? { [shape.lines.field]: commands } : {}) }
  const company = idOf(order.record.company_id)
  const context = company === undefined ? {} : inCompany(odoo, company)
  if (Object.keys(vals).length > 0)
    await odoo.call({ model: shape.model, method: 'write', ids: [order.id], args: { vals }, context, writes: true })
  for (const group of groups(shape, wish, plan.additions)) {
    const made = await load(odoo, shape.lines.model, linesSheet(shape, reference, order.id, group), context)
    if ('problems' in made) return made.problems
  }
  return []
}

export const locked = (shape: Shape, order: Standing): Problem =>
  problem('ODOO_ORDER_LOCKED', `The ${shape.title} ${order.number} is locked in Odoo.`, 'state')
