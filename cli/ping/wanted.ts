import { type Config, integrationInstances, routesOf } from '../../lib/config/config.ts'
import { integrations } from '../../lib/config/register.ts'
import type { PingWanted } from '../../lib/core/ping.ts'
import type { Row } from '../../lib/core/tables.ts'
import type { TableStore } from '../../lib/pipeline/tables.ts'

/** The document types that a configuration reads from a connection, and those that end there as records. */
export function wantedOf(config: Config, name: string): Pick<PingWanted, 'reads' | 'writes'> {
  const system = config.connections[name]?.system
  const writes = integrationInstances(config)
    .filter(({ connections }) => Object.values(connections).includes(name))
    .flatMap(({ type, flows }) => (integrations[type]?.flows ?? []).filter((flow) => flows.includes(flow.name)))
    .filter(({ source }) => source !== system)
  return {
    reads: [...new Set(routesOf(config, name).flatMap(({ types }) => types))],
    writes: [...new Set(writes.flatMap(({ types }) => types))],
  }
}

/** The rows of a table in every integration that uses a connection. */
export const tableRows =
  (config: Config, name: string, tables: TableStore) =>
  async (table: string): Promise<readonly Row[]> => {
    const using = integrationInstances(config).filter(({ connections }) => Object.values(connections).includes(name))
    const loaded = await Promise.all(using.map((one) => tables.load(one.name)))
    return loaded.flatMap((all) => all[table]?.rows ?? [])
  }
