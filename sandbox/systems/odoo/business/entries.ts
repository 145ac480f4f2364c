import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { addressFor } from './addresses.ts'
import { isInvoice, signOf } from './entry-kinds.ts'
import { boolean, char, date, html, integer, many2one, monetary, one2many, selection } from './fields.ts'
import { balanceEntry, completeInvoice } from './invoice-totals.ts'
import { bookingDay } from './locks.ts'
import { sum } from './numbers.ts'
import { entryMethods } from './posting.ts'

export const moveTypes = {
  entry: 'Journal Entry',
  out_invoice: 'Customer Invoice',
  out_refund: 'Customer Credit Note',
  in_invoice: 'Vendor Bill',
  in_refund: 'Vendor Credit Note',
  out_receipt: 'Sales Receipt',
  in_receipt: 'Purchase Receipt',
}

/** What may not be written once an entry is posted. */
const fixed = [
  'date',
  'invoice_date',
  'partner_id',
  'currency_id',
  'invoice_payment_term_id',
  'line_ids',
  'invoice_line_ids',
]

const amountOf = (types: readonly string[], field: string) => (record: Rec) => {
  const lines = record.many('line_ids').filter((line) => types.includes(line.str('display_type')))
  if (!isInvoice(record)) return types.length > 1 ? sum(lines, (line) => line.num('debit')) : 0
  return sum(lines, (line) => line.num(field) * signOf(record))
}

const entry = model({
  name: 'account.move',
  description: 'Journal Entry',
  order: 'date desc, name desc, invoice_date desc, id desc',
  displayName: (record) => {
    const name = record.str('name')
    return name && name !== '/' ? name : `Draft ${moveTypes[record.str('move_type') as keyof typeof moveTypes]}`
  },
  searchNames: ['name', 'ref'],
  fields: {
    // A draft is called "/" in 18 and nothing in 19 (odoo.md §7).
    name: char({ string: 'Number', copy: false, default: (env) => (env.version === 18 ? '/' : false) }),
    ref: char({ string: 'Reference', copy: false }),
    move_type: selection(moveTypes, { required: true, readonly: true, default: defaultType, string: 'Type' }),
    state: selection(
      { draft: 'Draft', posted: 'Posted', cancel: 'Cancelled' },
      { required: true, default: 'draft', copy: false },
    ),
    date: date({ required: true, copy: false, default: (env) => env.today() }),
    invoice_date: date({ copy: false, string: 'Invoice/Bill Date' }),
    invoice_date_due: date({ copy: false, string: 'Due Date' }),
    invoice_payment_term_id: many2one('account.payment.term', { string: 'Payment Terms' }),
    journal_id: many2one('account.journal', { required: true }),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    currency_id: many2one('res.currency', { required: true, default: (env) => env.company.get('currency_id') }),
    partner_id: many2one('res.partner'),
    commercial_partner_id: many2one('res.partner', {
      related: 'partner_id.commercial_partner_id',
      store: true,
      readonly: true,
    }),
    partner_shipping_id: many2one('res.partner', { string: 'Delivery Address' }),
    invoice_origin: char({ string: 'Origin' }),
    payment_reference: char({ copy: false }),
    narration: html({ string: 'Terms and Conditions' }),
    invoice_user_id: many2one('res.users', { string: 'Salesperson', default: (env) => env.uid }),
    line_ids: one2many('account.move.line', 'move_id', { string: 'Journal Items' }),
    invoice_line_ids: one2many('account.move.line', 'move_id', {
      string: 'Invoice lines',
      filter: (line) => ['product', 'line_section', 'line_note'].includes(line.str('display_type')),
    }),
    amount_untaxed: monetary({
      store: true,
      readonly: true,
      depends: ['line_ids.balance', 'line_ids.display_type'],
      compute: amountOf(['product'], 'balance'),
    }),
    amount_tax: monetary({
      store: true,
      readonly: true,
      depends: ['line_ids.balance', 'line_ids.display_type'],
      compute: amountOf(['tax'], 'balance'),
    }),
    amount_total: monetary({
      store: true,
      readonly: true,
      depends: ['line_ids.balance', 'line_ids.display_type', 'line_ids.debit'],
      compute: amountOf(['product', 'tax'], 'balance'),
    }),
    amount_paid: monetary({ readonly: true }),
    amount_residual: monetary({
      string: 'Amount Due',
      store: true,
      readonly: true,
      depends: ['amount_total', 'amount_paid'],
      compute: (record) => (isInvoice(record) ? record.num('amount_total') - record.num('amount_paid') : 0),
    }),
    payment_state: selection(
      {
        not_paid: 'Not Paid',
        in_payment: 'In Payment',
        paid: 'Paid',
        partial: 'Partially Paid',
        reversed: 'Reversed',
        invoicing_legacy: 'Invoicing App Legacy',
      },
      { readonly: true, default: 'not_paid', copy: false },
    ),
    status_in_payment: char({
      compute: (record) => record.get(record.str('state') === 'posted' ? 'payment_state' : 'state'),
    }),
    reversed_entry_id: many2one('account.move', { readonly: true, copy: false, string: 'Reversal of' }),
    reversal_move_ids: one2many('account.move', 'reversed_entry_id'),
    is_move_sent: boolean({ copy: false }),
    posted_before: boolean({ copy: false }),
    sequence_number: integer({ copy: false }),
    delivery_date: date({ copy: false }),
  },
  beforeCreate: completed,
  onCreate: (env, records) => {
    for (const record of records) fill(env, record)
  },
  beforeWrite: (_env, records, values) => {
    const posted = records.some((record) => record.str('state') === 'posted')
    const refused = fixed.filter((name) => name in values)
    if (posted && refused.length && values.state !== 'draft')
      throw new UserError(`You cannot modify the following readonly fields on a posted move: ${refused.join(', ')}`)
    return values
  },
  onWrite: (env, records, values) => {
    const matters = ['line_ids', 'invoice_line_ids', 'invoice_date', 'invoice_payment_term_id', 'partner_id']
    if (matters.some((name) => name in values))
      for (const record of records) if (record.str('state') === 'draft') fill(env, record)
  },
  beforeUnlink: (_env, records) => {
    if (records.some((record) => record.bool('posted_before')))
      throw new UserError(
        "You can't delete a posted journal item. Don’t play games with your accounting records; reset the journal entry to draft before deleting it.",
      )
  },
  methods: entryMethods,
})

export const entryModels: Model[] = [entry]

function defaultType(env: Env): string {
  return typeof env.context.default_move_type === 'string' ? env.context.default_move_type : 'entry'
}

function fill(env: Env, record: Rec): void {
  if (isInvoice(record)) completeInvoice(env, record)
  else balanceEntry(env, record)
}

function completed(env: Env, values: Values): Values {
  const type = typeof values.move_type === 'string' ? values.move_type : defaultType(env)
  const journalType = type.startsWith('out_') ? 'sale' : type.startsWith('in_') ? 'purchase' : 'general'
  const company = typeof values.company_id === 'number' ? values.company_id : env.company.id
  const journal = () =>
    env.model('account.journal').find(
      [
        ['type', '=', journalType],
        ['company_id', '=', company],
      ],
      { limit: 1 },
    )[0]?.id ?? false
  const partner = typeof values.partner_id === 'number' ? env.model('res.partner').get(values.partner_id) : undefined
  const term = type.startsWith('out_') ? 'property_payment_term_id' : 'property_supplier_payment_term_id'
  return {
    move_type: type,
    journal_id: values.journal_id || journal(),
    ...(partner && type !== 'entry'
      ? {
          invoice_payment_term_id: type.endsWith('refund') ? false : partner.get(term),
          partner_shipping_id: type.startsWith('out_') ? addressFor(partner, 'delivery').id : false,
        }
      : {}),
    ...values,
    ...(values.invoice_date && !values.date ? { date: bookingDay(env, type, String(values.invoice_date)) } : {}),
  }
}
