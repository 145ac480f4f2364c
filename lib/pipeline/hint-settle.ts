import { limits } from '../config/limits.ts'
import type { Received } from './hint-message.ts'
import type { SqsRecord } from './runtime/lambda.ts'

/** A hint that must come back, and after how many seconds. */
export interface Postponed {
  record: SqsRecord
  afterSeconds: number
}

/** A hint that names records, while another poll is running: it waits from five seconds to a minute, and is never let go. */
export const whileBusy = ({ record, receives }: Pick<Received, 'record' | 'receives'>): Postponed => ({
  record,
  afterSeconds: Math.min(60, 5 * 2 ** (receives - 1)),
})

/**
 * What of a batch of nudges is kept when another poll was running: that one may have passed the stream which they are
 * about, so a poll must follow it. All nudges of a connection say the same: one of them is enough.
 *
 * Its waits together are longer than any poll may take. After the last one it is let go, so nothing goes round for ever:
 * the schedule polls too.
 */
export function postponed(records: readonly SqsRecord[]): Postponed | undefined {
  const counted = records.map((record) => ({ record, receives: Number(record.attributes.ApproximateReceiveCount) }))
  // The one that came last: it has the most receives left.
  const newest = counted.sort((a, b) => a.receives - b.receives)[0]
  return !newest || newest.receives > limits.hintReceives ? undefined : whileBusy(newest)
}
