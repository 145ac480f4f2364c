import { redrive } from '../../cli/commands/redrive.ts'
import { partsOf } from '../../cli/deployment/parts.ts'
import { causesOf, waitingDocuments } from '../../cli/exceptions/waiting.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { buildOrder } from '../../sandbox/scenario/order.ts'
import { harborPine } from '../../sandbox/scenario/retailers/harbor-pine.ts'
import { eaches } from '../../sandbox/scenario/sketch.ts'
import { endings, orderReferences, type Sample, startSample } from './support.ts'

const orders = 24
const integration = 'acumatica-sps-commerce'

let sample: Sample
beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.close())

const isOurs = ({ number }: { number: string }) => number.startsWith('TWO-CAUSES-')

test('half of the orders fail for two causes: two rows; each is mended and its group retried; nothing is written twice', async () => {
  const { work } = sample
  const deployment = {
    ...partsOf(work.outputs, work.aws),
    title: 'the sample',
    local: true,
    arguments: [],
    settle: async () => {
      await work.embedded.idle({ timeoutMs: 60_000 })
      return true
    },
    close: async () => undefined,
  }
  // Somebody forgot an item and a unit.
  const tables = await work.tables.load(integration)
  const items = tables.items?.rows ?? []
  const units = tables.units?.rows ?? []
  await work.tables.save(
    integration,
    'items',
    items.filter((row) => row.item !== 'JS-PIT-02'),
  )
  await work.tables.save(
    integration,
    'units',
    units.filter((row) => row.x12 !== 'DZ'),
  )
  const day = new Date(work.sample.systems.acumatica.clock.now()).toISOString().slice(0, 10)
  for (let i = 0; i < orders; i += 1) {
    const lines = [i % 4 === 1 ? eaches('JS-PIT-02', 4) : eaches('JS-MUG-12', 24)]
    const sketch = { number: `TWO-CAUSES-${i}`, wave: 0, to: '0417', lines }
    const order = buildOrder(harborPine, sketch, day, 70_000 + i)
    const line = order.LineItem?.[0]?.OrderLine
    // Two dozen of the mug, at the price of a dozen: the unit is what is not known.
    if (i % 4 === 3 && line) Object.assign(line, { OrderQty: 2, OrderQtyUOM: 'DZ', PurchasePrice: 51 })
    work.sample.systems.sps.deliver(order)
  }
  await sample.rounds()
  // The morning has some of its own that wait for the same rows.
  const waiting = async () => {
    const ours = (await waitingDocuments(work.ledger)).filter(({ entry }) => isOurs(entry))
    return causesOf(ours).map(({ code, documents, row, cause }) => [code, documents, row?.table, cause] as const)
  }
  const before = await waiting()
  expect(before.map(([code, documents, table]) => [code, documents, table]).sort()).toEqual([
    ['ITEM_UNKNOWN', orders / 4, 'items'],
    ['UNIT_UNKNOWN', orders / 4, 'units'],
  ])

  await work.tables.save(integration, 'items', items)
  await work.tables.save(integration, 'units', units)
  for (const [, , , cause] of before) await redrive('all', deployment, { cause }, collectingTerminal())
  await sample.rounds()
  expect(await waiting()).toEqual([])
  const ended = (await endings(work)).filter((one) => isOurs(one) && one.flow === 'purchase-order')
  expect(ended.filter(({ outcome }) => outcome !== 'delivered')).toEqual([])
  const references = orderReferences(work.sample).filter((reference) => reference.includes('TWO-CAUSES-'))
  expect([references.length, new Set(references).size]).toEqual([orders, orders])
})
