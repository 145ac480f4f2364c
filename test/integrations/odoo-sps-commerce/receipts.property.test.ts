import fc from 'fast-check'
import { createDesk, type Raw } from './desk.ts'
import { bowls, mugs, placed } from './purchase.ts'
import { receipt, shipment, type Taken } from './receipts.ts'
import { bowl, mug, quarantine, received } from './received.ts'

describe('whatever a warehouse tells', () => {
  const part = fc.tuple(
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom('EA', 'CA'),
    fc.constantFrom('07', '01', '02', '03', '09'),
  )
  const told = fc.array(fc.tuple(fc.constantFrom(bowl, mug), fc.array(part, { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 5,
  })
  /** Mugs were ordered in cases of twelve, a unit of Odoo; a case of bowls is twelve pieces by the table. */
  const pieces = (quantity: number, unit: string) => quantity * (unit === 'EA' ? 1 : 12)
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

  test('as many pieces are received as came, good ones and held ones apart', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (lines) => {
        const { record } = await received(receipt(lines as Taken[]), { settings: quarantine })
        const taken = (held: boolean) =>
          sum(
            (record?.lines ?? [])
              .filter((l: Raw) => (l.held ?? false) === held)
              .map((l: Raw) => l.quantity * (l.unit === 'Case of 12' ? 12 : 1)),
          )
        const came = (...conditions: string[]) =>
          sum(
            lines.flatMap(([, parts]) =>
              parts.filter(([, , c]) => conditions.includes(c)).map(([q, u]) => pieces(q, u)),
            ),
          )
        expect([taken(false), taken(true)]).toEqual([came('07', '03'), came('01', '09')])
      }),
      { numRuns: 100 },
    )
  })
})

describe('whatever a supplier ships', () => {
  const shipped = fc.array(
    fc.record({
      order: fc.constantFrom('P00015', 'P00016'),
      line: fc.constantFrom('1', '2'),
      quantity: fc.integer({ min: 0, max: 40 }),
      lots: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  )

  test('every piece of it is on the transfer of its order, on its line', async () => {
    await fc.assert(
      fc.asyncProperty(shipped, async (lines) => {
        const desk = createDesk()
        await placed(desk)
        await placed(desk, {
          number: 'P00016',
          lines: [
            { ...mugs, id: 31 },
            { ...bowls, id: 32 },
          ],
        })
        const raw = shipment({ P00015: [], P00016: [] })
        for (const { order, line, quantity, lots } of lines)
          raw.OrderLevel[order === 'P00015' ? 0 : 1].ItemLevel.push({
            ShipmentLine: { LineSequenceNumber: line, ShipQty: quantity, ShipQtyUOM: line === '1' ? 'CA' : 'EA' },
            References: lots === 1 ? [{ ReferenceQual: 'LT', ReferenceID: `L${quantity}` }] : [],
          })
        const { writes } = await desk.receive(raw, 'advance-ship-notice')
        const ids: Record<string, string> = { 'P00015/1': '9', 'P00015/2': '10', 'P00016/1': '31', 'P00016/2': '32' }
        const count = (rows: [string, number][]) => {
          const sums = new Map<string, number>()
          for (const [key, quantity] of rows) if (quantity > 0) sums.set(key, (sums.get(key) ?? 0) + quantity)
          return [...sums].toSorted()
        }
        const booked = writes.flatMap(({ record }) => (record as Raw).lines.map((l: Raw) => [l.orderLine, l.quantity]))
        expect(count(booked)).toEqual(count(lines.map((l) => [ids[`${l.order}/${l.line}`] ?? '', l.quantity])))
      }),
      { numRuns: 60 },
    )
  })
})
