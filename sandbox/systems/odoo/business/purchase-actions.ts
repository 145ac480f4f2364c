import { UserError } from '../orm/errors.ts'
import type { Env, Method, Rec, Values } from '../orm/model.ts'
import { createBill } from './bills.ts'
import { isZero } from './numbers.ts'
import { createReceipt } from './receipts.ts'
import { cancelMoves } from './reserve.ts'

const manager = 'purchase.group_purchase_manager'

const recordsOf = (env: Env, ids: readonly number[]): Rec[] =>
  ids.map((id) => env.sudo().model('purchase.order').get(id))

/** A company may want a second signature on purchase orders of some amount; a manager needs none. */
const mayApprove = (env: Env, order: Rec): boolean => {
  const company = order.one('company_id')
  return (
    company?.str('po_double_validation') !== 'two_step' ||
    order.num('amount_total') < company.num('po_double_validation_amount') ||
    env.model('res.users').call('has_group', [env.uid], { group_ext_id: manager }) === true
  )
}

const confirm: Method['run'] = (env, { ids }) => {
  for (const order of recordsOf(env, ids)) {
    if (!['draft', 'sent'].includes(order.str('state'))) continue
    rememberVendor(env.sudo(), order)
    if (mayApprove(env, order)) approve(env, order)
    else order.set({ state: 'to approve' })
  }
  return true
}

function approve(env: Env, order: Rec): void {
  order.set({ state: 'purchase', date_approve: env.now() })
  createReceipt(env.sudo(), order)
  if (order.one('company_id')?.str('po_lock') !== 'lock') return
  order.set(env.version === 18 ? { state: 'done' } : { locked: true })
}

/** Confirming writes down who sells what for how much, where that was not known. */
function rememberVendor(env: Env, order: Rec): void {
  const vendor = order.one('partner_id')?.one('commercial_partner_id') ?? order.one('partner_id')
  for (const line of order.many('order_line')) {
    const product = line.one('product_id')
    const sellers = product?.many('seller_ids') ?? []
    const known = sellers.some(
      (one) => one.num('partner_id') === vendor?.id || one.num('partner_id') === order.num('partner_id'),
    )
    if (!product || !vendor || known || sellers.length > 10) continue
    env.model('product.supplierinfo').create({
      partner_id: vendor.id,
      product_tmpl_id: product.get('product_tmpl_id'),
      sequence: Math.max(0, ...sellers.map((one) => one.num('sequence'))) + 1,
      min_qty: 1,
      price: line.num('price_unit'),
      currency_id: order.get('currency_id'),
      delay: 0,
      ...(env.version === 19 ? { product_uom_id: line.get('product_uom_id') } : {}),
    })
  }
}

const cancel: Method['run'] = (env, { ids }) => {
  const orders = recordsOf(env, ids)
  const billed = orders.flatMap((order) => order.many('invoice_ids')).filter((one) => one.str('state') === 'posted')
  if (billed.length)
    throw new UserError('Unable to cancel this purchase order. You must first cancel the related vendor bills.')
  const received = orders.filter((order) => order.many('picking_ids').some((one) => one.str('state') === 'done'))
  // 18 refuses; 19 cancels and leaves the receipt done (odoo.md §8.1).
  if (env.version === 18 && received.length)
    throw new UserError(
      `Unable to cancel purchase order(s): ${received.map((order) => order.displayName()).join(', ')} since they have receipts that are already done.`,
    )
  for (const order of orders) {
    for (const transfer of order.many('picking_ids')) cancelMoves(env.sudo(), transfer.many('move_ids'))
    order.set({ state: 'cancel' })
  }
  return undefined
}

const set =
  (values: (env: Env) => Values): Method['run'] =>
  (env, { ids }) => {
    for (const order of recordsOf(env, ids)) order.set(values(env))
    return undefined
  }

export const purchaseMethods: { [name: string]: Method } = {
  button_confirm: { run: confirm },
  button_approve: {
    params: ['force?'],
    run: (env, { ids }) => {
      for (const order of recordsOf(env, ids)) if (mayApprove(env, order)) approve(env, order)
      return {}
    },
  },
  button_cancel: { run: cancel },
  button_draft: {
    run: (env, { ids }) => {
      for (const order of recordsOf(env, ids)) order.set({ state: 'draft' })
      return {}
    },
  },
  button_done: { run: set(() => ({ state: 'done' })) },
  button_lock: { run: set(() => ({ locked: true })) },
  button_unlock: { run: set((env): Values => (env.version === 18 ? { state: 'purchase' } : { locked: false })) },
  action_create_invoice: {
    run: (env, { ids }) => {
      const orders = recordsOf(env, ids)
      const lines = orders
        .flatMap((order) => order.many('order_line'))
        .filter((line) => !isZero(line.num('qty_to_invoice')))
      if (env.version === 18 && !lines.length)
        throw new UserError(
          'There is no invoiceable line. If a product has a control policy based on received quantity, please make sure that a quantity has been received.',
        )
      const bills = orders.map((order) => createBill(env.sudo(), order))
      return {
        name: 'Bills',
        type: 'ir.actions.act_window',
        res_model: 'account.move',
        view_mode: 'list,kanban,form,activity',
        target: 'current',
        res_id: bills.length === 1 ? (bills[0]?.id ?? false) : false,
        domain: `[('id', 'in', [${bills.map((bill) => bill.id).join(', ')}])]`,
        context: {},
      }
    },
  },
}
