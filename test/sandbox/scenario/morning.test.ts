import { parse } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf } from '../../../lib/systems/sps-commerce/preview.ts'
import { isGtin, type RsxOrder } from '../../../lib/systems/sps-commerce/records.ts'
import { catalogue } from '../../../sandbox/scenario/catalogue.ts'
import { type Morning, morningStart, startMorning } from '../../../sandbox/scenario/index.ts'
import { arrivals, families, orders, retailers } from '../../../sandbox/scenario/script.ts'
import { toXml } from '../../../sandbox/scenario/xml.ts'
import { type SandboxAcumatica, start as startAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import { list, num, str } from '../../../sandbox/systems/acumatica/wire.ts'
import { createSandboxClock, type SandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { createStore } from '../../../sandbox/systems/shared/store.ts'
import { orderDesk } from './desk.ts'

const beginning = Date.parse('2026-10-05T06:00:00Z')

const open: SandboxAcumatica[] = []
async function acumaticaAt(clock: SandboxClock): Promise<SandboxAcumatica> {
  const acumatica = await startAcumatica({ clock })
  open.push(acumatica)
  return acumatica
}
afterEach(async () => {
  for (const acumatica of open.splice(0)) await acumatica.close()
})

function toTheEnd(morning: Morning): number {
  let steps = 0
  while (!morning.done() && steps < 40) {
    morning.advance()
    steps += 1
  }
  return steps
}

async function wholeMorning() {
  const clock = createSandboxClock(undefined, beginning)
  const acumatica = await acumaticaAt(clock)
  const sps = orderDesk(acumatica)
  const morning = startMorning({ sps, acumatica, clock })
  const steps = toTheEnd(morning)
  const [shipments, invoices] = [acumatica.all('Shipment'), acumatica.all('SalesInvoice')]
  return { sps, expected: morning.expected, steps, shipments, invoices, clock }
}

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
    const wrong = catalogue.filter(({ upc, caseCode }) => !isGtin(upc) || !isGtin(caseCode))
    expect(wrong).toEqual([])
  })

  test('splits every store order without remainder', () => {
    const splits = orders.flatMap(({ sketch }) => sketch.lines.filter((line) => line.split))
    expect(splits.length).toBeGreaterThan(0)
    for (const { split, qty } of splits) expect(Object.values(split ?? {}).reduce((sum, n) => sum + n, 0)).toBe(qty)
  })

  test('sends one order twice with the same content and another control number', () => {
    const sent = arrivals.filter((a) => a.name.includes('4500187803')).map((a) => a.build('2026-10-05') as RsxOrder)
    const [first, second] = sent
    expect(second?.Meta?.DocumentControlNumber).not.toBe(first?.Meta?.DocumentControlNumber)
    expect({ ...second, Meta: {} }).toEqual({ ...first, Meta: {} })
  })

  test('is the same in XML files as in JSON', () => {
    const read = (file: unknown) => {
      const [found] = documentsOf([], file)
      return found && parse(found.type, found.raw)
    }
    for (const arrival of arrivals.filter((a) => families[a.family].xml)) {
      const document = arrival.build('2026-10-05')
      const { root, element } = families[arrival.family]
      expect(read(toXml(root, element, document))).toEqual(read({ [element]: document }))
    }
  })

  test('ends by itself, with the shipments and invoices that were expected and no others', async () => {
    const { expected, steps, shipments, invoices } = await wholeMorning()
    expect(steps).toBeLessThan(15)
    const numbers = (flow: string) => expected.filter((e) => e.flow === flow).map((e) => e.number)
    expect(numbers('ship-notice').sort()).toEqual(shipments.map((s) => str(s, 'ShipmentNbr')).sort())
    expect(numbers('invoice').sort()).toEqual(invoices.map((i) => str(i, 'ReferenceNbr')).sort())
  })

  test('ends by itself, and before the real time, where no order ever reaches the ERP', async () => {
    const now = Date.parse('2026-10-05T12:00:00Z')
    const clock = createSandboxClock(undefined, morningStart(now))
    const acumatica = await acumaticaAt(clock)
    const morning = startMorning({ sps: { deliver: () => '' }, acumatica, clock })
    expect(toTheEnd(morning)).toBeLessThan(20)
    expect(clock.now()).toBeLessThan(now)
    expect(morning.expected.map((e) => e.number)).toContain('shipment of 4500187734')
  })

  test('is the same every time', async () => {
    const [one, two] = [await wholeMorning(), await wholeMorning()]
    expect(one.sps.arrived).toEqual(two.sps.arrived)
    expect([one.shipments, one.invoices]).toEqual([two.shipments, two.invoices])
  })

  test('goes on where a killed run left it', async () => {
    const store = createStore()
    const clock = createSandboxClock(store, beginning)
    const acumatica = await acumaticaAt(clock)
    const sps = orderDesk(acumatica)
    startMorning({ sps, acumatica, clock, store }).advance()
    toTheEnd(startMorning({ sps, acumatica, clock, store }))
    const whole = await wholeMorning()
    expect(sps.arrived).toEqual(whole.sps.arrived)
    expect(acumatica.all('SalesInvoice')).toEqual(whole.invoices)
    store.close()
  })

  test('ships a short line, a second carton, and two cartons whose contents nobody knows', async () => {
    const { shipments } = await wholeMorning()
    const lines = shipments.flatMap((s) => list(s, 'Details'))
    expect(lines.some((line) => num(line, 'OpenQty') > 0)).toBe(true)
    const cartons = shipments.map((s) => list(s, 'Packages').map((p) => list(p, 'PackageContents').length))
    expect(cartons.some((c) => c.length === 2 && c.every((n) => n > 0))).toBe(true)
    expect(cartons.filter((c) => c.length === 2 && c.every((n) => n === 0))).toHaveLength(1)
  })

  test('bills a discount, freight and tax, and credits broken goods against their invoice', async () => {
    const { invoices } = await wholeMorning()
    for (const total of ['DiscountTotal', 'FreightPrice', 'TaxTotal'])
      expect(invoices.filter((i) => num(i, total) > 0).length).toBeGreaterThan(0)
    const memo = invoices.find((i) => str(i, 'Type') === 'Credit Memo')
    expect(str(list(memo, 'Details')[0], 'OrigInvNbr')).toMatch(/^INV-/)
  })
})
