import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Value, type Values } from '../orm/model.ts'
import { boolean, float, many2one, one2many, related } from './fields.ts'
import { more } from './numbers.ts'
import { confirmMoves } from './reserve.ts'

/** The dialog that sends a done transfer back (odoo.md §8.4): its lines come by themselves, with quantity 0. */
const wizard = model({
  name: 'stock.return.picking',
  description: 'Return Picking',
  fields: {
    picking_id: many2one('stock.picking'),
    product_return_moves: one2many('stock.return.picking.line', 'wizard_id', { string: 'Moves' }),
    company_id: many2one('res.company', { related: 'picking_id.company_id', readonly: true }),
  },
  beforeCreate: (env, values) => {
    const active = env.context.active_model === 'stock.picking' && env.context.active_id
    const picking = values.picking_id || active
    if (typeof picking !== 'number') return values
    const transfer = env.model('stock.picking').get(picking)
    if (transfer.str('state') !== 'done') throw new UserError('You may only return Done pickings.')
    return { product_return_moves: linesOf(transfer), ...values, picking_id: picking }
  },
  methods: {
    action_create_returns: { run: (env, { ids }) => create(env.sudo(), ids, (line) => line.num('quantity')) },
    action_create_returns_all: { run: (env, { ids }) => create(env.sudo(), ids, (line) => line.num('move_quantity')) },
  },
})

const line = model({
  name: 'stock.return.picking.line',
  description: 'Return Picking Line',
  order: 'id',
  displayName: (record) => record.one('product_id')?.displayName() ?? '',
  fields: {
    wizard_id: many2one('stock.return.picking', { ondelete: 'cascade' }),
    product_id: many2one('product.product', { required: true }),
    move_id: many2one('stock.move'),
    quantity: float({ required: true, default: 0 }),
    move_quantity: related('float', 'move_id.quantity'),
    // 18 counts in the product's own unit, 19 in the move's (live).
    uom_id: many2one('uom.uom', {
      compute: (record, env) =>
        (env.version === 19 && record.one('move_id')?.get('product_uom')) ||
        (record.one('product_id')?.get('uom_id') ?? false),
    }),
    to_refund: boolean({ default: true, string: 'Update quantities on SO/PO' }),
  },
})

export const returnModels: Model[] = [wizard, line]

const linesOf = (transfer: Rec): Value =>
  transfer
    .many('move_ids')
    .filter((move) => move.str('state') === 'done')
    .map(
      (move): Value => [0, 0, { product_id: move.get('product_id'), move_id: move.id, quantity: 0, to_refund: true }],
    )

function create(env: Env, ids: readonly number[], quantityOf: (line: Rec) => number): Value {
  const [one] = env.model('stock.return.picking').browse(ids)
  const from = one?.one('picking_id')
  const lines = one?.many('product_return_moves').filter((each) => more(quantityOf(each), 0)) ?? []
  if (!from || !lines.length) throw new UserError('Please specify at least one non-zero quantity.')
  const type = from.one('picking_type_id')
  const returnType = type?.one('return_picking_type_id')
  const comesIn = returnType?.str('code') === 'incoming'
  const back = env.model('stock.picking').create({
    picking_type_id: returnType?.id ?? type?.id ?? false,
    partner_id: from.get('partner_id'),
    company_id: from.get('company_id'),
    origin: `Return of ${from.str('name')}`,
    location_id: from.get('location_dest_id'),
    // Goods come back to where receipts are put, wherever they were taken from (live 18 and 19).
    location_dest_id: comesIn ? (returnType?.get('default_location_dest_id') ?? false) : from.get('location_id'),
    // The new transfer is a copy, note and all.
    note: from.get('note'),
    return_id: from.id,
    sale_id: from.get('sale_id'),
    purchase_id: from.get('purchase_id'),
  })
  const moves = lines.map((each) => env.model('stock.move').create(moveValues(env, each, back, quantityOf(each))))
  confirmMoves(env, moves)
  return {
    name: 'Returned Picking',
    view_mode: 'form',
    res_model: 'stock.picking',
    res_id: back.id,
    type: 'ir.actions.act_window',
    context: {},
  }
}

function moveValues(env: Env, line: Rec, back: Rec, quantity: number): Values {
  const move = line.one('move_id')
  return {
    ...(env.version === 18 ? { name: move?.get('name') ?? false } : {}),
    picking_id: back.id,
    product_id: line.get('product_id'),
    product_uom: line.get('uom_id'),
    product_uom_qty: quantity,
    origin_returned_move_id: line.get('move_id'),
    to_refund: line.get('to_refund'),
    sale_line_id: move?.get('sale_line_id') ?? false,
    purchase_line_id: move?.get('purchase_line_id') ?? false,
    warehouse_id: move?.get('warehouse_id') ?? false,
    date: env.now(),
  }
}
