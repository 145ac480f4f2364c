import * as z from 'zod'
import type { MapResult } from '../../../core/exchange.ts'
import type { HistoryEntry, MapContext } from '../../../core/flow.ts'
import { type Findings, held, skipped } from '../../../edi/findings.ts'

type Purpose = 'original' | 'cancel' | 'change' | 'replace' | 'confirm' | 'duplicate' | 'other'

const kept = z.object({ receipt: z.object({ mode: z.enum(['announce', 'validate']) }) })

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
  const taken = history.filter(
    (h) => h.type === type && h.key === context.key && (h.state === 'mapped' || h.state === 'delivered'),
  )
  if (taken.some((h) => h.hash === context.hash))
    return skipped(find, 'DUPLICATE', `${what} was already taken with the same content.`)
  if (purpose === 'duplicate' && taken.length > 0)
    return skipped(find, 'DUPLICATE', `${what} is marked as a repeat (purpose 07) and is known.`)
  if (purpose === 'confirm') return skipped(find, 'CONFIRMATION', 'A confirmation (purpose 06) moves no goods.')
  if (purpose === 'cancel') {
    if (taken.length === 0) return skipped(find, 'ALREADY_CANCELLED', `${what} is called off and was never taken.`)
    find.hold('RECEIPT_CANCELLED', `${what} is called off, but was taken before.`)
    return held(find)
  }
  const booked = taken.some((h) => modeOf(h) === 'validate')
  // What was only announced may be announced anew; booked goods may not.
  if (taken.length > 0 && (booked || (purpose !== 'replace' && purpose !== 'change'))) {
    find.hold('RECEIPT_CHANGED', `${what} came before with other content${booked ? ' and its goods are booked' : ''}.`)
    return held(find)
  }
  return undefined
}

const modeOf = ({ snapshot }: HistoryEntry): string | undefined => {
  const read = kept.safeParse(snapshot)
  return read.success ? read.data.receipt.mode : undefined
}
