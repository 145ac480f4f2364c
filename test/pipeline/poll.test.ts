import type { SourceReader } from '../../lib/core/exchange.ts'
import { Failure, Refusal } from '../../lib/core/failures.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import { poll } from '../../lib/pipeline/poll.ts'
import { createAgenda } from '../../lib/pipeline/watch/agenda.ts'
import { memoryState } from '../support/memory-state.ts'

const now = Date.parse('2026-09-14T08:00:00Z')

/** One poll of a connection that was down, its streams answering as said. */
async function polled(answers: Record<string, Error | 'works'>) {
  const items = memoryItems()
  const state = memoryState(() => now)
  const down = {
    status: 'down',
    since: '2026-09-14T07:00:00.000Z',
    code: 'UNREACHABLE',
    message: '',
    by: 'read',
  } as const
  await state.setConnection('shop', down)
  const reader: SourceReader = {
    streams: () => Object.keys(answers),
    readPage: async (stream) => {
      const answer = answers[stream]
      if (answer instanceof Error) throw answer
      return { documents: [], cursor: 1, more: false }
    },
  }
  const result = await poll({
    log: { info() {}, warn() {}, error() {} },
    metrics: { count() {} },
    notices: { add() {}, connection() {}, flush: async () => {} },
    slice: { name: 'shop', system: 'shop', settings: {}, allowHosts: [], routes: [] },
    reader,
    ledger: createLedger(items, memoryBlobs(), () => now),
    agenda: createAgenda(items, memoryBlobs()),
    state,
    outbox: { toMapper: async () => {}, toPusher: async () => {} },
    clock: { now: () => now },
    owner: 'a poller',
    remaining: () => 300_000,
  })
  return { failures: result?.failures.map((f) => f.code), status: (await state.connection('shop'))?.status }
}

const refused = new Refusal(404, [{ code: 'NO_SUCH_LIST', message: 'no' }])
const unreachable = new Failure('transient', 'UNREACHABLE', 'down')
const signIn = new Failure('unauthorised', 'SIGN_IN', 'refused')

describe('a connection that was down', () => {
  test.each<[string, Parameters<typeof polled>[0], 'up' | 'down']>([
    ['is up where every stream is read', { orders: 'works', returns: 'works' }, 'up'],
    ['is up where one stream is read, though another never is', { returns: refused, orders: 'works' }, 'up'],
    ['stays down where none is read', { orders: refused, returns: refused }, 'down'],
    ['stays down where it is not reached', { orders: unreachable, returns: unreachable }, 'down'],
    ['stays down where its credentials are refused half-way', { orders: 'works', returns: signIn }, 'down'],
  ])('%s', async (_, answers, status) => {
    expect((await polled(answers)).status).toBe(status)
  })
})
