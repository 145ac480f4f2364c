import type { Decimal } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { idOf, idsOf, nameOf } from '../../bundle.ts'
import { ownNames } from '../../external-ids.ts'
import type { Odoo } from '../../rpc.ts'
import { decimalOf, textOf } from '../work.ts'

/** A line of a bill as it stands in Odoo. */
export interface StandingLine {
  id: number
  /** External id, where it is one of ours. */
  name: string | undefined
  label: string
  account: { id: number | undefined; name: string }
  /** Before tax, in the bill's currency. */
  amount: Decimal
  taxes: number[]
  /** Analytic accounts with their shares in percent. */
  costCentres: { [id: string]: Decimal }
}

/** A bill or credit note as it stands in Odoo. */
export interface Standing {
  id: number
  /** Its own number; none before it is posted (odoo.md §7). */
  number: string | undefined
  kind: string
  state: string
  partner: number | undefined
  ref: string
  date: string
  /** The day it counts in the books. */
  booked: string
  currency: { id: number | undefined; name: string }
  journal: { id: number | undefined; name: string }
  total: Decimal
  lines: StandingLine[]
}

const header = [
  ...['name', 'move_type', 'state', 'partner_id', 'ref', 'invoice_date', 'date', 'currency_id', 'journal_id'],
  ...['amount_total', 'invoice_line_ids'],
]

/** Reads a bill with its lines; undefined where it is gone. */
export async function readBill(odoo: Odoo, id: number): Promise<Standing | undefined> {
  const [row] = await odoo.read('account.move', [id], header)
  if (!row) return undefined
  const known = await odoo.fields('account.move.line')
  const shares = known.analytic_distribution ? 'analytic_distribution' : 'analytic_account_id'
  const ids = idsOf(row.invoice_line_ids)
  const [rows, names] = await Promise.all([
    odoo.read('account.move.line', ids, ['name', 'display_type', 'account_id', 'price_subtotal', 'tax_ids', shares]),
    ownNames(odoo, 'account.move.line', ids),
  ])
  const number = textOf(row.name)
  return {
    id,
    number: number === '/' ? undefined : number,
    kind: textOf(row.move_type) ?? '',
    state: textOf(row.state) ?? '',
    partner: idOf(row.partner_id),
    ref: textOf(row.ref) ?? '',
    date: textOf(row.invoice_date) ?? '',
    booked: textOf(row.date) ?? '',
    currency: { id: idOf(row.currency_id), name: nameOf(row.currency_id) ?? '' },
    journal: { id: idOf(row.journal_id), name: nameOf(row.journal_id) ?? '' },
    total: decimalOf(row.amount_total),
    lines: rows
      .filter((line) => line.display_type === false || line.display_type === 'product')
      .sort((a, b) => a.id - b.id)
      .map((line) => ({
        id: line.id,
        name: names.get(line.id),
        label: textOf(line.name) ?? '',
        account: { id: idOf(line.account_id), name: nameOf(line.account_id) ?? '' },
        amount: decimalOf(line.price_subtotal),
        taxes: idsOf(line.tax_ids),
        costCentres: sharesOf(line[shares]),
      })),
  }
}

/** `{"24": 100.0}`, or one analytic account up to 15. */
function sharesOf(value: Json | undefined): { [id: string]: Decimal } {
  const one = idOf(value)
  if (one !== undefined) return { [one]: '100' }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([id, share]) => [id, decimalOf(share)]))
}

/** How messages call it. */
export const calledBill = ({ number, id }: Standing): string => number ?? `draft ${id}`

/** What later steps need of it. */
export const resultOf = (bill: Standing): { [key: string]: Json } => ({
  id: bill.id,
  number: bill.number ?? '',
  state: bill.state,
  total: bill.total,
  date: bill.booked,
})
