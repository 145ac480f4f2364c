import { limits } from '../config/limits.ts'
import type { SqsRecord } from './runtime/lambda.ts'

/** A hint that must come back, and after how many seconds. */
export interface Postponed {
  record: SqsRecord
  afterSeconds: number
}

/**
 * What of a batch of hints is kept when another poll was running: that one may have passed the stream which the hints
 * are about, so a poll must follow it. All hints of a connection say the same: one of them is enough.
 *
 * Its waits grow from five seconds to a minute and together are longer than any poll may take. After the last one it is
 * let go, so nothing goes round for ever: the schedule polls too.
 */
export function postponed(records: readonly SqsRecord[]): Postponed | undefined {
  const counted = records.map((record) => ({ record, receives: Number(record.attributes.ApproximateReceiveCount) }))
  // The one that came last: it has the most receives left.
  const newest = counted.sort((a, b) => a.receives - b.receives)[0]
  if (!newest || newest.receives > limits.hintReceives) return undefined
  return { record: newest.record, afterSeconds: Math.min(60, 5 * 2 ** (newest.receives - 1)) }
}
