import type { Write, WriteOutcome } from '../core/exchange.ts'
import type { Received, Verdict } from './batch.ts'
import type { Mapping } from './ledger/ledger.ts'
import { type PushMessage, parseStep, stepOf } from './messages.ts'
import type { PusherContext } from './push.ts'
import { notice, refusal } from './settle.ts'

/** One write of a document, as its message names it. */
export interface Step {
  received: Received<PushMessage>
  mapping: Mapping
  write: Write
}

type Delivered = Extract<WriteOutcome, { outcome: 'delivered' }>
type Refused = Exclude<WriteOutcome, { outcome: 'delivered' }>

/**
 * Records a write that is done, and has the mapper find the next one where there may be one.
 * @param outcome what the target answered, or the code that said that there was nothing left to undo
 */
export async function recordDone(
  { received, mapping, write }: Step,
  outcome: Delivered | { absent: string },
  context: PusherContext,
): Promise<Verdict> {
  const { message } = received
  const { generation, index } = parseStep(message.step)
  const last = index + 1 === mapping.writes.length
  const done = last && mapping.final
  const at = new Date(context.clock.now()).toISOString()
  const attempt = { at, stage: 'push', step: message.step, ...by(message) } as const
  const next = { next: last ? stepOf(generation + 1, 0) : stepOf(generation, index + 1), done }
  if ('absent' in outcome)
    await context.ledger.wrote(message, {
      ...next,
      warnings: [],
      attempt: { ...attempt, outcome: 'adopted', code: outcome.absent },
    })
  else {
    for (const number of outcome.targetNumbers) await context.ledger.link(message, number)
    await context.ledger.wrote(message, {
      ...next,
      target: targetOf(write, outcome, at),
      warnings: outcome.warnings,
      attempt: { ...attempt, outcome: outcome.adopted ? 'adopted' : 'written' },
    })
  }
  if (!done) await toMapper(received, 'next', mapping, context)
  else tell(mapping, 'absent' in outcome ? [] : outcome.targetNumbers, context)
  return { verdict: 'done' }
}

const targetOf = ({ operation, connection }: Write, outcome: Delivered, at: string) => ({
  operation,
  connection,
  targetId: outcome.targetId,
  numbers: outcome.targetNumbers,
  adopted: outcome.adopted,
  result: outcome.result,
  at,
})

function tell({ entry, undoes }: Mapping, targetNumbers: string[], { notices, metrics }: PusherContext): void {
  notices.add(notice(undoes ? 'DocumentsUndone' : 'DocumentsDelivered', entry, { targetNumbers }))
  if (!undoes) metrics.count('DocumentsDelivered', 1, { flow: entry.flow })
}

/** Records that the target refused a write: the document waits for a person. */
export async function recordRefused(
  { received, mapping }: Step,
  outcome: Refused,
  context: PusherContext,
): Promise<Verdict> {
  const { message } = received
  const codes = [...new Set(outcome.problems.map((p) => p.code))]
  await context.ledger.settle(message, {
    state: outcome.outcome,
    step: message.step,
    problems: outcome.problems,
    warnings: mapping.warnings,
    attempt: attemptOf(message, outcome, context),
    heldMessage: received.messageId,
  })
  context.metrics.count('DocumentsHeld', 1, { flow: mapping.entry.flow })
  context.notices.add(
    notice(outcome.outcome === 'held' ? 'DocumentsHeld' : 'DocumentsFailed', mapping.entry, { codes }),
  )
  return { verdict: 'dead-letter' }
}

/** Records that the first of the writes that undo was refused: the document stands as before. */
export async function recordNotUndone(
  { received: { message } }: Step,
  outcome: Refused,
  context: PusherContext,
): Promise<Verdict> {
  await context.ledger.endUndo(message, refusal(outcome.problems), attemptOf(message, outcome, context))
  return { verdict: 'done' }
}

const attemptOf = (message: PushMessage, { outcome, problems }: Refused, { clock }: PusherContext) => ({
  at: new Date(clock.now()).toISOString(),
  stage: 'push' as const,
  outcome,
  code: problems[0]?.code ?? '',
  step: message.step,
  ...by(message),
})

/** Gives a document back to the mapper, which knows what comes next. */
export const toMapper = (
  received: Received<PushMessage>,
  task: 'map' | 'next',
  mapping: Mapping,
  context: PusherContext,
): Promise<void> =>
  context.outbox.toMapper([
    {
      thread: mapping.entry.group,
      message: {
        documentId: received.message.documentId,
        number: received.message.number,
        task,
        ...by(received.message),
      },
      nonce: `${received.messageId} ${received.message.step}`,
    },
  ])

const by = (message: PushMessage): { by?: string } => (message.by ? { by: message.by } : {})
