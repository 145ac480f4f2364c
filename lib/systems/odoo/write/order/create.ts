import type { Problem } from '../../../../core/problems.ts'
import { ownReference } from '../../bundle.ts'
import type { OrderRecord } from '../../records.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { load } from '../load.ts'
import { inCompany } from '../resolve/masters.ts'
import { type ResolvedOrder, resolveOrder } from '../resolve/order.ts'
import { type Delivered, type Held, held, listed, problem, textOf, type Work } from '../work.ts'
import { differences, type Intent } from './compare.ts'
import { canceled, confirm, delivered, vanished } from './confirm.ts'
import { isDraft, type Shape, shapeOf } from './shape.ts'
import { groups, linesSheet, orderSheet } from './sheet.ts'
import { readStanding, resultOf, type Standing } from './standing.ts'
import { headerValues } from './values.ts'

/**
 * Creates an order exactly once: by `load` under the external id of our reference, lines under ids of their own
 * (odoo.md §6.2). What stands there is compared with what was sent; only an order without a difference is confirmed.
 *
 * An order of this reference is adopted: a draft is completed and compared, one that somebody confirmed is accepted as
 * it stands, with every difference as a warning.
 */
export async function createOrder(work: Work, record: OrderRecord): Promise<Delivered | Held> {
  const { odoo, reference } = work
  const shape = await shapeOf(odoo, record.model)
  const found = await findRecord(odoo, nameOfReference(reference))
  const wanted = record.lines.map(({ line }) => line)
  const standing = found && (await readStanding(work, shape, found.id))
  if (standing?.state === 'cancel') return held([canceled(shape, standing)], resultOf(shape, standing, wanted))

  const resolved = await resolveOrder(odoo, shape, record)
  if (standing && !isDraft(standing.state)) {
    const asIs = 'problems' in resolved ? [] : differences(shape, intentOf(shape, record, resolved), standing)
    const warnings = asIs.map((one) => ({ ...one, code: 'ODOO_ACCEPTED_AS_IS' }))
    return delivered(shape, standing, { adopted: true, warnings, wanted })
  }
  if ('problems' in resolved) return held(resolved.problems)
  if (!standing) {
    const byHand = await enteredByHand(work, shape, record, resolved)
    if (byHand) return held([byHand])
  }
  const { shipTo } = resolved
  const made = shipTo && 'create' in shipTo ? { ...resolved, shipTo: { id: await shipTo.create() } } : resolved
  const intent = intentOf(shape, record, made)
  const written = standing ?? (await createWhole(work, shape, intent, resolved))
  if ('problems' in written) return held(written.problems)
  const order = await addMissing(work, shape, intent, resolved, written)
  if ('problems' in order) return held(order.problems)
  return settle(work, shape, record, intent, order, {
    adopted: standing !== undefined,
    warnings: resolved.warnings,
    wanted,
  })
}

/** Compares a draft with what was sent, and confirms it where that is wanted and nothing differs. */
export function settle(
  work: Work,
  shape: Shape,
  record: { confirm: boolean },
  intent: Intent,
  order: Standing,
  how: { adopted: boolean; warnings: Problem[]; wanted: readonly string[] },
): Promise<Delivered | Held> | Delivered | Held {
  const differing = differences(shape, intent, order)
  if (differing.length > 0) return held(differing, resultOf(shape, order, how.wanted))
  return record.confirm ? confirm(work, shape, order, how) : delivered(shape, order, how)
}

export const intentOf = (shape: Shape, record: OrderRecord, resolved: ResolvedOrder): Intent => ({
  header: headerValues(shape, record, resolved),
  plannedDate: record.plannedDate,
  lines: resolved.lines,
  tolerance: record.totalTolerance ?? '0',
})

/** Header and the lines of the first group, in one transaction. */
async function createWhole(
  work: Work,
  shape: Shape,
  intent: Intent,
  { company }: ResolvedOrder,
): Promise<Standing | { problems: Problem[] }> {
  const [first = []] = groups(shape, intent, intent.lines)
  const sheet = orderSheet(shape, work.reference, intent.header, first)
  const made = await load(work.odoo, shape.model, sheet, inCompany(work.odoo, company))
  if ('problems' in made) return made
  const order = made.ids[0] === undefined ? undefined : await readStanding(work, shape, made.ids[0])
  return order ?? { problems: [vanished(shape, { number: work.reference })] }
}

/**
 * The lines of further groups, each by `load`, so that an attempt that died between two is completed. Lines of the
 * first group came with the header: where one of them is missing, somebody took it out, which is a difference.
 */
async function addMissing(
  work: Work,
  shape: Shape,
  intent: Intent,
  resolved: ResolvedOrder,
  order: Standing,
): Promise<Standing | { problems: Problem[] }> {
  const standing = new Set(order.lines.map((one) => one.line))
  const missing = groups(shape, intent, intent.lines)
    .slice(1)
    .map((group) => group.filter(({ line }) => !standing.has(line.sent.line)))
    .filter((group) => group.length > 0)
  const context = inCompany(work.odoo, resolved.company)
  for (const group of missing) {
    const made = await load(work.odoo, shape.lines.model, linesSheet(shape, work.reference, order.id, group), context)
    if ('problems' in made) return made
  }
  if (missing.length === 0) return order
  return (await readStanding(work, shape, order.id)) ?? { problems: [vanished(shape, order)] }
}

/** An order of the same number that somebody entered for the same partner: never written twice. */
async function enteredByHand(
  { odoo }: Work,
  shape: Shape,
  record: OrderRecord,
  { partner }: ResolvedOrder,
): Promise<Problem | undefined> {
  if (shape.theirReference === undefined || record.theirReference.trim() === '') return undefined
  const rows = await odoo.searchRead(
    shape.model,
    [
      [shape.theirReference, '=', record.theirReference],
      [`${shape.partner}.commercial_partner_id`, '=', partner.commercialId],
      ['state', '!=', 'cancel'],
    ],
    { fields: ['name', shape.origin], order: 'id', limit: 20 },
  )
  const byHand = rows.filter((row) => !(textOf(row[shape.origin]) ?? '').startsWith(ownReference))
  if (byHand.length === 0) return undefined
  const numbers = listed(byHand.map((row) => textOf(row.name) ?? String(row.id)))
  const message = `The ${shape.title} ${numbers} of ${partner.name} has the number ${record.theirReference} already.`
  return problem('ODOO_DUPLICATE_ORDER', message, 'theirReference')
}
