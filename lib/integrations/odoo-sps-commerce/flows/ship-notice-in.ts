import { isZero } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow } from '../../../core/flow.ts'
import { trackingIndexes } from '../../../core/tracking.ts'
import type { AdvanceShipNotice } from '../../../documents/advance-ship-notice.ts'
import type { ReceiptRecord } from '../../../systems/odoo/records.ts'
import { isTaken, keepReceipt, receiptOf, settleKnown } from '../receipt/known.ts'
import { checkSender } from '../receipt/partner.ts'
import { type Goods, receiptLine } from '../receipt/record.ts'
import { goodsIn } from '../receipt/told-before.ts'
import { lastSent } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

/** 856 from a supplier → the incoming transfers of its orders: announced, or booked where the settings say so. */
export const shipNoticeInFlow: Flow<AdvanceShipNotice, Settings> = {
  name: 'ship-notice-in',
  source: 'sps-commerce',
  types: ['advance-ship-notice'],
  lookups: ({ shipment, orders }) => [shipment, ...orders.map((o) => o.number)].map((number) => ({ number })),

  map(notice, context): MapResult {
    const find = createFindings()
    const { tables, settings } = context
    const { tradingPartner, shipment } = notice
    const known = settleKnown(
      notice.purpose,
      `Ship notice ${shipment}`,
      context.history(shipment),
      context,
      notice.type,
      find,
    )
    if (known) return known
    const received = context
      .history(shipment)
      .find((h) => h.type === 'warehouse-receipt' && isTaken(h) && receiptOf(h)?.shipment === shipment)
    if (received)
      return skipped(
        find,
        'RECEIPT_KNOWN',
        `Warehouse receipt ${received.number} has told what came of shipment ${shipment}.`,
      )
    checkSender(tables, tradingPartner, find, 'Header.ShipmentHeader.TradingPartnerId')
    const numbers = new Set(notice.orders.map((o) => o.number))
    const announced = context.history(shipment).filter((h) => h.type === notice.type && h.key === context.key)
    for (const order of new Set(announced.filter(isTaken).flatMap((h) => receiptOf(h)?.orders ?? [])))
      if (!numbers.has(order))
        find.warn(
          'RECEIPT_CHANGED',
          `Ship notice ${shipment} no longer names order ${order}; what it announced there stays until a person takes it back.`,
          'OrderLevel',
        )
    if (notice.orders.length === 0)
      find.hold('RECEIPT_WITHOUT_ORDER', `Ship notice ${shipment} names no purchase order.`, 'OrderLevel')
    const mode = settings.receipts.validatedBy === 'ship-notice' ? ('validate' as const) : ('announce' as const)
    const carrier = [notice.carrier?.scac, notice.carrier?.routing].filter((p) => p !== undefined).join(' ')
    const tracking = notice.carrierPro ?? notice.billOfLading ?? trackingOf(notice)
    const records = byOrder(notice.orders).map((order): ReceiptRecord => {
      const sent = lastSent(context.history(order.number), tradingPartner)
      const whose = { tables, tradingPartner, sent, ours: 'buyerPart', find } as const
      const lines = order.lines
        .filter(({ shipped }) => !isZero(shipped))
        .flatMap((line) => receiptLine(goodsOf(line), whose) ?? [])
      return {
        order: order.number,
        mode,
        ...(tracking === undefined ? {} : { tracking }),
        note: `Ship notice (856) ${shipment} of ${notice.shipDate ?? 'unknown date'}${carrier ? `, ${carrier}` : ''}`,
        ...(notice.deliveryDate === undefined ? {} : { date: notice.deliveryDate }),
        lines,
      }
    })
    if (find.problems.length > 0) return held(find)
    const withGoods = records.filter((r) => r.lines.length > 0)
    if (withGoods.length === 0) return skipped(find, 'RECEIPT_WITHOUT_GOODS', `Ship notice ${shipment} lists no goods.`)
    find.decide({
      field: 'mode',
      rule: 'receipt.mode',
      input: `receipts.validatedBy=${settings.receipts.validatedBy}`,
      value: mode,
    })
    const writes = withGoods.map((record) => ({
      connection: context.connections.odoo ?? '',
      operation: 'receive-goods',
      reference: `856:${tradingPartner}:${shipment}:${record.order}`,
      record: toJson(record),
    }))
    return written(find, writes, {
      snapshot: keepReceipt({
        mode,
        shipment,
        orders: withGoods.map((r) => r.order),
        goods: Object.fromEntries(
          withGoods.flatMap((r) => Object.entries(goodsIn(r.lines)).map(([key, q]) => [`${r.order} ${key}`, q])),
        ),
      }),
      index: [...numbers, ...trackingIndexes(notice.orders.flatMap((o) => o.lines.map((l) => l.tracking)))],
    })
  },
}

type Order = AdvanceShipNotice['orders'][number]

/** Releases of one order are one order in Odoo, and what came of them one receipt. */
const byOrder = (orders: readonly Order[]): Pick<Order, 'number' | 'lines'>[] =>
  [...Map.groupBy(orders, (o) => o.number)].map(([number, same]) => ({ number, lines: same.flatMap((o) => o.lines) }))

/** Odoo keeps serial numbers as lots of one piece. */
const goodsOf = ({ shipped, lot, serial, ...line }: Order['lines'][number]): Goods => ({
  ...line,
  quantity: shipped,
  lot: lot ?? serial,
})

/** Parcels have a number each: the first one stands for the shipment, as Odoo has one field. */
const trackingOf = ({ orders }: AdvanceShipNotice): string | undefined =>
  orders.flatMap((o) => o.lines.map((l) => l.tracking)).find((t) => t !== undefined)
