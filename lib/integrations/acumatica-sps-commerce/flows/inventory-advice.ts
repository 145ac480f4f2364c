import type { Flow } from '../../../core/flow.ts'
import type { InventoryAdvice } from '../../../documents/reports.ts'
import { keepReport } from '../reports/kept.ts'
import type { Settings } from '../settings.ts'

/** 846 → kept as supporting data; the quantity the settings name goes to a field of the stock item. */
export const inventoryAdviceFlow: Flow<InventoryAdvice, Settings> = {
  name: 'inventory-advice',
  source: 'sps-commerce',
  types: ['inventory-advice'],
  lookups: (report) => [{ number: report.documentId }],
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
    return keepReport(report.tradingPartner, lines, field, context, report.documentId)
  },
}
