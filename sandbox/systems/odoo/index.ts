import { createSandboxClock, type SandboxClock } from '../shared/clock.ts'
import { createFaults, type Faults } from '../shared/faults.ts'
import { type SandboxServer, serve } from '../shared/serve.ts'
import { createStore } from '../shared/store.ts'
import { guards } from './access.ts'
import { createAuth } from './auth.ts'
import { business } from './business/index.ts'
import { type Hands, handsOn, type OpenTransaction, openTransaction, recordsOf, type SandboxRecord } from './hands.ts'
import { createSlowCalls, type SlowCalls } from './holds.ts'
import { Kernel } from './kernel.ts'
import { base, withChatter } from './orm/base/index.ts'
import { type Account, addKey, addUser, type NewKey, type NewUser, seed } from './orm/base/seed.ts'
import { chatter } from './orm/base/system.ts'
import { Database } from './orm/database.ts'
import type { Domain, Env, Values, Version } from './orm/model.ts'
import { createRegistry } from './orm/registry.ts'
import { tell, type Webhook } from './webhooks.ts'
import { route } from './wire/route.ts'
import type { Logged } from './wire/server.ts'

export type { Hands, OpenTransaction, SandboxRecord } from './hands.ts'
export type { Webhook } from './webhooks.ts'
export type { Logged } from './wire/server.ts'

export interface OdooOptions {
  version: Version
  /** Keeps everything over a restart; in memory where absent. */
  file?: string
  clock?: SandboxClock
  faults?: Faults
  port?: number
  /** Name of the one database. */
  database?: string
  /** Name of the first company. */
  company?: string
  currency?: string
  /** Installed beside en_US. */
  languages?: readonly string[]
  /** Other log-in, password or key of the two users than the sandbox's own. */
  admin?: Partial<Account>
  connector?: Partial<Account>
  webhooks?: readonly Webhook[]
}

/** What goes into a connection's configuration and secret. */
export interface OdooCredentials {
  login: string
  password: string
  apiKey: string
  uid: number
  adminLogin: string
  adminPassword: string
  adminKey: string
  adminUid: number
}

/** A simulated Odoo: one database with its people, in the semantics of 18 or of 19 (odoo.md). */
export interface SandboxOdoo extends Hands, Pick<SlowCalls, 'slow'> {
  version: Version
  url: string
  database: string
  credentials: OdooCredentials
  faults: Faults
  /** Its automations that call a URL; more may be added at any time. */
  webhooks: Webhook[]
  clock: SandboxClock
  requests: SandboxServer['requests']
  /** Every call that reached a model. */
  calls: Logged[]
  close(): Promise<void>
  /** Puts master data in, model by model in order. @returns ids by model */
  load(masters: { readonly [model: string]: readonly Values[] }): { [model: string]: number[] }
  /** Records as they are, archived ones too, ordered by id; stored fields unless `fields` names others. */
  records(model: string, domain?: Domain, fields?: readonly string[]): SandboxRecord[]
  /** Opens a transaction whose rows nobody else sees before its commit. */
  transaction(): OpenTransaction
  /** Anything else, in one transaction with all rights. */
  sudo<T>(work: (env: Env) => T): T
  /** The record of an external id. */
  ref(externalId: string): { model: string; id: number } | undefined
  addKey(uid: number, key: NewKey): number
  /** @returns uid */
  addUser(user: NewUser): number
  /** The next record of a model gets this id. */
  idsFrom(model: string, id: number): void
  /** Every cookie is worth nothing from now on. */
  expireSessions(): void
}

const accounts = {
  admin: { login: 'admin', password: 'sandbox-admin', apiKey: 'sandbox-admin-key-0000000000000000000000' },
  connector: { login: 'connector', password: 'sandbox-connector', apiKey: 'sandbox-connector-key-000000000000000000' },
}

export async function start(options: OdooOptions): Promise<SandboxOdoo> {
  const { version, database = 'sandbox' } = options
  const webhooks = [...(options.webhooks ?? [])]
  const admin = { ...accounts.admin, ...options.admin }
  const connector = { ...accounts.connector, ...options.connector }
  const store = createStore(options.file)
  const clock = options.clock ?? createSandboxClock(store)
  const faults = options.faults ?? createFaults()
  const registry = createRegistry(version, [...base, ...business.models, ...additions(version)])
  const { holds, slow } = createSlowCalls()
  // What a new database begins with is nobody's news.
  let isOpen = false
  const kernel: Kernel = new Kernel(version, registry, new Database(store, clock), {
    holds,
    onCommit: async (happenings) => {
      if (isOpen) await tell(kernel, webhooks, happenings)
    },
  })
  if (store.get<boolean>('odoo', 'seeded') !== true) {
    kernel.sudo((env) => {
      seed(env, {
        company: options.company ?? 'Sandbox Company',
        currency: options.currency ?? 'USD',
        languages: options.languages ?? [],
        admin,
        connector,
      })
      business.seed(env)
    })
    store.put('odoo', 'seeded', true)
  }
  isOpen = true
  const auth = createAuth(kernel, store)
  const calls: Logged[] = []
  const wire = { kernel, auth, database, calls }
  const server = await serve((request) => route(wire, request), {
    faults,
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const ref = (externalId: string) =>
    kernel.sudo((env) => {
      const record = env.ref(externalId)
      return record && { model: record.model, id: record.id }
    })

  return {
    ...handsOn((work) => kernel.sudo(work)),
    version,
    url: server.url,
    database,
    credentials: {
      ...connector,
      uid: ref('sandbox.user_connector')?.id ?? 0,
      adminLogin: admin.login,
      adminPassword: admin.password,
      adminKey: admin.apiKey,
      adminUid: kernel.adminUid,
    },
    faults,
    webhooks,
    clock,
    requests: server.requests,
    calls,
    slow,
    close: async () => {
      await server.close()
      store.close()
    },
    load: (masters) =>
      kernel.sudo((env) =>
        Object.fromEntries(
          Object.entries(masters).map(([model, rows]) => [
            model,
            env
              .model(model)
              .createMany([...rows])
              .map((r) => r.id),
          ]),
        ),
      ),
    records: (model, domain = [], fields) => kernel.sudo((env) => recordsOf(env, model, domain, fields)),
    transaction: () => openTransaction(kernel),
    sudo: (work) => kernel.sudo(work),
    ref,
    addKey: (uid, key) => kernel.sudo((env) => addKey(env, uid, key)),
    addUser: (user) => kernel.sudo((env) => addUser(env, user).id),
    idsFrom: (model, id) => {
      kernel.database.table(model).lastId = id - 1
    },
    expireSessions: auth.expireSessions,
  }
}

/** What goes onto the models of the business: chatter and rights. */
const additions = (version: Version) => {
  const present = createRegistry(version, [...base, ...business.models])
  const chatters = withChatter.filter((name) => present.has(name)).map(chatter)
  return [...chatters, ...guards(version, (name) => present.has(name))]
}
