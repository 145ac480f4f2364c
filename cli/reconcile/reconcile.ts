import type { Config } from '../../lib/config/config.ts'
import { auditedConnection } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { auditStream, type StreamAudit } from '../gaps/audit.ts'
import { previewSystems } from '../preview/systems.ts'
import { storedDocuments } from '../replay/documents.ts'
import { auditedSystems } from '../systems.ts'
import { balanceOf, type DayCount, unbalanced } from './balance.ts'
import { type FlowTotal, type NamedDifference, totalsOf } from './totals.ts'

/** A stream at its source against the ledger; with `error` the source could not be asked, and nothing is counted. */
export interface SourceCount extends StreamAudit {
  connection: string
  error?: string
}

/** A window of a deployment, reconciled. */
export interface Reconciliation {
  /** ISO date-times, `from` included and `to` not. */
  from: string
  to: string
  /** Captured = delivered + held + rejected + skipped + in flight, per flow and day. */
  days: DayCount[]
  /** Source counts against the ledger, of the systems that can be asked; empty where they were not. */
  sources: SourceCount[]
  totals: FlowTotal[]
  differences: NamedDifference[]
  /** True where every document is accounted for, nothing is missing, and both sides have the same figures. */
  agrees: boolean
}

/**
 * Reconciles the documents captured in a window. Reads the whole ledger, and the documents of the window in full.
 * @param given `sources`: also ask the systems that can be asked what they hold (their credentials and network are
 *   needed); `now`: epoch milliseconds
 */
export async function reconcile(
  deployment: Deployment,
  config: Config,
  given: {
    from: string
    to: string
    flow?: string | undefined
    sources: boolean
    now: number
    config?: string | undefined
  },
): Promise<Reconciliation> {
  const { from, to, flow } = given
  const documents = await storedDocuments(deployment, { from, to, ...(flow === undefined ? {} : { flow }) })
  const days = balanceOf(documents, config)
  const sources = given.sources ? await sourceCounts(deployment, given) : []
  const { totals, differences } = await totalsOf(documents, {
    ledger: deployment.ledger,
    systemOf: (connection) => deployment.connections[connection]?.system ?? config.connections[connection]?.system,
    parsers: Object.fromEntries(Object.entries(previewSystems).map(([system, { parse }]) => [system, parse])),
  })
  const complete =
    unbalanced(days).length === 0 && sources.every(({ missing, error }) => missing.length === 0 && error === undefined)
  return { from, to, days, sources, totals, differences, agrees: complete && differences.length === 0 }
}

/** What the connections hold whose system can list its past. */
async function sourceCounts(
  deployment: Deployment,
  { from, to, now, config }: { from: string; to: string; now: number; config?: string | undefined },
): Promise<SourceCount[]> {
  const counts: SourceCount[] = []
  for (const [name, { system }] of Object.entries(deployment.connections)) {
    if (!auditedSystems[system]) continue
    const connection = auditedConnection(name, deployment, config === undefined ? {} : { config })
    for (const stream of connection.streams)
      try {
        const audit = await auditStream(connection, stream, { from, to }, deployment.ledger, now)
        counts.push({ connection: name, ...audit })
      } catch (error) {
        // The other figures are worth having all the same.
        const nothing = { stream, total: 0, known: 0, young: 0, missing: [] }
        counts.push({ connection: name, ...nothing, error: (error as Error).message })
      }
  }
  return counts
}
