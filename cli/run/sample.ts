import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fingerprint } from '../../lib/systems/shipbob/signing-secret.ts'
import { describe } from '../../lib/systems/shipbob/standing.ts'
import { newestProfile } from '../../lib/systems/shipbob/versions.ts'
import { startThirdCompany } from '../../sandbox/scenario/brightleaf/index.ts'
import { sandboxRequestsPerMinute, sandboxSigningSecret } from '../../sandbox/scenario/connections.ts'
import { startSecondCompany } from '../../sandbox/scenario/fern-flint/index.ts'
import { type Morning, morningStart, sandboxConnections, startMorning } from '../../sandbox/scenario/index.ts'
import { type SandboxAcumatica, start as startAcumatica } from '../../sandbox/systems/acumatica/index.ts'
import { type SandboxOdoo, start as startOdoo } from '../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../sandbox/systems/shared/clock.ts'
import type { Fault } from '../../sandbox/systems/shared/faults.ts'
import { createStore } from '../../sandbox/systems/shared/store.ts'
import { type SandboxShipBob, start as startShipBob } from '../../sandbox/systems/shipbob/index.ts'
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
  systems: {
    acumatica: SandboxAcumatica
    odoo: SandboxOdoo
    sps: SpsSandbox
    brightleaf: SandboxOdoo
    shipbob: SandboxShipBob
  }
  /** From now on ShipBob tells this URL what happens; another one before is forgotten. */
  subscribe(url: string): void
  /** Connections that are told of what happens by signed webhook. */
  telling: readonly string[]
  /** Until what their systems had to tell has been told. */
  told(): Promise<void>
  /** From now on requests fail now and then, the same way every time. */
  makeTrouble(): void
  close(): Promise<void>
}

export interface SamplePorts {
  acumatica: number
  odoo: number
  sps: number
  brightleaf: number
  shipbob: number
}

/** Asked for first, and what every run's stack is synthesised with. */
export const usualPorts: SamplePorts = {
  acumatica: 41_870,
  odoo: 41_920,
  sps: 41_970,
  brightleaf: 42_020,
  shipbob: 42_070,
}
/** The sample's deployment, as subscriptions name it. */
const stage = 'dev'
const customer = 'sample'
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
 * Starts the simulated systems and the morning that happens between them: one account at SPS Commerce that feeds two
 * companies, one with Acumatica and one with Odoo, and a third company with an Odoo of its own and its goods at ShipBob.
 * What they keep is in the state directory, so a killed run goes on with the same records.
 * @param before where they listened before; others where those are taken
 */
export async function startSample(
  stateDir: string,
  { apiStyle, odooVersion }: { apiStyle: ApiStyle; odooVersion: OdooVersion },
  before: Partial<SamplePorts> = {},
): Promise<SampleSystems> {
  const ports = { ...usualPorts, ...before }
  const directory = join(stateDir, 'sandbox')
  mkdirSync(directory, { recursive: true })
  const store = createStore(join(directory, 'morning.db'))
  const clock = createSandboxClock(store, morningStart(Date.now()))
  const acumatica = await atPort(ports.acumatica, (port) =>
    startAcumatica({ file: join(directory, 'acumatica.db'), clock, port }),
  )
  const sps = await atPort(ports.sps, (port) => startSpsCommerce({ file: join(directory, 'sps.db'), clock, port }))
  const odooAt = (port: number, file: string, company: string) =>
    atPort(port, (free) =>
      startOdoo({ version: odooVersion === '18' ? 18 : 19, file: join(directory, file), clock, port: free, company }),
    )
  const odoo = await odooAt(ports.odoo, 'odoo.db', 'Fern & Flint Supply')
  const brightleaf = await odooAt(ports.brightleaf, 'brightleaf.db', 'Brightleaf Coffee')
  const shipbob = await atPort(ports.shipbob, (port) =>
    startShipBob({ file: join(directory, 'shipbob.db'), clock, port, limit: { perMinute: sandboxRequestsPerMinute } }),
  )
  const systems = { acumatica, odoo, sps, brightleaf, shipbob }
  const { connections, secrets } = sandboxConnections(systems, apiStyle)
  const first = startMorning({ sps, acumatica, clock, store, apiStyle })
  const second = startSecondCompany({ sps, odoo, clock, store, apiStyle })
  const third = startThirdCompany({ odoo: brightleaf, shipbob, store })
  return {
    ports: {
      acumatica: portOf(acumatica.url),
      odoo: portOf(odoo.url),
      sps: portOf(sps.url),
      brightleaf: portOf(brightleaf.url),
      shipbob: portOf(shipbob.url),
    },
    config: {
      stage,
      customer,
      connections,
      integrations: {
        'acumatica-sps-commerce': { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } },
        'odoo-sps-commerce': { connections: { odoo: 'odoo', 'sps-commerce': 'sps' } },
        'odoo-shipbob': { connections: { odoo: 'brightleaf', shipbob: 'shipbob' } },
      },
    },
    secrets,
    tables: sampleTables,
    morning: {
      advance: () => {
        third.advance()
        second.advance()
        first.advance()
      },
      done: () => first.done() && second.done() && third.done(),
      get expected() {
        return [...first.expected, ...second.expected, ...third.expected]
      },
    },
    systems,
    subscribe: (url) => {
      const key = fingerprint(sandboxSigningSecret)
      const description = describe({ deployment: `${customer}-${stage}`, connection: 'shipbob', key })
      shipbob.people.subscribe({ url, topics: newestProfile.topics, secret: sandboxSigningSecret, description })
    },
    telling: ['shipbob'],
    told: third.told,
    makeTrouble: () => {
      for (const [i, { faults }] of Object.values(systems).entries()) faults.random(i + 1, 0.03, trouble)
    },
    close: async () => {
      await Promise.all(Object.values(systems).map((system) => system.close()))
      store.close()
    },
  }
}

const portOf = (url: string): number => Number(new URL(url).port)

async function atPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  for (const next of [port, 0])
    try {
      return await start(next)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  throw new Error('this machine has no free port')
}
