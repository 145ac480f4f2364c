import type { Flow } from '../../core/flow.ts'
import type { ProductActivity } from '../../documents/reports.ts'
import type { Erp } from '../erp.ts'
import { monthsAfter, type ReportAge } from '../reports/age.ts'
import { keepReport } from '../reports/kept.ts'
import type { ReportSettings } from '../reports/settings.ts'

/** Trading partner and period: there is no other number on an 852 (sps-commerce.md 7.6). */
const numberOf = ({ tradingPartner, startDate, endDate }: ProductActivity): string =>
  `${tradingPartner}/${startDate}/${endDate ?? ''}`

/** A report is as new as the last day it is about. */
const ageOf = ({ tradingPartner, startDate, endDate }: ProductActivity): ReportAge => ({
  kind: 'product-activity',
  tradingPartner,
  asOf: endDate ?? startDate,
})

/** An activity's total; where the retailer tells it by store only, those. */
const quantitiesOf = ({ quantity, unit, locations }: ProductActivity['lines'][number]['activities'][number]) =>
  quantity !== undefined
    ? [{ quantity, unit }]
    : locations.flatMap((l) => (l.quantity === undefined ? [] : [{ quantity: l.quantity, unit: l.unit ?? unit }]))

/** 852 → kept as supporting data; the activity the settings name goes to a field of the stock item. */
export const productActivityFlow = <Settings extends ReportSettings>(
  name: string,
  erp: (settings: Settings) => Erp,
): Flow<ProductActivity, Settings> => ({
  name,
  source: 'sps-commerce',
  types: ['product-activity'],
  lookups: (report, { productActivity }) => [
    { number: numberOf(report) },
    ...(productActivity.field === undefined ? [] : monthsAfter(ageOf(report)).map((number) => ({ number }))),
  ],
  map: (report, context) => {
    const { field, code } = context.settings.productActivity
    const lines = report.lines.map(({ numbers, activities }, index) => {
      const wanted = activities.filter((a) => a.code === code)
      return { numbers, path: `LineItem[${index}].ReportLineItem`, quantities: wanted.flatMap(quantitiesOf) }
    })
    return keepReport(ageOf(report), lines, field, context, erp(context.settings), numberOf(report))
  },
})
