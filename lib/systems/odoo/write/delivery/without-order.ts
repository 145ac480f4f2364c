import { toDecimal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { DeliveryRecord } from '../../records.ts'
import { makeTransfer } from '../fulfilment/make-transfer.ts'
import { findLocations } from '../resolve/location.ts'
import { resolveContact } from '../resolve/partner.ts'
import { resolveProducts } from '../resolve/product.ts'
import { type Held, held, problem, textOf, type Work } from '../work.ts'
import { type Dispatch, madeWithoutOrder, nameWithoutOrder } from './find.ts'

/** A delivery of exactly what was shipped, to the contact named, for an order that Odoo does not know. Made once. */
export async function deliverWithoutOrder(
  work: Work,
  record: DeliveryRecord,
  { partner, warehouse }: Exclude<DeliveryRecord['unknownOrder'], 'hold'>,
): Promise<Dispatch | Held> {
  const { odoo, reference } = work
  const problems: Problem[] = []
  const lines = record.lines.filter(({ quantity }) => Number(quantity) > 0)
  const [contact, type, products] = await Promise.all([
    resolveContact(odoo, partner.partner, { what: 'customer', path: 'unknownOrder.partner' }, problems),
    deliveryType(work, warehouse, problems),
    resolveProducts(
      odoo,
      lines.map(({ product, path }) => ({ ref: product, path })),
      problems,
    ),
  ])
  const source =
    type && record.source !== undefined ? (await findLocations(odoo, record.source, type.companyId))[0] : undefined
  const [place] = contact ? await odoo.read('res.partner', [contact.id], ['property_stock_customer']) : []
  const [destinationId, locationId] = [idOf(place?.property_stock_customer), source ?? type?.sourceId]
  if (problems.length > 0 || !contact || !type || destinationId === undefined || locationId === undefined)
    return held(problems)
  await makeTransfer(odoo, nameWithoutOrder(reference), {
    typeId: type.id,
    partnerId: contact.id,
    origin: record.order,
    locationId,
    destinationId,
    moves: lines.flatMap(({ quantity }, i) => {
      const product = products[i]
      if (!product) return []
      const { id: productId, unitId, name } = product
      return [{ productId, unitId, quantity: toDecimal(quantity) ?? '0', description: name }]
    }),
  })
  const made = await madeWithoutOrder(odoo, reference)
  return (
    made ?? held([problem('ODOO_DELIVERY_CLOSED', `The delivery made for ${record.order} was cancelled.`, 'order')])
  )
}

/** The warehouse's type of deliveries; the company's first one where none is named. */
async function deliveryType(
  { odoo }: Work,
  warehouse: string | undefined,
  problems: Problem[],
): Promise<{ id: number; companyId: number; sourceId: number | undefined } | undefined> {
  const companyId = odoo.companies[0] ?? 0
  const rows = await odoo.searchRead(
    'stock.warehouse',
    [...(warehouse === undefined ? [] : [['code', '=', warehouse.trim()]]), ['company_id', 'in', [...odoo.companies]]],
    { fields: ['out_type_id', 'lot_stock_id', 'company_id', 'code'], order: 'id' },
  )
  const [one] = rows
  const id = idOf(one?.out_type_id)
  if (one && id !== undefined && (rows.length === 1 || warehouse === undefined))
    return { id, companyId: idOf(one.company_id) ?? companyId, sourceId: idOf(one.lot_stock_id) }
  const message = `There is no warehouse with the code "${warehouse ?? textOf(one?.code) ?? ''}" in Odoo.`
  problems.push(problem('ODOO_WAREHOUSE_NOT_FOUND', message, 'unknownOrder.warehouse'))
  return undefined
}
