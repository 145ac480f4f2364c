import { createWorld, Killed } from './world.ts'

const story = async (w: ReturnType<typeof createWorld>, number: string) => {
  const [found] = await w.newLedger().stories(number)
  if (!found) throw new Error(`no story of ${number}`)
  return found
}

describe('a held document', () => {
  test('reaches the dead-letter queue after one mapping and no call to the target', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 1, bad: true })
    await w.settle()
    expect(w.documents.dead.length).toBe(1)
    const { progress } = await story(w, 'PO1')
    expect(progress?.state).toBe('held')
    expect(progress?.problems.map((p) => p.code)).toEqual(['NOT_MAPPED'])
    expect(progress?.attempts.length).toBe(1)
    expect(w.target.writes).toEqual([])
  })

  test('does not keep the others of its queue waiting', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 1, bad: true }, { number: 'PO2', revision: 1 })
    await w.settle()
    expect(w.target.writes).toEqual(['PO2/1', 'ack PO2/1'])
  })

  test('comes back by the queue’s own redrive as a new attempt', async () => {
    const w = createWorld()
    w.holds.add('PO1')
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    w.holds.clear()
    w.documents.redrive()
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
    const { progress } = await story(w, 'PO1')
    expect(progress?.state).toBe('delivered')
    expect(progress?.attempts.map((a) => a.outcome)).toEqual(['held', 'written', 'written', 'written'])
  })
})

describe('a rejected document', () => {
  test('is mapped anew when its dead letter is redriven, not sent again as it was', async () => {
    const w = createWorld()
    w.target.refuses.add('PO1/1')
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    expect(w.pushes.dead.length).toBe(1)
    expect((await story(w, 'PO1')).progress?.state).toBe('rejected')
    w.target.refuses.clear()
    w.pushes.redrive()
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
  })

  test('whose first write was delivered goes on at the second after a redrive', async () => {
    const w = createWorld()
    w.target.refuses.add('ack PO1/1')
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1'])
    w.target.refuses.clear()
    w.pushes.redrive()
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
  })
})

describe('a fault', () => {
  test('a timeout after the target committed does not create a second record', async () => {
    const w = createWorld()
    let lost = false
    w.world.fault = () => {
      if (lost) return 'none'
      lost = true
      return 'after'
    }
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
    const { progress } = await story(w, 'PO1')
    expect(progress?.targets[0]?.adopted).toBe(true)
  })

  test('of one document that lasts ends as held with the fault’s own words, after more than ten minutes', async () => {
    const w = createWorld({ random: () => 0 })
    w.world.fault = (write) => (write === 'PO2/1' ? 'down' : 'none')
    w.source.push({ number: 'PO1', revision: 1 }, { number: 'PO2', revision: 1 }, { number: 'PO3', revision: 1 })
    const began = w.clock.now()
    await w.settle()
    const { progress } = await story(w, 'PO2')
    expect(progress?.problems[0]).toMatchObject({ code: 'GAVE_UP', message: expect.stringContaining('down') })
    expect(w.clock.now() - began).toBeGreaterThan(600_000)
    expect((await story(w, 'PO3')).progress?.state).toBe('delivered')
    expect(w.events).not.toContain('ConnectionDown erp')
  })
})

describe('a document that is sent once in its life', () => {
  test('is not captured again when the source touches it after it was delivered', async () => {
    const w = createWorld()
    w.source.push({ number: 'S1', revision: 1, once: true })
    await w.settle()
    w.source.push({ number: 'S1', revision: 2, once: true })
    await w.settle()
    expect((await w.newLedger().stories('S1')).length).toBe(1)
    expect(w.target.writes).toEqual(['S1/1', 'ack S1/1'])
  })

  test('that was held takes the place of its older state when it is mended at the source', async () => {
    const w = createWorld()
    w.source.push({ number: 'S1', revision: 1, bad: true, once: true })
    await w.settle()
    w.source.push({ number: 'S1', revision: 2, once: true })
    await w.settle()
    const [older, newer] = await w.newLedger().stories('S1')
    expect(older?.progress).toMatchObject({ state: 'skipped', problems: [{ code: 'SUPERSEDED' }] })
    expect(newer?.progress?.state).toBe('delivered')
    w.documents.redrive()
    await w.settle()
    expect(w.target.writes).toEqual(['S1/2', 'ack S1/2'])
  })
})

describe('a poller that dies between storing and enqueueing', () => {
  test('leaves nothing behind, even when the source shows another state of the record by the next poll', async () => {
    const w = createWorld()
    w.source.push({ number: 'S1', revision: 1 })
    w.world.step = (where) => {
      if (where === 'sqs.send before') throw new Killed()
    }
    await w.runPoll()
    w.world.step = () => {}
    w.source[0] = { number: 'S1', revision: 2 }
    await w.settle()
    const states = (await w.newLedger().stories('S1')).map((s) => s.progress?.state)
    expect(states).toEqual(['delivered', 'delivered'])
    expect(w.target.writes.toSorted()).toEqual(['S1/1', 'S1/2', 'ack S1/1', 'ack S1/2'])
  })
})

describe('order', () => {
  test('an older version that arrives late never overwrites a newer one', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 2 }, { number: 'PO1', revision: 1 })
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/2', 'ack PO1/2'])
  })

  test('a replay of a delivered document is recorded and writes nothing', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    const { entry } = await story(w, 'PO1')
    w.documents.send(
      { documentId: entry.documentId, number: 'PO1', task: 'map', by: 'Ann: test' },
      entry.group,
      'replay',
    )
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
    const last = (await story(w, 'PO1')).progress?.attempts.at(-1)
    expect(last).toMatchObject({ code: 'ALREADY_DONE', by: 'Ann: test' })
  })
})
