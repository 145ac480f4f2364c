import { createDesk, type Raw, rsx, told } from './desk.ts'
import { tablesOf, withRows } from './tables.ts'

const stock = { inventoryAdvice: { field: 'x_partner_stock' } }
const sales = { productActivity: { field: 'x_partner_sales' } }
const writes = (outcome: { writes: { operation: string; record: Raw }[] }) =>
  outcome.writes.map(({ operation, record }) => [operation, record.product, record.field, record.value])

describe('an 846 of a partner', () => {
  const advice = (edit?: (raw: Raw) => void) => rsx('inventory-846', edit)

  test('is kept, and found by partner and by item', async () => {
    const desk = createDesk()
    const outcome = await desk.receive(advice(), 'inventory-advice')
    expect([told(outcome), outcome.writes]).toEqual(['write', []])
    for (const number of [
      'IB-20261019-0600',
      'partner/3F1HARBORPINE',
      'item/JS-MUG-12',
      'item/JS-BWL-06',
      'item/JS-TRY-LG',
    ])
      expect(desk.found(number)).toHaveLength(1)
  })

  test('is written to a field of the product where one is named: zero too', async () => {
    const outcome = await createDesk({ settings: stock }).receive(advice(), 'inventory-advice')
    expect(writes(outcome)).toEqual([
      ['update-product', { item: 'JS-MUG-12' }, 'x_partner_stock', 1840],
      ['update-product', { item: 'JS-BWL-06' }, 'x_partner_stock', 0],
      ['update-product', { item: 'JS-TRY-LG' }, 'x_partner_stock', 312],
    ])
    expect(new Set(outcome.writes.map((w) => w.connection))).toEqual(new Set(['odoo']))
  })

  test('of another quantity, where the settings name it', async () => {
    const settings = { inventoryAdvice: { field: 'x_partner_stock', qualifier: 'QOH' } }
    const outcome = await createDesk({ settings }).receive(advice(), 'inventory-advice')
    expect(writes(outcome).map((w) => w[3])).toEqual([1912, 4, 312])
  })

  test('in cases is told in pieces', async () => {
    const cases = advice((raw) => {
      raw.Structure[0].LineItem[0].QuantitiesSchedulesLocations[0].TotalQtyUOM = 'CA'
    })
    expect(writes(await createDesk({ settings: stock }).receive(cases, 'inventory-advice'))[0]?.[3]).toBe(1840 * 24)
  })

  test('with an item that no table knows is kept under its number, and nothing is written to it', async () => {
    const desk = createDesk({ settings: stock, tables: tablesOf((rows) => ({ items: rows.items?.slice(1) ?? [] })) })
    const unknown = advice((raw) => {
      raw.Structure[0].LineItem[0].InventoryLine = { BuyerPartNumber: '999' }
    })
    const outcome = await desk.receive(unknown, 'inventory-advice')
    expect([outcome.warnings, writes(outcome).length, desk.found('item/999').length]).toEqual([
      ['REPORT_ITEM_UNKNOWN'],
      2,
      1,
    ])
  })

  test('again is skipped; an older one that comes late writes nothing over', async () => {
    const desk = createDesk({ settings: stock })
    await desk.receive(advice(), 'inventory-advice')
    expect(told(await desk.receive(advice(), 'inventory-advice'))).toBe('skipped DUPLICATE')
    const older = advice((raw) => {
      Object.assign(raw.Header.HeaderReport, { DocumentId: 'IB-20261018', InventoryDate: '2026-10-18' })
    })
    const late = await desk.receive(older, 'inventory-advice')
    expect([late.writes, late.warnings]).toEqual([[], ['REPORT_OUTDATED', 'REPORT_OUTDATED', 'REPORT_OUTDATED']])
  })
})

describe('an 852 of a partner', () => {
  const activity = (edit?: (raw: Raw) => void) => rsx('product-activity-852', edit)

  test('is kept, and found by partner and by item', async () => {
    const desk = createDesk({ tables: withRows({}) })
    const outcome = await desk.receive(activity(), 'product-activity')
    expect([told(outcome), outcome.writes]).toEqual(['write', []])
    expect(desk.found('partner/3F1HARBORPINE')).toHaveLength(1)
    expect(desk.found('item/JS-MUG-12')).toHaveLength(1)
  })

  test('is written to a field of the product where one is named', async () => {
    const raw = activity()
    const sold = raw.LineItem[0].ProductActivityReporting.find((a: Raw) => a.ActivityCode === 'QS')
    const outcome = await createDesk({ settings: sales }).receive(raw, 'product-activity')
    expect(writes(outcome)[0]).toEqual(['update-product', { item: 'JS-MUG-12' }, 'x_partner_sales', sold.TotalQty])
  })

  test('and an 846 of one month do not get in each other’s way', async () => {
    const desk = createDesk({ settings: { ...stock, ...sales } })
    await desk.receive(activity(), 'product-activity')
    const outcome = await desk.receive(rsx('inventory-846'), 'inventory-advice')
    expect([outcome.warnings, outcome.writes.length]).toEqual([[], 3])
  })
})
