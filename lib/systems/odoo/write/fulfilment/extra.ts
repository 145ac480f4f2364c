import { toDecimal } from '../../../../core/decimal.ts'
import { contentHash } from '../../../../core/hash.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { nameOfReference } from '../external-id.ts'
import { type Dock, isOpen, readMoves, readTransfers } from '../receipt/dock.ts'
import type { StockNames } from '../receipt/names.ts'
import type { GoodsLine } from '../receipt/way.ts'
import type { Product } from '../resolve/product.ts'
import { problem, type Work } from '../work.ts'
import { makeTransfer, placesOf } from './make-transfer.ts'

const confirmed = ['purchase', 'done']

/**
 * More came of an order's goods when all of them had been booked: a further receipt of the order takes it, made once for
 * the step. The dock as it is where open transfers take everything, or where the order has no line of the goods.
 * @param step what this step is called (marker.ts)
 */
export async function withExtra(
  { odoo, reference }: Work,
  names: StockNames,
  dock: Dock,
  lines: readonly { line: GoodsLine; product: Product }[],
  step: string,
): Promise<{ dock: Dock; warnings: Problem[] }> {
  const template = dock.transfers.findLast(({ state }) => state === 'done')
  const { orderId } = dock
  if (!template || orderId === undefined || !confirmed.includes(dock.orderState ?? '')) return { dock, warnings: [] }
  // A draft is one of ours that an attempt left unconfirmed.
  const open = await readMoves(
    odoo,
    names,
    dock.transfers.filter((one) => isOpen(one) && one.state !== 'draft'),
  )
  const missing = lines.filter(({ product }) => !open.some(({ productId }) => productId === product.id))
  const ordered = missing.length === 0 ? new Map<number, number>() : await orderLines(odoo, orderId)
  const extra = missing.filter(({ product }) => ordered.has(product.id))
  if (extra.length === 0) return { dock, warnings: [] }
  await makeTransfer(
    odoo,
    `extra_${nameOfReference(reference)}_${contentHash([step, extra.map(wantedOf)]).slice(0, 8)}`,
    {
      typeId: template.typeId,
      partnerId: template.partnerId,
      origin: dock.name,
      ...(await placesOf(odoo, template.id)),
      moves: extra.map(({ line, product }) => ({
        ...wantedOf({ line, product }),
        unitId: product.unitId,
        description: product.name,
        purchaseLineId: ordered.get(product.id),
      })),
    },
  )
  const transfers = await readTransfers(odoo, dock.way, [['purchase_id', '=', orderId]])
  const warnings = extra.map(({ line, product }) =>
    problem('ODOO_OVER_RECEIPT', `${product.name}: ${line.quantity} more than ${dock.name} still expects.`, line.path),
  )
  return { dock: { ...dock, transfers }, warnings }
}

const wantedOf = ({ line, product }: { line: GoodsLine; product: Product }) => ({
  productId: product.id,
  quantity: toDecimal(line.quantity) ?? '0',
})

/** The order's line of each product; the last one where it has several. */
async function orderLines(odoo: Odoo, order: number): Promise<Map<number, number>> {
  const rows = await odoo.searchRead('purchase.order.line', [['order_id', '=', order]], {
    fields: ['product_id'],
    order: 'id',
  })
  return new Map(
    rows.flatMap((row) => (idOf(row.product_id) === undefined ? [] : [[idOf(row.product_id) ?? 0, row.id]])),
  )
}
