import type { Flow } from '../../core/flow.ts'
import type { InventoryAdvice, ProductActivity } from '../../documents/reports.ts'
import type { Erp } from '../erp.ts'
import type { ReportSettings } from '../reports/settings.ts'
import { inventoryAdviceFlow } from './inventory-advice.ts'
import { productActivityFlow } from './product-activity.ts'

/** 846 and 852 in one flow: stock and sales figures of partners, kept and readable by item and partner. */
export function reportsFlow<Settings extends ReportSettings>(
  name: string,
  erp: (settings: Settings) => Erp,
): Flow<InventoryAdvice | ProductActivity, Settings> {
  const stock = inventoryAdviceFlow<Settings>(name, erp)
  const sales = productActivityFlow<Settings>(name, erp)
  return {
    name,
    source: 'sps-commerce',
    types: [...stock.types, ...sales.types],
    lookups: (report, settings) =>
      report.type === 'inventory-advice' ? stock.lookups(report, settings) : sales.lookups(report, settings),
    map: (report, context) =>
      report.type === 'inventory-advice' ? stock.map(report, context) : sales.map(report, context),
  }
}
