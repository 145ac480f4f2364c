import { Failure, Refusal } from '../../lib/core/failures.ts'
import { createHintWorld, Killed, recordOf, records } from './hint-world.ts'

const many = (count: number, receives = 1) =>
  Array.from({ length: count }, (_, i) => recordOf(records(`msg_${i}`, [String(i)]), `m${i}`, receives))
const fill = (world: ReturnType<typeof createHintWorld>, count: number) => {
  for (let i = 0; i < count; i += 1) world.source.set(String(i), 1)
}

describe('hints that name records', () => {
  it('are a few reads for thousands, and each document is on its way once', async () => {
    const world = createHintWorld()
    fill(world, 2000)
    for (const batch of [many(2000).slice(0, 1000), many(2000).slice(1000)])
      expect(await world.take(batch)).toEqual(new Map())
    expect(world.reads).toHaveLength(10)
    expect(new Set(world.enqueued).size).toBe(2000)
    expect(world.enqueued).toHaveLength(2000)
  })

  it('name a record once in a read, however many deliveries were about it, and it is found by all of them', async () => {
    const world = createHintWorld()
    fill(world, 1)
    await world.take(['msg_a', 'msg_b', 'msg_c'].map((id) => recordOf(records(id, ['0']), id)))
    expect(world.reads).toEqual([{ stream: 'orders', ids: ['0'] }])
    await world.map({ documentId: world.enqueued[0] ?? '', number: 'SO-0' })
    for (const id of ['msg_a', 'msg_b', 'msg_c'])
      expect((await world.ledger.stories(id)).map((s) => s.entry.number)).toEqual(['SO-0'])
  })

  it('lead to the document that a poll captured before, too', async () => {
    const world = createHintWorld()
    fill(world, 1)
    await world.take([recordOf(records('msg_first', ['0']), 'm1')])
    await world.take([recordOf(records('msg_other', ['1']), 'm2')])
    await world.map({ documentId: world.enqueued[0] ?? '', number: 'SO-0' })
    await world.take([recordOf(records('msg_late', ['0']), 'm3')])
    expect(world.enqueued).toHaveLength(1)
    expect((await world.ledger.stories('msg_late')).map((s) => s.entry.number)).toEqual(['SO-0'])
  })

  it('of records that are gone, or of no interest, are over', async () => {
    const world = createHintWorld()
    expect(await world.take(many(3))).toEqual(new Map())
    expect(world.enqueued).toEqual([])
  })

  it('all come back where a poll is running, however often, and are read when it is over', async () => {
    const world = createHintWorld()
    fill(world, 30)
    await world.state.lease('poll#shop', 'a poll', Number.MAX_SAFE_INTEGER)
    for (const [receives, seconds] of [
      [1, 5],
      [3, 20],
      [50, 60],
    ] as const)
      expect([...(await world.take(many(30, receives))).values()]).toEqual(Array(30).fill(seconds))
    expect(world.reads).toEqual([])
    await world.state.release('poll#shop', 'a poll')
    expect(await world.take(many(30, 51))).toEqual(new Map())
    expect(world.enqueued).toHaveLength(30)
  })

  it('wait a moment for a poll that is almost over, and need not come back', async () => {
    const world = createHintWorld()
    fill(world, 2)
    await world.state.lease('poll#shop', 'a poll', Number.MAX_SAFE_INTEGER)
    let waits = 0
    world.hooks.waited = async () => {
      waits += 1
      if (waits === 2) await world.state.release('poll#shop', 'a poll')
    }
    expect(await world.take(many(2))).toEqual(new Map())
    expect([waits, world.enqueued.length]).toEqual([2, 2])
  })

  it('come back where there is no time left for them', async () => {
    const world = createHintWorld()
    fill(world, 2)
    world.leave(30_000)
    expect([...(await world.take(many(2))).keys()]).toEqual(['m0', 'm1'])
  })
})

describe('a read that fails', () => {
  it('brings its own hints back, later each time, and holds up no other stream', async () => {
    const world = createHintWorld()
    fill(world, 2)
    world.hooks.fault = (stream) => {
      if (stream === 'broken') throw new Failure('transient', 'UNREACHABLE', 'down')
    }
    const given = (receives: number) => [
      recordOf(records('msg_1', ['0'], 'broken'), 'broken', receives),
      recordOf(records('msg_2', ['1']), 'fine', receives),
    ]
    expect(await world.take(given(1))).toEqual(new Map([['broken', 4]]))
    expect(await world.take(given(4))).toEqual(new Map([['broken', 193]]))
    world.hooks.fault = () => {}
    expect(await world.take(given(5))).toEqual(new Map())
  })

  it('waits as long as the source asked, and asks it nothing else meanwhile', async () => {
    const world = createHintWorld()
    world.hooks.fault = () => {
      throw new Failure('rate-limited', 'RATE_LIMITED', '429', { retryAfterMs: 120_000 })
    }
    const kept = await world.take([...many(300), recordOf(records('msg_x', ['7'], 'returns'), 'other')])
    expect(world.reads).toHaveLength(1)
    expect(kept.size).toBe(301)
    expect(kept.get('m0')).toBe(120)
  })

  it('for want of credentials takes the connection down, and the hints wait', async () => {
    const world = createHintWorld()
    world.hooks.fault = () => {
      throw new Failure('unauthorised', 'SIGN_IN', 'refused')
    }
    expect((await world.take(many(2))).size).toBe(2)
    expect(await world.state.connection('shop')).toMatchObject({ status: 'down', code: 'SIGN_IN' })
  })

  it('because of one record holds up none that comes for the first time', async () => {
    const world = createHintWorld()
    fill(world, 5)
    world.hooks.fault = (_, ids) => {
      if (ids.includes('poison')) throw new Refusal(500, [{ code: 'NO', message: 'no' }])
    }
    const poison = recordOf(records('msg_p', ['poison']), 'poison', 3)
    expect([...(await world.take([poison, ...many(5)])).keys()]).toEqual(['poison'])
    expect(world.enqueued).toHaveLength(5)
  })
})

test('killed anywhere, what hints name is enqueued and attested, whatever the source shows by the next try', async () => {
  const killAt = async (step: number): Promise<boolean> => {
    const world = createHintWorld()
    fill(world, 3)
    let steps = 0
    let dead = false
    world.hooks.step = () => {
      if (dead || ++steps === step) {
        dead = true
        throw new Killed()
      }
    }
    const first = await world.take(many(3)).catch(() => undefined)
    world.hooks.step = () => {}
    if (first?.size === 0) return false
    // The source goes on while the hints are invisible.
    world.source.set('1', 2)
    world.wait(400_000)
    expect(await world.take(many(3, 2))).toEqual(new Map())
    const stored = []
    for await (const { entry } of world.ledger.all()) stored.push(entry.documentId)
    expect(stored.filter((id) => !world.enqueued.includes(id))).toEqual([])
    expect(new Set(world.enqueued.map((id) => id.split('#')[0])).size).toBe(3)
    for (const id of ['msg_0', 'msg_1', 'msg_2']) {
      const linked = await world.items.query(`N#${id}`, 'doc#')
      expect(linked.length).toBeGreaterThan(0)
      for (const { sk } of linked) expect(stored).toContain(sk.slice('doc#'.length, -'#link'.length))
    }
    const { findings, pending } = await world.audit()
    expect([findings, pending]).toEqual([[], []])
    return true
  }
  let step = 1
  while (await killAt(step)) step += 1
  expect(step).toBeGreaterThan(20)
})

describe('a batch', () => {
  const unread = {
    hint: 'unread',
    reason: 'WEBHOOK_WITHOUT_ID',
    deliveryId: 'msg_u',
    topic: 'order.shipped',
    receivedAt: '2026-09-14T08:00:00.000Z',
    body: '{"status":"Shipped"}',
  } as const

  it('keeps a delivery that named nothing as a document, once however often it comes', async () => {
    const world = createHintWorld()
    for (const receivedAt of ['2026-09-14T08:00:00.000Z', '2026-09-14T08:00:05.000Z'])
      expect(await world.take([recordOf({ ...unread, receivedAt }, 'm')])).toEqual(new Map())
    const { reason, topic, body } = unread
    expect(await world.ledger.stories('msg_u')).toEqual([
      expect.objectContaining({ raw: expect.objectContaining({ reason, topic, body }) }),
    ])
    expect(world.enqueued).toHaveLength(1)
  })

  it('may hold nudges as well: they have the connection polled', async () => {
    const world = createHintWorld()
    fill(world, 1)
    expect(await world.take([recordOf({ hint: 'poll' }, 'n'), ...many(1)])).toEqual(new Map())
    expect([world.polls, world.enqueued.length]).toEqual([['orders'], 1])
  })

  it('of a connection that a person paused is not read: what is named waits, nudges do not', async () => {
    const world = createHintWorld()
    await world.state.setPaused('shop', { since: '', by: 'Ida', why: 'stocktaking' })
    expect(await world.take([recordOf({ hint: 'poll' }, 'n'), ...many(2)])).toEqual(
      new Map([
        ['m0', 900],
        ['m1', 900],
      ]),
    )
    expect([world.reads, world.polls]).toEqual([[], []])
  })

  it('loses no hint that it does not understand', async () => {
    const world = createHintWorld()
    fill(world, 1)
    const kept = await world.take([recordOf('{"hint":"tomorrow"}', 'x'), recordOf('no JSON', 'y'), ...many(1)])
    expect([...kept.keys()]).toEqual(['x', 'y'])
    expect(world.enqueued).toHaveLength(1)
  })
})
