import { add, type Decimal, toNumber } from '../../../core/decimal.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'
import type { StockReport } from '../../../documents/stock-report.ts'
import type { Findings } from '../../../edi/findings.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import { unitOfErp } from '../../../edi/resolve/unit.ts'
import { isGtin, type RsxInventoryLineItem } from '../../../systems/sps-commerce/records.ts'
import type { Settings } from '../settings.ts'

/** The lines of an 846 for one partner, and the sum of their quantities. Below nothing is told as nothing. */
export function stockLines(
  report: StockReport,
  { tradingPartner }: Partner,
  { tables, settings, find }: { tables: Tables; settings: Settings; find: Findings },
): { lines: RsxInventoryLineItem[]; total: Decimal } {
  const { quantity: which, items } = settings.stock
  const quantities: Decimal[] = []
  const lines = report.lines.flatMap((line, index): RsxInventoryLineItem[] => {
    const row = rowsBy(tables.items, 'item', line.item).find((r) => cell(r, 'tradingPartner') === tradingPartner)
    if (!line.active || (items === 'listed' && !row)) return []
    const unit = unitOfErp(tables, line.unit ?? '', { tradingPartner, item: line.item })
    if (!unit) {
      find.hold(
        'UNIT_UNKNOWN',
        `Item ${line.item}: unit ${line.unit ?? '(none)'} is not in the units table. Add a row with its X12 unit.`,
        `product.product[${index}].uom_id`,
      )
      return []
    }
    const stated = which === 'free' ? line.free : line.onHand
    const quantity = stated.startsWith('-') ? '0' : stated
    quantities.push(quantity)
    const code = line.barcode !== undefined && isGtin(line.barcode) ? line.barcode : undefined
    const numbers = {
      ...(row && cell(row, 'buyerPart') !== '' ? { BuyerPartNumber: cell(row, 'buyerPart') } : {}),
      VendorPartNumber: line.item,
      ...(code === undefined ? {} : code.length === 12 ? { ConsumerPackageCode: code } : { EAN: code }),
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
  return { lines, total: add('0', ...quantities) }
}
