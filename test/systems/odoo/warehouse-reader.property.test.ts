import fc from 'fast-check'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import { streamsOf } from '../../../lib/systems/odoo/streams.ts'
import type { OpenTransaction, SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { createArticles } from './articles.ts'
import { Office } from './office.ts'
import { closeAll, connectionTo, pollerOf, startCompany } from './polling.ts'

afterEach(closeAll)

const overlapMinutes = 2
const lagSeconds = 5
/** No transaction of these people takes longer. */
const longest = overlapMinutes * 60_000 + lagSeconds * 1000

const which = fc.integer({ min: 0, max: 9 })
const takes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 15_000 }),
  fc.integer({ min: 0, max: longest - 1_000 }),
)
/** What people do to articles and to what kits consist of. */
const work = fc.constantFrom(
  ...(['price', 'weight', 'archive', 'quantity', 'new line', 'line out', 'bill off', 'make kit'] as const),
  ...(['line gone', 'bill gone'] as const),
)
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('work' as const), work, which, takes }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 30_000, max: 300_000 })),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'page' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), stored: fc.boolean() }) },
)
const schedule = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 16 }),
  pageSize: fc.integer({ min: 1, max: 6 }),
  documentsPerPage: fc.integer({ min: 1, max: 4 }),
  latency: fc.constantFrom(0, 90, 2_000),
  begins: fc.integer({ min: 0, max: 999 }),
})

type Articles = ReturnType<typeof createArticles>

function doWork(
  odoo: SandboxOdoo,
  hands: OpenTransaction,
  articles: Articles,
  what: string,
  which: number,
  value: number,
): void {
  const pick = (model: string) => {
    const rows = odoo.records(model)
    return rows[which % Math.max(1, rows.length)]
  }
  const line = pick('mrp.bom.line')
  const bill = pick('mrp.bom')
  const goods = [articles.mug, articles.coffee, articles.pair.id, articles.gift.id]
  const product = goods[which % goods.length] ?? 0
  if (what === 'price') hands.write('product.template', articles.templateOf(product), { list_price: value })
  if (what === 'weight') hands.write('product.product', product, { weight: value })
  if (what === 'archive') hands.write('product.template', articles.templateOf(product), { active: which % 3 > 0 })
  if (what === 'quantity' && line) hands.write('mrp.bom.line', line.id, { product_qty: value })
  if (what === 'new line' && bill)
    hands.create('mrp.bom.line', { bom_id: bill.id, product_id: articles.mug, product_qty: value })
  if (what === 'line out' && line) hands.write('mrp.bom', Number(line.bom_id), { bom_line_ids: [[2, line.id, 0]] })
  if (what === 'bill off' && bill) hands.write('mrp.bom', bill.id, { active: bill.active !== true })
  if (what === 'make kit')
    hands.create('mrp.bom', {
      product_tmpl_id: articles.templateOf(articles.mug),
      type: 'phantom',
      bom_line_ids: [[0, 0, { product_id: articles.coffee, product_qty: value }]],
    })
  if (what === 'line gone' && line) hands.unlink('mrp.bom.line', line.id)
  if (what === 'bill gone' && bill) hands.unlink('mrp.bom', bill.id)
}

it.each([18, 19] as const)(
  'a poll of Odoo %i misses no change of a template, a bill of materials or a line of one, and no state is told as older than one before it',
  async (version) => {
    await fc.assert(
      fc.asyncProperty(schedule, async ({ steps, latency, begins, ...limits }) => {
        const { odoo } = await startCompany(version)
        odoo.clock.advance(begins)
        const office = new Office(odoo)
        const settings = { ...limits, overlapMinutes, lagSeconds, sweepDays: 0 }
        const context = connectionTo(odoo, ['product'], settings)
        const { send } = context.http
        context.http.send = (request) => {
          office.pass(latency)
          return send(request)
        }
        const reader = createReader(context)
        const live = pollerOf(reader, 'products')
        const told = live.documents
        const poll = () => live.poll()
        await poll()
        const articles = createArticles(odoo)
        for (const [i, one] of steps.entries()) {
          if (one.kind === 'wait') office.pass(one.ms)
          else if (one.kind === 'page') await poll()
          else if (one.kind === 'crash') await live.crash(one.stored)
          else office.work(one.takes, (hands) => doWork(odoo, hands, articles, one.work, one.which, i + 2))
        }
        for (let ms = 0; ms <= 2 * longest + 60_000; ms += 60_000) {
          office.pass(60_000)
          await poll()
        }
        const odooNow = await createClient(connectionTo(odoo, ['product'])).open()
        const ids = odoo.records('product.product', [['type', '=', 'consu']]).map(({ id }) => id)
        const now = (await streamsOf({}, ['product'])[0]?.readFull(odooNow, ids)) ?? []
        // The lamp was there before the first poll.
        const own = now.filter(({ number }) => number !== 'LAMP-1')
        const last = (key: string) => told.findLast((document) => document.key === key)
        expect(own.filter(({ key, hash }) => last(key)?.hash !== hash).map(({ key }) => key)).toEqual([])
        const older = own.filter(({ key, hash }) =>
          told.some((one) => one.key === key && one.hash !== hash && one.version > (last(key)?.version ?? '')),
        )
        expect(older.map(({ key }) => key)).toEqual([])
        await closeAll()
      }),
      { numRuns: 4, endOnFailure: true },
    )
  },
  60_000,
)
