import type { MapResult } from '../../../core/exchange.ts'
import type { Flow } from '../../../core/flow.ts'
import type { AdvanceShipNotice } from '../../../documents/advance-ship-notice.ts'
import { createFindings, held, skipped, toJson, written } from '../../../edi/findings.ts'
import { resolvePartner } from '../../../edi/resolve/partner.ts'
import type { ReceiptRecord } from '../../../systems/odoo/records.ts'
import { settleKnown } from '../receipt/known.ts'
import { receiptLine } from '../receipt/record.ts'
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
    resolvePartner(tables, { tradingPartner }, find, 'Header.ShipmentHeader.TradingPartnerId')
    if (notice.orders.length === 0)
      find.hold('RECEIPT_WITHOUT_ORDER', `Ship notice ${shipment} names no purchase order.`, 'OrderLevel')
    const mode = settings.receipts.validatedBy === 'ship-notice' ? ('validate' as const) : ('announce' as const)
    const carrier = [notice.carrier?.scac, notice.carrier?.routing].filter((p) => p !== undefined).join(' ')
    const tracking = notice.carrierPro ?? notice.billOfLading ?? trackingOf(notice)
    const records = notice.orders.map((order): ReceiptRecord => {
      const sent = lastSent(context.history(order.number), tradingPartner)
      const lines = order.lines.flatMap(
        (line) =>
          receiptLine({ ...line, quantity: line.shipped }, { tables, tradingPartner, sent, ours: 'buyerPart', find }) ??
          [],
      )
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
      snapshot: { receipt: { mode } },
      index: [...new Set(notice.orders.map((o) => o.number))],
    })
  },
}

/** Parcels have a number each: the first one stands for the shipment, as Odoo has one field. */
const trackingOf = ({ orders }: AdvanceShipNotice): string | undefined =>
  orders.flatMap((o) => o.lines.map((l) => l.tracking)).find((t) => t !== undefined)
