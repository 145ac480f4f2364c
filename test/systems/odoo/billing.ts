import type { BillRecord } from '../../../lib/systems/odoo/records.ts'
import type { TestCompany } from './writing.ts'

/** A line of a bill: before tax, to the account of expenses. */
export const cost = (amount: string, over: Partial<BillRecord['lines'][number]> = {}): BillRecord['lines'][number] => ({
  account: '600000',
  description: 'Shipping (3)',
  amount,
  taxes: [],
  path: `charges[${amount}]`,
  ...over,
})

export const bill = (lines: BillRecord['lines'], total: string, over: Partial<BillRecord> = {}): BillRecord => ({
  vendor: { partner: 'V100' },
  kind: 'bill',
  number: '8634110',
  date: '2026-11-16',
  currency: 'USD',
  total,
  post: true,
  lines,
  ...over,
})

export const key = (number = '8634110') => `bill:V100:${number}`

/** Items of all entries of a kind as "account label amount, cost centre" with what they do to the books, in their order. */
export function booksOf(company: TestCompany, state?: string): string[] {
  const accounts = new Map(company.records('account.account').map((row) => [row.id, row.code]))
  return company.records('account.move.line', state === undefined ? [] : [['parent_state', '=', state]]).map((row) => {
    const shares = row.analytic_distribution ? ` ${JSON.stringify(row.analytic_distribution)}` : ''
    return `${accounts.get(Number(row.account_id))} ${row.display_type} ${row.balance}${shares}`
  })
}
