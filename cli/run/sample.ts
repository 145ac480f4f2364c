import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startSecondCompany } from '../../sandbox/scenario/fern-flint/index.ts'
import { type Morning, morningStart, sandboxConnections, startMorning } from '../../sandbox/scenario/index.ts'
import { type SandboxAcumatica, start as startAcumatica } from '../../sandbox/systems/acumatica/index.ts'
import { type SandboxOdoo, start as startOdoo } from '../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../sandbox/systems/shared/clock.ts'
import type { Fault } from '../../sandbox/systems/shared/faults.ts'
import { createStore } from '../../sandbox/systems/shared/store.ts'
import { type SpsSandbox, start as startSpsCommerce } from '../../sandbox/systems/sps-commerce/index.ts'

export const apiStyles = ['fulfillment', 'transactions'] as const
export type ApiStyle = (typeof apiStyles)[number]

/** Versions of Odoo the sample can be of. */
export const odooVersions = ['18', '19'] as const
export type OdooVersion = (typeof odooVersions)[number]

/** The simulated systems of a sample run, with everything a run needs to know of them. */
export interface SampleSystems {
  ports: SamplePorts
  /** A deployment's configuration with the systems' addresses. */
  config: object
  /** By connection. */
  secrets: Record<string, Record<string, string>>
  /** Directory of the tables that fit the sample's documents. */
  tables: string
  morning: Morning
  /** The systems themselves, for tests that ask what stands there in the end. */
  systems: { acumatica: SandboxAcumatica; odoo: SandboxOdoo; sps: SpsSandbox }
  /** From now on requests fail now and then, the same way every time. */
  makeTrouble(): void
  close(): Promise<void>
}

export interface SamplePorts {
  acumatica: number
  odoo: number
  sps: number
}

/** Asked for first: the same addresses give the same template, which then need not be synthesised again. */
const usualPorts: SamplePorts = { acumatica: 41_870, odoo: 41_920, sps: 41_970 }
/** Where others run at the same time, the next ones are asked for, and then any. */
const neighbours = [0, 1, 2, 3, 4, 5]
/** Where the sample's tables are. */
export const sampleTables = resolve(import.meta.dirname, '../../events/tables')

/** What `run --faults` does to the systems: three requests in a hundred. */
const trouble: Fault[] = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'truncate' },
]

/**
 * Starts the simulated SPS Commerce, Acumatica and Odoo and the morning that happens between them: one account at SPS
 * Commerce that feeds two companies. What they keep is in
 * the state directory, so a killed run goes on with the same records.
 * @param ports where they listened before; others where those are taken
 */
export async function startSample(
  stateDir: string,
  { apiStyle, odooVersion }: { apiStyle: ApiStyle; odooVersion: OdooVersion },
  ports: SamplePorts = usualPorts,
): Promise<SampleSystems> {
  const directory = join(stateDir, 'sandbox')
  mkdirSync(directory, { recursive: true })
  const store = createStore(join(directory, 'morning.db'))
  const clock = createSandboxClock(store, morningStart(Date.now()))
  const acumatica = await atPort(ports.acumatica, (port) =>
    startAcumatica({ file: join(directory, 'acumatica.db'), clock, port }),
  )
  const sps = await atPort(ports.sps, (port) => startSpsCommerce({ file: join(directory, 'sps.db'), clock, port }))
  const odoo = await atPort(ports.odoo, (port) =>
    startOdoo({
      version: odooVersion === '18' ? 18 : 19,
      file: join(directory, 'odoo.db'),
      clock,
      port,
      company: 'Fern & Flint Supply',
    }),
  )
  const { connections, secrets } = sandboxConnections(sps, acumatica, odoo, apiStyle)
  const first = startMorning({ sps, acumatica, clock, store, apiStyle })
  const second = startSecondCompany({ sps, odoo, clock, store, apiStyle })
  return {
    ports: { acumatica: portOf(acumatica.url), odoo: portOf(odoo.url), sps: portOf(sps.url) },
    config: {
      stage: 'dev',
      customer: 'sample',
      connections,
      integrations: {
        'acumatica-sps-commerce': { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } },
        'odoo-sps-commerce': { connections: { odoo: 'odoo', 'sps-commerce': 'sps' } },
      },
    },
    secrets,
    tables: sampleTables,
    morning: {
      advance: () => {
        second.advance()
        first.advance()
      },
      done: () => first.done() && second.done(),
      get expected() {
        return [...first.expected, ...second.expected]
      },
    },
    systems: { acumatica, odoo, sps },
    makeTrouble: () => {
      acumatica.faults.random(1, 0.03, trouble)
      sps.faults.random(2, 0.03, trouble)
      odoo.faults.random(3, 0.03, trouble)
    },
    close: async () => {
      await Promise.all([acumatica.close(), odoo.close(), sps.close()])
      store.close()
    },
  }
}

const portOf = (url: string): number => Number(new URL(url).port)

async function atPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  for (const next of [...neighbours.map((n) => port + n), 0])
    try {
      return await start(next)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  throw new Error('this machine has no free port')
}
