import type { WriteOutcome } from '../../../lib/core/exchange.ts'
import { createWriter } from '../../../lib/systems/sps-commerce/writer.ts'
import { attempt, fixture, type SpsSandbox, startSps, styles } from './support.ts'

let sps: SpsSandbox
afterEach(() => sps.close())
const begin = async (...parameters: Parameters<typeof startSps>) => {
  const started = await startSps(...parameters)
  sps = started.sps
  return { ...started, writer: createWriter(started.connection) }
}
const again = attempt({ mayHaveWritten: true })
const delivered = (outcome: WriteOutcome) => {
  if (outcome.outcome !== 'delivered') throw new Error(JSON.stringify(outcome.problems))
  return outcome
}

describe.each(styles)('%s', (style) => {
  it('an order, its change and a stock report arrive as they were written, under their own numbers', async () => {
    const { writer } = await begin(style)
    const change = fixture('order-change-860.json')
    const writes = [
      { operation: 'send-purchase-order', reference: 'PO4500187734', record: fixture('order-850.json') },
      { operation: 'send-purchase-order-change', reference: 'PC4500187734-1', record: change },
      { operation: 'send-inventory', reference: 'IBIB-20261019-0600', record: fixture('inventory-846.json') },
    ]
    const outcomes = []
    for (const write of writes) outcomes.push(delivered(await writer.write({ connection: 'sps', ...write }, attempt())))
    expect(outcomes.map((o) => o.targetNumbers)).toEqual([['4500187734'], ['4500187734'], ['IB-20261019-0600']])
    expect(sps.received().map((r) => [r.type, r.number, r.count])).toEqual([
      ['purchase-order', '4500187734', 1],
      ['purchase-order-change', '4500187734', 1],
      ['inventory', 'IB-20261019-0600', 1],
    ])
    expect(sps.sent('purchase-order-change')).toEqual([change])
    expect(sps.received().map((r) => r.document)).toEqual(writes.map((w) => w.record))
  })

  it.each([
    ['send-purchase-order', 'order-850.json'],
    ['send-purchase-order-change', 'order-change-860.json'],
    ['send-inventory', 'inventory-846.json'],
  ])('%s: a lost answer does not make a second one', async (operation, file) => {
    const { writer } = await begin(style)
    const write = { connection: 'sps', operation, reference: 'P00042', record: fixture(file) }
    sps.faults.add({
      match: { method: 'POST', path: /fulfillment|transactions/ },
      times: 1,
      fault: { kind: 'drop-after' },
    })
    await expect(writer.write(write, attempt())).rejects.toMatchObject({ class: 'ambiguous' })
    sps.takeUploads()
    delivered(await writer.write(write, again))
    expect(sps.received().map((r) => r.count)).toEqual([1])
  })
})

it.each([
  ['send-purchase-order', 'order-850.json', 'POP00042'],
  ['send-purchase-order-change', 'order-change-860.json', 'PCP00042'],
  ['send-inventory', 'inventory-846.json', 'IBP00042'],
])('%s as XML or JSON has its letters in the name', async (operation, file, stem) => {
  const { connect } = await begin('transactions')
  const write = { connection: 'sps', operation, reference: 'P00042', record: fixture(file) }
  for (const format of ['xml', 'json']) {
    const outcome = await createWriter(connect({ format })).write(write, attempt())
    expect(delivered(outcome).targetId).toBe(`/in/${stem}.${format}`)
  }
  expect(sps.received().map((r) => r.document)).toEqual([write.record, write.record])
})
