import { add, type Decimal, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'
import type { StockReport } from '../../../documents/stock-report.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import { unitOfErp } from '../../../edi/resolve/unit.ts'
import { isGtin, type RsxInventoryLineItem } from '../../../systems/sps-commerce/records.ts'
import { barcodeField, ownNumber } from '../erp/product.ts'
import type { Settings } from '../settings.ts'

/** The lines of an 846 for one partner, and the sum of their quantities. Below nothing is told as nothing. */
export function stockLines(
  report: StockReport,
  { tradingPartner }: Partner,
  { tables, settings, find }: { tables: Tables; settings: Settings; find: Findings },
): { lines: RsxInventoryLineItem[]; total: Decimal } {
  const { quantity: which, items } = settings.stock
  const quantities: Decimal[] = []
  const unknown = new Map<string, string[]>()
  const lines = report.lines.flatMap((line, index): RsxInventoryLineItem[] => {
    const row = rowsBy(tables.items, 'item', line.item).find((r) => cell(r, 'tradingPartner') === tradingPartner)
    // What is listed and no longer sold is told as nothing, so that nobody goes on ordering it.
    if (!row && (items === 'listed' || !line.active)) return []
    const unit = unitOfErp(tables, line.unit ?? '', { tradingPartner, item: line.item })
    if (!unit) {
      const of = unknown.get(line.unit ?? '') ?? []
      unknown.set(line.unit ?? '', of)
      of.push(line.item)
      return []
    }
    const stated = which === 'free' ? line.free : line.onHand
    const quantity = stated.startsWith('-') || !line.active ? '0' : stated
    quantities.push(quantity)
    const code = line.barcode !== undefined && isGtin(line.barcode) ? line.barcode : undefined
    const numbers = {
      ...(row && cell(row, 'buyerPart') !== '' ? { BuyerPartNumber: cell(row, 'buyerPart') } : {}),
      ...(ownNumber(line.item) === undefined ? {} : { VendorPartNumber: line.item }),
      ...(code === undefined ? {} : { [barcodeField(code)]: code }),
    }
    if (Object.keys(numbers).length === 0) {
      find.warn(
        'REPORT_ITEM_UNKNOWN',
        `${line.description ?? line.item} has neither an internal reference nor a barcode; it is left out.`,
        `product.product[${index}].default_code`,
      )
      return []
    }
    return [
      {
        InventoryLine: numbers,
        ...(line.description === undefined
          ? {}
          : {
              ProductOrItemDescription: [
                { ProductCharacteristicCode: '08', ProductDescription: line.description.slice(0, 80) },
              ],
            }),
        QuantitiesSchedulesLocations: [
          { QuantityQualifier: which === 'free' ? '33' : 'QOH', TotalQty: toNumber(quantity), TotalQtyUOM: unit.x12 },
        ],
      },
    ]
  })
  for (const [unit, of] of unknown)
    find.hold(
      'UNIT_UNKNOWN',
      `Unit ${unit || '(none)'} is not in the units table: ${of.slice(0, 5).join(', ')}${of.length > 5 ? ` and ${of.length - 5} more items have it` : ''}. Add a row with its X12 unit.`,
      'product.product.uom_id',
      unit === '' ? undefined : { table: 'units', cells: { unit } },
    )
  return { lines, total: add('0', ...quantities) }
}
