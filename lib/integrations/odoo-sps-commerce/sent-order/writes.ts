import { add, cents, multiply, toNumber } from '../../../core/decimal.ts'
import type { MapResult, Write } from '../../../core/exchange.ts'
import { type Findings, toJson, written } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import { nameSafe } from '../../../edi/order/identity.ts'
import { answerMeta } from '../../../edi/outbound/order-sections.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import { prune, type RsxOrder, uploadReference } from '../../../systems/sps-commerce/records.ts'
import type { Settings } from '../settings.ts'
import { headerFacts, orderHeader } from './header.ts'
import type { OrderedLine } from './lines.ts'
import { keepSent, type SentOrder } from './snapshot.ts'

/** An order that goes to a supplier, as it stands in Odoo. */
export interface Sending {
  order: ErpPurchaseOrder
  lines: OrderedLine[]
  partner: Partner
  context: MapContext<Settings>
  find: Findings
}

/** The 850: the first one, or one that replaces what the supplier has. */
export function wholeOrder(
  { order, lines, partner, context, find }: Sending,
  purpose: '00' | '05',
  sequence: number,
  before?: SentOrder,
): MapResult {
  const total = cents(add('0', ...lines.map(({ sent }) => cents(multiply(sent.price, sent.quantity)))))
  find.decide({
    field: 'Header.OrderHeader.TsetPurposeCode',
    rule: '850-out.purpose',
    input: before ? 'sent before' : 'first',
    value: purpose,
  })
  const record = {
    Header: orderHeader(order, purpose, partner, context.tables),
    LineItem: lines.map(({ item }) => item),
    Summary: { TotalAmount: toNumber(total), TotalLineItemNumber: lines.length },
  }
  const write = writeOf('send-purchase-order', record, order, sequence, partner, context)
  return written(find, [write], { snapshot: keepSent(asSent(order, sequence, lines, partner, before)) })
}

/** The 850 with purpose 01, and the order as its supplier then has it. */
export function cancellation(
  order: ErpPurchaseOrder,
  before: SentOrder,
  partner: Partner,
  context: MapContext<Settings>,
): { write: Write; order: SentOrder } {
  const sequence = before.sequence + 1
  const header = orderHeader(order, '01', partner, context.tables)
  const write = writeOf('send-purchase-order', { Header: header }, order, sequence, partner, context)
  return { write, order: { ...before, sequence, cancelled: true } }
}

/** The order as its supplier has it once this was sent. */
export function asSent(
  order: ErpPurchaseOrder,
  sequence: number,
  lines: readonly OrderedLine[],
  { tradingPartner }: Partner,
  before: SentOrder | undefined,
): SentOrder {
  const now = new Set(lines.map(({ sent }) => sent.number))
  const gone = (before?.lines ?? []).map((l) => l.number).filter((n) => !now.has(n))
  return {
    tradingPartner,
    number: order.number,
    sequence,
    cancelled: false,
    lines: lines.map(({ sent }) => sent),
    gone: [...(before?.gone ?? []), ...gone],
    header: headerFacts(order),
  }
}

export function writeOf(
  operation: 'send-purchase-order' | 'send-purchase-order-change',
  record: Omit<RsxOrder, 'Meta'>,
  { number }: ErpPurchaseOrder,
  sequence: number,
  partner: Partner,
  { connections }: Pick<MapContext, 'connections'>,
): Write {
  const key = `${partner.tradingPartner}-${number}${sequence > 1 ? `-${sequence}` : ''}`
  return {
    connection: connections['sps-commerce'] ?? '',
    operation,
    reference: uploadReference(operation, nameSafe(key)),
    record: toJson(prune<RsxOrder>({ Meta: answerMeta(undefined, partner), ...record })),
  }
}
