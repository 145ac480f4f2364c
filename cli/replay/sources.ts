import { type Config, integrationInstances } from '../../lib/config/config.ts'
import { integrations } from '../../lib/config/register.ts'
import type { HistoryEntry } from '../../lib/core/flow.ts'
import type { MappingSources } from '../../lib/pipeline/map-document.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { previewSystems } from '../preview/systems.ts'

/**
 * What the deployed mapper maps with: the integrations of the configuration, today's tables and the ledger.
 * @param then the ledger is seen as it stood at this time, nearly: what came or was delivered later is left out (ISO
 *   date-time)
 */
export function mappingSources(deployment: Deployment, config: Config, then: string): MappingSources {
  return {
    integrations: Object.fromEntries(
      integrationInstances(config).flatMap(({ name, type, connections, flows, settings }) => {
        const integration = integrations[type]
        if (!integration) return []
        const parsed = integration.settings(settings, `integrations.${name}.settings`)
        return [[name, { integration, connections, flows, settings: parsed }]]
      }),
    ),
    parsers: Object.fromEntries(Object.entries(previewSystems).map(([system, { parse }]) => [system, parse])),
    tables: (integration) => deployment.tables.load(integration),
    history: async (number) => (await deployment.ledger.history(number)).flatMap((entry) => asOf(entry, then)),
  }
}

function asOf(entry: HistoryEntry, then: string): HistoryEntry[] {
  if (entry.capturedAt >= then) return []
  const targets = entry.targets.filter(({ at }) => at < then)
  if (targets.length === entry.targets.length) return [entry]
  return [{ ...entry, state: 'mapped', targets, targetNumbers: targets.flatMap(({ numbers }) => numbers) }]
}
