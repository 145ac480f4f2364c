import type { Json } from '../../../lib/core/exchange.ts'
import type { HistoryEntry } from '../../../lib/core/flow.ts'
import { parseSettings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'
import { parse } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf } from '../../../lib/systems/sps-commerce/preview.ts'
import { inventoryAdviceFlow, productActivityFlow } from './flows.ts'
import { changed, codesOf, entry, fixture, mapOne, type Raw } from './invoice-world.ts'

const activity = () => fixture('sps-commerce/product-activity-852.json')
const stock = () => fixture('sps-commerce/inventory-846.json')

function keep(raw: Raw, { settings = {}, history = [] as HistoryEntry[] } = {}) {
  const type = 'LineItem' in raw ? 'product-activity' : 'inventory-advice'
  const [source] = documentsOf([type], raw)
  if (!source) throw new Error('no report in the file')
  const world = { history, settings: parseSettings(settings, '') }
  const { result } =
    type === 'product-activity'
      ? mapOne(productActivityFlow, parse, source, world)
      : mapOne(inventoryAdviceFlow, parse, source, world)
  return { source, result }
}

const writesOf = (raw: Raw, settings: object) => {
  const { result } = keep(raw, { settings })
  if (result.outcome !== 'write') throw new Error(result.outcome)
  return result.writes.map((w) => [w.connection, w.operation, w.record])
}

const quantity = (value: number, unit: string, more: Raw = {}): Raw => ({
  QuantityQualifier: '33',
  TotalQty: value,
  TotalQtyUOM: unit,
  ...more,
})
/** The stock report with these quantities of its first item, and no other items. */
const oneItem = (...quantities: Raw[]): Raw =>
  changed(stock(), {
    'Structure.0.LineItem': [
      { InventoryLine: { BuyerPartNumber: '771204' }, QuantitiesSchedulesLocations: quantities },
    ],
  })

describe('a report', () => {
  test.each([
    ['852', activity(), ['item/JS-MUG-12', 'item/JS-BWL-06']],
    ['846', stock(), ['item/JS-MUG-12', 'item/JS-BWL-06', 'item/JS-TRY-LG']],
  ])('%s is kept, found by partner and item, and written nowhere by itself', (_, raw, items) => {
    const { result } = keep(raw)
    expect(result).toMatchObject({ outcome: 'write', writes: [], warnings: [] })
    if (result.outcome === 'write') expect(new Set(result.index)).toEqual(new Set(['partner/3F1HARBORPINE', ...items]))
    expect(result.decisions.filter((d) => d.table?.name === 'items')).toHaveLength(items.length)
  })

  test.each([
    ['BuyerPartNumber', '999001'],
    ['ConsumerPackageCode', '036000291452'],
    ['EAN', '4006381333931'],
    ['GTIN', '00036000291452'],
    ['VendorPartNumber', 'OLD-77'],
  ])('keeps an item nobody knows under its %s, with a warning', (field, number) => {
    const raw = changed(activity(), { 'LineItem.0.ReportLineItem': { [field]: number } })
    const { result } = keep(raw)
    expect(result).toMatchObject({
      outcome: 'write',
      index: ['partner/3F1HARBORPINE', `item/${number}`, 'item/JS-BWL-06'],
      warnings: [{ code: 'REPORT_ITEM_UNKNOWN', path: 'LineItem[0].ReportLineItem' }],
    })
  })
})

describe('a report that comes again', () => {
  const earlier = (raw: Raw, fields: Partial<HistoryEntry>) => {
    const { source } = keep(raw)
    return entry({ type: source.type, key: source.key, number: source.number, hash: source.hash, ...fields })
  }

  test.each(['delivered', 'mapped'] as const)('with the same content, once it was %s, is a duplicate', (state) => {
    for (const raw of [activity(), stock()]) {
      const { result } = keep(raw, { history: [earlier(raw, { state })] })
      expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['DUPLICATE']])
    }
  })

  test.each(['skipped', 'rejected', 'held'] as const)('is kept where the earlier one was %s', (state) => {
    for (const raw of [activity(), stock()])
      expect(keep(raw, { history: [earlier(raw, { state })] }).result.outcome).toBe('write')
  })

  test('with other content replaces it', () => {
    const history = [earlier(stock(), {})]
    expect(
      keep(changed(stock(), { 'Structure.0.LineItem.0.QuantitiesSchedulesLocations.0.TotalQty': 7 }), { history })
        .result.outcome,
    ).toBe('write')
  })

  test('from another partner is another report', () => {
    const history = [earlier(stock(), { key: '3F1TIDEWATER/IB-20261019-0600' })]
    expect(keep(stock(), { history }).result.outcome).toBe('write')
  })
})

describe('where the settings name a field of the stock item', () => {
  const field = 'custom.ItemSettings.UsrRetailStock'
  const settings = { inventoryAdvice: { field } }
  const put = (item: string, value: Json) => [
    'acumatica',
    'update-item',
    {
      InventoryID: { value: item },
      custom: { ItemSettings: { UsrRetailStock: { type: 'CustomDecimalField', value } } },
    },
  ]

  test('a 846 writes the free quantity of every item, an explicit zero too', () => {
    expect(writesOf(stock(), settings)).toEqual([put('JS-MUG-12', 1840), put('JS-BWL-06', 0), put('JS-TRY-LG', 312)])
  })

  test('a 852 writes what was sold', () => {
    expect(writesOf(activity(), { productActivity: { field: 'UsrSold' } })).toEqual([
      ['acumatica', 'update-item', { InventoryID: { value: 'JS-MUG-12' }, UsrSold: { value: 45 } }],
      ['acumatica', 'update-item', { InventoryID: { value: 'JS-BWL-06' }, UsrSold: { value: 11 } }],
    ])
  })

  test('quantities are in base units: cases count what is in them', () => {
    expect(writesOf(oneItem(quantity(3, 'CA')), settings)).toEqual([put('JS-MUG-12', 72)])
  })

  test('an item that is in several places, or on several lines, is written once with its sum', () => {
    const places = {
      LocationQuantity: [
        { Location: 'A', Qty: 5 },
        { Location: 'B', Qty: 7 },
      ],
    }
    expect(writesOf(oneItem(quantity(12, 'EA', places)), settings)).toEqual([put('JS-MUG-12', 12)])
    const twice = changed(stock(), {
      'Structure.0.LineItem.1.InventoryLine': { BuyerPartNumber: '771204' },
      'Structure.0.LineItem.1.QuantitiesSchedulesLocations': [quantity(2, 'CA')],
    })
    expect(writesOf(twice, settings)).toEqual([put('JS-MUG-12', 1888), put('JS-TRY-LG', 312)])
  })

  test('an 852 that tells quantities by store only is written as their sum', () => {
    const raw = changed(activity(), { 'LineItem.0.ProductActivityReporting.0.TotalQty': undefined })
    expect(writesOf(raw, { productActivity: { field: 'UsrSold' } })[0]).toEqual([
      'acumatica',
      'update-item',
      { InventoryID: { value: 'JS-MUG-12' }, UsrSold: { value: 45 } },
    ])
  })

  test('an item of which one quantity has an unknown unit is not written at all, with a warning', () => {
    const { result } = keep(oneItem(quantity(3, 'EA'), quantity(2, 'PALLET')), { settings })
    expect(result).toMatchObject({ outcome: 'write', writes: [], warnings: [{ code: 'UNIT_SIZE_UNKNOWN' }] })
  })
})
