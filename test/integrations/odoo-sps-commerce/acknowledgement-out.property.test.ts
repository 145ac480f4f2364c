import fc from 'fast-check'
import { createDesk, type Raw, records } from './desk.ts'
import { answers, lineIn, liveOrder, liveTables } from './live.ts'

const ordered: Record<string, number> = { '0001': 4, '0002': 30, '0003': 5 }
const asked: Record<string, number> = { '0001': 93.6, '0002': 11.25, '0003': 39.5 }
const statuses = new Set(['IA', 'IQ', 'IP', 'IR'])

const standing = fc.record(
  Object.fromEntries(
    Object.keys(ordered).map((line) => [
      line,
      fc.record({
        // Half of the time as it was ordered.
        quantity: fc.oneof(fc.constant(ordered[line] ?? 0), fc.integer({ min: 0, max: 40 })),
        price: fc.oneof(fc.constant(asked[line] ?? 0), fc.constantFrom(9.99, 40)),
        gone: fc.boolean().map((gone) => gone && line === '0003'),
      }),
    ]),
  ),
)

test('whatever became of an order, its answer adds up line by line, and its head agrees with its lines', async () => {
  await fc.assert(
    fc.asyncProperty(standing, fc.constantFrom('sale', 'cancel'), async (lines, state) => {
      const desk = createDesk({ tables: liveTables(), first: 'S00005' })
      await desk.receive(liveOrder())
      const bundle = records('received-sale-order-19', (b: Raw) => {
        b['sale.order'][0].state = state
        for (const [number, { quantity, price, gone }] of Object.entries(lines)) {
          const line = lineIn(b, number)
          const subtotal = Math.round(quantity * price * (100 - line.discount)) / 100
          Object.assign(line, { product_uom_qty: quantity, price_unit: price, price_subtotal: subtotal })
          if (!gone) continue
          b['sale.order.line'] = b['sale.order.line'].filter((l: Raw) => l.id !== line.id)
          b['sale.order'][0].order_line = b['sale.order'][0].order_line.filter((id: number) => id !== line.id)
        }
      })
      const { outcome, record } = await desk.received(bundle)
      expect(outcome).toBe('write')
      const told: Record<string, [string, number, string, number?][]> = answers(record)
      expect(Object.keys(told)).toEqual(Object.keys(ordered))
      for (const [line, entries] of Object.entries(told)) {
        const { quantity = 0, price, gone } = lines[line] ?? {}
        const accepted = state === 'cancel' || gone ? 0 : quantity
        const of = (wanted: (status: string) => boolean) =>
          entries.filter(([s]) => wanted(s)).reduce((sum, [, q]) => sum + q, 0)
        expect(entries.every(([status, q]) => statuses.has(status) && q > 0)).toBe(true)
        expect(of((s) => s !== 'IR')).toBe(accepted)
        expect(of(() => true)).toBe(Math.max(accepted, ordered[line] ?? 0))
        const [first] = entries
        if (first?.[0] === 'IA') expect([accepted, price]).toEqual([ordered[line], asked[line]])
        if (accepted > 0 && price !== asked[line]) expect(first?.[3]).toBeDefined()
      }
      const all = Object.values(told).flat()
      const type = all.every(([s]) => s === 'IA') ? 'AD' : all.every(([s]) => s === 'IR') ? 'RD' : 'AC'
      expect(record.Header.OrderHeader.AcknowledgementType).toBe(type)
    }),
    { numRuns: 150 },
  )
})
