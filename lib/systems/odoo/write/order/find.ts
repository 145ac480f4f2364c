import type { OrderModel } from '../../records.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { type Held, held, problem, type Work } from '../work.ts'
import { type Shape, shapeOf } from './shape.ts'
import { readStanding, type Standing } from './standing.ts'

/** The order of our reference as it stands; held where there is none. */
export async function findOrder(work: Work, model: OrderModel): Promise<{ shape: Shape; order: Standing } | Held> {
  const shape = await shapeOf(work.odoo, model)
  const found = await findRecord(work.odoo, nameOfReference(work.reference))
  const order = found?.model === model ? await readStanding(work, shape, found.id) : undefined
  if (order) return { shape, order }
  const message =
    found && found.model !== model
      ? `The order of the reference ${work.reference} is a ${found.model} in Odoo, not a ${shape.title}.`
      : `No ${shape.title} in Odoo was made for the reference ${work.reference}.`
  return held([problem('ODOO_ORDER_NOT_FOUND', message)])
}
