import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'
import type { ErpOrder } from '../../../documents/erp-order.ts'
import type { AcceptedOrder } from '../../../edi/erp.ts'
import { isOrder } from '../../../edi/order/thread.ts'
import { madeOf } from '../../../edi/outbound/edi-order.ts'

const receivedOrder = z.object({
  externalRef: z.string(),
  state: z.string(),
  number: z.string(),
  lines: z.array(z.object({ externalRef: z.string(), quantity: decimal, price: decimal })),
  /** Set where the answer went out with it: which 850 it answers, by its hash; '' where the ledger has none. */
  answers: z.string().optional(),
})

/** What is kept of an order in Odoo: the answer to a purchase order of several stores needs them all. */
export type KeptOrder = z.infer<typeof receivedOrder>

const kept = z.object({ receivedOrder })

export const keepOrder = (order: KeptOrder): Json => ({ receivedOrder: order }) as unknown as Json

/** Orders in Odoo that were looked at before, oldest first. */
export const keptOrders = (history: readonly HistoryEntry[]): KeptOrder[] =>
  history
    .filter((h) => h.type === 'received-order' && (h.state === 'mapped' || h.state === 'delivered'))
    .flatMap((h) => {
      const read = kept.safeParse(h.snapshot)
      return read.success ? [read.data.receivedOrder] : []
    })

/** Every order of a purchase order as Odoo has it; undefined while one of them is still a draft. */
export function partsOf(
  parts: readonly { externalRef: string }[],
  own: KeptOrder,
  earlier: readonly KeptOrder[],
): AcceptedOrder[] | undefined {
  const asAccepted = (order: KeptOrder): AcceptedOrder => ({ ...order, net: true })
  if (parts.length < 2) return [asAccepted(own)]
  const known = new Map([...earlier, own].map((order) => [order.externalRef, order]))
  const found = parts.flatMap(({ externalRef }) => known.get(externalRef) ?? [])
  return found.length === parts.length ? found.map(asAccepted) : undefined
}

/** The 850 that an order in Odoo stands for now, by its hash: the last one that took effect there. */
export const answeredOrder = (order: ErpOrder, history: readonly HistoryEntry[]): string =>
  madeOf(order, history)
    .filter(isOrder)
    .toSorted((a, b) => at(a).localeCompare(at(b)))
    .at(-1)?.hash ?? ''

const at = ({ targets, capturedAt }: HistoryEntry): string => targets[0]?.at ?? capturedAt
