import type { Environment } from './env.ts'
import { AccessError } from './errors.ts'
import type { Version } from './model.ts'

export type Operation = 'read' | 'write' | 'create' | 'unlink'

/** Groups by external id, with the name people see; the name of some changed with 19. */
export const groups: { readonly [id: string]: string | { 18: string; 19: string } } = {
  'base.group_user': { 18: 'User types/Internal User', 19: 'Role / User' },
  'base.group_portal': { 18: 'User types/Portal', 19: 'Role / Portal' },
  'base.group_system': { 18: 'Administration/Settings', 19: 'Role / Administrator' },
  'base.group_erp_manager': { 18: 'Administration/Access Rights', 19: 'Access Rights' },
  'base.group_partner_manager': { 18: 'Extra Rights/Contact Creation', 19: 'Contact/Creation' },
  'base.group_allow_export': { 18: 'Technical/Access to export feature', 19: 'Export' },
  'stock.group_stock_user': 'Inventory/User',
  'stock.group_stock_manager': 'Inventory/Administrator',
  'mrp.group_mrp_user': 'Manufacturing/User',
  'mrp.group_mrp_manager': 'Manufacturing/Administrator',
  'purchase.group_purchase_user': 'Purchase/User',
  'purchase.group_purchase_manager': 'Purchase/Administrator',
  'sales_team.group_sale_salesman': 'Sales/User: Own Documents Only',
  'sales_team.group_sale_salesman_all_leads': 'Sales/User: All Documents',
  'sales_team.group_sale_manager': 'Sales/Administrator',
  'account.group_account_invoice': { 18: 'Invoicing/Invoicing', 19: 'Accounting/Invoicing' },
  'account.group_account_manager': { 18: 'Invoicing/Administrator', 19: 'Accounting/Administrator' },
  'account.group_account_readonly': {
    18: 'Technical/Show Accounting Features - Readonly',
    19: 'Show Accounting Features - Readonly',
  },
  'point_of_sale.group_pos_user': 'Point of Sale/User',
  'point_of_sale.group_pos_manager': 'Point of Sale/Administrator',
  'product.group_product_manager': { 18: 'Extra Rights/Product Creation', 19: 'Products/Create' },
  'analytic.group_analytic_accounting': { 18: 'Technical/Analytic Accounting', 19: 'Analytic Accounting' },
}

/** What an administrator has not either, until somebody switches it on (odoo.md §2.4). */
export const switchedOff = ['analytic.group_analytic_accounting']

const verbs: { readonly [operation in Operation]: string } = {
  read: 'access',
  write: 'modify',
  create: 'create',
  unlink: 'delete',
}

export function hasAccess(env: Environment, model: string, operation: Operation): boolean {
  if (env.su) return true
  const needed = env.definition(model).access?.[operation]
  return !needed || needed.some((group) => hasGroup(env, group))
}

/** Throws AccessError, naming the groups that may (odoo.md §3.3). */
export function checkAccess(env: Environment, model: string, operation: Operation): void {
  if (hasAccess(env, model, operation)) return
  const { description, access } = env.definition(model)
  const names = (access?.[operation] ?? []).map((group) => nameOf(group, env.version))
  // 19 lists what belongs to an application first.
  const rank = (name: string) => (env.version === 19 && !/\S\/\S/.test(name) ? 1 : 0)
  names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const who = names.length
    ? `This operation is allowed for the following groups:\n${names.map((name) => `\t- ${name}`).join('\n')}`
    : 'No group currently allows this operation.'
  throw new AccessError(
    `You are not allowed to ${verbs[operation]} '${description}' (${model}) records.\n\n${who}\n\nContact your administrator to request access if necessary.`,
  )
}

export function hasGroup(env: Environment, group: string): boolean {
  const row = env.transaction.row('res.users', env.uid)
  const mine = row?.$groups
  return Array.isArray(mine) && mine.includes(group)
}

function nameOf(group: string, version: Version): string {
  const name = groups[group] ?? group
  return typeof name === 'string' ? name : name[version]
}
