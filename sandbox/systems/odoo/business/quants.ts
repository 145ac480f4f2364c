import { type Env, type Model, model, type Rec } from '../orm/model.ts'
import { boolean, date, datetime, float, many2one, related } from './fields.ts'
import { isZero, round, sum } from './numbers.ts'

/** What makes two quantities one: everything but the amount. */
export interface Spot {
  product: number
  location: number
  lot?: number | undefined
  pack?: number | undefined
}

const quant = model({
  name: 'stock.quant',
  description: 'Quants',
  order: 'id',
  displayName: (record) =>
    [record.one('location_id'), record.one('lot_id')]
      .map((one) => one?.displayName())
      .filter(Boolean)
      .join(' - '),
  fields: {
    product_id: many2one('product.product', { required: true }),
    product_tmpl_id: many2one('product.template', { related: 'product_id.product_tmpl_id' }),
    product_uom_id: related('many2one', 'product_id.uom_id', { relation: 'uom.uom' }),
    location_id: many2one('stock.location', { required: true }),
    warehouse_id: related('many2one', 'location_id.warehouse_id', { relation: 'stock.warehouse' }),
    lot_id: many2one('stock.lot', { string: 'Lot/Serial Number' }),
    package_id: many2one('stock.quant.package', { until: 18 }),
    owner_id: many2one('res.partner'),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    quantity: float(),
    reserved_quantity: float(),
    available_quantity: float({
      compute: (record) => round(record.num('quantity') - record.num('reserved_quantity'), 6),
    }),
    in_date: datetime({ default: (env) => env.now() }),
    inventory_quantity: float({ string: 'Counted Quantity' }),
    inventory_quantity_set: boolean(),
    inventory_diff_quantity: float(),
    inventory_date: date(),
  },
  beforeWrite: (_env, _records, values) =>
    'inventory_quantity' in values ? { inventory_quantity_set: true, ...values } : values,
})

/** 19 calls packages by another name; the field is the same. */
const packageOf19: Model = { ...quant, since: 19, fields: { ...quant.fields, package_id: many2one('stock.package') } }

export const quantModels: Model[] = [{ ...quant, until: 18 }, packageOf19]

export const quantAt = (env: Env, { product, location, lot, pack }: Spot): Rec | undefined =>
  env.model('stock.quant').find(
    [
      ['product_id', '=', product],
      ['location_id', '=', location],
      ['lot_id', '=', lot ?? false],
      ['package_id', '=', pack ?? false],
    ],
    { order: 'id', limit: 1 },
  )[0]

/** Changes what stands at a spot; below zero is allowed, as in Odoo. */
export function moveStock(env: Env, spot: Spot, delta: number): void {
  const known = quantAt(env, spot)
  if (known) known.set({ quantity: round(known.num('quantity') + delta, 6) })
  else createQuant(env, spot, delta)
}

function createQuant(env: Env, spot: Spot, delta: number): void {
  env.model('stock.quant').create({
    product_id: spot.product,
    location_id: spot.location,
    lot_id: spot.lot ?? false,
    package_id: spot.pack ?? false,
    quantity: delta,
  })
}

/** Brings reserved quantities of a product in line with what open transfers hold. */
export function reserveAgain(env: Env, product: number): void {
  const quants = env.model('stock.quant').find([['product_id', '=', product]])
  const open = quants.length
    ? env.model('stock.move.line').find([
        ['product_id', '=', product],
        ['state', 'not in', ['done', 'cancel', 'draft']],
      ])
    : []
  for (const one of quants) {
    const usage = one.one('location_id')?.str('usage') ?? ''
    if (usage !== 'internal' && usage !== 'transit') continue
    const held = open.filter((line) =>
      ['location_id', 'lot_id', 'package_id'].every((name) => line.get(name) === one.get(name)),
    )
    const reserved = sum(held, (line) => line.num('quantity_product_uom'))
    if (!isZero(reserved - one.num('reserved_quantity'))) one.set({ reserved_quantity: reserved })
  }
}

/** Deletes quants of quantity nothing: what opening the inventory screen and the scheduler do (odoo.md §4.6). */
export function tidyQuants(env: Env): void {
  const nothing = env
    .sudo()
    .model('stock.quant')
    .find([['quantity', '=', 0]])
    .filter((one) => isZero(one.num('reserved_quantity')) && !one.bool('inventory_quantity_set'))
  env
    .sudo()
    .model('stock.quant')
    .unlink(nothing.map((one) => one.id))
}
