import type { PingWanted } from '../../../core/ping.ts'
import { modelNames } from '../versions.ts'

export type Operation = 'read' | 'create' | 'write'

/** What a deployment needs of one model. */
export interface Need {
  model: string
  /** Its name before some version (odoo.md §12). */
  older?: string
  /** The app that brings it, as Odoo's list of apps names it. */
  app: string
  operations: readonly Operation[]
  /**
   * essential: no document passes without it. kind: one of several kinds of order. addon: essential where it is
   * installed. helpful: some documents wait. seldom: only what few ask for in the settings.
   */
  weight: 'essential' | 'kind' | 'addon' | 'helpful' | 'seldom'
  /** What waits without it. */
  lacking?: string
  /** What grants it, where that is not a role in the app: the group as Odoo's user form names it. */
  group?: string
}

const read = ['read'] as const
const work = ['read', 'write'] as const
const make = ['read', 'create', 'write'] as const

const essential = (app: string, operations: Need['operations'], ...models: string[]): Need[] =>
  models.map((model) => ({ model, app, operations, weight: 'essential' }))
const kind = (app: string, operations: Need['operations'], ...models: string[]): Need[] =>
  models.map((model) => ({ model, app, operations, weight: 'kind' }))

const contacts = essential('Contacts', read, 'res.partner')
const products = essential('Inventory', read, 'product.product', 'uom.uom')
const masters = [...contacts, ...products]
const orders = (operations: Need['operations']): Need[] => [
  ...kind('Purchase', operations, 'purchase.order', 'purchase.order.line'),
  ...kind('Sales', operations, 'sale.order', 'sale.order.line'),
  ...kind('Purchase Agreements', operations, 'purchase.requisition', 'purchase.requisition.line'),
]
const vendorNumbers: Need = {
  model: 'product.supplierinfo',
  app: 'Purchase',
  operations: read,
  weight: 'helpful',
  lacking: "vendors' own item numbers are not known",
}
const receipts: Need[] = [
  ...essential('Purchase', read, 'purchase.order', 'purchase.order.line'),
  ...essential('Inventory', work, 'stock.picking', 'stock.move'),
  ...essential('Inventory', make, 'stock.move.line'),
  {
    model: modelNames.lot[0],
    older: modelNames.lot[1],
    app: 'Inventory',
    operations: ['read', 'create'],
    weight: 'helpful',
    lacking: 'receipts with lots wait',
  },
]
/** Without them a kit would be told as goods. */
const bills: Need[] = ['mrp.bom', 'mrp.bom.line'].map((model) => ({
  model,
  app: 'Manufacturing',
  operations: read,
  weight: 'addon',
}))
const onProduct: Need = {
  model: 'product.product',
  app: 'Inventory',
  operations: work,
  weight: 'seldom',
  lacking: "needed only where the settings have a report's figures written to a product's field",
}

/** By canonical document type that is read from Odoo. */
const reading: { readonly [type: string]: readonly Need[] } = {
  'erp-purchase-order': [
    ...masters,
    ...essential('Purchase', read, 'purchase.order', 'purchase.order.line'),
    vendorNumbers,
  ],
  'received-order': [...masters, ...orders(read)],
  'ship-notice': [
    ...masters,
    ...essential('Inventory', read, 'stock.picking', 'stock.move', 'stock.move.line'),
    ...essential('Sales', read, 'sale.order', 'sale.order.line'),
    {
      model: modelNames.package[0],
      older: modelNames.package[1],
      app: 'Inventory',
      operations: read,
      weight: 'helpful',
      lacking: 'ship notices name no packs',
    },
  ],
  invoice: [
    ...masters,
    ...essential('Invoicing', read, 'account.move', 'account.move.line', 'account.tax'),
    ...essential('Sales', read, 'sale.order', 'sale.order.line'),
  ],
  product: [...products, ...essential('Inventory', read, 'product.template'), ...bills],
  'inbound-order': [
    ...masters,
    ...essential('Purchase', read, 'purchase.order', 'purchase.order.line'),
    ...essential('Inventory', read, 'product.template', 'stock.picking.type', 'stock.warehouse'),
    ...essential('Inventory', read, 'stock.picking', 'stock.move', 'stock.move.line'),
    ...bills,
  ],
  'stock-report': [...products, ...essential('Inventory', read, 'stock.warehouse', 'stock.quant')],
}

const shipTo: Need = {
  model: 'res.partner',
  app: 'Contacts',
  operations: make,
  weight: 'helpful',
  lacking: 'orders to addresses that Odoo does not know yet wait',
  group: 'Contact Creation',
}
const intoOrders: readonly Need[] = [...masters, ...orders(make), shipTo, vendorNumbers]

const lots: Need = {
  model: modelNames.lot[0],
  older: modelNames.lot[1],
  app: 'Inventory',
  operations: ['read', 'create'],
  weight: 'helpful',
  lacking: 'goods with lots wait',
}
const sentGoods: readonly Need[] = [
  ...masters,
  ...essential('Sales', read, 'sale.order', 'sale.order.line'),
  ...essential('Inventory', make, 'stock.picking', 'stock.move', 'stock.move.line'),
  ...essential('Inventory', read, 'stock.location', 'stock.picking.type'),
  lots,
]
const vendorBills: readonly Need[] = [
  ...contacts,
  ...essential('Invoicing', make, 'account.move', 'account.move.line'),
  ...essential('Invoicing', read, 'account.account', 'account.journal', 'account.tax'),
  {
    model: 'account.analytic.account',
    app: 'Invoicing',
    operations: read,
    weight: 'helpful',
    lacking: 'bills with cost centres wait',
    group: 'Analytic Accounting',
  },
]

/** By canonical document type that becomes records in Odoo. */
const writing: { readonly [type: string]: readonly Need[] } = {
  'purchase-order': intoOrders,
  'purchase-order-change': intoOrders,
  acknowledgement: [...masters, ...essential('Purchase', work, 'purchase.order', 'purchase.order.line')],
  'advance-ship-notice': [...masters, ...receipts],
  'warehouse-receipt': [...masters, ...receipts],
  'receiving-progress': [...masters, ...receipts],
  shipment: sentGoods,
  'customer-return': sentGoods,
  'service-invoice': vendorBills,
  'product-activity': [...products, onProduct],
  'inventory-advice': [...products, onProduct],
}

/** What the wanted documents need, by model: one entry for each weight. */
export function needsOf(wanted: PingWanted): Map<string, Need[]> {
  const found = new Map<string, Need[]>()
  const all = [
    ...wanted.reads.flatMap((type) => reading[type] ?? []),
    ...wanted.writes.flatMap((type) => writing[type] ?? []),
  ]
  for (const need of all) {
    const others = (found.get(need.model) ?? []).filter(({ weight }) => weight !== need.weight)
    const alike = found.get(need.model)?.find(({ weight }) => weight === need.weight)
    const operations = new Set([...(alike?.operations ?? []), ...need.operations])
    found.set(need.model, [...others, { ...need, operations: make.filter((one) => operations.has(one)) }])
  }
  return found
}
