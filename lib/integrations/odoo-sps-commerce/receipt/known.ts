import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { Json, MapResult } from '../../../core/exchange.ts'
import { type Findings, held, skipped } from '../../../core/findings.ts'
import type { HistoryEntry, MapContext } from '../../../core/flow.ts'

type Purpose = 'original' | 'cancel' | 'change' | 'replace' | 'confirm' | 'duplicate' | 'other'

const keptReceipt = z.object({
  receipt: z.object({
    mode: z.enum(['announce', 'validate']),
    /** The shipment as its sender named it. */
    shipment: z.string().optional(),
    orders: z.array(z.string()).default([]),
    /** Quantities by order and line, as `goodsIn` names them. */
    goods: z.record(z.string(), decimal).default({}),
  }),
})
export type KeptReceipt = z.infer<typeof keptReceipt>['receipt']

export const keepReceipt = (receipt: KeptReceipt): Json => ({ receipt }) as unknown as Json

/** What was kept of a ship notice or receipt that was taken; undefined for any other document. */
export const receiptOf = ({ snapshot }: HistoryEntry): KeptReceipt | undefined => {
  const read = keptReceipt.safeParse(snapshot)
  return read.success ? read.data.receipt : undefined
}

export const isTaken = ({ state }: HistoryEntry): boolean => state === 'mapped' || state === 'delivered'

/**
 * What becomes of a ship notice or receipt by its purpose and by what was taken of it before; undefined where it is to
 * be written. Goods that were booked are never booked again: another version of them waits for a person.
 */
export function settleKnown(
  purpose: Purpose,
  what: string,
  history: readonly HistoryEntry[],
  context: Pick<MapContext, 'key' | 'hash'>,
  type: string,
  find: Findings,
): MapResult | undefined {
  const same = history.filter((h) => h.type === type && h.key === context.key)
  const taken = same.filter(isTaken)
  if (taken.some((h) => h.hash === context.hash))
    return skipped(find, 'DUPLICATE', `${what} was already taken with the same content.`)
  if (purpose === 'duplicate' && taken.length > 0)
    return skipped(find, 'DUPLICATE', `${what} is marked as a repeat (purpose 07) and is known.`)
  if (purpose === 'confirm') return skipped(find, 'CONFIRMATION', 'A confirmation (purpose 06) moves no goods.')
  if (purpose === 'cancel') {
    const waiting = same.find((h) => h.state === 'held' || h.state === 'rejected')
    if (taken.length === 0 && !waiting)
      return skipped(find, 'ALREADY_CANCELLED', `${what} is called off and was never taken.`)
    find.hold(
      'RECEIPT_CANCELLED',
      taken.length > 0
        ? `${what} is called off, but was taken before.`
        : `${what} is called off, and ${waiting?.documentId} of it is ${waiting?.state}: that one must not be taken any more.`,
    )
    return held(find)
  }
  const booked = taken.some((h) => receiptOf(h)?.mode === 'validate')
  // What was only announced may be announced anew; booked goods may not.
  if (taken.length > 0 && (booked || (purpose !== 'replace' && purpose !== 'change'))) {
    find.hold('RECEIPT_CHANGED', `${what} came before with other content${booked ? ' and its goods are booked' : ''}.`)
    return held(find)
  }
  return undefined
}
