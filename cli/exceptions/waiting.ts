import { causeOf } from '../../lib/core/cause.ts'
import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import type { Problem } from '../../lib/core/problems.ts'
import type { DocumentEntry, Ledger, Progress } from '../../lib/pipeline/ledger/ledger.ts'
import { runbookLink } from '../show/problems.ts'

/** A document that waits for a person. */
export interface WaitingDocument {
  entry: DocumentEntry
  progress: Progress
  /** Its problems' causes, each once. */
  causes: ReadonlyMap<string, Problem>
}

/** Documents that wait for the same reason: mend it, and all of them can go. */
export interface Cause {
  /** "PARTNER_UNKNOWN-3f9a1c": what redrive --cause takes. */
  cause: string
  code: string
  documents: number
  /** ISO date-times of the first and the last failure. */
  first: string
  last: string
  /** What the documents are ("purchase-order-in"), each flow once. */
  flows: string[]
  /** The integrations they belong to, each once. */
  integrations: string[]
  example: { documentId: string; number: string; message: string }
  /** The table's row that is missing, where one would mend it. */
  row?: Problem['row']
  remedy: string
  runbook: string
}

/** Every document that is held or rejected. Reads the whole ledger. */
export async function waitingDocuments(ledger: Ledger): Promise<WaitingDocument[]> {
  const waiting: WaitingDocument[] = []
  for await (const { entry, progress } of ledger.all()) {
    if (progress?.state !== 'held' && progress?.state !== 'rejected') continue
    const own = [entry.number, entry.key, entry.documentId]
    const causes = new Map(
      progress.problems.map((problem) => [causeOf(problem, own), problem]).reverse() as [string, Problem][],
    )
    waiting.push({ entry, progress, causes })
  }
  return waiting
}

/** Documents by cause, the commonest first. A document with several problems stands under several. */
export function causesOf(waiting: readonly WaitingDocument[]): Cause[] {
  const found = new Map<string, Cause>()
  for (const { entry, progress, causes } of waiting)
    for (const [cause, problem] of causes) add(found, cause, problem, entry, progress.updatedAt)
  return [...found.values()].sort((a, b) => b.documents - a.documents || (a.first < b.first ? -1 : 1))
}

function add(found: Map<string, Cause>, cause: string, problem: Problem, entry: DocumentEntry, at: string): void {
  const before = found.get(cause)
  if (before) {
    before.documents += 1
    if (!before.flows.includes(entry.flow)) before.flows.push(entry.flow)
    if (!before.integrations.includes(entry.integration)) before.integrations.push(entry.integration)
    if (at > before.last) before.last = at
    if (at >= before.first) return
    before.first = at
    before.example = exampleOf(problem, entry)
    return
  }
  found.set(cause, {
    cause,
    code: problem.code,
    documents: 1,
    first: at,
    last: at,
    flows: [entry.flow],
    integrations: [entry.integration],
    example: exampleOf(problem, entry),
    ...(problem.row ? { row: problem.row } : {}),
    remedy: problemCodes[problem.code]?.remedy ?? '',
    runbook: runbookLink(problem.code),
  })
}

const exampleOf = ({ message }: Problem, { documentId, number }: DocumentEntry) => ({ documentId, number, message })

/** The waiting documents of a cause, or of every cause of a code. */
export const withCause = (waiting: readonly WaitingDocument[], wanted: string): WaitingDocument[] =>
  waiting.filter(({ causes }) => [...causes].some(([cause, { code }]) => cause === wanted || code === wanted))
