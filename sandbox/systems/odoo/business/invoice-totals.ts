import { UserError } from '../orm/errors.ts'
import type { Env, Rec } from '../orm/model.ts'
import { dueDate } from './accounts.ts'
import { amounts, isSale, signOf } from './entry-kinds.ts'
import { isZero, round, sum } from './numbers.ts'

const accountOf = (env: Env, type: string) =>
  env.model('account.account').find([['account_type', '=', type]], { limit: 1 })[0]?.id ?? false

/** Balances, tax lines and the line that is due of a draft invoice, from its product lines (odoo.md §9.3). */
export function completeInvoice(env: Env, move: Rec): void {
  const sign = signOf(move)
  const lines = move.many('line_ids')
  const taxes = new Map<number, { base: number; amount: number }>()
  for (const line of lines.filter((one) => one.str('display_type') === 'product')) {
    const { untaxed, parts } = amounts(line)
    setBalance(line, round(untaxed * sign))
    for (const part of parts) {
      const known = taxes.get(part.tax.id) ?? { base: 0, amount: 0 }
      taxes.set(part.tax.id, { base: known.base + part.base, amount: known.amount + part.amount })
    }
  }
  const taxLines = lines.filter((one) => one.str('display_type') === 'tax')
  const stale = taxLines.filter((one) => !taxes.has(one.num('tax_line_id')))
  env.model('account.move.line').unlink(stale.map((one) => one.id))
  for (const [tax, { amount }] of taxes) {
    const known = taxLines.find((one) => one.num('tax_line_id') === tax)
    if (known) setBalance(known, round(amount * sign))
    else
      env.model('account.move.line').create({
        move_id: move.id,
        display_type: 'tax',
        tax_line_id: tax,
        name: env.model('account.tax').get(tax).str('name'),
        account_id: accountOf(env, 'liability_current'),
        balance: round(amount * sign),
      })
  }
  const due = move.str('invoice_date_due') && !move.get('invoice_payment_term_id') && move.str('invoice_date_due')
  const day = dueDate(move.str('invoice_date') || env.today(), move.one('invoice_payment_term_id'))
  setDue(env, move, due && due > day ? due : day)
}

function setDue(env: Env, move: Rec, day: string): void {
  const lines = move.many('line_ids')
  const total = sum(
    lines.filter((line) => ['product', 'tax'].includes(line.str('display_type'))),
    (line) => line.num('balance'),
  )
  const known = lines.find((line) => line.str('display_type') === 'payment_term')
  if (move.str('invoice_date') && move.str('invoice_date_due') !== day) move.set({ invoice_date_due: day })
  if (known) {
    setBalance(known, round(-total))
    if (known.str('date_maturity') !== day) known.set({ date_maturity: day })
  } else if (lines.length) {
    env.model('account.move.line').create({
      move_id: move.id,
      display_type: 'payment_term',
      account_id: accountOf(env, isSale(move) ? 'asset_receivable' : 'liability_payable'),
      date_maturity: day,
      balance: round(-total),
    })
  }
}

const setBalance = (line: Rec, balance: number): void => {
  if (!isZero(line.num('balance') - balance)) line.set({ balance: balance || 0 })
}

/** A plain entry that does not balance is refused at once (odoo.md §9.1). */
export function balanceEntry(env: Env, move: Rec): void {
  const lines = move.many('line_ids')
  if (isZero(sum(lines, (line) => line.num('balance')))) return
  if (env.version === 19) throw new UserError('The entry is not balanced.')
  const [debit, credit] = ['debit', 'credit'].map((side) => sum(lines, (line) => line.num(side)).toFixed(2))
  throw new UserError(
    `An error has occurred.\n\nThe move (${move.displayName()} ${move.str('ref') ? ` (${move.str('ref')})` : ''}) is not balanced.\nThe total of debits equals $ ${debit} and the total of credits equals $ ${credit}.\nYou might want to specify a default account on journal "${move.one('journal_id')?.str('name')}" to automatically balance each move.`,
  )
}
