import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import type { Flow, HistoryEntry } from '../../../core/flow.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import { acknowledge } from '../../../edi/acknowledgement/acknowledge.ts'
import type { AcceptedOrder } from '../../../edi/erp.ts'
import { createFindings, held, skipped, toJson } from '../../../edi/findings.ts'
import { ediOrder, purchaseNumbersOf } from '../../../edi/outbound/edi-order.ts'
import { partnersOfCustomer } from '../../../edi/resolve/partner.ts'
import { orderAsStands } from '../answer/order-as-stands.ts'
import type { Settings } from '../settings.ts'

/** What is kept of an order in Odoo: the answer to a purchase order of several stores needs them all. */
const snapshot = z.object({
  receivedOrder: z.object({
    externalRef: z.string(),
    state: z.string(),
    number: z.string(),
    lines: z.array(z.object({ externalRef: z.string(), quantity: decimal, price: decimal })),
  }),
})
type Kept = z.infer<typeof snapshot>['receivedOrder']

/** Order in Odoo that a retailer's 850 became → 855: what was accepted, once it is confirmed or cancelled there. */
export const acknowledgementOutFlow: Flow<ReceivedOrder, Settings> = {
  name: 'acknowledgement-out',
  source: 'odoo',
  types: ['received-order'],
  lookups: ({ order }) => [order.number, ...purchaseNumbersOf(order)].map((number) => ({ number })),

  map(received, context): MapResult {
    const find = createFindings()
    const { order, state } = received
    const { tables, settings } = context
    if (settings.acknowledge === 'created')
      return skipped(find, 'ALREADY_SENT', 'The order was answered when it was created (acknowledge in the settings).')
    if (state === 'draft' || state === 'deleted')
      return skipped(find, 'NOT_ELIGIBLE', `The order is ${state}; it is answered once it is confirmed or cancelled.`)
    if (order.customer === undefined || partnersOfCustomer(tables, order.customer).length === 0)
      return skipped(find, 'NOT_EDI', `Customer ${order.customer ?? '(none)'} is no trading partner.`)
    // Nobody waits for the answer to an order that a person entered.
    const edi = ediOrder(order, context.history(order.number), tables, false)
    if (!edi) return skipped(find, 'NOT_EDI', `Order ${order.number} did not come by EDI.`)
    if ('untold' in edi) {
      find.hold(edi.untold.code, edi.untold.message, 'origin')
      return held(find)
    }
    const earlier = [...context.history(order.number), ...context.history(edi.number)].filter(
      (h) => h.type === 'received-order' && (h.state === 'mapped' || h.state === 'delivered'),
    )
    const own: Kept = {
      externalRef: order.externalRef ?? order.number,
      state,
      number: order.number,
      // What a cancelled order still lists is not accepted.
      lines: state === 'cancelled' ? [] : linesOf(received),
    }
    if (earlier.some((h) => h.key === context.key && h.targets.length > 0))
      return skipped(find, 'ALREADY_SENT', `Order ${edi.number} was answered; a later change is agreed by hand.`)
    if (edi.snapshot?.cancelled)
      return skipped(
        find,
        'ALREADY_CANCELLED',
        `Order ${edi.number} was cancelled by the retailer; nothing is answered.`,
      )
    const asked = edi.snapshot ?? orderAsStands(received, edi, tables, find)
    if (!asked) return held(find)
    const parts = partsOf(asked.parts, own, earlier)
    const kept = { snapshot: toJson({ receivedOrder: own }), index: [edi.number] }
    if (!parts) {
      const message = `Order ${edi.number} is ${asked.parts.length} orders in Odoo; it is answered when all are confirmed.`
      find.warn('WAITS_FOR_PARTS', message)
      return { outcome: 'write', writes: [], ...kept, decisions: find.decisions, warnings: find.warnings }
    }
    const answer = { order: asked, accepted: parts, promised: received.promisedDate, replaced: false }
    return (
      acknowledge(answer, context, kept) ??
      skipped(find, 'NOT_ELIGIBLE', 'The partner wants no acknowledgements (acknowledge in its row).')
    )
  },
}

const linesOf = ({ accepted }: ReceivedOrder): Kept['lines'] =>
  accepted.flatMap(({ externalRef, line, quantity, unitPrice }) => ({
    externalRef: externalRef ?? line,
    quantity,
    price: unitPrice,
  }))

/** Every order of a purchase order as Odoo has it; undefined while one of them is still a draft. */
function partsOf(
  parts: readonly { externalRef: string }[],
  own: Kept,
  earlier: readonly HistoryEntry[],
): AcceptedOrder[] | undefined {
  const known = new Map(
    earlier.flatMap((h) => {
      const read = snapshot.safeParse(h.snapshot)
      return read.success ? [[read.data.receivedOrder.externalRef, read.data.receivedOrder] as const] : []
    }),
  )
  known.set(own.externalRef, own)
  if (parts.length < 2) return [own]
  const found = parts.flatMap(({ externalRef }) => known.get(externalRef) ?? [])
  return found.length === parts.length ? found : undefined
}
