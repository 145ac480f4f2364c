import { isUndone, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { createWorld } from './world.ts'

type World = ReturnType<typeof createWorld>

async function story(w: World, number = 'PO1') {
  const [found] = await w.newLedger().stories(number)
  if (!found) throw new Error(`no story of ${number}`)
  return found
}

/** An order and its acknowledgement at the target. */
async function delivered(): Promise<World> {
  const w = createWorld()
  w.source.push({ number: 'PO1', revision: 1 })
  await w.settle()
  return w
}

describe('a delivered document', () => {
  test('is taken back at the target, with who and why, and is not counted as delivered any more', async () => {
    const w = await delivered()
    await w.askUndo('PO1')
    await w.settle()
    expect(w.target.canceled).toEqual(['PO1/1'])
    const { progress, mappings } = await story(w)
    expect(progress).toMatchObject({
      state: 'skipped',
      problems: [{ code: 'UNDONE', message: 'dana had it undone: ordered twice' }],
      undo: { by: 'dana', text: 'ordered twice', generation: 4, done: expect.any(String) },
    })
    expect(progress?.attempts.at(-1)).toMatchObject({ stage: 'push', step: '4.0', by: 'dana: ordered twice' })
    expect(progress?.targets.map((t) => t.operation)).toEqual(['create', 'acknowledge', 'cancel'])
    expect(isUndone(progress)).toBe(true)
    expect(stateOf(progress, true)).toBe('skipped')
    expect(w.events).toContain('DocumentsUndone PO1')
    // What nothing takes back is a person's, and says so.
    expect(mappings.at(-1)?.warnings).toEqual([
      { code: 'UNDO_BY_HAND', message: 'Tell them that ack PO1/1 does not hold.' },
    ])
  })

  test('has its newest write taken back first', async () => {
    const w = await delivered()
    w.acknowledgementsToo.add('ack PO1/1')
    await w.askUndo('PO1')
    await w.settle()
    expect(w.target.canceled).toEqual(['ack PO1/1', 'PO1/1'])
  })

  test('that was undone is undone once, and no redrive or replay writes it again', async () => {
    const w = await delivered()
    await w.askUndo('PO1')
    await w.settle()
    await w.askUndo('PO1', 'ann: me too')
    const { entry } = await story(w)
    const replay = { documentId: entry.documentId, number: 'PO1', task: 'map' as const, by: 'ann: again' }
    w.documents.send(replay, entry.group, 'replay')
    await w.settle()
    expect(w.target.canceled).toEqual(['PO1/1'])
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
    const last = (await story(w)).progress?.attempts.slice(-2)
    expect(last).toMatchObject([
      { code: 'ALREADY_DONE', by: 'ann: me too' },
      { code: 'ALREADY_DONE', by: 'ann: again' },
    ])
  })

  test('that cannot be taken back any more stands as before, and says why', async () => {
    const w = await delivered()
    const before = (await story(w)).progress
    w.target.shipped.add('PO1/1')
    await w.askUndo('PO1')
    await w.settle()
    const { progress } = await story(w)
    expect(progress).toMatchObject({ state: 'delivered', step: before?.step, problems: [], targets: before?.targets })
    expect(progress?.undo).toBeUndefined()
    expect(progress?.warnings).toEqual([{ code: 'UNDO_REFUSED', message: 'Nothing was undone: PO1/1 is shipped' }])
    expect(progress?.attempts.at(-1)).toMatchObject({ outcome: 'held', code: 'SHIPPED', by: 'dana: ordered twice' })
    expect(w.pushes.dead).toEqual([])
    // Once it can be, it is.
    w.target.shipped.clear()
    await w.askUndo('PO1')
    await w.settle()
    expect(w.target.canceled).toEqual(['PO1/1'])
    expect(isUndone((await story(w)).progress)).toBe(true)
  })

  test('of which a part was taken back and the rest cannot be waits for a person, and goes on after a redrive', async () => {
    const w = await delivered()
    w.acknowledgementsToo.add('ack PO1/1')
    w.target.shipped.add('PO1/1')
    await w.askUndo('PO1')
    await w.settle()
    expect((await story(w)).progress).toMatchObject({ state: 'held', problems: [{ code: 'SHIPPED' }] })
    w.target.shipped.clear()
    w.pushes.redrive()
    await w.settle()
    expect(w.target.canceled).toEqual(['ack PO1/1', 'PO1/1'])
    expect(isUndone((await story(w)).progress)).toBe(true)
  })

  test('whose record somebody deleted at the target has nothing left to undo', async () => {
    const w = await delivered()
    w.target.records.delete('PO1/1')
    await w.askUndo('PO1')
    await w.settle()
    const { progress } = await story(w)
    expect(isUndone(progress)).toBe(true)
    expect(progress?.attempts.at(-1)).toMatchObject({ outcome: 'adopted', code: 'NOT_THERE' })
  })

  test('that is sent once in its life is not captured again after it was undone', async () => {
    const w = createWorld()
    w.source.push({ number: 'S1', revision: 1, once: true })
    await w.settle()
    await w.askUndo('S1')
    await w.settle()
    w.source.push({ number: 'S1', revision: 2, once: true })
    await w.settle()
    expect((await w.newLedger().stories('S1')).length).toBe(1)
  })
})

describe('a document that is not delivered', () => {
  test('is left alone while it is on its way', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 1 })
    await w.runPoll()
    await w.runMap()
    await w.newLedger().claim((await story(w)).entry, '1.0', 'a worker', w.clock.now() + 60_000)
    await w.askUndo('PO1')
    await w.runMap()
    expect((await story(w)).progress).toMatchObject({ state: 'pushing', lease: { owner: 'a worker' }, attempts: [] })
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
    expect(w.target.canceled).toEqual([])
  })

  test('has what was written of it taken back where it waits, and its dead letter then does nothing', async () => {
    const w = createWorld()
    w.target.refuses.add('ack PO1/1')
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    expect((await story(w)).progress?.state).toBe('rejected')
    await w.askUndo('PO1')
    await w.settle()
    expect(w.target.canceled).toEqual(['PO1/1'])
    w.target.refuses.clear()
    w.pushes.redrive()
    await w.settle()
    expect(w.target.writes).toEqual(['PO1/1'])
    expect(isUndone((await story(w)).progress)).toBe(true)
  })

  test('of which nobody knows whether it arrived is looked for and taken back', async () => {
    const w = createWorld()
    w.world.fault = () => 'after'
    w.source.push({ number: 'PO1', revision: 1 })
    await w.settle()
    expect((await story(w)).progress).toMatchObject({ state: 'held', targets: [], problems: [{ code: 'GAVE_UP' }] })
    w.world.fault = () => 'none'
    await w.askUndo('PO1')
    await w.settle()
    expect(w.target.canceled).toEqual(['PO1/1'])
    expect(w.target.records.size).toBe(0)
  })

  test('of which nothing was written stays as it is', async () => {
    const w = createWorld()
    w.source.push({ number: 'PO1', revision: 1, bad: true })
    await w.settle()
    await w.askUndo('PO1')
    await w.settle()
    const { progress } = await story(w)
    expect(progress?.state).toBe('held')
    expect(progress?.attempts.at(-1)).toMatchObject({ code: 'UNDO_NOTHING', by: 'dana: ordered twice' })
  })
})
