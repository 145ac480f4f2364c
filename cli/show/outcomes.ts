import type { Problem } from '../../lib/core/problems.ts'
import {
  type DocumentEntry,
  type DocumentRef,
  type Ledger,
  type ShownState,
  shownState,
} from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment } from '../deployment/deployment.ts'
import type { WaitingDocument } from '../exceptions/waiting.ts'
import { cut, tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Terminal } from '../terminal.ts'
import { documentName } from './names.ts'
import { stateText } from './state.ts'

/** A document and what has become of it by now. */
export interface Outcome {
  documentId: string
  number: string
  type: string
  state: ShownState
  problems: Problem[]
}

/** Of the documents that waited, those that were tried again since. */
export async function triedAgain(waiting: readonly WaitingDocument[], ledger: Ledger): Promise<DocumentEntry[]> {
  const now = await Promise.all(waiting.map(({ entry }) => ledger.progress(entry)))
  return waiting.filter(({ progress }, i) => now[i]?.updatedAt !== progress.updatedAt).map(({ entry }) => entry)
}

export const outcomesOf = (
  documents: readonly (DocumentRef & { type: string })[],
  ledger: Ledger,
): Promise<Outcome[]> =>
  Promise.all(
    documents.map(async ({ documentId, number, type }) => {
      const { progress, mappings } = await ledger.standing({ documentId, number })
      const state = shownState(progress, mappings.length > 0)
      return { documentId, number, type, state, problems: progress?.problems ?? [] }
    }),
  )

/** One line a document: what became of it, and the first reason where it waits. */
export function showOutcomes(outcomes: readonly Outcome[], deployment: Deployment, terminal: Terminal): void {
  if (outcomes.length === 0) return
  const rows = outcomes.map((o) => [
    `${documentName(o.type)} ${o.number}`,
    stateText(o.state, terminal),
    o.problems[0] ? `${o.problems[0].code}: ${o.problems[0].message}` : '',
  ])
  const titles = ['document', 'now', 'why'].map((title) => ({ title }))
  for (const line of tableLines(titles, rows)) terminal.print(cut(line, terminal.width))
  const waits = outcomes.find((o) => o.state === 'held' || o.state === 'rejected') ?? outcomes[0]
  if (waits) terminal.print(`Next: ${commandLine('trace', waits.number, ...deployment.arguments)}`)
}
