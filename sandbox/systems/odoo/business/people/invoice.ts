import type { Env, Rec, Value } from '../../orm/model.ts'
import { invoiceOrders } from '../sale-invoices.ts'
import { type Company, codeOf, type Made, made, named } from './find.ts'

export interface InvoiceOptions {
  /** YYYY-MM-DD; today where absent. */
  date?: string
  /** False leaves a draft. */
  post?: boolean
}

/** Accounting invoices what is to be invoiced of sale orders, in one invoice. */
export function invoiceSale(company: Company, orders: string | readonly string[], options: InvoiceOptions = {}): Made {
  return company.sudo((env) => {
    const records = [orders].flat().map((order) => named(env, 'sale.order', order))
    const [invoice] = invoiceOrders(env, records)
    if (!invoice) throw new Error('nothing was invoiced')
    return posted(env, invoice, options)
  })
}

/** A credit note of a posted invoice: all of it, or so much of each product (internal reference). */
export function creditInvoice(
  company: Company,
  invoice: string,
  options: InvoiceOptions & { reason?: string; quantities?: { readonly [item: string]: number } } = {},
): Made {
  return company.sudo((env) => {
    const from = named(env, 'account.move', invoice)
    const wizard = env
      .with({ active_model: 'account.move', active_ids: [from.id] })
      .model('account.move.reversal')
      .create({
        reason: options.reason ?? false,
        journal_id: from.get('journal_id'),
        ...(options.date ? { date: options.date } : {}),
      })
    env.model('account.move.reversal').call('refund_moves', [wizard.id])
    const [note] = wizard.many('new_move_ids')
    if (!note) throw new Error('no credit note was made')
    const { quantities } = options
    if (quantities)
      note.set({
        invoice_line_ids: note.many('invoice_line_ids').map((line): Value => {
          const quantity = quantities[codeOf(line)] ?? 0
          return quantity > 0 ? [1, line.id, { quantity }] : [2, line.id, 0]
        }),
      })
    return posted(env, note, options)
  })
}

function posted(env: Env, move: Rec, { date, post }: InvoiceOptions): Made {
  if (date) move.set({ invoice_date: date, date })
  if (post !== false) env.model('account.move').call('action_post', [move.id])
  return made(move)
}
