import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import { choice } from '../erp/partner.ts'
import { asAgreed } from '../sent-order/agreed.ts'
import { changedLineItems } from '../sent-order/change.ts'
import { headerFacts, orderHeader } from '../sent-order/header.ts'
import { type OrderedLine, orderedLines } from '../sent-order/lines.ts'
import { keepSent, type SentOrder, sentOrders } from '../sent-order/snapshot.ts'
import { supplier, toldSupplier } from '../sent-order/supplier.ts'
import { asSent, cancellation, type Sending, wholeOrder, writeOf } from '../sent-order/writes.ts'
import type { Settings } from '../settings.ts'

/** Purchase order of Odoo → 850 to the supplier; changed or cancelled later, the supplier is told. */
export const purchaseOrderOutFlow: Flow<ErpPurchaseOrder, Settings> = {
  name: 'purchase-order-out',
  source: 'odoo',
  types: ['erp-purchase-order'],
  lookups: ({ number }) => [{ number }],

  map(order, context): MapResult {
    const find = createFindings()
    // Companies may count alike: another order of the same number is not this one.
    const history = context
      .history(order.number)
      .filter((h) => h.type !== 'erp-purchase-order' || h.key === context.key)
    const sent = sentOrders(history)
    const gone = order.state === 'cancelled' || order.state === 'deleted'
    const partner = supplier(order, context, find)
    // Suppliers that have the order and are not its vendor any more: a record that is gone names no vendor at all.
    const told = order.state === 'draft' ? [] : [...sent.values()].filter((o) => !o.cancelled)
    const withdrawals = told
      .filter((o) => gone || o.tradingPartner !== partner?.tradingPartner)
      .flatMap((o) => {
        const to = toldSupplier(o, partner, context, find)
        return to ? [cancellation(order, o, to, context)] : []
      })
    if (find.problems.length > 0) return held(find)
    if (withdrawals.length === 0 && (!partner || gone)) return nothingToTell(order, partner, sent, find)
    const own: MapResult | undefined =
      partner && !gone ? placed(order, partner, sent.get(partner.tradingPartner), context, find) : undefined
    return withdrawals.length === 0 && own ? own : together(withdrawals, own, find)
  },
}

function nothingToTell(
  order: ErpPurchaseOrder,
  partner: Partner | undefined,
  sent: ReadonlyMap<string, SentOrder>,
  find: Findings,
): MapResult {
  if (sent.size > 0 && order.state !== 'draft')
    return skipped(find, 'ALREADY_CANCELLED', `The supplier was told that order ${order.number} is cancelled.`)
  if (!partner && order.state !== 'deleted')
    return skipped(find, 'VENDOR_NOT_EDI', `Vendor ${order.vendor ?? '(none)'} is no trading partner.`)
  return skipped(find, 'NOT_ELIGIBLE', `Order ${order.number} is ${order.state} and was never sent.`)
}

/** What other suppliers are told, with what becomes of the order at its own. */
function together(
  withdrawals: readonly ReturnType<typeof cancellation>[],
  own: MapResult | undefined,
  find: Findings,
): MapResult {
  if (own && own.outcome !== 'write' && own.outcome !== 'skipped') return own
  const orders = withdrawals.map((o) => o.order)
  const kept = own?.outcome === 'write' && readOrder(own)
  const [first, ...others] = kept ? [kept, ...orders] : orders
  const writes = [...withdrawals.map((o) => o.write), ...(own?.outcome === 'write' ? own.writes : [])]
  return written(find, writes, first ? { snapshot: keepSent(first, others) } : {})
}

const readOrder = ({ snapshot }: { snapshot?: unknown }): SentOrder | undefined =>
  (snapshot as { sentOrder?: SentOrder } | undefined)?.sentOrder

function placed(
  order: ErpPurchaseOrder,
  partner: Partner,
  sent: SentOrder | undefined,
  context: MapContext<Settings>,
  find: Findings,
): MapResult {
  const before = sent && asAgreed(sent, context.history(order.number))
  if (order.state === 'draft')
    return skipped(find, 'NOT_ELIGIBLE', 'The order is a draft; it is sent once it is confirmed.')
  if (before?.cancelled) {
    const message = `Order ${order.number} was cancelled at the supplier and is placed again. Use a new order.`
    find.hold('ORDER_CANCELLED', message, 'state')
    return held(find)
  }
  const lines = orderedLines(order, before, { tables: context.tables, tradingPartner: partner.tradingPartner, find })
  if (lines.length === 0 && find.problems.length === 0)
    find.hold(
      'ORDER_WITHOUT_LINES',
      `Order ${order.number} has no line with a quantity${before ? '; cancel it in Odoo, so that the supplier is told' : ''}.`,
      'order_line',
    )
  if (find.problems.length > 0) return held(find)
  const sending = { order, lines, partner, context, find }
  return before ? change(sending, before) : wholeOrder(sending, '00', 1)
}

function change(sending: Sending, before: SentOrder): MapResult {
  const { order, lines, partner, context, find } = sending
  const items = changedLineItems(before, lines)
  const facts = factsOf(order, lines, before)
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
  if (wish !== 'change') return wholeOrder(sending, '05', sequence, before)
  const header = orderHeader(order, '04', partner, context.tables)
  Object.assign(header.OrderHeader, {
    ChangeOrderSeqNumber: String(before.sequence),
    POChangeDate: context.capturedAt.slice(0, 10),
  })
  const record = { Header: header, LineItem: items, Summary: { TotalLineItemNumber: items.length } }
  const write = writeOf('send-purchase-order-change', record, order, sequence, partner, context)
  return written(find, [write], { snapshot: keepSent(asSent(order, sequence, lines, partner, before)) })
}

/** The header's date follows from the lines': where they are as agreed, it says nothing of its own. */
function factsOf(order: ErpPurchaseOrder, lines: readonly OrderedLine[], before: SentOrder) {
  const sameDates = lines.every(({ sent }) => before.lines.find((l) => l.number === sent.number)?.date === sent.date)
  return { ...headerFacts(order), ...(sameDates ? { plannedDate: before.header.plannedDate ?? '' } : {}) }
}
