import { type Company, named, productOf } from './find.ts'

/** Somebody counts: so much of a product lies in a warehouse now. */
export function countStock(
  company: Company,
  item: string,
  quantity: number,
  options: { warehouse?: string; lot?: string } = {},
): void {
  company.sudo((env) => {
    const product = productOf(env, item)
    const [warehouse] = options.warehouse
      ? [named(env, 'stock.warehouse', options.warehouse, 'code')]
      : env.model('stock.warehouse').find([], { limit: 1 })
    const lots = env.model('stock.lot')
    const spot = [
      ['product_id', '=', product.id],
      ['name', '=', options.lot ?? false],
    ]
    const lot = options.lot
      ? (lots.find(spot)[0] ?? lots.create({ product_id: product.id, name: options.lot })).id
      : false
    const quants = env.with({ inventory_mode: true }).model('stock.quant')
    const quant = quants.call('create', [], {
      vals_list: {
        product_id: product.id,
        location_id: warehouse?.get('lot_stock_id') ?? false,
        lot_id: lot,
        inventory_quantity: quantity,
      },
    })
    quants.call('action_apply_inventory', [Number(quant)])
  })
}
