import { createClient } from '../../../lib/systems/odoo/client.ts'
import { begin, closeAll, count, failureOf, pairs, partners } from './client-support.ts'

afterEach(closeAll)

describe.each(pairs)('Odoo %s over %s', (version, protocol) => {
  it('repeats a read whose answer is lost', async () => {
    const { odoo, client } = await begin(version, protocol)
    const session = await client.open()
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'drop-after' } })
    expect(await session.call(count)).toEqual(expect.any(Number))
  })

  it('never repeats a write whose answer is lost: whether it was done is an open question', async () => {
    const { odoo, client } = await begin(version, protocol, { lostAnswerWaitSeconds: 20 })
    const session = await client.open()
    for (const kind of ['drop-after', 'truncate'] as const) {
      odoo.faults.add({ match: {}, times: 1, fault: { kind } })
      const lost = await failureOf(session.call(partners(kind)))
      expect([lost.class, lost.retryAfterMs]).toEqual(['ambiguous', 20_000])
      // It was done, once: nobody but the writer may decide whether it is sent again.
      expect(odoo.records('res.partner', [['ref', '=', kind]])).toHaveLength(1)
    }
  })

  it('slows the whole connection down where a proxy asks for it', async () => {
    const { odoo, client, connection } = await begin(version, protocol)
    const session = await client.open()
    const times = odoo.requests.length
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } } })
    const refused = await failureOf(session.call(partners('Later')))
    expect([refused.class, refused.retryAfterMs]).toEqual(['rate-limited', 7_000])
    expect(connection.stored.pausedUntil).toBeGreaterThan(Date.now())
    // Nothing is sent before that time is over, by any worker.
    expect((await failureOf(session.call(count))).class).toBe('rate-limited')
    expect((await failureOf(createClient(connection).open())).class).toBe('rate-limited')
    expect(odoo.requests.length).toBe(times + 1)
  })

  it('a 503 that names a time is a pause too, one that names none is tried again', async () => {
    const { odoo, client, connection } = await begin(version, protocol)
    const session = await client.open()
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 503 } })
    expect((await failureOf(session.call(count))).code).toBe('ODOO_UNAVAILABLE')
    expect(connection.stored.pausedUntil).toBe(0)
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 503, headers: { 'retry-after': '30' } } })
    expect((await failureOf(session.call(count))).retryAfterMs).toBe(30_000)
  })

  it('begins nothing for which no time is left', async () => {
    const { odoo, client } = await begin(version, protocol)
    await client.open()
    const session = await client.open(Date.now() + 3_000)
    // Enough for a read, not for a write: one that is cut short is of unknown outcome.
    await session.call(count)
    const before = odoo.requests.length
    const error = await failureOf(session.call(partners('Late')))
    expect([error.class, error.code]).toEqual(['transient', 'ODOO_NO_TIME'])
    const over = await client.open(Date.now() - 1)
    expect((await failureOf(over.call(count))).code).toBe('ODOO_NO_TIME')
    expect(odoo.requests.length).toBe(before)
  })
})

it('does not wait longer for an answer than there is time', async () => {
  const { odoo, client } = await begin(19, 'json-2')
  await client.open()
  const session = await client.open(Date.now() + 1_200)
  odoo.faults.add({ match: {}, times: 1, fault: { kind: 'delay', ms: 1_500 } })
  expect((await failureOf(session.call(count))).class).toBe('transient')
})

it('a read is repeated twice, and then left to the next attempt', async () => {
  const { odoo, client } = await begin(19, 'json-2')
  const session = await client.open()
  odoo.faults.add({ match: {}, times: 1, fault: { kind: 'truncate' } })
  odoo.faults.add({ match: {}, fault: { kind: 'drop-before' } })
  const before = odoo.requests.length
  expect((await failureOf(session.call(count))).class).toBe('transient')
  expect(odoo.requests.length - before).toBe(3)
})
