import { add, equal, subtract } from '../../../lib/core/decimal.ts'
import { type ApiRecord, decimalOf, rows, text } from '../../../lib/systems/acumatica/records.ts'
import { isGtin, isSscc, type RsxOrder } from '../../../lib/systems/sps-commerce/records.ts'
import { catalogue } from '../../../sandbox/scenario/catalogue.ts'
import { startMorning } from '../../../sandbox/scenario/index.ts'
import { arrivals, orders, retailers } from '../../../sandbox/scenario/script.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { createStore } from '../../../sandbox/systems/shared/store.ts'
import { memoryErp, orderDesk } from './desk.ts'

const start = Date.parse('2026-10-05T06:00:00Z')

function wholeMorning() {
  const erp = memoryErp()
  const network = orderDesk(erp)
  const morning = startMorning({ network, erp, clock: createSandboxClock(undefined, start) })
  let steps = 0
  while (!morning.done() && steps < 40) {
    morning.advance()
    steps += 1
  }
  return { erp, network, morning, steps }
}

const numbersOf = (records: ApiRecord[], field: string): string[] => records.map((r) => text(r, field) ?? '').sort()

describe('the sample morning', () => {
  test('has three retailers, at least forty orders and every way of reaching a store', () => {
    expect(retailers).toHaveLength(3)
    const first = orders.filter(({ sketch }) => sketch.change === undefined && sketch.purpose === undefined)
    expect(first.length).toBeGreaterThanOrEqual(40)
    expect(new Set(orders.map(({ sketch }) => sketch.model ?? 'Bulk-Import'))).toEqual(
      new Set(['Bulk-Import', 'CrossDock', 'MultiStore', 'DropShip']),
    )
    expect(new Set(arrivals.map((a) => a.name)).size).toBe(arrivals.length)
  })

  test('names articles by numbers with right check digits', () => {
    for (const { upc, caseCode } of catalogue)
      expect([upc, isGtin(upc), caseCode, isGtin(caseCode)]).toEqual([upc, true, caseCode, true])
  })

  test('splits every store order without remainder', () => {
    for (const { sketch } of orders)
      for (const line of sketch.lines)
        if (line.split) expect(Object.values(line.split).reduce((sum, n) => sum + n, 0)).toBe(line.qty)
  })

  test('sends one order twice with the same content and another control number', () => {
    const [first, second] = arrivals
      .filter((a) => a.number === '4500187803')
      .map((a) => a.build('2026-10-05') as RsxOrder)
    expect(second?.Meta?.DocumentControlNumber).not.toBe(first?.Meta?.DocumentControlNumber)
    expect({ ...second, Meta: {} }).toEqual({ ...first, Meta: {} })
  })

  test('ends by itself, with the shipments and invoices that were expected and no others', () => {
    const { erp, morning, steps } = wholeMorning()
    expect(steps).toBeLessThan(15)
    const expected = (flow: string) =>
      morning.expected
        .filter((e) => e.flow === flow)
        .map((e) => e.number)
        .sort()
    expect(numbersOf(erp.list('Shipment'), 'ShipmentNbr')).toEqual(expected('ship-notice'))
    expect(numbersOf(erp.list('SalesInvoice'), 'ReferenceNbr')).toEqual(expected('invoice'))
  })

  test('ends by itself where no order ever reaches the ERP', () => {
    const erp = memoryErp()
    const morning = startMorning({ network: { deliver() {} }, erp, clock: createSandboxClock(undefined, start) })
    let steps = 0
    while (!morning.done() && steps < 40) {
      morning.advance()
      steps += 1
    }
    expect(steps).toBeLessThan(20)
  })

  test('is the same every time', () => {
    const [one, two] = [wholeMorning(), wholeMorning()]
    expect(one.network.arrived).toEqual(two.network.arrived)
    expect([...one.erp.records]).toEqual([...two.erp.records])
  })

  test('goes on where a killed run left it', () => {
    const store = createStore()
    const erp = memoryErp()
    const network = orderDesk(erp)
    const clock = createSandboxClock(store, start)
    startMorning({ network, erp, clock, store }).advance()
    const morning = startMorning({ network, erp, clock: createSandboxClock(store), store })
    while (!morning.done()) morning.advance()
    expect(network.arrived).toEqual(wholeMorning().network.arrived)
    store.close()
  })
})

describe('its shipments', () => {
  const { erp } = wholeMorning()
  const shipments = erp.list('Shipment')

  test('carry SSCCs that are valid and never used twice', () => {
    const codes = shipments.flatMap((s) => (rows(s, 'Packages') ?? []).map((p) => text(p, 'CustomRefNbr1') ?? ''))
    expect(codes.filter((code) => !isSscc(code))).toEqual([])
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('pack exactly what was shipped, in the base unit, wherever contents were scanned', () => {
    for (const shipment of shipments) {
      const shipped = sumBySplit(
        (rows(shipment, 'Details') ?? []).flatMap((d) => rows(d, 'Allocations') ?? []),
        'SplitLineNbr',
        'Qty',
      )
      const packed = sumBySplit(
        (rows(shipment, 'Packages') ?? []).flatMap((p) => rows(p, 'PackageContents') ?? []),
        'ShipmentSplitLineNbr',
        'Quantity',
      )
      if (packed.size > 0) expect(packed).toEqual(shipped)
    }
  })

  test('leave the rest of a short line on backorder', () => {
    const shipment = shipments.find((s) => (rows(s, 'Details') ?? []).some((d) => decimalOf(d, 'OpenQty') === '4'))
    expect(rows(shipment ?? {}, 'Details')?.map((d) => decimalOf(d, 'ShippedQty'))).toEqual(['24', '8', '2'])
  })
})

describe('its invoices', () => {
  const { erp } = wholeMorning()

  test('add up to the cent: lines less discount, plus freight and tax (acumatica.md §7)', () => {
    for (const invoice of erp.list('SalesInvoice')) {
      const goods = add('0', ...(rows(invoice, 'Details') ?? []).map((d) => decimalOf(d, 'Amount') ?? '0'))
      const freight = add(
        '0',
        ...(rows(invoice, 'FreightDetails') ?? []).map((d) => decimalOf(d, 'TotalFreightAmount') ?? '0'),
      )
      const total = add(
        subtract(goods, decimalOf(invoice, 'DiscountTotal') ?? '0'),
        freight,
        decimalOf(invoice, 'TaxTotal') ?? '0',
      )
      expect([text(invoice, 'ReferenceNbr'), equal(total, decimalOf(invoice, 'Amount') ?? '')]).toEqual([
        text(invoice, 'ReferenceNbr'),
        true,
      ])
    }
  })

  test('have among them a discount, freight, tax and a credit memo that names its invoice', () => {
    const invoices = erp.list('SalesInvoice')
    const nonZero = (field: string) => invoices.filter((i) => Number(decimalOf(i, field) ?? 0) > 0)
    expect([
      nonZero('DiscountTotal').length > 0,
      nonZero('FreightPrice').length > 0,
      nonZero('TaxTotal').length > 0,
    ]).toEqual([true, true, true])
    const memo = invoices.find((i) => text(i, 'Type') === 'Credit Memo')
    expect(text(rows(memo ?? {}, 'Details')?.[0] ?? {}, 'OrigInvNbr')).toMatch(/^INV-/)
  })
})

function sumBySplit(found: ApiRecord[], split: string, quantity: string): Map<string, string> {
  const sums = new Map<string, string>()
  for (const row of found) {
    const key = decimalOf(row, split) ?? ''
    sums.set(key, add(sums.get(key) ?? '0', decimalOf(row, quantity) ?? '0'))
  }
  return sums
}
