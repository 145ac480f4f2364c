import { fixture, plain, type Raw, receiveOne, tablesOf, told, withPartner } from './order-world.ts'

const stores = (edit: (raw: Raw) => void = () => undefined): Raw => {
  const raw: Raw = fixture('sps-commerce/order-850-multistore.json')
  edit(raw)
  return raw
}
const shares = (raw: Raw, line = 0): Raw[] => raw.LineItem[line].QuantitiesSchedulesLocations[0].LocationQuantity
const creates = (writes: Raw[]): Raw[] =>
  writes.filter((w) => w.operation === 'create-order').map((w) => plain(w.record))
const toDc = (raw: Raw) =>
  raw.Header.Address.push({ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0417' })

describe('an order for several stores', () => {
  test('whose shares do not add up to the line is held: goods are never spread by guess', async () => {
    const held = await receiveOne(
      stores((o) => {
        shares(o)[0].Qty = 11
      }),
    )
    expect(told([held])).toEqual(['held STORE_SPLIT_DIFFERS'])
    expect(held.problems[0]?.message).toMatch(/47.*48/)
  })

  test('with a line that says nothing of stores is held', async () => {
    const held = await receiveOne(
      stores((o) => {
        delete o.LineItem[1].QuantitiesSchedulesLocations
      }),
    )
    expect(told([held])).toEqual(['held STORE_SPLIT_MISSING'])
  })

  test('names every store that is not in the table', async () => {
    const tables = tablesOf(({ locations = [] }) => ({
      locations: locations.filter((l) => l.code !== '0012' && l.code !== '0107'),
    }))
    const held = await receiveOne(stores(), { tables })
    expect(told([held])).toEqual(['held LOCATION_UNKNOWN LOCATION_UNKNOWN'])
    expect(held.problems.map((p) => p.message).join()).toMatch(/0012.*0107/)
  })

  test('a share stated in another unit is converted where that is exact, else held', async () => {
    const inCases = (quantities: number[]) =>
      stores((o) => {
        const [schedule] = o.LineItem[0].QuantitiesSchedulesLocations
        schedule.TotalQtyUOM = 'CA'
        schedule.LocationQuantity = quantities.map((Qty, i) => ({ Location: ['0012', '0031', '0107'][i], Qty }))
      })
    const { writes } = await receiveOne(inCases([0.5, 1, 0.5]))
    expect(creates(writes).map((c) => c.Details[0].OrderQty)).toEqual([12, 24, 12])
    expect(told([await receiveOne(inCases([1, 1, 1]))])).toEqual(['held STORE_SPLIT_DIFFERS'])
  })

  test('a store that gets nothing has no order; one named twice gets both shares', async () => {
    const { writes } = await receiveOne(
      stores((o) => {
        o.LineItem[0].QuantitiesSchedulesLocations[0].LocationQuantity = [
          { Location: '0012', Qty: 20 },
          { Location: '0031', Qty: 0 },
          { Location: '0012', Qty: 28 },
        ]
        o.LineItem[1].QuantitiesSchedulesLocations[0].LocationQuantity = [{ Location: '0012', Qty: 24 }]
      }),
    )
    expect(creates(writes).map((c) => [c.LocationID, ...c.Details.map((d: Raw) => d.OrderQty)])).toEqual([
      ['ST0012', 48, 24],
    ])
  })

  test('through a DC is one order to the DC, and its note says what each store gets', async () => {
    const { writes } = await receiveOne(stores(toDc))
    const [dc, ...others] = creates(writes)
    expect(others).toEqual([])
    expect(dc).toMatchObject({ LocationID: 'DC0417', ExternalRef: 'SPS:3F1HARBORPINE:4500187801' })
    expect(dc.Details.map((d: Raw) => d.OrderQty)).toEqual([48, 24])
    expect(dc.note).toBe(
      'Floor-loaded trailers are refused; use GMA pallets above 20 cartons.\nStore split:\nLine 1: 0012 12 EA, 0031 24 EA, 0107 12 EA\nLine 2: 0012 6 EA, 0031 12 EA, 0107 6 EA',
    )
  })

  test('through a DC is an order for each store where the partner wants that, all of them to the DC', async () => {
    const { writes } = await receiveOne(stores(toDc), { tables: withPartner({ multiStore: 'split' }) })
    expect(creates(writes).map((c) => [c.ExternalRef, c.LocationID])).toEqual([
      ['SPS:3F1HARBORPINE:4500187801#0012', 'DC0417'],
      ['SPS:3F1HARBORPINE:4500187801#0031', 'DC0417'],
      ['SPS:3F1HARBORPINE:4500187801#0107', 'DC0417'],
    ])
  })

  test('an allowance of a line is shared out to the cent, not given to every store', async () => {
    const { writes } = await receiveOne(
      stores((o) => {
        o.LineItem[0].ChargesAllowances = [{ AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 10.01 }]
      }),
      { tables: withPartner({ charges: 'apply' }) },
    )
    const discounts = creates(writes).map((c) => c.Details[0].DiscountAmount)
    expect(discounts).toEqual([2.5, 5.01, 2.5])
  })

  test('a freight charge of the order is charged once, not by every store', async () => {
    const { writes } = await receiveOne(
      stores((o) => {
        o.Header.ChargesAllowances = [{ AllowChrgIndicator: 'C', AllowChrgCode: 'D240', AllowChrgAmt: 30 }]
      }),
      { tables: withPartner({ charges: 'apply' }) },
    )
    const freight = creates(writes).map((c) => c.ShippingSettings.FreightPrice ?? 0)
    expect(freight.reduce((a: number, b: number) => a + b, 0)).toBe(30)
  })
})
