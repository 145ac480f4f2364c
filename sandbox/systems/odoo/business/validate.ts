import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Value } from '../orm/model.ts'
import { backorderOf } from './backorders.ts'
import { finish, isShort } from './done.ts'
import { boolean, many2many } from './fields.ts'
import { openMoves } from './moves.ts'
import { idsOf, isZero, more } from './numbers.ts'

/**
 * button_validate (odoo.md §8.2, §8.3): true where it was done; a dialog where somebody has to be asked first and the
 * context does not answer, and then nothing is done.
 */
export function validate(env: Env, given: readonly Rec[]): Value {
  const transfers = env.version === 19 ? given.filter((one) => one.str('state') !== 'done') : [...given]
  if (!transfers.length) return true
  const all = env.sudo()
  for (const one of transfers) check(one)
  for (const one of transfers) pickAll(one)
  const question = questionFor(env, transfers)
  if (question) return question
  const closed = idsOf(env.context.picking_ids_not_to_backorder)
  for (const one of transfers) book(all, one, closed.includes(one.id))
  return true
}

function check(transfer: Rec): void {
  if (!transfer.many('move_ids').length) throw new UserError('Please add some items to move.')
  if (openMoves(transfer).every((move) => isZero(move.num('quantity'))))
    throw new UserError(
      'You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.',
    )
  const lots = transfer.one('picking_type_id')
  if (!lots?.bool('use_create_lots') && !lots?.bool('use_existing_lots')) return
  const lines = openMoves(transfer).flatMap((move) => move.many('move_line_ids'))
  const some = lines.some((line) => line.bool('picked'))
  const without = lines.filter(
    (line) =>
      (!some || line.bool('picked')) &&
      more(line.num('quantity'), 0) &&
      line.str('tracking') !== 'none' &&
      !line.get('lot_id') &&
      !line.str('lot_name'),
  )
  const products = new Set(without.map((line) => line.one('product_id')?.displayName() ?? ''))
  if (products.size)
    throw new UserError(`You need to supply a Lot/Serial number for products ${[...products].join(', ')}.`)
}

/** Nothing picked means everything (odoo.md §8.2). This stays so even when a question is asked. */
function pickAll(transfer: Rec): void {
  const moves = openMoves(transfer)
  if (!moves.some((move) => move.bool('picked')))
    for (const move of moves) if (!isZero(move.num('quantity'))) move.set({ picked: true })
}

function questionFor(env: Env, transfers: readonly Rec[]): Value | undefined {
  const ids = transfers.map((one) => one.id)
  const context = { button_validate_picking_ids: ids, ...env.context }
  if (!env.context.skip_backorder) {
    const asks = transfers.filter((one) => one.one('picking_type_id')?.str('create_backorder') === 'ask')
    const short = asks.filter((one) => isShort(env.sudo(), one.many('move_ids')))
    if (short.length)
      return dialog('Create Backorder?', 'stock.backorder.confirmation', {
        ...context,
        default_show_transfers: false,
        default_pick_ids: short.map((one) => [4, one.id]),
      })
  }
  if (env.context.skip_sms || !transfers.some(tellsBySms)) return undefined
  return dialog('SMS', 'confirm.stock.sms', { ...context, default_pick_ids: ids.map((id) => [4, id]) })
}

/** The first deliveries to somebody with a telephone: Odoo asks whether to send text messages, until it is answered. */
function tellsBySms(transfer: Rec): boolean {
  const company = transfer.one('company_id')
  return (
    transfer.str('picking_type_code') === 'outgoing' &&
    (transfer.one('partner_id')?.str('phone') ?? '') !== '' &&
    company?.bool('stock_move_sms_validation') === true &&
    !company.bool('has_received_warning_stock_sms')
  )
}

const dialog = (name: string, model: string, context: { [key: string]: Value }): Value => ({
  name,
  type: 'ir.actions.act_window',
  view_mode: 'form',
  res_model: model,
  target: 'new',
  context,
})

function book(env: Env, transfer: Rec, closed: boolean): void {
  const never = transfer.one('picking_type_id')?.str('create_backorder') === 'never'
  const without = closed || never
  finish(env, openMoves(transfer), without)
  if (!without) backorderOf(env, transfer)
  transfer.set({ date_done: env.now(), priority: '0' })
  // The order is stamped with every transfer that is booked (odoo.md §4.5).
  for (const [field, model] of [
    ['sale_id', 'sale.order'],
    ['purchase_id', 'purchase.order'],
  ] as const)
    if (transfer.num(field)) env.model(model).touch([transfer.num(field)])
}

const confirmation = model({
  name: 'stock.backorder.confirmation',
  description: 'Backorder Confirmation',
  fields: { pick_ids: many2many('stock.picking'), show_transfers: boolean() },
  methods: {
    process: { run: (env) => again(env, {}) },
    process_cancel_backorder: {
      run: (env) => again(env, { picking_ids_not_to_backorder: idsOf(env.context.button_validate_picking_ids) }),
    },
  },
})

const sms = model({
  name: 'confirm.stock.sms',
  description: 'Confirm Stock SMS',
  fields: { pick_ids: many2many('stock.picking') },
  methods: {
    send_sms: { run: (env) => answerSms(env, {}) },
    dont_send_sms: { run: (env) => answerSms(env, { stock_move_sms_validation: false }) },
  },
})

export const validateModels: Model[] = [confirmation, sms]

function again(env: Env, context: { [key: string]: Value }): Value {
  const asked = idsOf(env.context.button_validate_picking_ids)
  if (!asked.length) return true
  return validate(env.with({ ...context, skip_backorder: true }), env.sudo().model('stock.picking').browse(asked))
}

function answerSms(env: Env, values: { [field: string]: Value }): Value {
  env.company.set({ has_received_warning_stock_sms: true, ...values })
  const asked = idsOf(env.context.button_validate_picking_ids)
  return validate(env, env.sudo().model('stock.picking').browse(asked))
}
