import type { OrderRecord } from '../../records.ts'
import { resolveOrder } from '../resolve/order.ts'
import { type Delivered, type Held, held, problem, type Work } from '../work.ts'
import { applyWish } from './change.ts'
import { canceled, delivered } from './confirm.ts'
import { intentOf, settle } from './create.ts'
import { findOrder } from './find.ts'
import { isDraft, type Shape } from './shape.ts'
import { resultOf, type Standing } from './standing.ts'

/**
 * Makes an order what a whole new version of it says. Lines that the new version does not have go; lines that people
 * added stay, with a warning. A draft is confirmed afterwards like a new one; partner, dates of entry and warehouse of a
 * confirmed order are no longer changed.
 */
export async function replaceOrder(work: Work, record: OrderRecord): Promise<Delivered | Held> {
  const found = await findOrder(work, record.model)
  if ('outcome' in found) return found
  const { shape, order } = found
  const wanted = record.lines.map(({ line }) => line)
  if (order.state === 'cancel') return held([canceled(shape, order)], resultOf(shape, order, wanted))
  const resolved = await resolveOrder(work.odoo, shape, record)
  if ('problems' in resolved) return held(resolved.problems, resultOf(shape, order, wanted))
  const { shipTo } = resolved
  const made = shipTo && 'create' in shipTo ? { ...resolved, shipTo: { id: await shipTo.create() } } : resolved
  const intent = intentOf(shape, record, made)
  const draft = isDraft(order.state)
  const fixed = [shape.partner, 'company_id', ...(draft ? [] : [shape.date, shape.warehouse, shape.pickingType])]
  const wish = {
    ...intent,
    header: intent.header.filter(({ field }) => !fixed.includes(field)),
    removed: order.lines.flatMap(({ line }) => (line !== undefined && !wanted.includes(line) ? [line] : [])),
  }
  const done = await applyWish(work, shape, wish, order)
  if ('outcome' in done) return done
  const how = { adopted: done.untouched, warnings: [...resolved.warnings, ...kept(shape, done.order)], wanted }
  return isDraft(done.order.state)
    ? settle(work, shape, record, intent, done.order, how)
    : delivered(shape, done.order, how)
}

/** Lines that did not come from the document. */
const kept = (shape: Shape, order: Standing) =>
  order.lines
    .filter(({ line }) => line === undefined)
    .map(({ record }) =>
      problem(
        'ODOO_LINE_KEPT',
        `The ${shape.title} ${order.number} keeps the line "${String(record[shape.text] || record.id)}", which people added.`,
        shape.lines.field,
      ),
    )
