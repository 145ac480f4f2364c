import type { Env, Rec, Values } from '../orm/model.ts'

/*
 * What a new database has before anybody sells anything: units, locations, one warehouse called WH, a small chart of
 * accounts, journals, taxes, payment terms and two carriers. Contacts and products are the scenario's.
 */

export function seedMasters(env: Env): void {
  seedUnits(env)
  const all = env.model('product.category').create({ name: 'All' })
  env.setExternalId('product.product_category_all', all)
  seedPlaces(env)
  seedAccounting(env)
  seedCarriers(env)
}

/** Units with how many pieces they hold. */
const units = [
  ['Units', 'uom.product_uom_unit', 1],
  ['Dozens', 'uom.product_uom_dozen', 12],
  ['Case of 6', 'uom.product_uom_case_6', 6],
  ['Case of 12', 'uom.product_uom_case_12', 12],
  ['Case of 24', 'uom.product_uom_case_24', 24],
] as const

function seedUnits(env: Env): void {
  const category = env.version === 18 ? env.model('uom.category').create({ name: 'Unit' }).id : 0
  let base = 0
  for (const [name, externalId, size] of units) {
    const unit = env.model('uom.uom').create({
      name,
      ...(env.version === 18
        ? { category_id: category, uom_type: size === 1 ? 'reference' : 'bigger', factor_inv: size }
        : { relative_factor: size, relative_uom_id: base || false }),
    })
    base ||= unit.id
    env.setExternalId(externalId, unit)
  }
}

/** The virtual places have a parent in 18 and none in 19. */
const places = [
  ['Vendors', 'stock.stock_location_suppliers', 'supplier', 'Partners'],
  ['Customers', 'stock.stock_location_customers', 'customer', 'Partners'],
  ['Inventory adjustment', 'stock.location_inventory', 'inventory', 'Virtual Locations'],
] as const

function seedPlaces(env: Env): void {
  const locations = env.model('stock.location')
  const parents = new Map<string, number>()
  if (env.version === 18)
    for (const name of ['Physical Locations', 'Partners', 'Virtual Locations']) {
      const parent = locations.create({ name, usage: 'view', company_id: false })
      parents.set(name, parent.id)
      if (name === 'Physical Locations') env.setExternalId('stock.stock_location_locations', parent)
    }
  for (const [name, externalId, usage, parent] of places) {
    const place = locations.create({ name, usage, company_id: false, location_id: parents.get(parent) ?? false })
    env.setExternalId(externalId, place)
  }
  // 19 takes the company's first location of losses instead (live).
  if (env.version === 18)
    locations.create({
      name: 'Scrap',
      usage: 'inventory',
      scrap_location: true,
      location_id: parents.get('Virtual Locations') ?? false,
    })
  env.setExternalId('stock.warehouse0', addWarehouse(env, 'WH', env.company.str('name')))
}

/** A warehouse with its stock location and operation types. */
export const addWarehouse = (env: Env, code: string, name: string): Rec =>
  env.model('stock.warehouse').create({ code, name })

const accounts = [
  ['121000', 'Account Receivable', 'asset_receivable'],
  ['101000', 'Current Assets', 'asset_current'],
  ['211000', 'Account Payable', 'liability_payable'],
  ['251000', 'Tax Received', 'liability_current'],
  ['400000', 'Product Sales', 'income'],
  ['600000', 'Expenses', 'expense'],
] as const

function seedAccounting(env: Env): void {
  const made = new Map<string, Rec>()
  for (const [code, name, type] of accounts) {
    const reconcile = type === 'asset_receivable' || type === 'liability_payable'
    made.set(code, env.model('account.account').create({ code, name, account_type: type, reconcile }))
  }
  const journals: Values[] = [
    { name: 'Customer Invoices', code: 'INV', type: 'sale', default_account_id: made.get('400000')?.id ?? false },
    { name: 'Vendor Bills', code: 'BILL', type: 'purchase', default_account_id: made.get('600000')?.id ?? false },
    { name: 'Miscellaneous Operations', code: 'MISC', type: 'general' },
  ]
  env.model('account.journal').createMany(journals)
  const group = env.model('account.tax.group').create({ name: 'Tax 15%' })
  const tax = (use: string) =>
    env.model('account.tax').create({ name: '15%', amount: 15, type_tax_use: use, tax_group_id: group.id }).id
  env.company.set({ account_sale_tax_id: tax('sale'), account_purchase_tax_id: tax('purchase') })
  for (const [name, days, externalId] of [
    ['Immediate Payment', 0, 'account.account_payment_term_immediate'],
    ['15 Days', 15, 'account.account_payment_term_15days'],
    ['30 Days', 30, 'account.account_payment_term_30days'],
    ['45 Days', 45, 'account.account_payment_term_45days'],
    ['60 Days', 60, 'account.account_payment_term_60days'],
  ] as const) {
    const term = env.model('account.payment.term').create({ name, line_ids: [[0, 0, { nb_days: days }]] })
    env.setExternalId(externalId, term)
  }
}

function seedCarriers(env: Env): void {
  for (const [name, code] of [
    ['Standard delivery', 'Delivery_007'],
    ['UPS Ground', 'Delivery_UPS'],
  ] as const) {
    const product = env.model('product.product').create({ name, default_code: code, type: 'service', sale_ok: false })
    env.model('delivery.carrier').create({ name, product_id: product.id })
  }
}
