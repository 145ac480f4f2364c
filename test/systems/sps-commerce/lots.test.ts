import fc from 'fast-check'
import { parsed } from './support.ts'

const reference = (ReferenceQual: string, ReferenceID: string, over: object = {}) => ({
  ReferenceQual,
  ReferenceID,
  ...over,
})
const notice = (quantity: number, item: object, pack?: object) => {
  const level = { ItemLevel: [{ ShipmentLine: { LineSequenceNumber: '1', ShipQty: quantity }, ...item }] }
  return parsed('advance-ship-notice', {
    Header: { ShipmentHeader: { TradingPartnerId: 'T', ShipmentIdentification: 'S' } },
    OrderLevel: [
      {
        OrderHeader: { PurchaseOrderNumber: 'N' },
        ...(pack ? { PackLevel: [{ Pack: {}, ...pack, ...level }] } : level),
      },
    ],
  })
}
type Line = { shipped: string; lot?: string; serial?: string; expires?: string }
const lines = (...parameters: Parameters<typeof notice>) =>
  notice(...parameters).document.orders[0].lines.map(({ shipped, lot, serial, expires }: Line) => ({
    shipped,
    ...(lot ? { lot } : {}),
    ...(serial ? { serial } : {}),
    ...(expires ? { expires } : {}),
  }))
const warned = (...parameters: Parameters<typeof notice>) => notice(...parameters).warnings.map((w) => w.code)
const load = (UnitsShipped: number, ...References: object[]) => ({ ItemLoad: { UnitsShipped }, References })

describe('lots and serial numbers of shipped goods', () => {
  it('one lot with its expiry is on the line', () => {
    const item = {
      References: [reference('LT', 'L-077')],
      Dates: [{ DateTimeQualifier: '511', Date: '2027-03-31' }],
    }
    expect(lines(24, item)).toEqual([{ shipped: '24', lot: 'L-077', expires: '2027-03-31' }])
  })

  it('a lot of the maker counts before a batch, a batch before the lot of a warehouse', () => {
    expect(lines(1, { References: [reference('WLT', 'W'), reference('BT', 'B')] })).toEqual([
      { shipped: '1', lot: 'B' },
    ])
    expect(lines(1, { References: [reference('WLT', 'W'), reference('LT', 'L')] })).toEqual([
      { shipped: '1', lot: 'L' },
    ])
  })

  it('as many serial numbers as units: one line each', () => {
    const item = { References: [reference('LT', 'L'), reference('SE', '0001'), reference('SE', '0002')] }
    expect(lines(2, item)).toEqual([
      { shipped: '1', lot: 'L', serial: '0001' },
      { shipped: '1', lot: 'L', serial: '0002' },
    ])
  })

  it('nested references count', () => {
    expect(lines(1, { References: [reference('LT', 'L', { ReferenceIDs: [reference('SE', 'S')] })] })).toEqual([
      { shipped: '1', lot: 'L', serial: 'S' },
    ])
  })

  it('loads with their own quantities: one line each', () => {
    const item = { ItemLoadInfo: [load(10, reference('LT', 'A')), load(14, reference('LT', 'B'))] }
    expect(lines(24, item)).toEqual([
      { shipped: '10', lot: 'A' },
      { shipped: '14', lot: 'B' },
    ])
  })

  it('units of one of several like loads are multiplied, where that adds up', () => {
    const item = {
      ItemLoadInfo: [
        { ItemLoad: { NumberOfLoads: 2, UnitsShipped: 10 }, References: [reference('LT', 'A')] },
        { ItemLoad: { NumberOfLoads: 1, UnitsShipped: 4 }, References: [reference('LT', 'B')] },
      ],
    }
    expect(lines(24, item)).toEqual([
      { shipped: '20', lot: 'A' },
      { shipped: '4', lot: 'B' },
    ])
  })

  it('a load without a lot keeps its share', () => {
    expect(lines(3, { ItemLoadInfo: [load(2, reference('LT', 'A')), load(1)] })).toEqual([
      { shipped: '2', lot: 'A' },
      { shipped: '1' },
    ])
  })

  it.each([
    ['two lots without quantities', { References: [reference('LT', 'A'), reference('LT', 'B')] }],
    ['fewer serial numbers than units', { References: [reference('SE', '1'), reference('SE', '2')] }],
    ['loads that do not add up', { ItemLoadInfo: [load(1, reference('LT', 'A')), load(1, reference('LT', 'B'))] }],
  ])('%s: nothing is guessed, the quantity stays whole, with a warning', (_what, item) => {
    expect(lines(24, item)).toEqual([{ shipped: '24' }])
    expect(warned(24, item)).toEqual(['SPS_LOTS_UNCLEAR'])
  })

  it('the lot of a pack is that of what is in it, unless the item has its own', () => {
    const pack = { References: [reference('LT', 'P')], Dates: [{ DateTimeQualifier: '036', Date: '2027-01-01' }] }
    expect(lines(5, {}, pack)).toEqual([{ shipped: '5', lot: 'P', expires: '2027-01-01' }])
    expect(lines(5, { References: [reference('LT', 'I')] }, pack)).toEqual([
      { shipped: '5', lot: 'I', expires: '2027-01-01' },
    ])
  })

  it('whatever the loads say, the lines add up to what was shipped', () => {
    const loads = fc.array(fc.record({ units: fc.integer({ min: 0, max: 9 }), lots: fc.subarray(['A', 'B', 'C']) }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(loads, fc.integer({ min: 0, max: 20 }), (given, quantity) => {
        const ItemLoadInfo = given.map(({ units, lots }) => load(units, ...lots.map((l) => reference('LT', l))))
        const total = lines(quantity, { ItemLoadInfo }).reduce((sum: number, l: Line) => sum + Number(l.shipped), 0)
        expect(total).toBe(quantity)
      }),
      { numRuns: 200 },
    )
  })
})
