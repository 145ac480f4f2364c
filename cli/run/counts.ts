import { type Config, integrationInstances } from '../../lib/config/config.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { type DocumentEntry, type Ledger, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import type { StoredDocument } from '../replay/documents.ts'

/** What became of the documents of one flow. */
export interface FlowCount {
  integration: string
  flow: string
  captured: number
  delivered: number
  held: number
  rejected: number
  skipped: number
  inFlight: number
}

export interface Waiting extends Pick<DocumentEntry, 'documentId' | 'number' | 'type' | 'flow'> {
  state: 'held' | 'rejected'
  problems: Problem[]
}

export interface Counts {
  /** Every configured flow, also one without documents, in the configuration's order; then what has no flow. */
  flows: FlowCount[]
  /** Held and rejected documents, in the order in which they came. */
  waiting: Waiting[]
  /** Of the documents in flight: mapped, and only waiting to be written. */
  mapped: number
  captured: number
}

/** Counts the whole ledger. */
export async function countsOf(ledger: Ledger, config: Config): Promise<Counts> {
  return countsFrom(await Array.fromAsync(ledger.all()), config)
}

/** Counts documents. Every captured document is in exactly one state. */
export function countsFrom(documents: readonly StoredDocument[], config: Config): Counts {
  const empty = { captured: 0, delivered: 0, held: 0, rejected: 0, skipped: 0, inFlight: 0 }
  const flows = new Map<string, FlowCount>()
  for (const { name, flows: configured } of integrationInstances(config))
    for (const flow of configured) flows.set(`${name}/${flow}`, { integration: name, flow, ...empty })
  const waiting: (Waiting & { at: string })[] = []
  let mappedCount = 0
  let captured = 0
  for (const { entry, progress, mapped } of documents) {
    const key = `${entry.integration}/${entry.flow}`
    const count = flows.get(key) ?? { integration: entry.integration, flow: entry.flow, ...empty }
    flows.set(key, count)
    const state = stateOf(progress, mapped)
    count.captured += 1
    captured += 1
    count[state === 'captured' || state === 'mapped' ? 'inFlight' : state] += 1
    if (state === 'mapped') mappedCount += 1
    if (state === 'held' || state === 'rejected') {
      const { documentId, number, type, flow, capturedAt } = entry
      waiting.push({ documentId, number, type, flow, state, problems: progress?.problems ?? [], at: capturedAt })
    }
  }
  const sorted = waiting.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ at: _, ...one }) => one)
  return { flows: [...flows.values()], waiting: sorted, mapped: mappedCount, captured }
}

/** True where every captured document of every flow is delivered, held, rejected or skipped. */
export const isBalanced = (flows: readonly FlowCount[]): boolean =>
  flows.every((f) => f.inFlight === 0 && f.captured === f.delivered + f.held + f.rejected + f.skipped + f.inFlight)
