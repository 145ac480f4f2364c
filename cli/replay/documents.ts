import { randomUUID } from 'node:crypto'
import { sqsOutbox } from '../../lib/pipeline/aws/outbox.ts'
import type { DocumentEntry, Progress } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { instant } from '../show/time.ts'

/** A document as the ledger's list has it. */
export interface StoredDocument {
  entry: DocumentEntry
  progress?: Progress
  mapped: boolean
}

/** Which documents: all that fit every given part. Times as people write them, UTC. */
export interface DocumentFilter {
  flow?: string
  from?: string
  to?: string
  code?: string
}

/**
 * The documents that fit a filter, oldest first. Reads the whole ledger. Throws WrongUse for a filter without any part.
 */
export async function storedDocuments({ ledger }: Deployment, filter: DocumentFilter): Promise<StoredDocument[]> {
  const { flow, code } = filter
  const from = instant('--from', filter.from)
  const to = instant('--to', filter.to)
  if (flow === undefined && code === undefined && from === undefined && to === undefined)
    throw new WrongUse('name a document, or choose by --flow, --from, --to or --code')
  const found: StoredDocument[] = []
  for await (const one of ledger.all()) {
    const { entry, progress } = one
    if (flow !== undefined && entry.flow !== flow) continue
    if (from !== undefined && entry.capturedAt < from) continue
    if (to !== undefined && entry.capturedAt >= to) continue
    if (code !== undefined && !progress?.problems.some((p) => p.code === code)) continue
    found.push(one)
  }
  return found.sort((a, b) => (a.entry.capturedAt < b.entry.capturedAt ? -1 : 1))
}

/**
 * Sends documents through the mapping again; what is delivered is not written twice.
 * @param by who asked and why, kept with the attempt
 */
export const sendAgain = (deployment: Deployment, entries: readonly DocumentEntry[], by: string): Promise<void> =>
  ask(deployment, entries, 'map', by)

/** Has the mapper do something with documents. `by` as in `sendAgain`. */
export async function ask(
  { aws, documents }: Deployment,
  entries: readonly DocumentEntry[],
  task: 'map' | 'undo',
  by: string,
): Promise<void> {
  if (entries.length === 0) return
  const outbox = sqsOutbox(aws, { documents: documents.url, push: {} })
  await outbox.toMapper(
    entries.map(({ documentId, number, group }) => ({
      thread: group,
      message: { documentId, number, task, by },
      // Asked for on purpose, so never a repeat of what is in the queue already.
      nonce: randomUUID(),
    })),
  )
}
