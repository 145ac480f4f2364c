import * as z from 'zod'
import type { Hint } from './hint.ts'
import type { SqsRecord } from './runtime/lambda.ts'

const delivery = { deliveryId: z.string(), topic: z.string(), receivedAt: z.string() }

const hint = z.discriminatedUnion('hint', [
  z.object({ hint: z.literal('poll') }),
  z.object({ hint: z.literal('records'), stream: z.string(), ids: z.array(z.string()), ...delivery }),
  z.object({
    hint: z.literal('unread'),
    reason: z.enum(['WEBHOOK_TOPIC_UNKNOWN', 'WEBHOOK_WITHOUT_ID', 'WEBHOOK_CHANNEL_FOREIGN', 'WEBHOOK_NOT_JSON']),
    ids: z.array(z.string()).optional(),
    body: z.string().optional(),
    ...delivery,
  }),
])

/** A hint as it was received. */
export interface Received<H extends Hint = Hint> {
  record: SqsRecord
  /** From 1. */
  receives: number
  hint: H
}

/** A received hint. Throws ZodError or SyntaxError for what is none of ours: a bug, not bad input. */
export const receivedHint = (record: SqsRecord): Received => ({
  record,
  receives: Number(record.attributes.ApproximateReceiveCount),
  hint: z.parse(hint, JSON.parse(record.body)) as Hint,
})

export const isNamed = (received: Received): received is Received<Exclude<Hint, { hint: 'poll' }>> =>
  received.hint.hint !== 'poll'
