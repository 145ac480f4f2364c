import type { DeliveryRecord, StowedReceiptRecord } from '../../../lib/systems/odoo/records.ts'
import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { orderRecord, type Pusher, type TestCompany } from './writing.ts'

/** A line of what is stowed: of an item, so much in total, perhaps of one lot. */
export const stowed = (
  item: string,
  total: number,
  over: Partial<StowedReceiptRecord['lines'][number]> = {},
): StowedReceiptRecord['lines'][number] => ({
  product: { item },
  stowed: String(total),
  path: `of ${item}${over.lot ?? ''}`,
  ...over,
})

export const progress = (
  order: string,
  lines: StowedReceiptRecord['lines'],
  over: Partial<StowedReceiptRecord> = {},
): StowedReceiptRecord => ({ order, receivingOrder: '918363', complete: false, shortage: 'keep', lines, ...over })

/** A line of a shipment. */
export const sent = (
  item: string,
  quantity: number,
  over: Partial<DeliveryRecord['lines'][number]> = {},
): DeliveryRecord['lines'][number] => ({ product: { item }, quantity: String(quantity), path: `of ${item}`, ...over })

export const shipment = (
  order: string,
  lines: DeliveryRecord['lines'],
  over: Partial<DeliveryRecord> = {},
): DeliveryRecord => ({ order, shipment: '352900411', unknownOrder: 'hold', lines, ...over })

/** A confirmed sale order of 10 widgets and 6 gadgets, or of what is given; its number. */
export async function soldOrder(
  push: Pusher,
  lines: ReturnType<typeof orderRecord>['lines'],
  key = 'SHOP:1',
): Promise<string> {
  const outcome = await push.write(
    'create-order',
    orderRecord({ theirReference: key, origin: key, lines, totalTolerance: '100000' }),
    key,
  )
  if (outcome.outcome !== 'delivered') throw new Error(JSON.stringify(outcome))
  return String(outcome.result.number)
}

/** A further stock location, in the first warehouse: a fulfilment centre. Its complete name. */
export function addCentre(company: TestCompany, name: string): string {
  const [warehouse] = company.records('stock.warehouse', [], ['view_location_id'])
  const id = company.create('stock.location', {
    name,
    usage: 'internal',
    location_id: Number(warehouse?.view_location_id),
  })
  return String(company.one('stock.location', [['id', '=', id]], ['complete_name']).complete_name)
}

/** Move lines that are done as "item quantity from > to, lot", sorted. */
export function moved(company: SandboxOdoo, code: 'incoming' | 'outgoing'): string[] {
  const name = (model: string, id: unknown, field: string) =>
    id ? String(company.records(model, [['id', '=', Number(id)]], [field])[0]?.[field]) : ''
  return company
    .records(
      'stock.move.line',
      [
        ['picking_id.picking_type_code', '=', code],
        ['state', '=', 'done'],
      ],
      ['product_id', 'quantity', 'location_id', 'location_dest_id', 'lot_id'],
    )
    .map((row) => {
      const [from, to] = [row.location_id, row.location_dest_id].map((id) =>
        name('stock.location', id, 'complete_name'),
      )
      const lot = row.lot_id ? `, ${name('stock.lot', row.lot_id, 'name')}` : ''
      return `${name('product.product', row.product_id, 'default_code')} ${row.quantity} ${code === 'incoming' ? `to ${to}` : `from ${from}`}${lot}`
    })
    .sort()
}

/** Goods on hand at a place. */
export function stock(company: TestCompany, product: number, place: string, quantity: number, lot?: string): void {
  const known = lot === undefined ? [] : company.records('stock.lot', [['name', '=', lot]])
  const lotId =
    lot === undefined ? false : (known[0]?.id ?? company.create('stock.lot', { name: lot, product_id: product }))
  company.create('stock.quant', {
    product_id: product,
    location_id: company.one('stock.location', [['complete_name', '=', place]]).id,
    lot_id: lotId,
    quantity,
  })
}
