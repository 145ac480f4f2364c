import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Value } from '../orm/model.ts'
import { char, date, many2many, many2one, monetary, selection } from './fields.ts'
import { idsOf, sum } from './numbers.ts'

const payment = model({
  name: 'account.payment',
  description: 'Payments',
  order: 'date desc, name desc, id desc',
  fields: {
    name: char({ readonly: true }),
    state: selection(
      { draft: 'Draft', in_process: 'In Process', paid: 'Paid', canceled: 'Canceled' },
      { default: 'paid', required: true },
    ),
    partner_id: many2one('res.partner'),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    currency_id: many2one('res.currency', { default: (env) => env.company.get('currency_id') }),
    date: date({ default: (env) => env.today() }),
    amount: monetary(),
    memo: char(),
  },
})

/** The dialog that pays invoices in full. */
const register = model({
  name: 'account.payment.register',
  description: 'Pay',
  fields: {
    invoice_ids: many2many('account.move', { default: (env) => [[6, 0, idsOf(env.context.active_ids)]] }),
    payment_date: date({ default: (env) => env.today() }),
  },
  methods: { action_create_payments: { run: (env, { ids }) => pay(env.sudo(), ids) } },
})

export const paymentModels: Model[] = [payment, register]

function pay(env: Env, ids: readonly number[]): Value {
  const invoices = env
    .model('account.payment.register')
    .browse(ids)
    .flatMap((one) => one.many('invoice_ids'))
  if (!invoices.length || invoices.some((one) => one.str('state') !== 'posted'))
    throw new UserError('You can only register payment for posted journal entries.')
  const made = env.model('account.payment').create({
    name: `PBNK1/${env.today().slice(0, 4)}/${String(env.next('payments')).padStart(5, '0')}`,
    partner_id: invoices[0]?.get('commercial_partner_id') ?? false,
    amount: sum(invoices, (one) => one.num('amount_residual')),
    memo: invoices.map((one) => one.str('payment_reference') || one.str('name')).join(' '),
  })
  for (const invoice of invoices) settle(env, invoice)
  return {
    name: 'Payments',
    type: 'ir.actions.act_window',
    res_model: 'account.payment',
    context: { create: false },
    view_mode: 'form',
    res_id: made.id,
  }
}

/** 18 says that an invoice is paid and leaves what is due as it was (odoo.md §9.3). */
const settle = (env: Env, invoice: Rec): void =>
  invoice.set({ payment_state: 'paid', ...(env.version === 18 ? {} : { amount_paid: invoice.num('amount_total') }) })
