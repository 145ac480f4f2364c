import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { boolean, char, datetime, float, many2one, related } from './fields.ts'
import { idOf } from './numbers.ts'
import { reserveAgain } from './quants.ts'
import { settle } from './reserve.ts'
import { convert } from './uom.ts'

const line = model({
  name: 'stock.move.line',
  description: 'Product Moves (Stock Move Line)',
  order: 'id',
  displayName: (record) => record.one('product_id')?.displayName() ?? '',
  fields: {
    move_id: many2one('stock.move', { ondelete: 'cascade', string: 'Stock Operation' }),
    picking_id: many2one('stock.picking', { ondelete: 'cascade', string: 'Transfer' }),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    product_id: many2one('product.product', { required: true }),
    product_uom_id: many2one('uom.uom', { required: true, string: 'Unit of Measure' }),
    quantity: float(),
    quantity_product_uom: float({
      compute: (record, env) =>
        convert(env, record.num('quantity'), record.one('product_uom_id'), record.one('product_id')?.one('uom_id')),
    }),
    picked: boolean(),
    location_id: many2one('stock.location', { required: true, string: 'From' }),
    location_dest_id: many2one('stock.location', { required: true, string: 'To' }),
    lot_id: many2one('stock.lot', { string: 'Lot/Serial Number' }),
    lot_name: char({ string: 'Lot/Serial Number Name' }),
    expiration_date: datetime(),
    package_id: many2one('stock.quant.package', { until: 18 }),
    result_package_id: many2one('stock.quant.package', { until: 18 }),
    owner_id: many2one('res.partner'),
    date: datetime({ default: (env) => env.now() }),
    state: related('selection', 'move_id.state', { store: true }),
    reference: related('char', 'move_id.reference'),
    origin: related('char', 'move_id.origin'),
    tracking: related('selection', 'product_id.tracking'),
    picking_code: related('selection', 'picking_id.picking_type_code'),
    location_usage: related('selection', 'location_id.usage'),
    location_dest_usage: related('selection', 'location_dest_id.usage'),
  },
  beforeCreate: completed,
  onCreate: (env, records) => {
    for (const record of records) follow(env, record)
  },
  onWrite: (env, records, values) => {
    for (const record of records) {
      const touched = ['quantity', 'location_id', 'lot_id', 'package_id', 'product_uom_id'].some(
        (name) => name in values,
      )
      if (touched || 'picked' in values) follow(env, record)
    }
  },
  beforeUnlink: (_env, records) => {
    for (const record of records) {
      if (record.str('state') === 'done')
        throw new UserError(
          'You can not delete product moves if the picking is done. You can only correct the done quantities.',
        )
      record.set({ quantity: 0, picked: false })
    }
  },
})

/** 19 calls packages by another name; the fields are the same. */
const line19: Model = {
  ...line,
  since: 19,
  fields: { ...line.fields, package_id: many2one('stock.package'), result_package_id: many2one('stock.package') },
}

export const moveLineModels: Model[] = [{ ...line, until: 18 }, line19]

/** What the move, or the transfer, says of a line. A product that the transfer does not have gets a move of its own. */
function completed(env: Env, values: Values): Values {
  const move = moveOf(env, values)
  if (!move) return values
  return {
    // The transfer is not among them: a line that is given its move alone does not know it (live).
    product_id: move.get('product_id'),
    product_uom_id: move.get('product_uom'),
    company_id: move.get('company_id'),
    location_id: move.get('location_id'),
    location_dest_id: move.get('location_dest_id'),
    ...values,
    move_id: move.id,
  }
}

function moveOf(env: Env, values: Values): Rec | undefined {
  const known = idOf(values.move_id)
  if (known !== undefined) return env.model('stock.move').get(known)
  const [transfer, product] = [idOf(values.picking_id), idOf(values.product_id)]
  if (transfer === undefined || product === undefined) return undefined
  const moves = env.model('stock.picking').get(transfer).many('move_ids')
  const fitting = moves.find((move) => move.num('product_id') === product && move.str('state') !== 'cancel')
  if (fitting) return fitting
  const state = moves.every((move) => move.str('state') === 'draft') ? 'draft' : 'assigned'
  return env
    .model('stock.move')
    .create({ picking_id: transfer, product_id: product, product_uom_qty: 0, additional: true, state })
}

/** Reservations, and the move's own flag and state, follow their lines. */
function follow(env: Env, record: Rec): void {
  const move = record.one('move_id')
  if (move && move.str('state') !== 'done') {
    const picked = move.many('move_line_ids').some((one) => one.bool('picked'))
    if (move.bool('picked') !== picked)
      env.with({ picked_by_line: true }).model('stock.move').write([move.id], { picked })
    settle(move)
  }
  reserveAgain(env, record.num('product_id'))
}
