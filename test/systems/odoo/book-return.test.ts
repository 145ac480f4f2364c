import { at, back, deliveredOf, notesOf, returned, scrapOf, shipped, transfersOf } from './returning.ts'
import { moved } from './shipping.ts'
import { closeCompanies, codesOf } from './writing.ts'

afterEach(closeCompanies)

const key = 'return:2933435'

describe.each([18, 19] as const)('what came back, in Odoo %i', (version) => {
  test('goes where it was put, and the order counts it as returned', async () => {
    const { company, push, west, apart } = await shipped(version)
    const record = returned([
      back('WIDGET', 2, 'restock', { destination: west }),
      back('WIDGET', 1, 'quarantine', { destination: apart, reason: 'Chipped rim' }),
      back('CREAM', 1, 'restock', { destination: west, lot: 'A' }),
    ])
    const outcome = await push.write('book-return', record, key)
    expect(outcome).toMatchObject({
      outcome: 'delivered',
      targetNumbers: ['WH/IN/00001', 'WH/IN/00002'],
      adopted: false,
      warnings: [],
    })
    expect(moved(company, 'incoming')).toEqual([`CREAM 1 to ${west}, A`, `WIDGET 1 to ${apart}`, `WIDGET 2 to ${west}`])
    expect(deliveredOf(company)).toEqual([2, 2])
    expect(notesOf(company)[2]).toContain(
      'Return 2933435 (RMA-2026-0091): quarantine, Chipped rim, 2026-09-24 09:10 UTC',
    )
    expect(notesOf(company).join()).not.toContain('[ml-p')
  })

  test('and was disposed of comes in and goes to scrap at once, by one transfer', async () => {
    const { company, push, west } = await shipped(version)
    const before = at(company, 'WH/Stock', company.products.widget)
    const lost = at(company, scrapOf(company), company.products.widget)
    const record = returned([back('WIDGET', 2, 'scrap'), back('CREAM', 1, 'scrap', { lot: 'A' })])
    expect(await push.write('book-return', record, key)).toMatchObject({ outcome: 'delivered' })
    expect(at(company, scrapOf(company), company.products.widget) - lost).toBe(2)
    expect(at(company, 'WH/Stock', company.products.widget)).toBe(before)
    expect(at(company, west, company.products.widget)).toBe(5)
    expect(deliveredOf(company)).toEqual([3, 2])
    expect(transfersOf(company).slice(1)).toEqual(['WH/IN/00001 done'])
  })

  test('told again books nothing, told further books the difference, whatever was done with it', async () => {
    const { company, push, west, apart } = await shipped(version)
    const first = returned([back('WIDGET', 1, 'restock', { destination: west })])
    await push.write('book-return', first, key)
    expect(await push.write('book-return', first, key)).toMatchObject({ outcome: 'delivered', adopted: true })
    const then = returned([
      back('WIDGET', 2, 'restock', { destination: west }),
      back('WIDGET', 1, 'scrap'),
      back('CREAM', 2, 'quarantine', { destination: apart }),
    ])
    await push.write('book-return', then, key)
    expect(await push.write('book-return', then, key)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(deliveredOf(company)).toEqual([2, 1])
    expect(at(company, west, company.products.widget)).toBe(7)
    expect(at(company, apart, company.products.cream)).toBe(2)
  })

  test("is of the shipment's own delivery, else of the order's", async () => {
    const { company, push, west } = await shipped(version)
    const elsewhere = returned([back('WIDGET', 1, 'restock', { destination: west })], { shipment: '999' })
    expect(await push.write('book-return', elsewhere, 'return:1')).toMatchObject({ outcome: 'delivered' })
    const nameless = returned([back('WIDGET', 1, 'restock', { destination: west })], { order: undefined })
    expect(await push.write('book-return', nameless, 'return:2')).toMatchObject({ outcome: 'delivered' })
    expect(deliveredOf(company)).toEqual([3, 3])
  })

  test('of a lot is booked with it; another one than was sent is told', async () => {
    const { company, push, west } = await shipped(version)
    const record = returned([
      back('CREAM', 1, 'restock', { destination: west }),
      back('CREAM', 1, 'restock', { destination: west, lot: 'B', expires: '2027-02-28' }),
    ])
    const outcome = await push.write('book-return', record, key)
    expect(codesOf(outcome)).toEqual(['ODOO_RETURN_LOT_DIFFERS'])
    expect(moved(company, 'incoming')).toEqual([`CREAM 1 to ${west}, A`, `CREAM 1 to ${west}, B`])
    expect(await push.write('book-return', record, key)).toMatchObject({ outcome: 'delivered', adopted: true })
  })
})
