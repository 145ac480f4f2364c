import { keep } from '../../lib/pipeline/keep.ts'
import type { ConnectionState, StateStore } from '../../lib/pipeline/state.ts'

/** The keeper over connections of which each is up, down or paused, with its queue open or not. */
async function kept(given: { paused?: boolean; open: boolean } & Partial<ConnectionState>) {
  let { open } = given
  const probed: string[] = []
  const state = {
    paused: async () => (given.paused ? { since: '', by: 'dana', why: 'upgrade' } : undefined),
    connection: async () => given.status && { since: at(0), ...given },
  } as unknown as StateStore
  const valve = {
    isOpen: async () => open,
    set: async (_id: string, wanted: boolean) => {
      open = wanted
    },
  }
  const result = await keep(
    { erp: { eventSourceMapping: 'uuid', pusher: 'pusher-of-erp' } },
    {
      state,
      valve,
      probe: async (name) => void probed.push(name),
      clock: { now: () => hours(2) },
      log: { info() {}, warn() {}, error() {} },
    },
  )
  return { open, said: result.erp, probed: probed.length > 0 }
}

const hours = (n: number): number => Math.round(n * 3_600_000)
const at = (h: number): string => new Date(hours(h)).toISOString()

test.each([
  { given: { open: false }, open: true, said: 'up' },
  { given: { status: 'up' as const, open: false }, open: true, said: 'up' },
  { given: { status: 'down' as const, open: true }, open: false, said: 'down' },
  { given: { paused: true, open: true }, open: false, said: 'paused' },
  { given: { paused: true, status: 'up' as const, open: false }, open: false, said: 'paused' },
])('a queue is as its connection is: $given', async ({ given, ...wanted }) => {
  expect(await kept(given)).toMatchObject(wanted)
})

const down = { status: 'down' as const, open: false, by: 'write' as const }

test.each([
  { what: 'one that works', given: { status: 'up' as const, open: true }, probed: false },
  { what: 'one that a write found down', given: down, probed: true },
  { what: 'one that only a poll can prove', given: { ...down, by: 'read' as const }, probed: false },
  { what: 'one that a person has paused', given: { ...down, paused: true }, probed: false },
  { what: 'one that went down a moment ago', given: { ...down, since: at(1.99) }, probed: false },
  { what: 'one that was down minutes ago', given: { ...down, since: at(1.9), probedAt: at(1.95) }, probed: true },
  { what: 'one that is down for hours, probed minutes ago', given: { ...down, probedAt: at(1.9) }, probed: false },
  { what: 'one that is down for hours, probed long ago', given: { ...down, probedAt: at(1.45) }, probed: true },
])('$what is probed: $probed', async ({ given, probed }) => {
  expect((await kept(given)).probed).toBe(probed)
})
