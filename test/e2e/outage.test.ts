import { switchesOf } from '../../cli/connections/switches.ts'
import { endings, eventKinds, orderReferences, type Sample, startSample, twice } from './support.ts'

let sample: Sample

beforeAll(async () => {
  sample = await startSample()
}, 600_000)
afterAll(() => sample.close())

/** Five minutes as AWS runs them: a bit of the morning, every schedule once, and all that follows at once. */
async function fiveMinutes(): Promise<void> {
  const { embedded, sample: systems } = sample.work
  if (!systems.morning.done()) systems.morning.advance()
  await embedded.tickAll()
  await embedded.idle({ ignoreDelayed: true })
}

const isWritten = async (name: string): Promise<boolean> => {
  const { aws, connections } = sample.work
  const connection = connections[name]
  return connection !== undefined && (await switchesOf(aws, connection)).written
}

const told = (kind: string): number => eventKinds(sample.work).filter((k) => k === kind).length

/** What was put off for later, in seconds or minutes, is due. */
const laterComes = async (): Promise<void> => {
  sample.work.embedded.releaseInFlight()
  await sample.rounds()
}

describe('systems that stop for ten minutes in the middle of the morning', () => {
  test('are paused, probed and resumed, and nobody has to do anything', async () => {
    const { acumatica, sps } = sample.work.sample.systems
    await fiveMinutes()

    // The ERP, which orders are written to.
    acumatica.faults.add({ match: {}, fault: { kind: 'drop-before' } })
    await fiveMinutes()
    await fiveMinutes()
    expect(await isWritten('acumatica')).toBe(false)
    expect(await isWritten('odoo')).toBe(true)
    acumatica.faults.clear()
    await fiveMinutes()
    expect(await isWritten('acumatica')).toBe(true)
    expect([told('ConnectionDown'), told('ConnectionUp')]).toEqual([1, 1])

    // The network, which orders come from and answers go to.
    sps.faults.add({ match: {}, fault: { kind: 'drop-before' } })
    await fiveMinutes()
    await fiveMinutes()
    expect(await isWritten('sps')).toBe(false)
    sps.faults.clear()
    await fiveMinutes()
    expect(await isWritten('sps')).toBe(true)
    expect([told('ConnectionDown'), told('ConnectionUp')]).toEqual([2, 2])
    await laterComes()
  }, 600_000)

  test('have lost nothing and got nothing twice: the morning ends as it does on any other day', async () => {
    const found = await endings(sample.work)
    const { expected } = sample.work.sample.morning
    const ends = (of: readonly { flow: string; number: string; outcome: string }[]) =>
      of
        // The cancellation of this order waited at the network while its goods left.
        .filter((d) => d.outcome !== 'skipped' && d.number !== 'AM-9006')
        .map((d) => `${d.outcome} ${d.flow} ${d.number}`)
        .toSorted()
    expect(ends(found)).toEqual(ends(expected))
    expect(found.filter((d) => d.outcome === 'captured' || d.outcome === 'mapped')).toEqual([])
    expect(found.filter(({ codes }) => codes.includes('GAVE_UP'))).toEqual([])
    expect(twice(orderReferences(sample.work.sample))).toEqual([])
    const received = sample.work.sample.systems.sps.received()
    expect(twice(received.map((r) => JSON.stringify(r.document)))).toEqual([])
  })
})

test('a connection that is down is asked by the one who writes to it, where no poll comes', async () => {
  const { embedded, state, outputs } = sample.work
  const since = new Date(Date.now() - 10 * 60_000).toISOString()
  await state.setConnection('odoo', { status: 'down', since, code: 'UNREACHABLE', message: 'nobody', by: 'write' })
  await embedded.invoke(outputs.shared.KeeperFunction, {})
  await embedded.idle({ ignoreDelayed: true })
  expect((await state.connection('odoo'))?.status).toBe('up')
  expect(await isWritten('odoo')).toBe(true)
  expect(embedded.denials()).toEqual([])
}, 60_000)
