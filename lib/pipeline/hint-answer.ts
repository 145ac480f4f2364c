import { isNamed, type Received, receivedHint } from './hint-message.ts'
import { type HintContext, takeHints } from './hint-read.ts'
import { type Postponed, postponed, whileBusy } from './hint-settle.ts'
import { poll } from './poll.ts'
import type { SqsRecord } from './runtime/lambda.ts'

/** While a person has switched the connection off, hints look in so often whether it is on again. */
const pausedSeconds = 900

/**
 * Works on the hints of one invocation: reads the records that are named, and polls where a nudge is among them.
 * @returns the hints that must come back
 */
export async function answerHints(records: readonly SqsRecord[], context: HintContext): Promise<Postponed[]> {
  const hints: Received[] = []
  const kept: Postponed[] = []
  for (const record of records)
    try {
      hints.push(receivedHint(record))
    } catch (error) {
      // Of a version of ours that is newer than this function; its words stay unsaid, they may hold a body.
      context.log.error('a hint cannot be read', { messageId: record.messageId, code: (error as Error).name })
      kept.push(whileBusy({ record, receives: Number(record.attributes.ApproximateReceiveCount) }))
    }
  const named = hints.filter(isNamed)
  if (await context.state.paused(context.slice.name))
    return [...kept, ...named.map(({ record }) => ({ record, afterSeconds: pausedSeconds }))]
  kept.push(...(await takeHints(named, context)))
  const nudges = hints.filter((h) => h.hint.hint === 'poll').map(({ record }) => record)
  if (nudges.length === 0 || (await poll(context))) return kept
  const one = postponed(nudges)
  return one ? [...kept, one] : kept
}
