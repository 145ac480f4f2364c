import { type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, float, html, integer, many2one, selection } from './fields.ts'
import { round, sum } from './numbers.ts'

const group = model({
  name: 'account.tax.group',
  description: 'Tax Group',
  order: 'sequence, id',
  fields: { name: char({ required: true, translate: true }), sequence: integer({ default: 10 }) },
})

const tax = model({
  name: 'account.tax',
  description: 'Tax',
  order: 'sequence, id',
  fields: {
    name: char({ required: true, translate: true, string: 'Tax Name' }),
    type_tax_use: selection(
      { sale: 'Sales', purchase: 'Purchases', none: 'None' },
      { required: true, default: 'sale' },
    ),
    amount_type: selection(
      { group: 'Group of Taxes', fixed: 'Fixed', percent: 'Percentage', division: 'Percentage Tax Included' },
      { required: true, default: 'percent' },
    ),
    amount: float({ required: true, default: 0 }),
    price_include: boolean(),
    include_base_amount: boolean(),
    active: boolean({ default: true }),
    sequence: integer({ default: 1 }),
    description: html({ translate: true }),
    invoice_label: char({ translate: true }),
    tax_group_id: many2one('account.tax.group'),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    country_id: many2one('res.country', { default: (env) => env.ref('base.us')?.id ?? false }),
  },
})

export const taxModels: Model[] = [group, tax]

export interface TaxedAmount {
  /** Before tax, rounded to the cent. */
  untaxed: number
  tax: number
  total: number
  parts: { tax: Rec; base: number; amount: number }[]
}

/** One line taxed and rounded by itself ("round per line"), the default of a company. */
export function taxed(price: number, quantity: number, taxes: readonly Rec[]): TaxedAmount {
  const gross = price * quantity
  const included = taxes.filter((one) => one.bool('price_include'))
  const percent = sum(
    included.filter((one) => one.str('amount_type') === 'percent'),
    (one) => one.num('amount'),
  )
  const fixed = sum(
    included.filter((one) => one.str('amount_type') === 'fixed'),
    (one) => one.num('amount') * quantity,
  )
  const untaxed = round((gross - fixed) / (1 + percent / 100))
  const parts = taxes.map((one) => ({
    tax: one,
    base: untaxed,
    amount: round(
      one.str('amount_type') === 'fixed' ? one.num('amount') * quantity : (untaxed * one.num('amount')) / 100,
    ),
  }))
  const tax = round(sum(parts, (part) => part.amount))
  return { untaxed, tax, total: round(untaxed + tax), parts }
}
