import { idOf } from '../../bundle.ts'
import type { Domain, Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { type Dock, isOpen, readTransfers } from '../receipt/dock.ts'
import { outgoing } from '../receipt/way.ts'
import { type Held, held, listed, problem, textOf } from '../work.ts'

/** Deliveries of an order, and who is responsible for it. */
export interface Dispatch extends Dock {
  /** The sale order; undefined where a delivery was named or made without one. */
  saleId: number | undefined
}

const confirmed = ['sale', 'done']

/**
 * The deliveries of an order as its seller named it: by the sale order's number, the customer's reference or the source
 * document, in that order, else one delivery by its own name. Of several orders with one reference the only confirmed one
 * is meant. Undefined where Odoo knows nothing of that name; held where several fit.
 */
export async function findDispatch(odoo: Odoo, name: string): Promise<Dispatch | Held | undefined> {
  const order = await findOrder(odoo, name)
  if (order) return 'found' in order ? ofOrder(odoo, order.found) : order
  const transfers = await readTransfers(odoo, outgoing, [['name', '=', name]])
  const [one] = transfers
  if (!one) return undefined
  if (transfers.length > 1)
    return held([
      problem('ODOO_ORDER_NOT_FOUND', `${transfers.length} deliveries in Odoo are called ${name}.`, 'order'),
    ])
  const [row] = await odoo.read('stock.picking', [one.id], ['sale_id'])
  const sale = idOf(row?.sale_id)
  // Its backorders belong to it.
  const domain: Domain =
    sale === undefined ? ['|', ['id', '=', one.id], ['backorder_id', '=', one.id]] : [['sale_id', '=', sale]]
  return { ...empty, name, saleId: sale, transfers: await readTransfers(odoo, outgoing, domain) }
}

const empty = { vendorId: undefined, orderId: undefined, orderState: undefined, way: outgoing }

async function findOrder(odoo: Odoo, name: string): Promise<{ found: OdooRecord } | Held | undefined> {
  if (!(await odoo.hasModel('sale.order'))) return undefined
  const rows = await odoo.searchRead(
    'sale.order',
    ['|', '|', ['name', '=', name], ['client_order_ref', '=', name], ['origin', '=', name]],
    { fields: ['name', 'client_order_ref', 'origin', 'state'], order: 'id' },
  )
  for (const field of ['name', 'client_order_ref', 'origin']) {
    const fitting = rows.filter((row) => textOf(row[field]) === name)
    const taken = fitting.filter(({ state }) => confirmed.includes(textOf(state) ?? ''))
    const [one] = taken.length > 0 ? taken : fitting
    if (!one) continue
    if (taken.length === 1 || fitting.length === 1) return { found: one }
    const which = listed(fitting.map((row) => textOf(row.name) ?? String(row.id)))
    const message = `${name} is ${fitting.length} sale orders in Odoo: ${which}.`
    return held([problem('ODOO_ORDER_NOT_FOUND', message, 'order')])
  }
  return undefined
}

const ofOrder = async (odoo: Odoo, order: OdooRecord): Promise<Dispatch> => ({
  ...empty,
  name: textOf(order.name) ?? String(order.id),
  saleId: order.id,
  orderState: textOf(order.state) ?? '',
  transfers: await readTransfers(odoo, outgoing, [['sale_id', '=', order.id]]),
})

/** The name of a delivery that was made without an order (external-id.ts). */
export const nameWithoutOrder = (reference: string): string => `delivery_${nameOfReference(reference)}`

/** The delivery that was made without an order for a reference; undefined where there is none, or it was cancelled. */
export async function madeWithoutOrder(odoo: Odoo, reference: string): Promise<Dispatch | undefined> {
  const found = await findRecord(odoo, nameWithoutOrder(reference))
  if (found?.model !== 'stock.picking') return undefined
  const transfers = await readTransfers(odoo, outgoing, ['|', ['id', '=', found.id], ['backorder_id', '=', found.id]])
  const own = transfers.find(({ id }) => id === found.id)
  if (!own || own.state === 'cancel') return undefined
  return { ...empty, name: own.name, saleId: undefined, transfers }
}

/** Why an order has nothing left to deliver. */
export async function nothingOpen(odoo: Odoo, { name, saleId, orderState, transfers }: Dispatch): Promise<string> {
  if (orderState === 'cancel') return `the order ${name} is cancelled`
  if (orderState !== undefined && !confirmed.includes(orderState)) return `the order ${name} is not confirmed`
  const done = transfers.filter(({ state }) => state === 'done')
  const earlier =
    saleId === undefined
      ? []
      : await odoo.searchRead(
          'stock.picking',
          [
            ['sale_id', '=', saleId],
            ['picking_type_id.code', '=', 'internal'],
            ['state', 'not in', ['done', 'cancel']],
          ],
          { fields: ['name'], order: 'id' },
        )
  if (earlier.length > 0)
    return `${name} is to be picked first (${listed(earlier.map((row) => textOf(row.name) ?? ''))})`
  if (done.length > 0) return `everything of ${name} has been delivered (${listed(done.map((one) => one.name))})`
  return transfers.some((one) => !isOpen(one)) ? `the deliveries of ${name} are cancelled` : `${name} has no delivery`
}
