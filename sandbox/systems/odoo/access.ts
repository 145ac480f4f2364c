import { UserError } from './orm/errors.ts'
import { type Access, type Extension, extension, type Version } from './orm/model.ts'

const purchase = ['purchase.group_purchase_user']
const sale = ['sales_team.group_sale_salesman']
const stock = ['stock.group_stock_user']
const invoice = ['account.group_account_invoice']

const all = (groups: readonly string[], read: readonly string[] = groups): Access => ({
  read,
  write: groups,
  create: groups,
  unlink: groups,
})

/** Whose every document of the ledger is to be seen (recorded with 18 and 19). */
const ledger = [
  'account.group_account_manager',
  ...invoice,
  'point_of_sale.group_pos_user',
  ...purchase,
  ...sale,
  'base.group_portal',
  'account.group_account_readonly',
]

const byModel: { readonly [model: string]: Access } = {
  'purchase.order': all(purchase, [...purchase, ...invoice, ...stock]),
  'purchase.order.line': all(purchase, [...purchase, ...invoice, ...stock]),
  'purchase.requisition': all(purchase),
  'purchase.requisition.line': all(purchase),
  'sale.order': all(sale, [...sale, ...invoice, ...stock]),
  'sale.order.line': all(sale, [...sale, ...invoice, ...stock]),
  'stock.picking': all(stock, [...stock, ...sale, ...purchase]),
  'stock.move': all(stock, [...stock, ...sale, ...purchase]),
  'stock.move.line': all(stock),
  'stock.quant': all(stock, [...stock, ...sale, ...purchase]),
  'account.move': all([...invoice, ...purchase, ...sale], ledger),
  'account.move.line': all([...invoice, ...purchase, ...sale], ledger),
  'account.analytic.plan': all(['analytic.group_analytic_accounting']),
}

/** Who may make products: on 18 the administrators of every department too. */
const productMakers = (version: Version): readonly string[] => [
  'product.group_product_manager',
  ...(version === 19
    ? []
    : [
        'stock.group_stock_manager',
        'account.group_account_manager',
        'mrp.group_mrp_manager',
        'point_of_sale.group_pos_manager',
        'purchase.group_purchase_manager',
        'sales_team.group_sale_manager',
      ]),
]

/** Rights to the business' models (odoo.md §2.4), and the unit that nobody may delete, for those that are `present`. */
export function guards(version: Version, present: (model: string) => boolean): Extension[] {
  const makers = productMakers(version)
  const products: Access = { write: makers, create: makers, unlink: makers }
  const rights = { ...byModel, 'product.product': products, 'product.template': products }
  const found = Object.entries(rights).filter(([model]) => present(model))
  return [
    ...found.map(([model, access]) => extension({ extends: model, access })),
    ...(present('uom.uom') ? [unitsInUse] : []),
  ]
}

const unitsInUse = extension({
  extends: 'uom.uom',
  beforeUnlink: (env, units) => {
    const kept = units.filter((unit) => env.model('ir.model.data').count(namedAs(unit)) > 0)
    if (kept.length)
      throw new UserError(
        `The following units of measure are used by the system and cannot be deleted: ${kept
          .map((unit) => unit.displayName())
          .join(', ')}\nYou can archive them instead.`,
      )
  },
})

const namedAs = (record: { model: string; id: number }) => [
  ['model', '=', record.model],
  ['res_id', '=', record.id],
  ['module', '=', 'uom'],
]
