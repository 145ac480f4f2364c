import { createWorld } from './world.ts'

const word = { at: '2026-03-02T09:00:00.000Z', by: 'dana', text: 'price under discussion' }

async function story(w: ReturnType<typeof createWorld>) {
  const [found] = await w.newLedger().stories('PO1')
  if (!found) throw new Error('no story of PO1')
  return found
}

/** A document that is captured and mapped, its first write waiting in the push queue. */
async function mapped() {
  const w = createWorld()
  w.source.push({ number: 'PO1', revision: 1 })
  await w.runPoll()
  await w.runMap()
  return w
}

test('a document that somebody holds before it is written is not written, however often its message comes', async () => {
  const w = await mapped()
  expect(await w.newLedger().hold((await story(w)).entry, word)).toBe('done')
  await w.settle()
  w.pushes.redrive()
  await w.settle()
  expect(w.target.writes).toEqual([])
  const { progress } = await story(w)
  expect(progress).toMatchObject({ state: 'held', hold: word, problems: [{ code: 'HELD_BY_HAND' }] })
})

test('held after its first write, the second waits', async () => {
  const w = await mapped()
  await w.runPush()
  await w.newLedger().hold((await story(w)).entry, word)
  await w.settle()
  expect(w.target.writes).toEqual(['PO1/1'])
})

test('released, it goes on where it was', async () => {
  const w = await mapped()
  await w.runPush()
  const { entry } = await story(w)
  await w.newLedger().hold(entry, word)
  await w.settle()
  expect(await w.newLedger().hold(entry, undefined)).toBe('done')
  w.documents.redrive()
  w.pushes.redrive()
  await w.settle()
  expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
  expect((await story(w)).progress).toMatchObject({ state: 'delivered' })
})

test('what is delivered cannot be held any more', async () => {
  const w = createWorld()
  w.source.push({ number: 'PO1', revision: 1 })
  await w.settle()
  expect(await w.newLedger().hold((await story(w)).entry, word)).toBe('over')
  expect((await story(w)).progress?.state).toBe('delivered')
})

test('what is being written at this moment is not held', async () => {
  const w = await mapped()
  const { entry } = await story(w)
  await w.newLedger().claim(entry, '1.0', 'another worker', w.clock.now() + 60_000)
  expect(await w.newLedger().hold(entry, word)).toBe('sending')
})
