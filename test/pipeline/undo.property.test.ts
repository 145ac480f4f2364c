import fc from 'fast-check'
import { isUndone } from '../../lib/pipeline/ledger/ledger.ts'
import { trouble, troubles } from './trouble.ts'
import { createWorld, Killed } from './world.ts'

type World = ReturnType<typeof createWorld>

const progressOf = async (w: World) => (await w.newLedger().stories('PO1'))[0]?.progress

/** An order with its acknowledgement at the target, both of which can be taken back. */
async function delivered(): Promise<World> {
  const w = createWorld()
  w.acknowledgementsToo.add('ack PO1/1')
  w.source.push({ number: 'PO1', revision: 1 })
  await w.settle()
  return w
}

/** Nothing dies and nothing fails any more; what became a dead letter meanwhile is redriven. */
async function calm(w: World): Promise<void> {
  w.world.step = () => {}
  w.world.fault = () => 'none'
  await w.settle()
  for (let round = 0; round < 2; round += 1) {
    w.documents.redrive()
    w.pushes.redrive()
    await w.settle()
  }
}

async function expectUndoneOnce(w: World): Promise<void> {
  expect(isUndone(await progressOf(w))).toBe(true)
  expect(w.target.records.size).toBe(0)
  expect(w.target.canceled).toEqual(['ack PO1/1', 'PO1/1'])
  expect(w.target.writes).toEqual(['PO1/1', 'ack PO1/1'])
}

test('killed at any one step of an undo, the target ends with everything taken back exactly once', async () => {
  for (let at = 1; at <= 160; at += 1) {
    const w = await delivered()
    await w.askUndo('PO1')
    let left = at
    w.world.step = () => {
      left -= 1
      if (left === 0) throw new Killed()
    }
    await w.settle()
    const steps = at - left
    await calm(w)
    await expectUndoneOnce(w)
    // The undo has fewer steps than this: the last rounds were without a kill.
    if (steps < at) return
  }
  throw new Error('an undo has more steps than were tried')
})

test('whatever dies and whatever fails, however often it is asked for, it is undone exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(troubles, fc.integer({ min: 1, max: 3 }), async ({ kills, faults }, asked) => {
      const w = await delivered()
      for (let i = 0; i < asked; i += 1) await w.askUndo('PO1', `person ${i}: twice`)
      Object.assign(w.world, trouble(kills, faults))
      await w.settle()
      await calm(w)
      await expectUndoneOnce(w)
    }),
    { numRuns: 200 },
  )
})

test('whatever dies before, what was written is taken back once or stands, never half', async () => {
  await fc.assert(
    fc.asyncProperty(troubles, troubles, fc.nat(3), async (before, after, moved) => {
      const w = createWorld()
      w.acknowledgementsToo.add('ack PO1/1')
      w.source.push({ number: 'PO1', revision: 1 })
      Object.assign(w.world, trouble(before.kills, before.faults))
      for (let i = 0; i < moved; i += 1) {
        await w.runPoll()
        await w.runMap()
        await w.runPush()
      }
      w.world.step = () => {}
      await w.runPoll()
      await w.askUndo('PO1')
      Object.assign(w.world, trouble(after.kills, after.faults))
      await w.settle()
      await calm(w)
      const progress = await progressOf(w)
      const [standing, canceled] = [[...w.target.records.keys()], w.target.canceled]
      expect(new Set(w.target.writes).size).toBe(w.target.writes.length)
      expect(new Set(canceled).size).toBe(canceled.length)
      if (isUndone(progress)) expect(standing).toEqual([])
      else expect([progress?.state, standing, canceled]).toEqual(['delivered', ['PO1/1', 'ack PO1/1'], []])
    }),
    { numRuns: 200 },
  )
})
