import { toNumber } from '../../../core/decimal.ts'
import type { MapResult, Write } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import { cell } from '../../../core/table-index.ts'
import type { StockReport } from '../../../documents/stock-report.ts'
import { nameSafe } from '../../../edi/order/identity.ts'
import { answerMeta } from '../../../edi/outbound/order-sections.ts'
import { type Partner, resolvePartner } from '../../../edi/resolve/partner.ts'
import { prune, type RsxItemRegistry, uploadReference } from '../../../systems/sps-commerce/records.ts'
import { choice } from '../erp/partner.ts'
import type { Settings } from '../settings.ts'
import { stockLines } from '../stock/lines.ts'

/** Stock of Odoo → 846 to every partner whose row asks for it. Zero is said, never left out (sps-commerce.md 7.6). */
export const inventoryOutFlow: Flow<StockReport, Settings> = {
  name: 'inventory-out',
  source: 'odoo',
  types: ['stock-report'],
  lookups: ({ number }) => [{ number }],

  map(report, context): MapResult {
    const find = createFindings()
    const partners = receivers(context, find)
    if (find.problems.length > 0) return held(find)
    if (partners.length === 0)
      return skipped(find, 'NOT_EDI', 'No partner wants stock reports (inventory in the partners table).')
    const writes = partners.flatMap((partner) => reportFor(partner, report, context, find) ?? [])
    if (find.problems.length > 0) return held(find)
    if (writes.length === 0)
      return skipped(find, 'NOT_EDI', 'The items table lists no item of the report for the partners that want it.')
    return written(find, writes, { index: partners.map((p) => `partner/${p.tradingPartner}`) })
  },
}

/** One row each, though a partner may have several (vendor numbers, places). */
function receivers({ tables }: MapContext<Settings>, find: Findings): Partner[] {
  // A wish that cannot be read is a problem, not a no.
  const wanting = (tables.partners?.rows ?? []).filter((row) => !['', 'no'].includes(cell(row, 'inventory')))
  const byPartner = new Map(wanting.map((row) => [cell(row, 'tradingPartner'), row]))
  return [...byPartner].flatMap(([tradingPartner, row]) => {
    const partner = resolvePartner(tables, { tradingPartner, customer: cell(row, 'customer') }, find)
    if (partner) choice(partner, 'inventory', ['yes', 'no'], find)
    return partner ?? []
  })
}

function reportFor(
  partner: Partner,
  report: StockReport,
  { tables, settings, connections }: MapContext<Settings>,
  find: Findings,
): Write | undefined {
  const { lines, total } = stockLines(report, partner, { tables, settings, find })
  if (lines.length === 0) return undefined
  const number = nameSafe(`${partner.tradingPartner}-${report.number}`)
  const record: RsxItemRegistry = {
    Meta: { ...answerMeta(undefined, partner), OrderManagement: 'InventoryAdvice' },
    Header: {
      HeaderReport: {
        TradingPartnerId: partner.tradingPartner,
        DocumentId: number,
        TsetPurposeCode: '00',
        ReportTypeCode: 'MB',
        InventoryDate: report.at.slice(0, 10),
        // The source tells UTC; RSX wants an offset.
        InventoryTime: `${report.at.slice(11, 19)}+00:00`,
        ...(partner.vendor === undefined ? {} : { Vendor: partner.vendor }),
      },
    },
    Structure: [{ LineItem: lines }],
    Summary: { TotalLineItemNumber: lines.length, TotalQuantity: toNumber(total) },
  }
  return {
    connection: connections['sps-commerce'] ?? '',
    operation: 'send-inventory',
    reference: uploadReference('send-inventory', number),
    record: toJson(prune(record)),
  }
}
