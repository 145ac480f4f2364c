import type { Env, Rec } from '../orm/model.ts'
import { addDays, endOfMonth } from './numbers.ts'

/**
 * The day on which a document counts in the books where nobody said it: a customer's invoice on its own, a vendor's bill
 * today, or at the end of its month once that is over (live 18 and 19).
 */
export function bookingDay(env: Env, type: string, day: string): string {
  if (!type.startsWith('in_')) return day
  const today = env.today()
  if (day.slice(0, 7) < today.slice(0, 7)) return endOfMonth(day)
  return [day, today].sort().at(-1) ?? day
}

/** The day on which an entry is posted: its own, or one in the first period that is open (odoo.md §9.4). */
export function postingDay(env: Env, move: Rec): string {
  const company = move.one('company_id')
  const type = move.str('move_type')
  const locks = ['fiscalyear_lock_date', type.startsWith('in_') ? 'purchase_lock_date' : undefined]
  const locked = locks
    .flatMap((name) => (name === undefined ? [] : [company?.str(name) ?? '']))
    .sort()
    .at(-1)
  const day = move.str('date')
  if (!locked || day > locked) return day
  const open = addDays(locked, 1)
  if (type.startsWith('out_')) return open
  const today = env.today()
  if (open.slice(0, 7) < today.slice(0, 7)) return endOfMonth(open)
  return [open, today].sort().at(-1) ?? open
}
