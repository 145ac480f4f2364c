import type { WriteOutcome } from '../../../core/exchange.ts'
import type { SpsOperation } from '../records.ts'
import type { Outbound } from '../rsx/outbound.ts'

/** A valid document, ready to be sent. */
export interface Parcel {
  operation: SpsOperation
  /** Our own key: the stem of an upload's name, the source of an idempotency key. */
  reference: string
  kind: Outbound
  /** Our numbers on it. */
  numbers: string[]
  format: 'json' | 'xml'
  body: string
}

/** One API style's way of sending a parcel once. Throws Refusal for what SPS refuses, Failure for faults. */
export interface Sender {
  send(parcel: Parcel, attempt: { mayHaveWritten: boolean; deadline: number }): Promise<WriteOutcome>
}

export const delivered = (
  parcel: Parcel,
  targetId: string,
  options: { adopted?: boolean; warnings?: Extract<WriteOutcome, { outcome: 'delivered' }>['warnings'] } = {},
): WriteOutcome => ({
  outcome: 'delivered',
  targetId,
  targetNumbers: parcel.numbers,
  result: { sent: targetId },
  adopted: options.adopted ?? false,
  warnings: options.warnings ?? [],
})
