import fc from 'fast-check'
import type { Json } from '../../../lib/core/exchange.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import type { SandboxOdoo, SandboxRecord } from '../../../sandbox/systems/odoo/index.ts'
import { Office } from './office.ts'
import { closeAll, connectionTo, pollerOf, startCompany } from './polling.ts'
import type { Poller } from './reading.ts'

afterEach(closeAll)

const overlapMinutes = 2
const lagSeconds = 5
/** No transaction of these people takes longer. */
const longest = overlapMinutes * 60_000 + lagSeconds * 1000

const takes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 15_000 }),
  fc.integer({ min: 0, max: longest - 1_000 }),
)
const which = fc.integer({ min: 0, max: 5 })
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('order' as const), count: fc.integer({ min: 1, max: 4 }), takes }),
  },
  // A price moves the order's total and so its stamp; a description touches the line alone (odoo.md §4.5).
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('price' as const), which, takes }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('description' as const), which, takes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which, takes }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 30_000, max: 300_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'page' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), stored: fc.boolean() }) },
)
const schedule = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 20 }),
  pageSize: fc.integer({ min: 1, max: 6 }),
  documentsPerPage: fc.integer({ min: 1, max: 4 }),
  latency: fc.constantFrom(0, 90, 2_000),
  begins: fc.integer({ min: 0, max: 999 }),
})

/** What an order says, whether it stands in the company's books or in a document. */
const told = (order: SandboxRecord | undefined, lines: readonly SandboxRecord[]): Json =>
  order ? [order.state as string, ...lines.map((line) => [line.id, line.price_unit, line.name] as Json)] : 'nothing'

function missed(poller: Poller, odoo: SandboxOdoo): string[] {
  const lines = odoo.records('purchase.order.line')
  return odoo
    .records('purchase.order', [['state', 'in', ['purchase', 'cancel']]])
    .filter((order) => {
      const document = poller.documents.findLast(({ key }) => key === `purchase.order/${order.id}`)
      const raw = (document?.raw ?? {}) as { [model: string]: SandboxRecord[] }
      const own = lines.filter((line) => line.order_id === order.id)
      return (
        JSON.stringify(told(raw['purchase.order']?.[0], raw['purchase.order.line'] ?? [])) !==
        JSON.stringify(told(order, own))
      )
    })
    .map(({ id }) => `purchase.order/${id}`)
}

it.each([18, 19] as const)(
  'over HTTP a poll of Odoo %i misses no last value of any order, whatever people do meanwhile',
  async (version) => {
    await fc.assert(
      fc.asyncProperty(schedule, async ({ steps, latency, begins, ...limits }) => {
        const { odoo, order } = await startCompany(version)
        odoo.clock.advance(begins)
        const office = new Office(odoo)
        const context = connectionTo(odoo, ['erp-purchase-order'], {
          ...limits,
          overlapMinutes,
          lagSeconds,
          sweepDays: 0,
        })
        const { send } = context.http
        context.http.send = (request) => {
          office.pass(latency)
          return send(request)
        }
        const poller = pollerOf(createReader(context), 'purchase-orders')
        await poller.poll()
        for (const [i, one] of steps.entries()) {
          if (one.kind === 'wait') office.pass(one.ms)
          else if (one.kind === 'page') await poller.page()
          else if (one.kind === 'crash') await poller.crash(one.stored)
          else
            office.work(one.takes, (hands) => {
              if (one.kind === 'order') for (let n = 0; n < one.count; n += 1) order(hands)
              else {
                const placed = odoo.records('purchase.order', [['state', '=', 'purchase']])
                const chosen = placed[one.which % placed.length]
                if (!chosen) return
                if (one.kind === 'cancel') hands.call('purchase.order', 'button_cancel', chosen.id)
                const [line] = odoo.records('purchase.order.line', [['order_id', '=', chosen.id]])
                if (one.kind === 'price') hands.write('purchase.order.line', line?.id ?? 0, { price_unit: 10 + i })
                if (one.kind === 'description') hands.write('purchase.order.line', line?.id ?? 0, { name: `Lamp ${i}` })
              }
            })
        }
        for (let ms = 0; ms <= 2 * longest + 60_000; ms += 60_000) {
          office.pass(60_000)
          await poller.poll()
        }
        expect(missed(poller, odoo)).toEqual([])
        await closeAll()
      }),
      { numRuns: 30, endOnFailure: true },
    )
  },
  30_000,
)
