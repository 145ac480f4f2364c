import { UserError } from '../orm/errors.ts'
import type { Env, Method, Rec, Value } from '../orm/model.ts'
import { createDelivery } from './deliveries.ts'
import { cancelMoves } from './reserve.ts'

const recordsOf = (env: Env, ids: readonly number[]): Rec[] => ids.map((id) => env.sudo().model('sale.order').get(id))

const confirm: Method['run'] = (env, { ids }) => {
  const orders = recordsOf(env, ids)
  if (orders.some((order) => !['draft', 'sent'].includes(order.str('state'))))
    throw new UserError('Some orders are not in a state requiring confirmation.')
  for (const order of orders)
    if (order.many('order_line').some((line) => !line.str('display_type') && !line.get('product_id')))
      throw new UserError('Some order lines are missing a product, you need to correct them before going further.')
  for (const order of orders) {
    order.set({ state: 'sale', date_order: env.now() })
    createDelivery(env.sudo(), order)
  }
  return true
}

const cancel: Method['run'] = (env, { ids }) => {
  const orders = recordsOf(env, ids)
  if (orders.some((order) => order.bool('locked')))
    throw new UserError('You cannot cancel a locked order. Please unlock it first.')
  // 18 asks first; nothing happens until the context says that nobody needs to be asked (odoo.md §8.4).
  if (
    env.version === 18 &&
    !env.context.disable_cancel_warning &&
    orders.some((order) => order.str('state') !== 'draft')
  )
    return cancelDialog(orders)
  for (const order of orders) {
    for (const transfer of order.many('picking_ids')) cancelMoves(env.sudo(), transfer.many('move_ids'))
    for (const invoice of order.many('invoice_ids').filter((one) => one.str('state') === 'draft'))
      invoice.set({ state: 'cancel' })
    order.set({ state: 'cancel' })
  }
  return true
}

const cancelDialog = (orders: readonly Rec[]): Value => ({
  name: 'Cancel Sales Order',
  view_mode: 'form',
  res_model: 'sale.order.cancel',
  type: 'ir.actions.act_window',
  context: { default_order_id: orders[0]?.id ?? false, mark_so_as_canceled: true, model_description: 'Sales Order' },
  target: 'new',
})

const set =
  (values: { [field: string]: string | boolean }, answer: Value | undefined, from?: readonly string[]): Method['run'] =>
  (env, { ids }) => {
    for (const order of recordsOf(env, ids)) if (!from || from.includes(order.str('state'))) order.set(values)
    return answer
  }

export const saleMethods: { [name: string]: Method } = {
  action_confirm: { run: confirm },
  action_cancel: { run: cancel },
  action_draft: { run: set({ state: 'draft' }, true, ['cancel', 'sent']) },
  action_quotation_sent: { run: set({ state: 'sent' }, true, ['draft']) },
  action_lock: { run: set({ locked: true }, undefined) },
  action_unlock: { run: set({ locked: false }, undefined) },
}
