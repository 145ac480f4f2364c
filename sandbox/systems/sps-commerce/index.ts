import type { SandboxClock } from '../shared/clock.ts'
import { createFaults, type Faults } from '../shared/faults.ts'
import { type SandboxRequest, type SandboxResponse, type SandboxServer, serve } from '../shared/serve.ts'
import { createStore } from '../shared/store.ts'
import { problemJson, unauthorised } from './answers.ts'
import { collections } from './collections.ts'
import { createNetwork, type Kind, type Taken, type TakenType } from './network.ts'
import { type Application, createTokens } from './tokens.ts'
import { type TransactionOptions, transactions } from './transactions.ts'

export type { Taken } from './network.ts'

export interface SpsSandboxOptions extends Partial<TransactionOptions> {
  /** Keeps everything over a restart; in memory where absent. */
  file?: string
  clock: SandboxClock
  faults?: Faults
  port?: number
  application?: Partial<Application>
}

/** A document SPS took from us, and how many of the same type, trading partner and number it took in all. */
export type Received = Taken & { count: number }

export interface SpsSandbox {
  url: string
  requests: SandboxServer['requests']
  faults: Faults
  /** A trading partner's document arrives: an RSX object, JSON or XML text. Returns its path in the Transaction API. */
  deliver(document: object | string, options?: { kind?: Kind; path?: string }): string
  /** What SPS took from us, in order. Uploads that still wait are taken first. */
  received(): Received[]
  /** The documents of one type that SPS took from us, as JSON, in order. */
  sent(type: TakenType): object[]
  /** Paths of files that stand in the directories now. */
  files(): string[]
  /** SPS takes what was uploaded to in/, whether its time has come or not. */
  takeUploads(): void
  expireTokens(): void
  /** Changes the application: another secret (rotation), another lifetime, the wrong type. */
  changeApplication(change: Partial<Application>): void
  close(): Promise<void>
}

/** Keys of the sandbox's application, unless others are given. */
export const sandboxKeys = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' }

/**
 * SPS Commerce simulated: both API styles over one network (sps-commerce.md §4), with token endpoints, paging, error
 * bodies, and inbound files that SPS takes and deletes, so that a file uploaded twice is a second document.
 */
export async function start(options: SpsSandboxOptions): Promise<SpsSandbox> {
  const { clock } = options
  const faults = options.faults ?? createFaults()
  const store = createStore(options.file)
  const network = createNetwork(store, clock)
  const tokens = createTokens(store, clock, {
    ...sandboxKeys,
    type: 'machine',
    lifetimeSeconds: 3600,
    ...options.application,
  })
  const url = () => server.url
  const queue = transactions(
    network,
    {
      directories: options.directories ?? ['in/', 'out/', 'out/PO/'],
      takeAfterMs: options.takeAfterMs ?? 2_000,
      historyLagMs: options.historyLagMs ?? 0,
    },
    url,
  )
  const lists = collections(network, url)

  const handle = (request: SandboxRequest): SandboxResponse => {
    if (request.method === 'POST' && request.path === '/authorization/v1/token') return tokens.issue(request)
    if (request.method === 'POST' && request.path === '/oauth/token')
      return tokens.issue(request, 'https://spscommerce.com')
    if (!tokens.isGood(request)) return unauthorised()
    if (request.path === '/auth-check') return { status: 204 }
    queue.takeUploads()
    return queue.handle(request) ?? lists(request) ?? problemJson(404, 'Not Found', `No such path: ${request.path}`)
  }
  const server = await serve(handle, { faults, clock, ...(options.port === undefined ? {} : { port: options.port }) })

  const received = (): Received[] => {
    queue.takeUploads(true)
    const all = store.list<Taken>('taken').map((t) => t.value)
    const id = (t: Taken) => `${t.type} ${t.tradingPartner} ${t.number}`
    const counts = Map.groupBy(all, id)
    return all.map((t) => ({ ...t, count: counts.get(id(t))?.length ?? 0 }))
  }

  return {
    url: server.url,
    requests: server.requests,
    faults,
    deliver: (document, { kind, path } = {}) => network.deliver(document, kind, path),
    received,
    sent: (type) =>
      received()
        .filter((t) => t.type === type)
        .map((t) => t.document),
    files: () => store.list('files').map((f) => f.key),
    takeUploads: () => queue.takeUploads(true),
    expireTokens: tokens.expire,
    changeApplication: tokens.change,
    close: async () => {
      await server.close()
      store.close()
    },
  }
}
