import type { Env, Field, Rec } from '../orm/model.ts'
import { float } from './fields.ts'
import { sum } from './numbers.ts'

/*
 * Quantities of a product are computed at every read and never stored (odoo.md §7): of all warehouses of the allowed
 * companies, of one (context warehouse_id) or of one location (context location). Any other key is ignored.
 */

const inside = new WeakMap<Env, { key: string; ids: Set<number> }>()

/** Locations whose stock counts in this context. */
function locationsOf(env: Env): Set<number> {
  const all = env
    .sudo()
    .model('stock.location')
    .find([['active', 'in', [true, false]]])
  const key = all.length.toString()
  const known = inside.get(env)
  if (known?.key === key) return known.ids
  const roots = rootsOf(env)
  const ids = new Set(
    all
      .filter((location) => {
        for (let at: Rec | undefined = location; at; at = at.one('location_id')) if (roots.has(at.id)) return true
        return false
      })
      .map((location) => location.id),
  )
  inside.set(env, { key, ids })
  return ids
}

function rootsOf(env: Env): Set<number> {
  const { location, warehouse_id: warehouse } = env.context
  if (typeof location === 'number') return new Set([location])
  const warehouses = env.sudo().model('stock.warehouse')
  const chosen =
    typeof warehouse === 'number'
      ? warehouses.find([['id', '=', warehouse]])
      : warehouses.find([['company_id', 'in', [...env.companies]]])
  return new Set(chosen.map((one) => one.num('view_location_id')))
}

const onHand = (product: Rec, env: Env, of: (quant: Rec) => number): number => {
  const locations = locationsOf(env)
  const quants = env
    .sudo()
    .model('stock.quant')
    .find([['product_id', '=', product.id]])
  return sum(
    quants.filter((quant) => locations.has(quant.num('location_id'))),
    of,
  )
}

/** What open transfers bring in or take out. */
function moving(product: Rec, env: Env, direction: 'in' | 'out'): number {
  const locations = locationsOf(env)
  const moves = env
    .sudo()
    .model('stock.move')
    .find([
      ['product_id', '=', product.id],
      ['state', 'in', ['waiting', 'confirmed', 'partially_available', 'assigned']],
    ])
  const crossing = moves.filter((move) => {
    const [from, to] = [locations.has(move.num('location_id')), locations.has(move.num('location_dest_id'))]
    return direction === 'in' ? !from && to : from && !to
  })
  return sum(crossing, (move) => move.num('product_qty'))
}

const available = (product: Rec, env: Env) => onHand(product, env, (quant) => quant.num('quantity'))

export const quantityFields: { [name: string]: Field } = {
  qty_available: float({ string: 'Quantity On Hand', compute: available }),
  free_qty: float({
    string: 'Free To Use Quantity',
    compute: (product, env) => onHand(product, env, (quant) => quant.num('quantity') - quant.num('reserved_quantity')),
  }),
  incoming_qty: float({ string: 'Incoming', compute: (product, env) => moving(product, env, 'in') }),
  outgoing_qty: float({ string: 'Outgoing', compute: (product, env) => moving(product, env, 'out') }),
  virtual_available: float({
    string: 'Forecasted Quantity',
    compute: (product, env) =>
      sum([available(product, env), moving(product, env, 'in'), -moving(product, env, 'out')], (part) => part),
  }),
}
