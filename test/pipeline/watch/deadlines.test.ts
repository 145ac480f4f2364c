import { day, hour, minute, watching } from './world.ts'

const due = (w: ReturnType<typeof watching>, inMs: number, what = 'ship notice') => ({
  what,
  by: new Date(w.clock.now() + inMs).toISOString(),
  met: ['send-ship-notice', 'cancel-order'],
})

test('an order whose ship notice went out in time is never told of', async () => {
  const w = watching()
  const order = await w.capture('PO1')
  await w.agenda.expect(order, due(w, 2 * hour))
  await w.deliver(order)
  w.pass(hour)
  await w.deliver(await w.capture('PO1', 'ship-notice'), 'send-ship-notice')
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toEqual([])
})

test('one without is told of within two looks after its deadline, and when it went out in the end', async () => {
  const w = watching()
  const order = await w.capture('PO1')
  await w.deliver(order)
  await w.agenda.expect(order, due(w, 2 * hour))
  w.pass(2 * hour - minute)
  await w.look()
  expect(w.told).toEqual([])
  w.pass(10 * minute)
  await w.look()
  await w.look()
  expect(w.told).toEqual([`begun DeadlineMissed ship notice ${order.documentId}`])
  await w.deliver(await w.capture('PO1', 'ship-notice'), 'send-ship-notice')
  await w.look()
  expect(w.told.at(-1)).toBe(`over DeadlineMissed ship notice ${order.documentId}`)
})

test('an order that is cancelled, or was no order after all, misses nothing', async () => {
  const w = watching()
  const cancelled = await w.capture('PO1')
  await w.deliver(cancelled)
  await w.agenda.expect(cancelled, due(w, hour))
  await w.deliver(await w.capture('PO1', 'purchase-order-change'), 'cancel-order')
  const skipped = await w.capture('PO2')
  await w.map(skipped)
  await w.agenda.expect(skipped, due(w, hour))
  await w.settle(skipped, 'skipped')
  w.pass(3 * hour)
  await w.look()
  expect(w.told).toEqual([])
})

test('what was delivered before the order came, or before it was sent anew, does not count', async () => {
  const w = watching()
  await w.deliver(await w.capture('PO1', 'ship-notice'), 'send-ship-notice')
  w.pass(hour)
  const order = await w.capture('PO1')
  await w.deliver(order)
  await w.agenda.expect(order, due(w, hour))
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toHaveLength(1)
})

test('a newer state of the order has deadlines of its own', async () => {
  const w = watching()
  const order = await w.capture('PO1')
  await w.deliver(order)
  await w.agenda.expect(order, due(w, hour))
  w.pass(minute)
  await w.deliver({ ...order, documentId: `${order.documentId}b`, capturedAt: w.at() })
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toEqual([])
})

test('an order that waits for a person misses its deadline like any other', async () => {
  const w = watching()
  const order = await w.capture('PO1')
  await w.map(order)
  await w.settle(order, 'held')
  await w.agenda.expect(order, due(w, hour, 'acknowledgement'))
  w.pass(2 * hour)
  await w.look()
  expect(w.told).toEqual([`begun DeadlineMissed acknowledgement ${order.documentId}`])
})

test('a thousand orders of one deadline are all looked at', async () => {
  const w = watching()
  const by = due(w, hour)
  for (let n = 0; n < 600; n += 1) await w.agenda.expect({ documentId: `sps:po:PO${n}#1`, number: `PO${n}` }, by)
  w.pass(2 * hour)
  await w.look()
  expect(w.counts.at(-1)).toEqual({ DeadlineMissed: 600 })
})

test('what was missed two weeks ago is not watched any more', async () => {
  const w = watching()
  const order = await w.capture('PO1')
  await w.deliver(order)
  await w.agenda.expect(order, due(w, hour))
  w.pass(2 * hour)
  await w.look()
  w.pass(15 * day)
  await w.look()
  expect(w.told.at(-1)).toMatch(/^over DeadlineMissed/)
})
