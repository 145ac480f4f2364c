import { equal } from '../../../../core/decimal.ts'
import { Refusal } from '../../../../core/failures.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { type Delivered, type Held, held, problem, textOf, type Work } from '../work.ts'
import { calledBill, readBill, resultOf, type Standing } from './standing.ts'

/**
 * Takes the bill of our reference back: a draft is cancelled, a posted one is reversed by a posted credit note of today
 * (odoo.md §9.1). What is paid or credited in part is an accountant's: held. May be repeated: a reversal that stands is
 * found by the bill it reverses. Not guaranteed: where an answer is lost and Odoo is still at work when the next attempt
 * looks, a second draft is made, which is then held.
 */
export async function cancelBill(work: Work): Promise<Delivered | Held> {
  const found = await findRecord(work.odoo, nameOfReference(work.reference))
  const bill = found?.model === 'account.move' ? await readBill(work.odoo, found.id) : undefined
  if (!bill)
    return held([problem('ODOO_BILL_NOT_FOUND', `No bill in Odoo was made for the reference ${work.reference}.`)])
  if (bill.state === 'cancel') return delivered(bill, bill, true)
  return bill.state === 'posted' ? reverse(work, bill) : cancelDraft(work, bill)
}

async function cancelDraft(work: Work, bill: Standing): Promise<Delivered | Held> {
  const refused = await refusalOf(work, 'button_cancel', bill.id)
  const after = await readBill(work.odoo, bill.id)
  if (!after || after.state === 'cancel') return delivered(bill, after ?? bill, false)
  const message = `The bill ${calledBill(after)} is still in the state "${after.state}" after it was cancelled.`
  return held(refused?.problems ?? [problem('ODOO_NOT_CANCELED', message, 'state')], resultOf(after))
}

async function reverse(work: Work, bill: Standing): Promise<Delivered | Held> {
  const before = await reversalsOf(work, bill)
  const one = before[0]
  if (before.length > 1 || (one && !equal(one.total, bill.total))) return held([creditedAlready(bill, before)])
  if (one?.state === 'posted') return delivered(bill, one, true)
  if (!one && (await isPaid(work, bill))) {
    const message = `The bill ${calledBill(bill)} is paid, in full or in part: it is not reversed.`
    return held([problem('ODOO_BILL_SETTLED', message, 'payment_state')], resultOf(bill))
  }
  if (!one) await makeReversal(work, bill)
  const [draft] = one ? [one] : await reversalsOf(work, bill)
  const refused = draft?.state === 'draft' ? await refusalOf(work, 'action_post', draft.id) : undefined
  const after = draft && (await readBill(work.odoo, draft.id))
  if (after?.state === 'posted') return delivered(bill, after, false)
  const message = `The reversal of the bill ${calledBill(bill)} is not posted in Odoo.`
  return held(refused?.problems ?? [problem('ODOO_BILL_NOT_REVERSED', message, 'state')], resultOf(bill))
}

/** Entries that reverse a bill and are not cancelled, in the order of their ids. */
async function reversalsOf({ odoo }: Work, bill: Standing): Promise<Standing[]> {
  const rows = await odoo.searchRead(
    'account.move',
    [
      ['reversed_entry_id', '=', bill.id],
      ['state', '!=', 'cancel'],
    ],
    { fields: ['name'], order: 'id' },
  )
  const found = await Promise.all(rows.map(({ id }) => readBill(odoo, id)))
  return found.filter((one) => one !== undefined)
}

async function isPaid({ odoo }: Work, bill: Standing): Promise<boolean> {
  const [row] = await odoo.read('account.move', [bill.id], ['payment_state'])
  return (textOf(row?.payment_state) ?? 'not_paid') !== 'not_paid'
}

/** As Odoo's own dialog does it; up to 16 it asks for the kind of the reversal, later another method is the same. */
async function makeReversal({ odoo, reference }: Work, bill: Standing): Promise<void> {
  const context = { active_model: 'account.move', active_id: bill.id, active_ids: [bill.id] }
  const asksForKind = (await odoo.fields('account.move.reversal')).refund_method !== undefined
  const values = {
    reason: `Undone (${reference})`,
    ...(bill.journal.id === undefined ? {} : { journal_id: bill.journal.id }),
    ...(asksForKind ? { refund_method: 'refund' } : {}),
  }
  const made = await odoo.call({
    model: 'account.move.reversal',
    method: 'create',
    args: { vals_list: [values] },
    context,
    writes: true,
  })
  const [dialog] = Array.isArray(made) ? made : [made]
  await odoo.call({
    model: 'account.move.reversal',
    method: asksForKind ? 'reverse_moves' : 'refund_moves',
    ids: [Number(dialog)],
    context,
    writes: true,
  })
}

/** Calls a method whose answer proves nothing; the state afterwards does. @returns Odoo's refusal, if it refused */
async function refusalOf({ odoo }: Work, method: string, id: number): Promise<Refusal | undefined> {
  try {
    await odoo.call({ model: 'account.move', method, ids: [id], writes: true })
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const creditedAlready = (bill: Standing, reversals: readonly Standing[]) =>
  problem(
    'ODOO_BILL_SETTLED',
    `The bill ${calledBill(bill)} is credited already, otherwise than in full: ${reversals.map(calledBill).join(', ')}.`,
    'reversed_entry_id',
  )

/** @param by what takes the bill back: itself, cancelled, or its reversal */
const delivered = (bill: Standing, by: Standing, adopted: boolean): Delivered => ({
  outcome: 'delivered',
  targetId: `account.move/${by.id}`,
  targetNumbers: [by.number ?? bill.number ?? bill.ref].filter((one) => one !== ''),
  result: resultOf(by),
  adopted,
  warnings: [],
})
