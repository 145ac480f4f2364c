import { UserError } from '../orm/errors.ts'
import type { Env, Method, Rec } from '../orm/model.ts'
import { isInvoice } from './entry-kinds.ts'
import { completeInvoice } from './invoice-totals.ts'
import { postingDay } from './locks.ts'
import { isZero, round } from './numbers.ts'

const recordsOf = (env: Env, ids: readonly number[]): Rec[] => ids.map((id) => env.sudo().model('account.move').get(id))

/** @throws what Odoo answers for an entry that is not in draft, has no lines, or misses its date */
function post(env: Env, move: Rec): void {
  if (move.str('state') !== 'draft')
    throw new UserError(`The entry ${move.str('name')} (id ${move.id}) must be in draft.`)
  if (!move.many('line_ids').length) throw new UserError('You need to add a line before posting.')
  if (isInvoice(move)) {
    if (!move.get('partner_id'))
      throw new UserError(
        move.str('move_type').startsWith('out_')
          ? "The field 'Customer' is required, please complete it to validate the Customer Invoice."
          : "The field 'Vendor' is required, please complete it to validate the Vendor Bill.",
      )
    if (move.num('amount_total') < 0)
      throw new UserError(
        'You cannot validate an invoice with a negative total amount. You should create a credit note instead. Use the action menu to transform it into a credit note or refund.',
      )
    if (!move.get('invoice_date')) {
      if (move.str('move_type').startsWith('in_'))
        throw new UserError('The Bill/Refund date is required to validate this document.')
      move.set({ invoice_date: env.today(), date: env.today() })
    }
    completeInvoice(env, move)
  }
  const day = postingDay(env, move)
  if (day !== move.str('date')) move.set({ date: day })
  const name = move.str('name') && move.str('name') !== '/' ? move.str('name') : nameOf(env, move)
  move.set({
    state: 'posted',
    name,
    posted_before: true,
    ...(move.str('move_type') === 'out_invoice' && !move.get('payment_reference') ? { payment_reference: name } : {}),
  })
  settleReversed(move)
}

/** INV/2026/00001 for customers by year, BILL/2026/11/0001 and MISC/2026/11/0001 by month; "R" before credit notes. */
function nameOf(env: Env, move: Rec): string {
  const journal = move.one('journal_id')
  const [year = '', month = ''] = move.str('date').split('-')
  const yearly = journal?.str('type') === 'sale'
  const refund = move.str('move_type').endsWith('refund') && journal?.bool('refund_sequence')
  const prefix = `${refund ? 'R' : ''}${journal?.str('code')}/${year}/${yearly ? '' : `${month}/`}`
  const number = env.next(`entries ${journal?.id} ${prefix}`)
  return `${prefix}${String(number).padStart(yearly ? 5 : 4, '0')}`
}

/** A posted credit note pays the invoice that it reverses, as far as it goes. */
function settleReversed(note: Rec): void {
  const invoice = note.one('reversed_entry_id')
  if (invoice?.str('state') !== 'posted' || !isInvoice(note)) return
  const amount = Math.min(invoice.num('amount_residual'), note.num('amount_residual'))
  for (const [one, done] of [
    [invoice, 'reversed'],
    [note, 'paid'],
  ] as const) {
    const paid = round(one.num('amount_paid') + amount)
    one.set({ amount_paid: paid, payment_state: isZero(one.num('amount_total') - paid) ? done : 'partial' })
  }
}

export const entryMethods: { [name: string]: Method } = {
  action_post: {
    run: (env, { ids }) => {
      for (const move of recordsOf(env, ids)) post(env.sudo(), move)
      return false
    },
  },
  button_draft: {
    run: (env, { ids }) => {
      for (const move of recordsOf(env, ids)) {
        if (!['posted', 'cancel'].includes(move.str('state')))
          throw new UserError('Only posted/cancelled journal entries can be reset to draft.')
        move.set({ state: 'draft' })
      }
      return undefined
    },
  },
  button_cancel: {
    run: (env, { ids }) => {
      for (const move of recordsOf(env, ids)) {
        if (move.str('state') === 'posted') throw new UserError('Only draft journal entries can be cancelled.')
        move.set({ state: 'cancel' })
      }
      return undefined
    },
  },
}
