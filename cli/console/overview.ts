import type { Config } from '../../lib/config/config.ts'
import { stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { depthOf, standingsOf } from '../connections/standing.ts'
import type { Deployment } from '../deployment/deployment.ts'
import type { StoredDocument } from '../replay/documents.ts'
import { countsFrom } from '../run/counts.ts'
import type { FlowOverview, Overview } from './api.ts'

/** How many points a chart has. */
const pointCount = 48

/**
 * How everything stands, and what every flow did within the last hours.
 * @param documents the whole ledger's list
 */
export async function overviewOf(
  deployment: Deployment,
  config: Config,
  documents: readonly StoredDocument[],
  { hours, now, busy }: { hours: number; now: number; busy: boolean },
): Promise<Overview> {
  const [connections, mapping] = await Promise.all([
    standingsOf(deployment),
    depthOf(deployment.aws, deployment.documents),
  ])
  const length = (hours * 3_600_000) / pointCount
  const start = now - hours * 3_600_000
  const recent = documents.filter(({ entry, progress }) => Date.parse(progress?.updatedAt ?? entry.capturedAt) >= start)
  const { flows } = countsFrom(recent, config)
  return {
    title: deployment.title,
    at: new Date(now).toISOString(),
    busy,
    connections,
    mapping,
    waiting: documents.filter(({ progress }) => progress?.state === 'held' || progress?.state === 'rejected').length,
    points: Array.from({ length: pointCount }, (_, i) => new Date(start + i * length).toISOString()),
    flows: flows.map((flow) => ({
      ...flow,
      ...courseOf(
        recent.filter(({ entry }) => entry.integration === flow.integration && entry.flow === flow.flow),
        start,
        length,
      ),
    })),
  }
}

function courseOf(
  documents: readonly StoredDocument[],
  start: number,
  length: number,
): Pick<FlowOverview, 'lag' | 'deliveredAt' | 'failedAt'> {
  const deliveredAt = Array<number>(pointCount).fill(0)
  const failedAt = Array<number>(pointCount).fill(0)
  const lags: number[] = []
  for (const { entry, progress, mapped } of documents) {
    const state = stateOf(progress, mapped)
    if (!progress || state === 'mapped' || state === 'captured' || state === 'skipped') continue
    const at = Date.parse(progress.updatedAt)
    const point = Math.min(pointCount - 1, Math.max(0, Math.floor((at - start) / length)))
    const course = state === 'delivered' ? deliveredAt : failedAt
    course[point] = (course[point] ?? 0) + 1
    if (state === 'delivered') lags.push(Math.max(0, at - Date.parse(entry.capturedAt)) / 1000)
  }
  lags.sort((a, b) => a - b)
  const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0
  return { deliveredAt, failedAt, ...(lags.length > 0 ? { lag: { median: at(0.5), p95: at(0.95) } } : {}) }
}
