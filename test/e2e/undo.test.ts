import { undo } from '../../cli/commands/undo.ts'
import { partsOf } from '../../cli/deployment/parts.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { isUndone } from '../../lib/pipeline/ledger/ledger.ts'
import { type Sample, startSample } from './support.ts'

let sample: Sample
beforeAll(async () => {
  sample = await startSample()
  // The first orders only: nobody at the ERPs has shipped them yet.
  const { embedded, outputs } = sample.work
  sample.work.sample.morning.advance()
  await embedded.tick(outputs.connections.find((c) => c.name === 'sps')?.schedule ?? '')
  await embedded.idle({ timeoutMs: 60_000 })
}, 60_000)
afterAll(() => sample.close())

const undone = async (number: string): Promise<string> => {
  const { work } = sample
  const terminal = collectingTerminal()
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
  await undo(number, deployment, { why: 'ordered twice' }, terminal, 'dana')
  const [story] = await work.ledger.stories(number)
  expect(isUndone(story?.progress)).toBe(true)
  return terminal.printed()
}

test('an order in Acumatica is cancelled once, also where the answer to that is lost', async () => {
  const { acumatica } = sample.work.sample.systems
  acumatica.faults.add({ match: { path: /CancelSalesOrder/ }, fault: { kind: 'drop-after' }, times: 1 })
  const said = await undone('4500187802')
  expect(said).toMatch(/acumatica: cancels order SO-\d+/)
  const stand = acumatica
    .orders()
    .filter((o) => JSON.stringify(o.CustomerOrder).includes('4500187802'))
    .map((o) => o.Status)
  expect(stand).toEqual([{ value: 'Canceled' }])
}, 60_000)

test('an order in Odoo is cancelled', async () => {
  const { odoo } = sample.work.sample.systems
  await undone('AM-9001')
  expect(odoo.records('sale.order', [['client_order_ref', '=', 'AM-9001']], ['state'])).toMatchObject([
    { state: 'cancel' },
  ])
}, 60_000)

test('nothing was denied to any function', () => {
  expect(sample.work.embedded.denials()).toEqual([])
})
