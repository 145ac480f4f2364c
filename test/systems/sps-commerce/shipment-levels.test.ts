import fc from 'fast-check'
import { parsed } from './support.ts'

const item = (line: string, quantity: number, over: object = {}) => ({
  ShipmentLine: { LineSequenceNumber: line, ShipQty: quantity },
  ...over,
})
const linesOf = (body: object): { shipped: string }[] =>
  parsed('advance-ship-notice', {
    Header: { ShipmentHeader: { TradingPartnerId: 'T', ShipmentIdentification: 'S-1' } },
    ...body,
  }).document.orders.flatMap((o: { lines: { shipped: string }[] }) => o.lines)

it('however its levels nest, no unit is lost and none counted twice', () => {
  const quantity = fc.nat(500)
  const pack: fc.Memo<object> = fc.memo((depth) =>
    fc.record({
      Pack: fc.constant({ PackLevelType: 'P' }),
      ItemLevel: fc.array(
        quantity.map((q) => item('1', q)),
        { maxLength: 3 },
      ),
      PackLevel: depth > 1 ? fc.array(pack(depth - 1), { maxLength: 2 }) : fc.constant([]),
    }),
  )
  const body = fc.record({
    OrderLevel: fc.array(
      fc.record({
        OrderHeader: fc.constantFrom({ PurchaseOrderNumber: 'A' }, { PurchaseOrderNumber: 'B' }),
        PackLevel: fc.array(pack(3), { maxLength: 3 }),
        ItemLevel: fc.array(
          quantity.map((q) => item('2', q)),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    ItemLevel: fc.constant([item('9', 1, { References: [{ ReferenceQual: 'PO', ReferenceID: 'C' }] })]),
  })
  const sent = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, v) => sum + sent(v), 0)
    if (typeof value !== 'object' || value === null) return 0
    return Object.entries(value).reduce((sum, [k, v]) => sum + (k === 'ShipQty' ? Number(v) : sent(v)), 0)
  }
  fc.assert(
    fc.property(body, (generated) => {
      const got = linesOf(generated).reduce((sum, l) => sum + Number(l.shipped), 0)
      expect(got).toBe(sent(generated))
    }),
    { numRuns: 60 },
  )
})
