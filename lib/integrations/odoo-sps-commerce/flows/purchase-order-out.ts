import { add, cents, multiply, toNumber } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../edi/findings.ts'
import { nameSafe } from '../../../edi/order/identity.ts'
import { answerMeta } from '../../../edi/outbound/order-sections.ts'
import { type Partner, partnersOfCustomer, resolvePartner } from '../../../edi/resolve/partner.ts'
import { prune, type RsxOrder, uploadReference } from '../../../systems/sps-commerce/records.ts'
import { choice, modelFor } from '../erp/partner.ts'
import { asAgreed } from '../sent-order/agreed.ts'
import { changedLineItems } from '../sent-order/change.ts'
import { headerFacts, orderHeader } from '../sent-order/header.ts'
import { type OrderedLine, orderedLines } from '../sent-order/lines.ts'
import { keepSent, lastSent, type SentOrder } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

/** Purchase order of Odoo → 850 to the supplier; changed or cancelled later, the supplier is told. */
export const purchaseOrderOutFlow: Flow<ErpPurchaseOrder, Settings> = {
  name: 'purchase-order-out',
  source: 'odoo',
  types: ['erp-purchase-order'],
  lookups: ({ number }) => [{ number }],

  map(order, context): MapResult {
    const find = createFindings()
    const partner = supplier(order, context, find) ?? supplierTold(order, context, find)
    if (find.problems.length > 0) return held(find)
    if (!partner) return skipped(find, 'VENDOR_NOT_EDI', `Vendor ${order.vendor ?? '(none)'} is no trading partner.`)
    const history = context.history(order.number)
    const sent = lastSent(history, partner.tradingPartner)
    const before = sent && asAgreed(sent, history)
    if (order.state === 'cancelled' || order.state === 'deleted') return cancel(order, before, partner, context, find)
    if (order.state === 'draft')
      return skipped(find, 'NOT_ELIGIBLE', 'The order is a draft; it is sent once it is confirmed.')
    if (before?.cancelled) {
      const message = `Order ${order.number} was cancelled at the supplier and is placed again. Use a new order.`
      find.hold('ORDER_CANCELLED', message, 'state')
      return held(find)
    }
    const lines = orderedLines(order, before, { tables: context.tables, tradingPartner: partner.tradingPartner, find })
    if (lines.length === 0 && find.problems.length === 0)
      find.hold('ORDER_WITHOUT_LINES', `Order ${order.number} has no line with a quantity.`, 'order_line')
    if (find.problems.length > 0) return held(find)
    return before
      ? change(order, before, lines, partner, context, find)
      : send(order, '00', 1, lines, partner, context, find)
  },
}

/** A record that is gone names no vendor any more: the supplier that was sent the order is told. */
function supplierTold(
  order: ErpPurchaseOrder,
  { tables, history }: MapContext<Settings>,
  find: Findings,
): Partner | undefined {
  const sent = order.state === 'deleted' ? lastSent(history(order.number)) : undefined
  return sent && resolvePartner(tables, { tradingPartner: sent.tradingPartner }, find, 'partner_id')
}

/** The trading partner of the vendor; undefined where it is none. Several hold: an order goes to one. */
function supplier(
  order: ErpPurchaseOrder,
  { tables, settings }: MapContext<Settings>,
  find: Findings,
): Partner | undefined {
  const { vendor } = order
  const candidates = (vendor === undefined ? [] : partnersOfCustomer(tables, vendor)).flatMap((tradingPartner) => {
    const row = resolvePartner(tables, { tradingPartner, customer: vendor }, find, 'partner_id')
    return row && modelFor(row, settings, find) !== 'sale.order' ? [row] : []
  })
  const [partner, ...others] = candidates
  if (others.length > 0)
    find.hold(
      'PARTNER_AMBIGUOUS',
      `Vendor ${vendor} is several trading partners: ${candidates.map((c) => c.tradingPartner).join(', ')}.`,
      'partner_id',
    )
  return partner
}

function cancel(
  order: ErpPurchaseOrder,
  before: SentOrder | undefined,
  partner: Partner,
  context: MapContext<Settings>,
  find: Findings,
): MapResult {
  if (!before) return skipped(find, 'NOT_ELIGIBLE', `Order ${order.number} is ${order.state} and was never sent.`)
  if (before.cancelled)
    return skipped(find, 'ALREADY_CANCELLED', `The supplier was told that order ${order.number} is cancelled.`)
  const sequence = before.sequence + 1
  const header = orderHeader(order, '01', partner, context.tables)
  const write = writeOf('send-purchase-order', { Header: header }, order, sequence, partner, context)
  return written(find, [write], { snapshot: keepSent({ ...before, sequence, cancelled: true }) })
}

function change(
  order: ErpPurchaseOrder,
  before: SentOrder,
  lines: OrderedLine[],
  partner: Partner,
  context: MapContext<Settings>,
  find: Findings,
): MapResult {
  const items = changedLineItems(before, lines)
  // The header's date follows from the lines': where they are as agreed, it says nothing of its own.
  const sameDates = lines.every(({ sent }) => before.lines.find((l) => l.number === sent.number)?.date === sent.date)
  const facts = { ...headerFacts(order), ...(sameDates ? { plannedDate: before.header.plannedDate ?? '' } : {}) }
  const sameHeader = JSON.stringify(facts) === JSON.stringify(before.header)
  if (items.length === 0 && sameHeader)
    return skipped(find, 'NO_CHANGE', `The supplier has order ${order.number} as it stands.`)
  const wish = choice(partner, 'orderChanges', ['replace', 'change', 'hold'], find)
  const sequence = before.sequence + 1
  if (wish === 'hold')
    find.hold(
      'ORDER_CHANGED_AFTER_SENDING',
      `Order ${order.number} was changed after it was sent: ${items.length} lines${sameHeader ? '' : ' and its header'}. Tell the supplier.`,
    )
  if (find.problems.length > 0) return held(find)
  if (wish !== 'change') return send(order, '05', sequence, lines, partner, context, find, before)
  const header = orderHeader(order, '04', partner, context.tables)
  Object.assign(header.OrderHeader, {
    ChangeOrderSeqNumber: String(before.sequence),
    POChangeDate: context.capturedAt.slice(0, 10),
  })
  const record = { Header: header, LineItem: items, Summary: { TotalLineItemNumber: items.length } }
  const write = writeOf('send-purchase-order-change', record, order, sequence, partner, context)
  return written(find, [write], { snapshot: keepSent(sentOrder(order, sequence, lines, partner, before)) })
}

function send(
  order: ErpPurchaseOrder,
  purpose: '00' | '05',
  sequence: number,
  lines: OrderedLine[],
  partner: Partner,
  context: MapContext<Settings>,
  find: Findings,
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
  return written(find, [write], { snapshot: keepSent(sentOrder(order, sequence, lines, partner, before)) })
}

const sentOrder = (
  order: ErpPurchaseOrder,
  sequence: number,
  lines: readonly OrderedLine[],
  { tradingPartner }: Partner,
  before: SentOrder | undefined,
): SentOrder => {
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

function writeOf(
  operation: 'send-purchase-order' | 'send-purchase-order-change',
  record: Omit<RsxOrder, 'Meta'>,
  { number }: ErpPurchaseOrder,
  sequence: number,
  partner: Partner,
  { connections }: MapContext<Settings>,
) {
  const key = `${partner.tradingPartner}-${number}${sequence > 1 ? `-${sequence}` : ''}`
  return {
    connection: connections['sps-commerce'] ?? '',
    operation,
    reference: uploadReference(operation, nameSafe(key)),
    record: toJson(prune<RsxOrder>({ Meta: answerMeta(undefined, partner), ...record })),
  }
}
