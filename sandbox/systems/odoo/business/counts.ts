import { type Env, type Extension, extension, type Method, type Rec, type Value, type Values } from '../orm/model.ts'
import { finish } from './done.ts'
import { idOf, isZero, numberOf, round } from './numbers.ts'
import { quantAt, tidyQuants } from './quants.ts'

/** In inventory mode, a quant of the same spot is counted instead of a second one made (odoo.md §7). */
function createOver(env: Env, given: Value): Value {
  const list = (Array.isArray(given) ? given : [given]) as Values[]
  const ids = list.map((values) => {
    const product = idOf(values.product_id)
    const location = idOf(values.location_id)
    const counts = env.context.inventory_mode === true && 'inventory_quantity' in values
    const known =
      counts && product !== undefined && location !== undefined
        ? quantAt(env.sudo(), { product, location, lot: idOf(values.lot_id), pack: idOf(values.package_id) })
        : undefined
    if (!known) return env.model('stock.quant').create(counts ? { ...values, inventory_quantity_set: true } : values).id
    known.set({ inventory_quantity: numberOf(values.inventory_quantity), inventory_quantity_set: true })
    return known.id
  })
  return Array.isArray(given) ? ids : (ids[0] ?? false)
}

/** Books the difference to what was counted as a move from or to inventory loss. */
function applyCount(env: Env, one: Rec): void {
  const difference = round(one.num('inventory_quantity') - one.num('quantity'), 6)
  one.set({ inventory_quantity: 0, inventory_quantity_set: false, inventory_diff_quantity: 0 })
  const loss = env.ref('stock.location_inventory')
  if (isZero(difference) || !loss) return
  const here = one.num('location_id')
  const [from, to] = difference > 0 ? [loss.id, here] : [here, loss.id]
  const product = one.one('product_id')
  const quantity = Math.abs(difference)
  const label = 'Product Quantity Updated'
  const move = env.model('stock.move').create({
    ...(env.version === 18 ? { name: label } : { inventory_name: label }),
    product_id: one.num('product_id'),
    product_uom: product?.get('uom_id') ?? false,
    product_uom_qty: quantity,
    location_id: from,
    location_dest_id: to,
    is_inventory: true,
    state: 'confirmed',
    move_line_ids: [
      [
        0,
        0,
        {
          product_id: one.num('product_id'),
          product_uom_id: product?.get('uom_id') ?? false,
          quantity,
          location_id: from,
          location_dest_id: to,
          lot_id: one.get('lot_id'),
          package_id: difference > 0 ? false : one.get('package_id'),
          result_package_id: difference > 0 ? one.get('package_id') : false,
          picked: true,
        },
      ],
    ],
  })
  finish(env, [move])
}

const openInventory: Method['run'] = (env) => {
  tidyQuants(env)
  return {
    name: env.version === 18 ? 'Inventory Adjustments' : 'Physical Inventory',
    view_mode: 'list',
    res_model: 'stock.quant',
    type: 'ir.actions.act_window',
    context: { inventory_mode: true, no_at_date: true },
    domain: [['location_id.usage', 'in', ['internal', 'transit']]],
  }
}

/** Setting stock by counting it (odoo.md §7). */
export const countExtensions: Extension[] = [
  extension({
    extends: 'stock.quant',
    methods: {
      create: { on: 'model', params: ['vals_list'], run: (env, { args }) => createOver(env, args.vals_list ?? []) },
      action_apply_inventory: {
        run: (env, { ids }) => {
          for (const one of env.sudo().model('stock.quant').browse(ids)) applyCount(env.sudo(), one)
          return undefined
        },
      },
      action_view_inventory: { on: 'model', run: openInventory },
    },
  }),
]
