import { Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { ownNames } from '../../external-ids.ts'
import type { BillRecord } from '../../records.ts'
import { findRecord, nameOfReference, qualified } from '../external-id.ts'
import { load } from '../load.ts'
import { inCompany } from '../resolve/masters.ts'
import { type Delivered, type Held, held, listed, problem, textOf, type Work } from '../work.ts'
import { differences } from './compare.ts'
import { type ResolvedBill, resolveBill } from './masters.ts'
import { billSheet } from './sheet.ts'
import { calledBill, readBill, resultOf, type Standing } from './standing.ts'

/**
 * Makes a vendor bill or credit note exactly once: by `load` under the external id of our reference (odoo.md §6.2). What
 * Odoo made of it is read back and compared, accounts, taxes, cost centres and the total to the cent; where anything
 * differs the bill is left as a draft and the document held. Posted only where the record says so.
 *
 * A bill of this reference that somebody posted is accepted as it stands, with every difference as a warning. One of the
 * same vendor and number that is not ours is never doubled. It counts on its own date; where that
 * period is closed, Odoo posts it into the first open one (odoo.md §9.4), which a warning tells.
 */
export async function createBill(work: Work, record: BillRecord): Promise<Delivered | Held> {
  const { odoo, reference } = work
  const found = await findRecord(odoo, nameOfReference(reference))
  const standing = found && (await readBill(odoo, found.id))
  if (standing?.state === 'cancel') return held([canceled(standing)], resultOf(standing))
  const resolved = await resolveBill(odoo, record)
  if (standing?.state === 'posted') {
    const asIs = 'problems' in resolved ? [] : differences(record, resolved, standing, reference)
    const warnings = asIs.map((one) => ({ ...one, code: 'ODOO_BILL_ACCEPTED_AS_IS' }))
    return delivered(standing, true, warnings)
  }
  if ('problems' in resolved) return held(resolved.problems)
  const byHand = await enteredByHand(work, record, resolved)
  if (byHand) return held([byHand], standing && resultOf(standing))
  const bill = standing ?? (await create(work, record, resolved))
  if ('problems' in bill) return held(bill.problems)
  const differing = differences(record, resolved, bill, reference)
  if (differing.length > 0) return held(differing, resultOf(bill))
  return record.post ? post(work, bill, standing !== undefined) : delivered(bill, standing !== undefined, [])
}

async function create(
  { odoo, reference }: Work,
  record: BillRecord,
  resolved: ResolvedBill,
): Promise<Standing | { problems: Problem[] }> {
  if (resolved.lines.length === 0)
    return { problems: [problem('ODOO_BILL_EMPTY', `The bill ${record.number} has no lines.`)] }
  const sheet = billSheet(record, resolved, reference, await odoo.fields('account.move.line'))
  const made = await load(odoo, 'account.move', sheet, inCompany(odoo, resolved.company))
  if ('problems' in made) return made
  const bill = made.ids[0] === undefined ? undefined : await readBill(odoo, made.ids[0])
  return bill ?? { problems: [vanished(record.number)] }
}

/** A bill of the same number that is not ours: Odoo itself would take the second one, too (odoo.md §6.4). */
async function enteredByHand(
  { odoo, reference }: Work,
  { number }: BillRecord,
  { vendor }: ResolvedBill,
): Promise<Problem | undefined> {
  const rows = await odoo.searchRead(
    'account.move',
    [
      ['ref', '=', number],
      ['commercial_partner_id', '=', vendor.commercialId],
      ['move_type', 'in', ['in_invoice', 'in_refund', 'in_receipt']],
      ['state', '!=', 'cancel'],
    ],
    { fields: ['name'], order: 'id', limit: 20 },
  )
  const names = await ownNames(
    odoo,
    'account.move',
    rows.map(({ id }) => id),
  )
  const others = rows.filter(({ id }) => names.get(id) !== qualified(nameOfReference(reference)))
  if (others.length === 0) return undefined
  const which = listed(others.map(({ id, name }) => ((textOf(name) ?? '/') === '/' ? `draft ${id}` : String(name))))
  return problem('ODOO_DUPLICATE_BILL', `${vendor.name} has the bill ${number} in Odoo already: ${which}.`, 'number')
}

/** The method's answer proves nothing (odoo.md §6.5, §9.1): the state afterwards does. */
async function post(work: Work, bill: Standing, adopted: boolean): Promise<Delivered | Held> {
  let refused: Refusal | undefined
  try {
    await work.odoo.call({ model: 'account.move', method: 'action_post', ids: [bill.id], writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused = error
  }
  const after = await readBill(work.odoo, bill.id)
  if (!after) return held([vanished(bill.ref)])
  if (after.state === 'cancel') return held([canceled(after)], resultOf(after))
  if (after.state === 'posted') return delivered(after, adopted, moved(after))
  const message = `The bill ${calledBill(after)} stands as it was sent, but Odoo left it in the state "${after.state}".`
  return held(refused ? refused.problems : [problem('ODOO_BILL_NOT_POSTED', message, 'state')], resultOf(after))
}

/** Odoo posts into a locked period without a word, on another day (odoo.md §9.4). */
function moved(bill: Standing): Problem[] {
  if (bill.booked === bill.date) return []
  const message = `The bill ${calledBill(bill)} of ${bill.date} counts on ${bill.booked} in Odoo: its own period is closed.`
  return [problem('ODOO_BILL_DATE_MOVED', message, 'date')]
}

const delivered = (bill: Standing, adopted: boolean, warnings: Problem[]): Delivered => ({
  outcome: 'delivered',
  targetId: `account.move/${bill.id}`,
  targetNumbers: [...(bill.number === undefined ? [] : [bill.number]), bill.ref].filter((one) => one !== ''),
  result: resultOf(bill),
  adopted,
  warnings,
})

const canceled = (bill: Standing): Problem =>
  problem('ODOO_BILL_CANCELED', `The bill ${calledBill(bill)} (${bill.ref}) is cancelled in Odoo.`, 'state')

const vanished = (number: string): Problem =>
  problem('ODOO_BILL_NOT_FOUND', `The bill ${number} was deleted in Odoo while it was written.`)
