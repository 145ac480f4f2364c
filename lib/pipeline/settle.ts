import type { Clock } from '../core/exchange.ts'
import type { Problem } from '../core/problems.ts'
import type { Received } from './batch.ts'
import type { DocumentEntry, DocumentRef, Ledger, Progress } from './ledger/ledger.ts'
import type { DocumentNotice, Observability } from './ports.ts'

/**
 * True where this very message was failed on purpose before: its remaining receives only carry it to the
 * dead-letter queue. After a redrive it is a new message with a new count, and is tried again.
 */
export const alreadyHeld = (progress: Progress, received: Received<unknown>): boolean =>
  (progress.state === 'held' || progress.state === 'rejected') &&
  received.receiveCount > 1 &&
  progress.heldMessage === received.messageId

/** The last receive failed by a fault: the document waits for a person, with the fault's own words. */
export async function giveUp(
  document: DocumentRef,
  stage: 'map' | 'push',
  fault: Error & { code?: string },
  received: Received<{ by?: string | undefined }>,
  context: Observability & { ledger: Ledger; clock: Clock },
): Promise<void> {
  const progress = await context.ledger.progress(document)
  await context.ledger.settle(document, {
    state: 'held',
    step: progress?.step ?? '1.0',
    problems: [
      {
        code: 'GAVE_UP',
        message: `after ${received.receiveCount} attempts: ${fault.message}`,
      },
    ],
    warnings: progress?.warnings ?? [],
    attempt: { at: new Date(context.clock.now()).toISOString(), stage, outcome: 'held', code: fault.code ?? 'GAVE_UP' },
    heldMessage: received.messageId,
  })
}

/** Told on a document that stands as before, since nothing of it could be undone. */
export const refusal = (problems: readonly Problem[]): Problem => ({
  code: 'UNDO_REFUSED',
  message: `Nothing was undone: ${problems.map(({ message }) => message).join(' ')}`,
})

export const notice = (
  kind: DocumentNotice['kind'],
  entry: DocumentEntry,
  more: Pick<DocumentNotice, 'targetNumbers' | 'codes'> = {},
): DocumentNotice => ({
  kind,
  documentId: entry.documentId,
  number: entry.number,
  integration: entry.integration,
  flow: entry.flow,
  type: entry.type,
  ...more,
})
