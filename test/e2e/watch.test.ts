import { lateNow } from '../../cli/watch/late.ts'
import type { Finding } from '../../lib/pipeline/watch/finding.ts'
import type { Memory } from '../../lib/pipeline/watch/look.ts'
import type { Polling } from '../../lib/pipeline/watch/polling.ts'
import { pollingRecord } from '../../lib/pipeline/watch/sources.ts'
import { type Sample, startSample } from './support.ts'

let sample: Sample

beforeAll(async () => {
  sample = await startSample()
  const { embedded, sample: systems } = sample.work
  systems.morning.advance()
  await embedded.tickAll()
  await embedded.idle()
}, 120_000)
afterAll(() => sample.close())

const minute = 60_000

const watched = async () => {
  const { embedded, outputs } = sample.work
  const { payload, error } = await embedded.invoke(outputs.shared.WatcherFunction, {})
  if (error) throw new Error(error.errorMessage)
  return payload
}

/** Everything that was noted so far was noted earlier. */
async function earlier(ms: number): Promise<void> {
  const { state } = sample.work
  const memory = await state.record<Memory>('watch')
  if (!memory) throw new Error('the watcher has not looked yet')
  const { documents, deadlines, ...rest } = memory
  const back = (iso: string) => new Date(Date.parse(iso) - ms).toISOString()
  await state.keepRecord('watch', {
    ...rest,
    documents: { ...documents, upTo: back(documents.upTo), open: documents.open },
    deadlines: { ...deadlines, upTo: back(deadlines.upTo) },
  })
}

const told = () =>
  sample.work.embedded
    .events()
    .map(({ event }) => event as unknown as { 'detail-type': string; detail: Finding & { status: string } })
    .filter(({ detail }) => detail.status === 'begun' || detail.status === 'over')
    .map((event) => `${event.detail.status} ${event['detail-type']} ${event.detail.connection ?? ''}`)

describe('the watcher, through the synthesised stack', () => {
  test('tells of a deadline, a stopped poller and a webhook once, and once that they are over', async () => {
    const { state, agenda, ledger, embedded } = sample.work
    expect(await watched()).toEqual({ late: 0, begun: 0, over: 0 })

    const [order] = await Array.fromAsync(ledger.all())
    if (!order) throw new Error('the morning brought nothing')
    const by = new Date(Date.now() - 10 * minute).toISOString()
    await agenda.expect(order.entry, { what: 'ship notice', by, met: ['nothing-does-this'] })
    const name = pollingRecord('sps')
    const polling = await state.record<Polling>(name)
    if (!polling) throw new Error('no poll has left its book')
    const stopped = { ...polling, polls: { ...polling.polls, last: Date.now() - 60 * minute } }
    await state.keepRecord(name, stopped)
    const odoo = await state.record<Polling>(pollingRecord('odoo'))
    const off = { since: Date.now(), code: 'X', message: 'no endpoint', concern: 'WebhookOff' }
    await state.keepRecord(pollingRecord('odoo'), { ...odoo, failing: { subscriptions: off } })
    await earlier(60 * minute)

    expect(await watched()).toEqual({ late: 3, begun: 3, over: 0 })
    expect(await watched()).toEqual({ late: 3, begun: 0, over: 0 })
    expect(told().toSorted()).toEqual(['begun DeadlineMissed ', 'begun PollerStopped sps', 'begun WebhookOff odoo'])

    await state.keepRecord(name, polling)
    await state.keepRecord(pollingRecord('odoo'), { ...odoo })
    expect(await watched()).toEqual({ late: 1, begun: 0, over: 2 })
    expect(told().filter((t) => t.startsWith('over'))).toHaveLength(2)
    expect(embedded.denials()).toEqual([])
  }, 60_000)

  test('and the command sees the same, and writes nothing', async () => {
    const { state } = sample.work
    const deployment = {
      ...sample.work,
      title: '',
      local: true,
      arguments: [],
      configFile: `${sample.work.stateDir}/config.json`,
    }
    const before = await state.record<Memory>('watch')
    const { late, lookedAt } = await lateNow(
      { ...deployment, settle: async () => true },
      deployment.configFile,
      Date.now(),
    )
    expect(late.map(({ kind }) => kind)).toEqual(['DeadlineMissed'])
    expect(lookedAt).toBe(before?.at)
    expect(await state.record<Memory>('watch')).toEqual(before)
  })

  test('two looks at a time are one', async () => {
    const results = await Promise.all([watched(), watched()])
    expect(results).toContainEqual(expect.objectContaining({ late: 1 }))
  })
})
