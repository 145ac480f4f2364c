import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow } from '../../../core/flow.ts'
import type { WarehouseReceipt } from '../../../documents/warehouse-receipt.ts'
import type { ReceiptRecord } from '../../../systems/odoo/records.ts'
import { receivedGoods } from '../receipt/conditions.ts'
import { keepReceipt, settleKnown } from '../receipt/known.ts'
import { checkSender } from '../receipt/partner.ts'
import { receiptLine } from '../receipt/record.ts'
import { goodsIn, toldBefore } from '../receipt/told-before.ts'
import { lastSent } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

/** 944 from a warehouse → the goods are booked on the incoming transfer; damaged and held ones where they are not sold. */
export const warehouseReceiptInFlow: Flow<WarehouseReceipt, Settings> = {
  name: 'warehouse-receipt-in',
  source: 'sps-commerce',
  types: ['warehouse-receipt'],
  lookups: ({ receipt, order, shipment }) =>
    [receipt, order, shipment].flatMap((number) => (number === undefined ? [] : [{ number }])),

  map(document, context): MapResult {
    const find = createFindings()
    const { tables, settings } = context
    const { tradingPartner, receipt, order } = document
    const what = `Warehouse receipt ${receipt}`
    const known = settleKnown(document.purpose, what, context.history(receipt), context, document.type, find)
    if (known) return known
    checkSender(tables, tradingPartner, find, 'Header.HeaderDetail.TradingPartnerId')
    if (order === undefined)
      find.hold(
        'RECEIPT_WITHOUT_ORDER',
        `${what} names no order of ours (DepositorOrderNumber).`,
        'Header.HeaderDetail.DepositorOrderNumber',
      )
    const sent = order === undefined ? undefined : lastSent(context.history(order))
    const { quarantine, validatedBy } = settings.receipts
    const goods = document.lines.flatMap((line) => receivedGoods(line, quarantine !== undefined, find))
    const lines = goods.flatMap(
      (one) => receiptLine(one, { tables, tradingPartner, sent, ours: 'vendorPart', find }) ?? [],
    )
    if (order === undefined || find.problems.length > 0) return held(find)
    if (lines.length === 0) return skipped(find, 'RECEIPT_WITHOUT_GOODS', `${what} says that nothing was received.`)
    const told = validatedBy === 'warehouse-receipt' ? undefined : toldBefore(document, lines, context, find)
    if (told) return told
    const mode = validatedBy === 'warehouse-receipt' ? ('validate' as const) : ('announce' as const)
    find.decide({ field: 'mode', rule: 'receipt.mode', input: `receipts.validatedBy=${validatedBy}`, value: mode })
    const record: ReceiptRecord = {
      order,
      mode,
      note: `Warehouse receipt (944) ${receipt}${document.shipment === undefined ? '' : ` of shipment ${document.shipment}`}`,
      ...(document.date === undefined ? {} : { date: document.date }),
      ...(lines.some((l) => l.held) && quarantine !== undefined ? { quarantine } : {}),
      lines,
    }
    const write = {
      connection: context.connections.odoo ?? '',
      operation: 'receive-goods',
      reference: `944:${tradingPartner}:${receipt}`,
      record: toJson(record),
    }
    const { shipment } = document
    return written(find, [write], {
      snapshot: keepReceipt({
        mode,
        ...(shipment === undefined ? {} : { shipment }),
        orders: [order],
        goods: goodsIn(lines),
      }),
      index: [order, ...(shipment === undefined ? [] : [shipment])],
    })
  },
}
