import fc from 'fast-check'
import { createDesk, type Raw } from './desk.ts'
import { type Line, purchaseOrder } from './purchase.ts'
import { withPartner } from './tables.ts'

/** A line as a supplier holds it. */
interface Held {
  item: string
  quantity: number
  price: number
  date: string
}

/** A supplier that does what the documents say: an 850 is the order, an 860 changes the lines it names, 01 ends it. */
function supplier() {
  const lines = new Map<string, Held>()
  const used = new Set<string>()
  const held = ({ OrderLine: l, Dates }: Raw, header: Raw): Held => ({
    item: l.BuyerPartNumber,
    quantity: l.OrderQty,
    price: l.PurchasePrice,
    // A line without a date of its own is for the day of the order.
    date: Dates?.[0]?.Date ?? header.Dates?.[0]?.Date,
  })
  const ofHeader = new Set<string>()
  return {
    lines,
    take({ Header: header, LineItem: items = [] }: Raw): void {
      const { TsetPurposeCode: purpose } = header.OrderHeader
      if (purpose !== '04') lines.clear()
      if (purpose === '00') used.clear()
      const day = header.Dates?.[0]?.Date
      for (const number of ofHeader) Object.assign(lines.get(number) ?? {}, day === undefined ? {} : { date: day })
      for (const item of purpose === '01' ? [] : items) {
        const { LineSequenceNumber: number, LineChangeCode: code } = item.OrderLine
        if (code === 'DI') {
          expect(lines.delete(number)).toBe(true)
          continue
        }
        if (code !== undefined) expect(lines.has(number)).toBe(code !== 'AI')
        if (code === 'AI') expect(used.has(number)).toBe(false)
        used.add(number)
        lines.set(number, held(item, header))
        if (!item.Dates) ofHeader.add(number)
      }
    },
  }
}

const line = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  quantity: fc.constantFrom(0, 1, 2, 12),
  price: fc.constantFrom(1, 2.5, 3.335),
  discount: fc.constantFrom(0, 10),
  date: fc.constantFrom('2026-12-01', '2026-12-05', '2026-12-09'),
})
/** Lines of one order: an id stands once. */
const order = fc.uniqueArray(line, { selector: (l) => l.id, maxLength: 5 })

/** What Odoo says the order is, by item. */
const inOdoo = (lines: readonly Line[]): Raw[] =>
  lines
    .filter((l) => l.quantity > 0)
    .map((l) => [`ITEM-${l.id}`, l.quantity, Number((l.price * (1 - (l.discount ?? 0) / 100)).toFixed(6)), l.date])
    .toSorted()

const atSupplier = (lines: ReadonlyMap<string, Held>): Raw[] =>
  [...lines.values()].map((l) => [l.item, l.quantity, l.price, l.date]).toSorted()

test.each(['replace', 'change'])(
  'whatever people do to the lines of an order, the supplier holds what Odoo says (%s)',
  async (orderChanges) => {
    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 7 }), async (states) => {
        const desk = createDesk({ tables: withPartner('3F1PINEMILL', { orderChanges }) })
        const held = supplier()
        const references = new Set<string>()
        for (const [i, lines] of states.entries()) {
          const named = lines.map((l) => ({ ...l, item: `ITEM-${l.id}` }))
          const { outcome, codes, writes } = await desk.order(purchaseOrder({ lines: named, revision: i + 1 }))
          for (const { reference, record } of writes) {
            expect(references.has(reference)).toBe(false)
            references.add(reference)
            held.take(record)
          }
          if (outcome === 'held') {
            // An order without a line is a person's matter; the supplier keeps what it has.
            expect(codes).toEqual(['ORDER_WITHOUT_LINES'])
            expect(inOdoo(lines)).toEqual([])
          } else expect(atSupplier(held.lines)).toEqual(inOdoo(lines))
        }
        const before = held.lines.size
        const { writes } = await desk.order(purchaseOrder({ lines: [], state: 'cancel', revision: 59 }))
        for (const { record } of writes) held.take(record)
        if (before > 0) expect(held.lines.size).toBe(0)
      }),
      { numRuns: 60 },
    )
  },
)
