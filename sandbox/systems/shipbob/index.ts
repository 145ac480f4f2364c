import { createSandboxClock, type SandboxClock } from '../shared/clock.ts'
import { createFaults, type Faults } from '../shared/faults.ts'
import { type SandboxServer, serve } from '../shared/serve.ts'
import { createStore } from '../shared/store.ts'
import { credentials, ownChannel, shopChannel, channels as usualChannels } from './account.ts'
import { createLimit } from './limit.ts'
import type { Channel } from './model.ts'
import { createOAuth, type OAuth, type OAuthOptions } from './oauth.ts'
import { createPeople, type People } from './people/index.ts'
import { createRouter } from './routes.ts'
import { createSender, type SenderOptions, type Webhooks } from './webhooks/sender.ts'
import { createWorld, type Habits, type World } from './world.ts'

export type { Delivery } from './webhooks/deliveries.ts'
export type { Webhooks } from './webhooks/sender.ts'

export interface ShipBobOptions {
  /** Database file; in memory where absent. */
  file?: string
  clock?: SandboxClock
  faults?: Faults
  port?: number
  channels?: readonly Channel[]
  habits?: Partial<Habits>
  oauth?: Partial<OAuthOptions>
  /** 150 a minute by the real clock where absent (shipbob.md §3.2). */
  limit?: { perMinute?: number; now?(): number }
  webhooks?: Partial<SenderOptions>
}

/** A simulated ShipBob: one merchant's account, its shops and the warehouses (shipbob.md). */
export interface SandboxShipBob extends Pick<OAuth, 'expireAccessTokens' | 'withdrawConsent' | 'replacePersonalToken'> {
  /** Scheme and host of the API and of the authorisation server: `baseUrl` and `authUrl` of a connection. */
  url: string
  /** What goes into the connection's secret: a personal token, or the OAuth app. */
  credentials: typeof credentials
  /** The channel we write as, and the shop's. */
  channels: { own: number; shop: number }
  faults: Faults
  clock: SandboxClock
  habits: Habits
  requests: SandboxServer['requests']
  people: People
  webhooks: Webhooks
  /** What stands in the account. */
  account: Pick<
    World,
    | 'products'
    | 'receiving'
    | 'unidentified'
    | 'orders'
    | 'shipments'
    | 'returns'
    | 'transactions'
    | 'invoices'
    | 'subscriptions'
  >
  close(): Promise<void>
}

const usualHabits: Habits = {
  hidesReceived: true,
  syncAnswer: 'results',
  shippedEvent: 'each',
  repeatsPages: false,
  hubs: {},
  deleteStatus: 204,
}

/** Starts it. With a file it goes on where it was, and sends the deliveries that it still owes. */
export async function start(options: ShipBobOptions = {}): Promise<SandboxShipBob> {
  const store = createStore(options.file)
  const clock = options.clock ?? createSandboxClock(store)
  const faults = options.faults ?? createFaults()
  const habits: Habits = { ...usualHabits, ...options.habits }
  const sender = createSender({ signingTime: Date.now, format: JSON.stringify, ...options.webhooks })
  const world = createWorld({
    store,
    clock,
    habits,
    channels: options.channels ?? usualChannels,
    tell: sender.tell,
    origin: () => server.url,
  })
  const oauth = createOAuth(store, clock, { accessSeconds: 3600, rotates: true, ...options.oauth })
  const limit = createLimit({ perMinute: options.limit?.perMinute ?? 150, now: options.limit?.now ?? Date.now })
  const server = await serve(createRouter(world, oauth, limit), {
    faults,
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  sender.attach(world)
  void sender.webhooks.pump()
  return {
    url: server.url,
    credentials,
    channels: { own: ownChannel, shop: shopChannel },
    faults,
    clock,
    habits,
    requests: server.requests,
    people: createPeople(world),
    webhooks: sender.webhooks,
    account: world,
    expireAccessTokens: oauth.expireAccessTokens,
    withdrawConsent: oauth.withdrawConsent,
    replacePersonalToken: oauth.replacePersonalToken,
    close: async () => {
      await sender.stop()
      await server.close()
      store.close()
    },
  }
}
