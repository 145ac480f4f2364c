import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import {
  boolean,
  char,
  datetime,
  float,
  integer,
  many2many,
  many2one,
  one2many,
  related,
  selection,
  text,
} from './fields.ts'
import { round, sum } from './numbers.ts'
import { lower, setQuantity } from './reserve.ts'
import { convert } from './uom.ts'

export const moveStates = {
  draft: 'New',
  waiting: 'Waiting Another Move',
  confirmed: 'Waiting',
  partially_available: 'Partially Available',
  assigned: 'Available',
  done: 'Done',
  cancel: 'Cancelled',
}

const move = model({
  name: 'stock.move',
  description: 'Stock Move',
  order: 'sequence, id',
  displayName: (record) => {
    const origin = record.one('picking_id')?.str('origin')
    const product = record.one('product_id')
    const [from, to] = [record.one('location_id'), record.one('location_dest_id')].map((one) => one?.str('name'))
    return `${origin ? `${origin}/` : ''}${product?.str('default_code') ? `${product.str('default_code')}: ` : ''}${from}>${to}`
  },
  fields: {
    name: char({ required: true, until: 18, string: 'Description' }),
    inventory_name: char({ since: 19 }),
    sequence: integer({ default: 10 }),
    state: selection(moveStates, { default: 'draft', copy: false, readonly: true }),
    product_id: many2one('product.product', { required: true }),
    product_tmpl_id: many2one('product.template', { related: 'product_id.product_tmpl_id' }),
    description_picking: text(),
    product_uom: many2one('uom.uom', { required: true, string: 'Unit of Measure' }),
    product_uom_qty: float({ required: true, default: 0, string: 'Demand' }),
    product_qty: float({
      string: 'Real Quantity',
      compute: (record, env) =>
        convert(env, record.num('product_uom_qty'), record.one('product_uom'), record.one('product_id')?.one('uom_id')),
    }),
    quantity: float({
      string: 'Quantity',
      store: true,
      depends: ['move_line_ids.quantity', 'move_line_ids.product_uom_id', 'product_uom'],
      compute: (record, env) =>
        sum(record.many('move_line_ids'), (line) =>
          convert(env, line.num('quantity'), line.one('product_uom_id'), record.one('product_uom')),
        ),
      write: (record, value, env) => setQuantity(env, record, round(Number(value), 6)),
    }),
    picked: boolean({ copy: false }),
    has_tracking: related('selection', 'product_id.tracking'),
    date: datetime({ required: true, default: (env) => env.now(), string: 'Date Scheduled' }),
    date_deadline: datetime(),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    picking_id: many2one('stock.picking', { string: 'Transfer', ondelete: 'cascade' }),
    picking_type_id: many2one('stock.picking.type'),
    picking_code: related('selection', 'picking_id.picking_type_code'),
    reference: related('char', 'picking_id.name'),
    partner_id: many2one('res.partner'),
    location_id: many2one('stock.location', { required: true, string: 'Source Location' }),
    location_dest_id: many2one('stock.location', { required: true, string: 'Intermediate Location' }),
    warehouse_id: many2one('stock.warehouse'),
    move_line_ids: one2many('stock.move.line', 'move_id'),
    lot_ids: many2many('stock.lot', {
      compute: (record) =>
        [...new Set(record.many('move_line_ids').map((line) => line.num('lot_id')))].filter((id) => id > 0),
    }),
    origin: char(),
    procure_method: selection(
      { make_to_stock: 'Default: Take From Stock', make_to_order: 'Advanced: Apply Procurement Rules' },
      { required: true, default: 'make_to_stock' },
    ),
    is_inventory: boolean(),
    additional: boolean(),
    price_unit: float(),
    to_refund: boolean({ copy: false }),
    origin_returned_move_id: many2one('stock.move', { string: 'Origin return move', copy: false }),
    move_dest_ids: many2many('stock.move', { copy: false, string: 'Destination Moves' }),
    move_orig_ids: many2many('stock.move', { inverse: 'move_dest_ids', copy: false, string: 'Original Move' }),
    returned_move_ids: one2many('stock.move', 'origin_returned_move_id'),
    purchase_line_id: many2one('purchase.order.line', { ondelete: 'set null' }),
    sale_line_id: many2one('sale.order.line', { ondelete: 'set null' }),
  },
  beforeCreate: (env, values) => {
    const transfer =
      typeof values.picking_id === 'number' ? env.model('stock.picking').get(values.picking_id) : undefined
    const product =
      typeof values.product_id === 'number' ? env.model('product.product').get(values.product_id) : undefined
    const filled: Values = { product_uom: product?.get('uom_id') ?? false, ...values }
    if (env.version === 18 && !filled.name) filled.name = product?.displayName() ?? false
    if (!transfer) return filled
    for (const name of ['location_id', 'location_dest_id', 'picking_type_id', 'company_id', 'partner_id'] as const)
      filled[name] ??= transfer.get(name)
    if (transfer.str('state') === 'done') filled.state ??= 'done'
    return filled
  },
  onCreate: (_env, records) => {
    // A transfer is of the order that its moves are of.
    for (const record of records) {
      const [transfer, order] = [record.one('picking_id'), record.one('purchase_line_id')?.get('order_id')]
      if (transfer && order && !transfer.get('purchase_id')) transfer.set({ purchase_id: order })
    }
  },
  onWrite: (env, records, values) => {
    if ('picked' in values && !env.context.picked_by_line)
      for (const record of records) pick(env, record, values.picked === true)
    if ('product_uom_qty' in values) for (const record of records) lower(env, record)
    // 19 stamps the transfer when a quantity is set, 18 does not (odoo.md §4.5).
    if ('quantity' in values && env.version === 19)
      env.model('stock.picking').touch(records.map((record) => record.num('picking_id')).filter((id) => id > 0))
  },
  beforeUnlink: (_env, records) => {
    if (records.some((record) => !['draft', 'cancel', 'confirmed'].includes(record.str('state'))))
      throw new UserError('You can only delete draft or cancelled moves.')
  },
})

export const moveModels: Model[] = [move]

/** The flag goes down to the lines, which may have been changed by the same write and have set it back. */
function pick(env: Env, record: Rec, picked: boolean): void {
  for (const line of record.many('move_line_ids')) if (line.bool('picked') !== picked) line.set({ picked })
  if (record.bool('picked') !== picked)
    env.with({ picked_by_line: true }).model('stock.move').write([record.id], { picked })
}

/** A transfer's moves that still can change. */
export const openMoves = (transfer: Rec): Rec[] =>
  transfer.many('move_ids').filter((one) => one.str('state') !== 'done' && one.str('state') !== 'cancel')
