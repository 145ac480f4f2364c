import type { Flow } from '../../../core/flow.ts'
import type { ProductActivity } from '../../../documents/reports.ts'
import { keepReport } from '../reports/kept.ts'
import type { Settings } from '../settings.ts'

/** Trading partner and period: there is no other number on an 852 (sps-commerce.md 7.6). */
const numberOf = ({ tradingPartner, startDate, endDate }: ProductActivity): string =>
  `${tradingPartner}/${startDate}/${endDate ?? ''}`

/** 852 → kept as supporting data; the activity the settings name goes to a field of the stock item. */
export const productActivityFlow: Flow<ProductActivity, Settings> = {
  name: 'product-activity',
  source: 'sps-commerce',
  types: ['product-activity'],
  lookups: (report) => [{ number: numberOf(report) }],
  map: (report, context) => {
    const { field, code } = context.settings.productActivity
    const lines = report.lines.map(({ numbers, activities }, index) => {
      const wanted = activities.find((a) => a.code === code)
      return {
        numbers,
        path: `LineItem[${index}].ReportLineItem`,
        ...(wanted?.quantity === undefined ? {} : { quantity: wanted.quantity }),
        ...(wanted?.unit === undefined ? {} : { unit: wanted.unit }),
      }
    })
    return keepReport(report.tradingPartner, lines, field, context, numberOf(report))
  },
}
