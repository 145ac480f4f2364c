import { randomUUID } from 'node:crypto'
import { moveAll, moveSome } from '../dead-letters/move.ts'
import type { Deployment, QueuePair } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { didYouMean } from '../suggest.ts'
import { causesOf, type WaitingDocument, withCause } from './waiting.ts'

/** Which dead letters: of a queue ("all", "documents" or a connection), of one document, or of all that wait for a cause. */
export interface Redrive {
  queue?: string
  document?: string
  cause?: string
}

/**
 * Brings dead letters back to the queue they came from. Throws WrongUse where there is no such queue, or where no
 * document waits for the cause.
 * @param waiting the documents that wait; needed for a cause only
 * @returns messages moved; `finished` false where SQS goes on by itself
 */
export async function redriveDocuments(
  deployment: Deployment,
  wanted: Redrive,
  waiting: readonly WaitingDocument[],
): Promise<{ moved: number; finished: boolean }> {
  const chosen = chosenBy(wanted, waiting)
  const result = { moved: 0, finished: true }
  for (const queue of queuesOf(wanted.queue ?? 'all', deployment)) {
    if (chosen) {
      result.moved += await moveSome(deployment.aws, queue, (id) => chosen.has(id), randomUUID())
      continue
    }
    const { moved, finished } = await moveAll(deployment.aws, queue)
    result.moved += moved
    result.finished &&= finished
  }
  return result
}

/** The documents meant, where not all are. */
function chosenBy({ document, cause }: Redrive, waiting: readonly WaitingDocument[]): ReadonlySet<string> | undefined {
  if (document !== undefined && cause !== undefined) throw new WrongUse('name a document or a cause, not both')
  if (document !== undefined) return new Set([document])
  if (cause === undefined) return undefined
  const meant = withCause(waiting, cause)
  if (meant.length === 0) {
    const causes = causesOf(waiting).map((one) => one.cause)
    throw new WrongUse(`no document waits for "${cause}"; ${didYouMean(cause, causes)}`)
  }
  return new Set(meant.map(({ entry }) => entry.documentId))
}

function queuesOf(wanted: string, { documents, connections }: Deployment): QueuePair[] {
  if (wanted === 'all') return [documents, ...Object.values(connections)]
  if (wanted === 'documents') return [documents]
  const queue = connections[wanted]
  if (queue) return [queue]
  throw new WrongUse(
    `there is no queue "${wanted}"; ${didYouMean(wanted, ['all', 'documents', ...Object.keys(connections)])}`,
  )
}
