import type { Flow } from '../../core/flow.ts'
import type { InventoryAdvice } from '../../documents/reports.ts'
import type { Erp } from '../erp.ts'
import { monthsAfter, type ReportAge } from '../reports/age.ts'
import { keepReport } from '../reports/kept.ts'
import type { ReportSettings } from '../reports/settings.ts'

/** The day it is about; the time of day is in the version under which it was captured. */
const ageOf = ({ tradingPartner, date }: InventoryAdvice): ReportAge => ({
  kind: 'inventory-advice',
  tradingPartner,
  asOf: date,
})

/** 846 → kept as supporting data; the quantity the settings name goes to a field of the stock item. */
export const inventoryAdviceFlow = <Settings extends ReportSettings>(
  name: string,
  erp: (settings: Settings) => Erp,
): Flow<InventoryAdvice, Settings> => ({
  name,
  source: 'sps-commerce',
  types: ['inventory-advice'],
  lookups: (report, { inventoryAdvice }) => [
    { number: report.documentId },
    ...(inventoryAdvice.field === undefined ? [] : monthsAfter(ageOf(report)).map((number) => ({ number }))),
  ],
  map: (report, context) => {
    const { field, qualifier } = context.settings.inventoryAdvice
    const lines = report.lines.map(({ numbers, quantities }, index) => {
      const wanted = quantities.filter((q) => q.qualifier === qualifier)
      // A total beside its places would count twice.
      const totals = wanted.filter((q) => q.location === undefined)
      return {
        numbers,
        path: `Structure.LineItem[${index}].InventoryLine`,
        quantities: totals.length > 0 ? totals : wanted,
      }
    })
    const age = ageOf(report)
    // Several reports of one day are told apart by their time.
    const asOf = age.asOf !== undefined && context.version.startsWith(age.asOf) ? context.version : age.asOf
    return keepReport({ ...age, asOf }, lines, field, context, erp(context.settings), report.documentId)
  },
})
