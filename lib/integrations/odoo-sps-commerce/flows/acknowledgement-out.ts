import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, held, skipped, written } from '../../../core/findings.ts'
import type { Flow } from '../../../core/flow.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import { acknowledge } from '../../../edi/acknowledgement/acknowledge.ts'
import { readExternalRef } from '../../../edi/order/identity.ts'
import { ediOrder, purchaseNumbersOf } from '../../../edi/outbound/edi-order.ts'
import { partnersOfCustomer } from '../../../edi/resolve/partner.ts'
import { orderAsStands } from '../answer/order-as-stands.ts'
import { answeredOrder, keepOrder, keptOrders, partsOf } from '../answer/parts.ts'
import { receivedLines } from '../answer/received.ts'
import type { Settings } from '../settings.ts'

/** Order in Odoo that a retailer's 850 became → 855: what was accepted, once it is confirmed or cancelled there. */
export const acknowledgementOutFlow: Flow<ReceivedOrder, Settings> = {
  name: 'acknowledgement-out',
  source: 'odoo',
  types: ['received-order'],
  lookups: ({ order }) => [order.number, ...purchaseNumbersOf(order)].map((number) => ({ number })),

  map(received, context): MapResult {
    const find = createFindings()
    const { state } = received
    const order = withNumber(received.order)
    const { tables, settings } = context
    if (settings.acknowledge === 'created')
      return skipped(find, 'ALREADY_SENT', 'The order was answered when it was created (acknowledge in the settings).')
    if (state === 'draft' || state === 'deleted')
      return skipped(find, 'NOT_ELIGIBLE', `The order is ${state}; it is answered once it is confirmed or cancelled.`)
    if (order.customer === undefined || partnersOfCustomer(tables, order.customer).length === 0)
      return skipped(find, 'NOT_EDI', `Customer ${order.customer ?? '(none)'} is no trading partner.`)
    // Nobody waits for the answer to an order that a person entered.
    const known = [order.number, ...purchaseNumbersOf(order)].flatMap((number) => context.history(number))
    const edi = ediOrder(order, known, tables, false)
    if (!edi) return skipped(find, 'NOT_EDI', `Order ${order.number} did not come by EDI.`)
    if ('untold' in edi) {
      find.hold(edi.untold.code, edi.untold.message, 'origin')
      return held(find)
    }
    if (edi.snapshot?.cancelled)
      return skipped(
        find,
        'ALREADY_CANCELLED',
        `Order ${edi.number} was cancelled by the retailer; nothing is answered.`,
      )
    const asked = edi.snapshot ?? orderAsStands(received, edi, tables, find)
    if (!asked) return held(find)
    const externalRef = order.externalRef ?? order.number
    const ofOrder = new Set([externalRef, ...asked.parts.map((p) => p.externalRef)])
    const earlier = keptOrders([...context.history(order.number), ...context.history(edi.number)]).filter((o) =>
      ofOrder.has(o.externalRef),
    )
    const answers = answeredOrder(order, known)
    if (earlier.some((o) => o.answers === answers))
      return skipped(find, 'ALREADY_SENT', `Order ${edi.number} was answered; a later change is agreed by hand.`)
    const own = { externalRef, state, number: order.number, lines: receivedLines(received, asked, find) }
    if (find.problems.length > 0) return held(find)
    const parts = partsOf(asked.parts, own, earlier)
    const index = [edi.number]
    if (!parts) {
      const message = `Order ${edi.number} is ${asked.parts.length} orders in Odoo; it is answered when all are confirmed.`
      find.warn('WAITS_FOR_PARTS', message)
      return written(find, [], { snapshot: keepOrder(own), index })
    }
    const replaced = earlier.some((o) => o.answers !== undefined)
    const kept = { snapshot: keepOrder({ ...own, answers }), index }
    const answer = { order: asked, accepted: parts, promised: received.promisedDate, replaced }
    const result = acknowledge(answer, context, kept)
    if (!result) return skipped(find, 'NOT_ELIGIBLE', 'The partner wants no acknowledgements (acknowledge in its row).')
    return {
      ...result,
      decisions: [...find.decisions, ...result.decisions],
      warnings: [...find.warnings, ...result.warnings],
    }
  },
}

/** An agreement has one reference, which is ours: the retailer's number is read from it. */
const withNumber = (order: ReceivedOrder['order']): ReceivedOrder['order'] => {
  const number = order.customerOrder ?? readExternalRef(order.externalRef ?? '')?.number
  return number === undefined ? order : { ...order, customerOrder: number }
}
