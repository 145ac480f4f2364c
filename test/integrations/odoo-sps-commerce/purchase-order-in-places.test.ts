import { type Raw, rsx, told } from './desk.ts'
import { harbor, order, take } from './order-in.ts'

describe('where the goods go', () => {
  const to = (code: string | undefined, edit: (shipTo: Raw) => void = () => undefined) =>
    order((o) => {
      o.Header.Address[1].AddressLocationNumber = code
      edit(o.Header.Address[1])
    })

  test('to the contact of the table, else to the contact that has the number', async () => {
    expect((await take(to('0417'))).record.shipTo).toEqual({ partner: 'HP-DC-0417' })
    expect((await take(to('0931'))).record.shipTo).toEqual({ partner: '0931' })
  })

  test('to the address of the order where the row says so and no table knows the place', async () => {
    const tables = harbor({ unmappedShipTo: 'address' })
    expect((await take(to('0931'), { tables })).record.shipTo).toEqual({
      code: '0931',
      name: 'Harbor & Pine DC 0417',
      street: '2150 Tannery Road',
      street2: 'Door 14-22',
      city: 'Superior',
      zip: '54880',
      state: 'WI',
      country: 'US',
    })
    expect((await take(to('0417'), { tables })).record.shipTo).toEqual({ partner: 'HP-DC-0417' })
  })

  test('without a number and without that wish the order is held', async () => {
    expect(told(await take(to(undefined)))).toBe('held LOCATION_UNKNOWN')
  })

  test('without a ship-to it goes to the place of the row; a buying office is no ship-to', async () => {
    const raw = order((o) => {
      o.Header.Address = [{ AddressTypeCode: 'BY', LocationCodeQualifier: '92', AddressLocationNumber: 'HQ' }]
    })
    const { record, warnings } = await take(raw, { tables: harbor({ location: 'HP-MAIN' }) })
    expect(record.shipTo).toEqual({ partner: 'HP-MAIN' })
    expect(warnings).toContain('SHIP_TO_MISSING')
  })

  test('to a consumer: name once, street, place, phone; the gift text is in the note', async () => {
    const { record } = await take(rsx('order-850-dropship'))
    expect(record.shipTo).toEqual({
      name: 'Ines Okafor',
      street: '905 Marrow Lane',
      street2: 'Apt 3B',
      city: 'Eau Claire',
      zip: '54701',
      state: 'WI',
      country: 'US',
      phone: '715-555-0188',
    })
    expect(record.note).toBe(
      'Congratulations on the new flat!\nCustomer order HPW-5561208\nThird-party freight account 1R77A4',
    )
  })

  test('of a purchase order: to our warehouse by table, else what the order says of the place is kept', async () => {
    const tables = harbor({ role: 'vendor', warehouse: 'MAIN' })
    const ours = await take(to('JS-W1'), { tables })
    expect([ours.record.warehouse, ours.record.shipTo]).toEqual(['WH', undefined])
    const theirs = await take(to('0417'), { tables })
    expect([theirs.record.warehouse, theirs.record.shipTo]).toMatchObject([
      'MAIN',
      { code: '0417', name: 'Harbor & Pine DC 0417', street: '2150 Tannery Road', country: 'US' },
    ])
  })
})

describe('an order for several stores', () => {
  test('is one sales order for each, and every piece is in one of them', async () => {
    const { writes } = await take(rsx('order-850-multistore'))
    expect(
      writes.map(({ reference, record }) => [
        reference,
        (record as Raw).shipTo.partner,
        ...(record as Raw).lines.map((l: Raw) => [l.product.item, l.quantity]),
      ]),
    ).toEqual([
      ['SPS:3F1HARBORPINE:4500187801#0012', '0012', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
      ['SPS:3F1HARBORPINE:4500187801#0031', '0031', ['JS-MUG-12', 24], ['JS-BWL-06', 12]],
      ['SPS:3F1HARBORPINE:4500187801#0107', '0107', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
    ])
  })

  test('is one order with the split in its note where the row says so', async () => {
    const { writes, record } = await take(rsx('order-850-multistore'), {
      tables: harbor({ multiStore: 'keep', location: 'HP-MAIN' }),
    })
    expect(writes).toHaveLength(1)
    expect(record.note).toContain('Line 1: 0012 12 EA, 0031 24 EA, 0107 12 EA')
  })
})
