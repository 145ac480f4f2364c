import { keep } from '../../lib/pipeline/keep.ts'
import type { StateStore } from '../../lib/pipeline/state.ts'

/** The keeper over connections of which each is up, down or paused, with its queue open or not. */
async function kept(given: { paused?: boolean; status?: 'up' | 'down'; open: boolean }) {
  let { open } = given
  const state = {
    paused: async () => (given.paused ? { since: '', by: 'dana', why: 'upgrade' } : undefined),
    connection: async () => given.status && { status: given.status, since: '' },
  } as unknown as StateStore
  const valve = {
    isOpen: async () => open,
    set: async (_id: string, wanted: boolean) => {
      open = wanted
    },
  }
  const log = { info() {}, warn() {}, error() {} }
  const result = await keep({ erp: { eventSourceMapping: 'uuid' } }, { state, valve, log })
  return { open, said: result.erp }
}

test.each([
  { given: { open: false }, open: true, said: 'up' },
  { given: { status: 'up' as const, open: false }, open: true, said: 'up' },
  { given: { status: 'down' as const, open: true }, open: false, said: 'down' },
  { given: { paused: true, open: true }, open: false, said: 'paused' },
  { given: { paused: true, status: 'up' as const, open: false }, open: false, said: 'paused' },
])('a queue is as its connection is: $given', async ({ given, ...wanted }) => {
  expect(await kept(given)).toEqual(wanted)
})
