import type { HistoryEntry } from '../../../lib/core/flow.ts'
import { parseSettings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'
import { parse } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf } from '../../../lib/systems/sps-commerce/preview.ts'
import { inventoryAdviceFlow, productActivityFlow } from './flows.ts'
import { changed, entry, fixture, mapOne, type Raw } from './invoice-world.ts'

const settings = parseSettings({ productActivity: { field: 'UsrSold' }, inventoryAdvice: { field: 'UsrStock' } }, '')

function keep(raw: Raw, history: HistoryEntry[] = []) {
  const type = 'LineItem' in raw ? 'product-activity' : 'inventory-advice'
  const [source] = documentsOf([type], raw)
  if (!source) throw new Error('no report in the file')
  const { result } =
    type === 'product-activity'
      ? mapOne(productActivityFlow, parse, source, { history, settings })
      : mapOne(inventoryAdviceFlow, parse, source, { history, settings })
  if (result.outcome !== 'write') throw new Error(result.outcome)
  return { source, result }
}

/** A report as the ledger has it under the number its month is found by. */
function kept(raw: Raw): HistoryEntry {
  const { source, result } = keep(raw)
  const number = result.index?.at(-1) ?? ''
  const { type, key, hash } = source
  return entry({ type, key, hash, number, ...(result.snapshot === undefined ? {} : { snapshot: result.snapshot }) })
}

const activity = (start: string, end: string) =>
  changed(fixture('sps-commerce/product-activity-852.json'), {
    'Header.ReportHeader.ReportStartDate': start,
    'Header.ReportHeader.ReportEndDate': end,
  })
const stock = (id: string, date: string, time = '06:00:00') =>
  changed(fixture('sps-commerce/inventory-846.json'), {
    'Header.HeaderReport.DocumentId': id,
    'Header.HeaderReport.InventoryDate': date,
    'Header.HeaderReport.InventoryTime': time,
  })

describe('a report that comes after a newer one', () => {
  test.each([
    ['852 of the week before', activity('2026-10-04', '2026-10-10'), activity('2026-10-11', '2026-10-17')],
    ['852 of the month before', activity('2026-12-20', '2026-12-26'), activity('2026-12-27', '2027-01-02')],
    ['846 of the day before', stock('A', '2026-10-18'), stock('B', '2026-10-19')],
    ['846 of the same morning', stock('A', '2026-10-19', '06:00:00'), stock('B', '2026-10-19', '11:00:00')],
  ])('%s is kept and writes over nothing', (_, older, newer) => {
    const { result } = keep(older, [kept(newer)])
    expect(result.writes).toEqual([])
    expect(new Set(result.warnings.map((w) => w.code))).toEqual(new Set(['REPORT_OUTDATED']))
    expect(keep(newer, [kept(older)]).result.writes).not.toEqual([])
  })

  test('writes the items that the newer one does not name', () => {
    const newer = changed(stock('B', '2026-10-19'), {
      'Structure.0.LineItem': [
        {
          InventoryLine: { BuyerPartNumber: '771204' },
          QuantitiesSchedulesLocations: [{ QuantityQualifier: '33', TotalQty: 5, TotalQtyUOM: 'EA' }],
        },
      ],
    })
    const { result } = keep(stock('A', '2026-10-18'), [kept(newer)])
    expect(result.writes.map((w) => w.record.InventoryID)).toEqual([{ value: 'JS-BWL-06' }, { value: 'JS-TRY-LG' }])
  })
})
