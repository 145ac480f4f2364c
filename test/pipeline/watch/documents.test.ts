import { hour, minute, watching } from './world.ts'

test('documents that come to an end within an hour and a half are never told of', async () => {
  const w = watching()
  for (let n = 0; n < 40; n += 1) {
    const entry = await w.capture(`PO${n}`)
    w.pass(7 * minute)
    if (n % 3 === 0) await w.settle(entry, 'held')
    else await w.deliver(entry)
    await w.look()
  }
  expect(w.told).toEqual([])
  expect(w.counts.every((late) => Object.keys(late).length === 0)).toBe(true)
})

test('one that was captured and never mapped is told of once, and once that it is over', async () => {
  const w = watching()
  const entry = await w.capture('PO1')
  for (let n = 0; n < 30; n += 1) {
    await w.look()
    w.pass(5 * minute)
  }
  expect(w.told).toEqual([`begun DocumentStuck ${entry.documentId}`])
  expect(w.counts.at(-1)).toEqual({ DocumentStuck: 1 })
  await w.deliver(entry)
  await w.look()
  expect(w.told).toEqual([`begun DocumentStuck ${entry.documentId}`, `over DocumentStuck ${entry.documentId}`])
  expect(w.counts.at(-1)).toEqual({})
})

test('it is told of within two looks after its time', async () => {
  const w = watching()
  await w.capture('PO1')
  w.pass(90 * minute - 1)
  await w.look()
  expect(w.told).toEqual([])
  w.pass(10 * minute)
  await w.look()
  expect(w.told).toHaveLength(1)
})

test('one whose poller died before it was stored is no document', async () => {
  const w = watching()
  await w.agenda.captured('sps#orders', { at: w.at(), documents: [{ documentId: 'sps:order:PO1#1', number: 'PO1' }] })
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toEqual([])
})

test('one that waits for a connection that is down or paused is late only once that works', async () => {
  const w = watching()
  await w.map(await w.capture('PO1'))
  await w.state.setConnection('erp', { status: 'down', since: w.at() })
  w.pass(2 * hour)
  await w.look()
  await w.state.setConnection('erp', { status: 'up', since: w.at() })
  await w.state.setPaused('erp', { since: w.at(), by: 'dana', why: 'upgrade' })
  await w.look()
  expect(w.told).toEqual([])
  await w.state.setPaused('erp', undefined)
  await w.look()
  expect(w.told).toEqual(['begun DocumentStuck sps:purchase-order:PO1#1'])
})

test('with thousands late, the rest is looked at when the first ones are over; none is forgotten', async () => {
  const w = watching()
  const entries = []
  for (let n = 0; n < 500; n += 1) {
    entries.push(await w.capture(`PO${n}`))
    w.pass(1000)
  }
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toHaveLength(200)
  for (const entry of entries.slice(0, 490)) await w.deliver(entry)
  for (let n = 0; n < 4; n += 1) await w.look()
  expect(w.counts.at(-1)).toEqual({ DocumentStuck: 10 })
})

test('a bus that takes nothing is told again; nothing is taken for told that was not', async () => {
  const w = watching()
  await w.capture('PO1')
  w.pass(2 * hour)
  w.busFails(true)
  await expect(w.look()).rejects.toThrow('the bus takes nothing')
  w.busFails(false)
  await w.look()
  await w.look()
  expect(w.told).toEqual(['begun DocumentStuck sps:purchase-order:PO1#1'])
})

test('a watcher that was away for a day finds what got stuck meanwhile', async () => {
  const w = watching()
  await w.look()
  w.pass(5 * hour)
  await w.capture('PO1')
  w.pass(30 * hour)
  await w.look()
  expect(w.told).toEqual(['begun DocumentStuck sps:purchase-order:PO1#1'])
})
