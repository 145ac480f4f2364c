import { type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, float, html, integer, many2many, many2one, one2many, selection } from './fields.ts'
import { addDays, endOfMonth } from './numbers.ts'

const account = model({
  name: 'account.account',
  description: 'Account',
  order: 'code, id',
  displayName: (record) => [record.str('code'), record.str('name')].filter(Boolean).join(' '),
  searchNames: ['code', 'name'],
  fields: {
    code: char({ string: 'Code' }),
    name: char({ required: true, translate: true, string: 'Account Name' }),
    account_type: selection(
      {
        asset_receivable: 'Receivable',
        asset_cash: 'Bank and Cash',
        asset_current: 'Current Assets',
        liability_payable: 'Payable',
        liability_current: 'Current Liabilities',
        income: 'Income',
        income_other: 'Other Income',
        expense: 'Expenses',
        expense_direct_cost: 'Cost of Revenue',
      },
      { required: true },
    ),
    reconcile: boolean(),
    deprecated: boolean({ until: 18 }),
    active: boolean({ since: 19, default: true }),
    company_ids: many2many('res.company', { default: (env) => [[6, 0, [env.company.id]]] }),
    currency_id: many2one('res.currency'),
  },
})

const journal = model({
  name: 'account.journal',
  description: 'Journal',
  order: 'sequence, type, code',
  fields: {
    name: char({ required: true, translate: true, string: 'Journal Name' }),
    code: char({ required: true, string: 'Short Code' }),
    type: selection(
      {
        sale: 'Sales',
        purchase: 'Purchase',
        cash: 'Cash',
        bank: 'Bank',
        credit: 'Credit Card',
        general: 'Miscellaneous',
      },
      { required: true },
    ),
    active: boolean({ default: true }),
    sequence: integer({ default: 10 }),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    currency_id: many2one('res.currency'),
    default_account_id: many2one('account.account'),
    refund_sequence: boolean({ default: true }),
  },
})

const term = model({
  name: 'account.payment.term',
  description: 'Payment Terms',
  order: 'sequence, id',
  fields: {
    name: char({ required: true, translate: true, string: 'Payment Terms' }),
    active: boolean({ default: true }),
    sequence: integer({ required: true, default: 10 }),
    note: html({ translate: true }),
    company_id: many2one('res.company'),
    line_ids: one2many('account.payment.term.line', 'payment_id'),
    early_discount: boolean(),
    discount_percentage: float({ default: 2 }),
    discount_days: integer({ default: 10 }),
  },
})

const termLine = model({
  name: 'account.payment.term.line',
  description: 'Payment Terms Line',
  order: 'id',
  fields: {
    payment_id: many2one('account.payment.term', { required: true, ondelete: 'cascade' }),
    value: selection({ percent: 'Percent', fixed: 'Fixed' }, { required: true, default: 'percent' }),
    value_amount: float({ default: 100 }),
    delay_type: selection(
      {
        days_after: 'Days after invoice date',
        days_after_end_of_month: 'Days after end of month',
        days_after_end_of_next_month: 'Days after end of next month',
        days_end_of_month_on_the: 'Days end of month on the',
      },
      { required: true, default: 'days_after' },
    ),
    nb_days: integer({ default: 0 }),
  },
})

export const accountModels: Model[] = [account, journal, term, termLine]

/** The last day on which something of an invoice of a day (YYYY-MM-DD) is due. */
export function dueDate(day: string, term: Rec | undefined): string {
  const dates = (term?.many('line_ids') ?? []).map((line) => {
    const type = line.str('delay_type')
    const start =
      type === 'days_after_end_of_month'
        ? endOfMonth(day)
        : type === 'days_after_end_of_next_month'
          ? endOfMonth(day, 1)
          : day
    return addDays(start, line.num('nb_days'))
  })
  return dates.sort().at(-1) ?? day
}
