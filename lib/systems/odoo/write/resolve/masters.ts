import type { Json } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { problem } from '../work.ts'

/** A company by name or database id; only one that the connection is allowed. The current one where none is named. */
export async function resolveCompany(odoo: Odoo, name: string | undefined, found: Problem[]): Promise<number> {
  const current = odoo.companies[0] ?? 0
  if (name === undefined) return current
  const id = /^\d+$/.test(name.trim()) ? Number(name) : undefined
  const ids = await odoo.search('res.company', [id === undefined ? ['name', '=', name.trim()] : ['id', '=', id]])
  const allowed = ids.filter((one) => odoo.companies.includes(one))
  if (allowed.length === 1 && allowed[0] !== undefined) return allowed[0]
  const why = ids.length === 0 ? 'is not in Odoo' : 'is none of the companies of this connection'
  found.push(problem('ODOO_COMPANY_NOT_FOUND', `The company "${name}" ${why}.`, 'company'))
  return current
}

/** What calls for one company send: it first, the others visible. */
export const inCompany = (odoo: Odoo, company: number): { [key: string]: Json } => ({
  allowed_company_ids: [company, ...odoo.companies.filter((one) => one !== company)],
})

/** A warehouse by its code: itself, and its type of receipts. */
export async function resolveWarehouse(
  odoo: Odoo,
  code: string | undefined,
  company: number,
  found: Problem[],
): Promise<{ id: number; receipts: number | undefined } | undefined> {
  if (code === undefined) return undefined
  const rows = await odoo.searchRead(
    'stock.warehouse',
    [
      ['code', '=', code.trim()],
      ['company_id', '=', company],
    ],
    { fields: ['in_type_id'], order: 'id' },
  )
  const [one] = rows
  if (one && rows.length === 1) return { id: one.id, receipts: idOf(one.in_type_id) }
  found.push(problem('ODOO_WAREHOUSE_NOT_FOUND', `There is no warehouse with the code "${code}" in Odoo.`, 'warehouse'))
  return undefined
}

/** A currency by its code; one that is not active cannot be used in a document. */
export async function resolveCurrency(
  odoo: Odoo,
  code: string | undefined,
  found: Problem[],
): Promise<number | undefined> {
  if (code === undefined) return undefined
  const [row] = await odoo.searchRead(
    'res.currency',
    [
      ['name', '=', code.trim().toUpperCase()],
      ['active', 'in', [true, false]],
    ],
    { fields: ['active'], order: 'id' },
  )
  if (row?.active === true) return row.id
  const why = row ? 'is not active in Odoo' : 'is not in Odoo'
  found.push(problem('ODOO_CURRENCY_UNSUITED', `The currency ${code} ${why}.`, 'currency'))
  return undefined
}

/** A delivery method by name, where the add-on is installed. */
export async function resolveCarrier(
  odoo: Odoo,
  name: string | undefined,
  company: number,
  found: Problem[],
): Promise<number | undefined> {
  if (name === undefined) return undefined
  if (!(await odoo.hasModel('delivery.carrier'))) {
    const message = `The carrier "${name}" cannot be set: delivery methods are not installed in Odoo, or not to be seen.`
    found.push(problem('ODOO_CARRIER_NOT_FOUND', message, 'carrier'))
    return undefined
  }
  const ids = await odoo.search('delivery.carrier', [
    ['name', '=ilike', name.trim().replace(/[%_\\]/g, '\\$&')],
    ['company_id', 'in', [false, company]],
  ])
  if (ids.length === 1) return ids[0]
  const how = ids.length === 0 ? 'is no delivery method' : `is ${ids.length} delivery methods`
  found.push(problem('ODOO_CARRIER_NOT_FOUND', `The carrier "${name}" ${how} in Odoo.`, 'carrier'))
  return undefined
}

/**
 * The price list through which a sales order gets its currency: a sales order has none of its own. Undefined where the
 * customer's own price list is in it already.
 */
export async function resolvePriceList(
  odoo: Odoo,
  customer: number,
  currency: number,
  company: number,
  found: Problem[],
): Promise<number | undefined> {
  const [partner] = await odoo.searchRead('res.partner', [['id', '=', customer]], {
    fields: ['property_product_pricelist'],
    order: 'id',
    context: inCompany(odoo, company),
  })
  const own = idOf(partner?.property_product_pricelist)
  const [lists, owner] = await Promise.all([
    odoo.searchRead('product.pricelist', [['company_id', 'in', [false, company]]], {
      fields: ['currency_id'],
      order: 'id',
    }),
    odoo.read('res.company', [company], ['currency_id']),
  ])
  const ownCurrency = own === undefined ? owner[0]?.currency_id : lists.find((list) => list.id === own)?.currency_id
  if (idOf(ownCurrency) === currency) return undefined
  const fitting = lists.filter((list) => idOf(list.currency_id) === currency)
  if (fitting.length === 1) return fitting[0]?.id
  const message = `The customer's orders are in ${nameOf(ownCurrency) ?? 'another currency'}, and there ${
    fitting.length === 0 ? 'is no price list' : 'are several price lists'
  } in the currency of the document.`
  found.push(problem('ODOO_CURRENCY_UNSUITED', message, 'currency'))
  return undefined
}
