import type { MapResult } from '../../core/exchange.ts'
import type { Flow } from '../../core/flow.ts'

type Names = readonly (readonly [said: RegExp, here: string])[]

/** How a delivery's fields are called in Odoo, for those of a shipment. */
export const deliveryNames: Names = [
  [/^Details\[(?:LineNbr=)?(\d+)\]/, 'stock.move[$1]'],
  [/^Details$/, 'stock.move'],
  [/\.OrderLineNbr$/, '.sale_line_id'],
  [/\.UOM$/, '.product_uom'],
  [/\.ShippedQty$/, '.quantity'],
  [/^Packages\[(\d+)\]\.PackageContents/, 'stock.package[$1].contents'],
  [/^Packages\b/, 'stock.package'],
  [/^ShipmentDate$/, 'date_done'],
  [/^ShipVia\b/, 'carrier_id'],
]

/** How an invoice's fields are called in Odoo. */
export const invoiceNames: Names = [
  [/^Details\[(\d+)\]/, 'invoice_line_ids[$1]'],
  [/^Details$/, 'invoice_line_ids'],
  [/\.OrderLineNbr$/, '.sale_line_ids'],
  [/\.OrigInvNbr$/, '.reversed_entry_id'],
  [/\.UOM$/, '.product_uom_id'],
  [/\.Qty$/, '.quantity'],
  [/\.Amount$/, '.price_subtotal'],
  [/^Amount$/, 'amount_total'],
  [/^TaxTotal$/, 'amount_tax'],
  [/^TaxID=/, 'tax_line_id='],
  [/^FreightDetails$/, 'delivery lines'],
  [/^DiscountTotal$/, 'discount lines'],
]

const common: Names = [
  [/^CustomerID$/, 'partner_id'],
  [/^CustomerLocation (.*) ExtRefNbr$/, 'ref of contact $1'],
  [/^LocationID /, 'contact '],
  [/ ExternalRef=/, ' origin='],
]

/** A shared flow whose problems and decisions name fields as Odoo has them. */
export function inOdooNames<Document, Settings>(
  flow: Flow<Document, Settings>,
  names: Names,
): Flow<Document, Settings> {
  const here = (said: string): string =>
    [...names, ...common].reduce((text, [pattern, name]) => text.replace(pattern, name), said)
  const placed = <T extends { path?: string }>(found: T): T =>
    found.path === undefined ? found : { ...found, path: here(found.path) }
  return {
    ...flow,
    map: (document, context): MapResult => {
      const result = flow.map(document, context)
      const decisions = result.decisions.map((d) => (d.input === undefined ? d : { ...d, input: here(d.input) }))
      const warnings = result.warnings.map(placed)
      return result.outcome === 'write'
        ? { ...result, decisions, warnings }
        : { ...result, decisions, warnings, problems: result.problems.map(placed) }
    },
  }
}
