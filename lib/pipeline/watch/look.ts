import type { Ledger } from '../ledger/ledger.ts'
import type { StateStore } from '../state.ts'
import type { Agenda } from './agenda.ts'
import { missedDeadlines, type SeenDeadlines } from './deadlines.ts'
import { type SeenDocuments, stuckDocuments } from './documents.ts'
import type { Finding } from './finding.ts'
import { type PolledConnections, sourceFindings } from './sources.ts'

/** What is known from earlier looks. */
export interface Memory {
  documents: SeenDocuments
  deadlines: SeenDeadlines
  /** Since when each connection is watched, in epoch milliseconds. */
  connections: { [name: string]: number }
  /** What was told and is not over, by id. */
  told: { [id: string]: Finding }
  /** ISO date-time of the last look. */
  at: string
}

/** The record that holds it. */
export const watchRecord = 'watch'

export interface LookContext {
  connections: PolledConnections
  agenda: Pick<Agenda, 'pages' | 'due'>
  ledger: Pick<Ledger, 'progress' | 'standing' | 'read' | 'history'>
  state: Pick<StateStore, 'connection' | 'paused' | 'record'>
  /** True where the rest must be left to the next look. */
  timeIsUp(): boolean
}

const dayMs = 24 * 3_600_000

/**
 * Looks for what did not happen. Reads what was noted since the last look and nothing else, so that it costs the same
 * however much the ledger holds; writes nothing.
 * @param now epoch milliseconds
 * @returns everything that is late now, and what to remember for the next look
 */
export async function look(
  before: Memory | undefined,
  context: LookContext,
  now: number,
): Promise<{ findings: Finding[]; memory: Memory }> {
  const start = new Date(now - dayMs).toISOString()
  const watched = Object.keys(context.connections).map((name) => [name, before?.connections[name] ?? now] as const)
  const connections = Object.fromEntries(watched)
  const documents = await stuckDocuments(before?.documents ?? { upTo: start, open: [] }, context, now)
  const deadlines = await missedDeadlines(before?.deadlines ?? { upTo: start, missed: [] }, context, now)
  const sources = await sourceFindings(context.connections, connections, context.state, now)
  return {
    findings: [...documents.findings, ...deadlines.findings, ...sources],
    memory: {
      documents: documents.seen,
      deadlines: deadlines.seen,
      connections,
      told: before?.told ?? {},
      at: new Date(now).toISOString(),
    },
  }
}
