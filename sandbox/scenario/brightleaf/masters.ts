import { namesOf } from '../../systems/odoo/business/names.ts'
import { placePurchase } from '../../systems/odoo/business/people/index.ts'
import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import type { Env } from '../../systems/odoo/orm/model.ts'
import { announced, articles, type Purchase, purchases, vendors, warehouses } from './company.ts'

/** Numbers of the purchase orders. */
export type Purchases = Record<Purchase, string>

/**
 * What stands in the company's Odoo before the morning: contacts, the warehouses that are ShipBob's centres, articles,
 * and purchase orders that nobody has placed yet. All of it or nothing: a run may be killed at any moment.
 */
export function setUp(odoo: SandboxOdoo): Purchases {
  const known = odoo.records('purchase.order', [], ['name', 'partner_ref'])
  if (known.length === 0)
    odoo.sudo((env) => {
      addPlaces(env)
      for (const [ref, name] of Object.entries(vendors))
        env.model('res.partner').create({ name, is_company: true, ref })
      env.model('res.partner').create({ name: 'Web shop customers', ref: 'WEBSHOP' })
      for (const article of articles) addArticle(env, article)
      for (const name of Object.keys(purchases) as Purchase[]) order(env, name)
    })
  const rows = odoo.records('purchase.order', [], ['name', 'partner_ref'])
  const numberOf = (name: Purchase) => String(rows.find((row) => row.partner_ref === `Q-${name}`)?.name)
  return { coffee: numberOf('coffee'), mugs: numberOf('mugs'), south: numberOf('south'), office: numberOf('office') }
}

/** The buyers place their orders; what the vendor of the coffee announced is keyed with it. */
export function placePurchases(odoo: SandboxOdoo): boolean {
  odoo.sudo((env) => {
    const drafts = env.model('purchase.order').find([['state', '=', 'draft']])
    if (drafts.length === 0) return
    env.model('purchase.order').call(
      'button_confirm',
      drafts.map(({ id }) => id),
    )
    announce(env)
  })
  return true
}

function addPlaces(env: Env): void {
  for (const { code, name } of warehouses) {
    const warehouse = env.model('stock.warehouse').create({ code, name })
    const stock = warehouse.one('lot_stock_id')
    env.model('stock.location').create({ name: 'Quarantine', usage: 'internal', location_id: stock?.id ?? false })
  }
}

const addArticle = (env: Env, { item, name, barcode, price, weight, lots, service }: (typeof articles)[number]) =>
  env.model('product.product').create({
    name,
    default_code: item === '' ? false : item,
    barcode: barcode ?? false,
    type: service ? 'service' : 'consu',
    is_storable: !service,
    list_price: price,
    weight: weight ?? 0,
    taxes_id: [[6, 0, []]],
    ...(lots ? { tracking: 'lot', use_expiration_date: true } : {}),
  })

/** The one transaction is the caller's. */
const within = (env: Env) => ({ sudo: <T>(work: (inner: Env) => T): T => work(env) })

function order(env: Env, name: Purchase): void {
  const { vendor, warehouse, lines } = purchases[name]
  placePurchase(within(env), {
    partner: vendor,
    theirReference: `Q-${name}`,
    lines,
    confirm: false,
    ...(warehouse === undefined ? {} : { warehouse }),
  })
}

/** The buyer keys what the vendor of the coffee wrote: which carton holds which lot. */
function announce(env: Env): void {
  const [order] = env.model('purchase.order').find([['partner_ref', '=', 'Q-coffee']])
  const [transfer] = order?.many('picking_ids') ?? []
  const [move] = transfer?.many('move_ids') ?? []
  if (!transfer || !move) throw new Error('the coffee has no receipt')
  env.model('stock.move.line').unlink(move.many('move_line_ids').map(({ id }) => id))
  for (const { tracking, quantity, lot, expires } of announced)
    env.model('stock.move.line').create({
      move_id: move.id,
      // As the form sends it: Odoo does not fill it in (seen on 18 and 19).
      picking_id: transfer.id,
      quantity,
      lot_name: lot,
      expiration_date: `${expires} 00:00:00`,
      result_package_id: env.model(namesOf(env).package).create({ name: tracking }).id,
    })
}
