import { add, equal } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import { type Findings, held, skipped } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { WarehouseReceipt } from '../../../documents/warehouse-receipt.ts'
import type { ReceiptRecord } from '../../../systems/odoo/records.ts'
import { isTaken, type KeptReceipt, receiptOf } from './known.ts'

type Line = ReceiptRecord['lines'][number]

/** How much of what a receipt says, as it is kept: by order line, else by product. Goods that are held apart. */
export function goodsIn(lines: readonly Line[]): KeptReceipt['goods'] {
  const goods: Record<string, string> = {}
  for (const { orderLine, product, quantity, unit, held } of lines) {
    const what = orderLine ?? product.item ?? product.barcodes?.[0] ?? product.vendorPart ?? ''
    const key = [what, unit ?? '', held ? 'held' : ''].join('/')
    goods[key] = add(goods[key] ?? '0', String(quantity))
  }
  return goods
}

/**
 * A receipt of goods that a ship notice has booked or announced already, where the receipt is not the one that books:
 * nothing is told twice. What came otherwise than the notice said is for a person. The notice is found by the
 * shipment's number where the receipt names one, else by the order. Undefined where there was none.
 */
export function toldBefore(
  { receipt, order = '', shipment }: WarehouseReceipt,
  lines: readonly Line[],
  { history }: Pick<MapContext, 'history'>,
  find: Findings,
): MapResult | undefined {
  const notices = history(shipment ?? order).filter(
    (h) =>
      h.type === 'advance-ship-notice' &&
      isTaken(h) &&
      receiptOf(h)?.orders.includes(order) &&
      (shipment === undefined || receiptOf(h)?.shipment === shipment),
  )
  const notice = notices.at(-1)
  if (!notice) return undefined
  const what = `Warehouse receipt ${receipt} is of goods that ship notice ${notice.number} has told`
  if (notices.some((h) => sameGoods(goodsIn(lines), receiptOf(h)?.goods ?? {}, order)))
    return skipped(find, 'RECEIPT_KNOWN', `${what}, and says the same.`)
  find.hold('RECEIPT_UNCLEAR', `${what}, and says otherwise. Correct the transfer of ${order} by hand.`, 'OrderLevel')
  return held(find)
}

function sameGoods(now: KeptReceipt['goods'], before: KeptReceipt['goods'], order: string): boolean {
  const told = Object.entries(before).filter(([key]) => key.startsWith(`${order} `))
  return (
    told.length === Object.keys(now).length &&
    told.every(([key, quantity]) => equal(now[key.slice(order.length + 1)] ?? '0', quantity))
  )
}
