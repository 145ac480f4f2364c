import { add, cents, toNumber } from '../../core/decimal.ts'
import type { Json, MapResult } from '../../core/exchange.ts'
import { createFindings, held, toJson, written } from '../../core/findings.ts'
import type { MapContext } from '../../core/flow.ts'
import { prune, type RsxOrderAck, type RsxOrderLineItem, uploadReference } from '../../systems/sps-commerce/records.ts'
import type { AcceptedOrder } from '../erp.ts'
import { orderLinePath } from '../order/context.ts'
import { scheduledShipment } from '../order/header.ts'
import { nameSafe, orderKey } from '../order/identity.ts'
import { placesOf } from '../order/ship-to.ts'
import type { OrderSnapshot, SnapshotLine } from '../order/snapshot.ts'
import { answerMeta, toRsxAddress, toRsxNumbers } from '../outbound/order-sections.ts'
import { resolvePartner } from '../resolve/partner.ts'
import { acceptedLines, answerLine, type LineAnswer } from './line-status.ts'

/** What an 855 answers. */
export interface Answer {
  /** The order as the retailer sent it, or changed it since. */
  order: OrderSnapshot
  /** What the ERP holds of it, one for each store where it was split. */
  accepted: readonly AcceptedOrder[]
  /** The day on which the ERP promises to ship; the order's own where absent. */
  promised?: string | undefined
  /** True where the retailer had an answer to an earlier version of the order. */
  replaced: boolean
}

/**
 * The 855 for an order the ERP has taken: what was accepted, line by line (sps-commerce.md 7.3). Undefined where the
 * partner wants none.
 */
export function acknowledge(
  { order, accepted: orders, promised, replaced }: Answer,
  context: MapContext,
  kept: { snapshot?: Json; index?: string[] } = {},
): MapResult | undefined {
  const find = createFindings()
  const { tradingPartner, vendor } = order
  const clues = { tradingPartner, vendor, places: placesOf(order), customer: order.customer }
  const partner = resolvePartner(context.tables, clues, find)
  if (partner?.acknowledge === 'no') return undefined

  const shipDate = promised ?? scheduledShipment(order)
  const accepted = acceptedLines(orders)
  const answers = order.lines.map((line, index) => {
    const answer = answerLine(line, accepted.get(line.line), shipDate)
    if (!answer)
      find.hold(
        'QUANTITY_NOT_EXACT',
        `Line ${line.line}: what the ERP accepted is no exact quantity in ${line.resolved.unit}.`,
        orderLinePath(index),
      )
    return { line, answer }
  })
  const type = typeOf(answers.flatMap(({ answer }) => answer ?? []))
  find.decide({
    field: 'Header.OrderHeader.AcknowledgementType',
    rule: '855.type',
    input: answers
      .map(({ line, answer }) => `${line.line}=${answer?.entries.map((e) => e.ItemStatusCode).join('+') ?? '?'}`)
      .join(' '),
    value: type,
    ...(partner ? { table: partner.source } : {}),
  })
  if (find.problems.length > 0) return held(find)
  const record = prune<RsxOrderAck>({
    Meta: answerMeta(order, partner),
    Header: {
      OrderHeader: orderHeader(order, type, orders, context.capturedAt),
      Dates: dateSection(shipDate),
      Address: order.parties.filter((p) => p.role === 'ST').map(toRsxAddress),
      References: order.references
        .filter((r) => r.qualifier === 'CT')
        .map((r) => ({ ReferenceQual: r.qualifier, ReferenceID: r.id })),
    },
    LineItem: answers.flatMap(({ line, answer }) => (answer ? [lineItem(line, answer)] : [])),
    Summary: { TotalAmount: totalOf(order), TotalLineItemNumber: answers.length },
  })
  // A retailer that revises by sending the order again gets an answer to each: the second is not the first repeated.
  const write = {
    connection: context.connections['sps-commerce'] ?? '',
    operation: 'send-acknowledgement',
    reference: uploadReference(
      'send-acknowledgement',
      nameSafe(`${orderKey(order)}${replaced ? `-${context.hash.slice(0, 8)}` : ''}`),
    ),
    record: toJson(record),
  }
  return written(find, [write], kept)
}

const dateSection = (shipDate: string | undefined) =>
  shipDate === undefined ? [] : [{ DateTimeQualifier: '068', Date: shipDate }]

/** AD only where every line is accepted as it was ordered; the header and the lines must agree. */
const typeOf = (answers: readonly LineAnswer[]): 'AD' | 'AC' | 'RD' => {
  if (answers.every((a) => a.asOrdered)) return 'AD'
  return answers.every((a) => a.rejected) ? 'RD' : 'AC'
}

const orderHeader = (
  order: OrderSnapshot,
  type: string,
  orders: readonly AcceptedOrder[],
  capturedAt: string,
): RsxOrderAck['Header']['OrderHeader'] => {
  // Several orders (one a store) have no one number.
  const number = orders.length === 1 ? orders[0]?.number : undefined
  return {
    TradingPartnerId: order.tradingPartner,
    PurchaseOrderNumber: order.number,
    TsetPurposeCode: '00',
    PurchaseOrderDate: order.date,
    ReleaseNumber: order.release,
    AcknowledgementNumber: number,
    AcknowledgementType: type,
    InternalOrderNumber: number,
    AcknowledgementDate: capturedAt.slice(0, 10),
    BuyersCurrency: order.currency,
    Department: order.department,
    Vendor: order.vendor,
    Division: order.division,
    CustomerOrderNumber: order.customerOrder,
  }
}

const lineItem = (line: SnapshotLine, answer: LineAnswer): RsxOrderLineItem => ({
  OrderLine: {
    LineSequenceNumber: line.line,
    ...toRsxNumbers(line.numbers),
    OrderQty: toNumber(line.resolved.quantity),
    OrderQtyUOM: line.resolved.unit,
    PurchasePrice: line.price === undefined ? undefined : toNumber(line.price),
    PurchasePriceBasis: line.priceBasis,
  },
  LineItemAcknowledgement: answer.entries,
})

/** Gross of the order as it was sent; absent where a line has no price. */
function totalOf({ lines }: OrderSnapshot): number | undefined {
  const amounts = lines.map((l) => l.resolved.gross)
  return amounts.every((a) => a !== undefined) ? toNumber(cents(add('0', ...amounts))) : undefined
}
