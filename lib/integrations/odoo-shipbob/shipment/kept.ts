import * as z from 'zod'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'
import { contentHash } from '../../../core/hash.ts'
import type { Shipment } from '../../../documents/shipment.ts'

const schema = z.object({
  shipment: z.object({
    state: z.enum(['open', 'shipped', 'exception', 'on-hold', 'cancelled']),
    booked: z.boolean(),
    delivered: z.boolean(),
    deliveryTrouble: z.boolean(),
    tracking: z.string().optional(),
    /** Hash over what left, and over what hinders. */
    goods: z.string(),
    reasons: z.string(),
  }),
})

/** A shipment as Odoo last heard of it. */
export type Kept = z.output<typeof schema>['shipment']

export const keptOf = (document: Shipment, booked: boolean): Kept => ({
  state: document.state,
  booked,
  delivered: document.delivered,
  deliveryTrouble: document.deliveryTrouble,
  ...(document.tracking?.number === undefined ? {} : { tracking: document.tracking.number }),
  goods: contentHash(
    document.lines
      .flatMap(({ goods }) => goods.map(({ inventory, quantity, lot }) => [inventory, lot ?? '', quantity].join('/')))
      .sort(),
  ),
  reasons: contentHash(document.details.map(({ code, name, item }) => [code ?? '', name, item ?? ''].join('/')).sort()),
})

export const keep = (shipment: Kept): Json => ({ shipment }) as unknown as Json

/**
 * The shipment as it was last taken, and whether its goods are booked: a document that was held after the booking still
 * has booked. Entries of other shipments of the order are left out.
 */
export function lastKept(history: readonly HistoryEntry[], key: string): { last: Kept | undefined; booked: boolean } {
  const own = history.filter((h) => h.type === 'shipment' && h.key === key)
  const taken = own.filter(({ state }) => state === 'mapped' || state === 'delivered')
  const last = taken
    .map(({ snapshot }) => schema.safeParse(snapshot).data?.shipment)
    .findLast((one) => one !== undefined)
  const booked = own.some(({ targets }) => targets.some(({ operation }) => operation === 'book-delivery'))
  return { last, booked: booked || last?.booked === true }
}
