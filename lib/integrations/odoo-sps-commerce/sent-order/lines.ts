import { cents, compare, divide, isZero, multiply, subtract, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import { unitOfErp } from '../../../edi/resolve/unit.ts'
import { isGtin, type RsxItemNumbers, type RsxOrderLineItem } from '../../../systems/sps-commerce/records.ts'
import { barcodeField, ownNumber } from '../erp/product.ts'
import type { SentLine, SentOrder } from './snapshot.ts'

/** A line as it is to be sent, and what is kept of it. */
export interface OrderedLine {
  sent: SentLine
  item: RsxOrderLineItem
}

interface Whose {
  tables: Tables
  tradingPartner: string
  find: Findings
}

/** The lines of a purchase order; each keeps the number under which the supplier first got it. */
export function orderedLines(
  order: ErpPurchaseOrder,
  before: SentOrder | undefined,
  { tables, tradingPartner, find }: Whose,
): OrderedLine[] {
  const used = [...(before?.lines.map((l) => l.number) ?? []), ...(before?.gone ?? [])]
  let last = Math.max(0, ...used.map(Number))
  const nextNumber = () => {
    last += 1
    return String(last)
  }
  return order.lines.flatMap((line, index): OrderedLine[] => {
    // A line taken back to nothing is no line of the order any more.
    if (isZero(line.quantity)) return []
    const path = `order_line[${index}]`
    if (compare(line.quantity, '0') < 0) {
      find.hold('QUANTITY_INVALID', `Line ${index + 1} orders ${line.quantity}; a return is no purchase order.`, path)
      return []
    }
    const known = before?.lines.find((l) => l.line === line.line)
    const number = known?.number ?? nextNumber()
    const unit = unitOfErp(tables, line.unit ?? '', { tradingPartner, item: line.item })
    if (!unit) {
      find.hold(
        'UNIT_UNKNOWN',
        `Line ${index + 1}: unit ${line.unit ?? '(none)'} of ${line.item ?? line.description ?? '?'} is not in the units table. Add a row with its X12 unit.`,
        `${path}.product_uom`,
        line.unit === undefined ? undefined : { table: 'units', cells: { unit: line.unit } },
      )
      return []
    }
    find.decide({
      field: `LineItem[${index}].OrderQtyUOM`,
      rule: '850-out.unit',
      input: `${path} ${line.unit}`,
      value: unit.x12,
      table: unit.source,
    })
    const numbers = numbersOf(line, path, { tables, tradingPartner, find })
    if (Object.keys(numbers).length === 0)
      find.hold(
        'ITEM_UNKNOWN',
        `Line ${index + 1} (${line.description ?? 'without description'}) has no internal reference, barcode or vendor's number.`,
        `${path}.product_id`,
      )
    const price = netPrice(line)
    const date = line.plannedDate
    const sent: SentLine = {
      number,
      line: line.line,
      ...(line.item === undefined ? {} : { item: line.item }),
      quantity: line.quantity,
      unit: unit.x12,
      perUnit: '1',
      ...(line.unit === undefined ? {} : { erpUnit: line.unit }),
      price,
      ...(line.discount === undefined || isZero(line.discount) ? {} : { discounted: true }),
      ...(date === undefined ? {} : { date }),
    }
    const item: RsxOrderLineItem = {
      OrderLine: {
        LineSequenceNumber: number,
        ...numbers,
        OrderQty: toNumber(line.quantity),
        OrderQtyUOM: unit.x12,
        PurchasePrice: toNumber(price),
        ExtendedItemTotal: toNumber(cents(multiply(price, line.quantity))),
      },
      ProductOrItemDescription:
        line.description === undefined
          ? []
          : [{ ProductCharacteristicCode: '08', ProductDescription: line.description.slice(0, 80) }],
      // Always its own: the date of the header moves with the latest line, and would move the others with it.
      Dates: date === undefined ? [] : [{ DateTimeQualifier: '002', Date: date }],
    }
    return [{ sent, item }]
  })
}

/** After the line's discount, per unit. */
const netPrice = ({ unitPrice, discount }: ErpPurchaseOrder['lines'][number]) =>
  discount === undefined || isZero(discount)
    ? unitPrice
    : divide(multiply(unitPrice, subtract('100', discount)), '100', 6)

/** Ours as the buyer's; the supplier's from its price list in Odoo, else from the items table. */
function numbersOf(
  line: ErpPurchaseOrder['lines'][number],
  path: string,
  { tables, tradingPartner, find }: Whose,
): RsxItemNumbers {
  const row = rowsBy(tables.items, 'item', line.item ?? '').find((r) => cell(r, 'tradingPartner') === tradingPartner)
  const vendorPart = line.vendorPart ?? (row && (cell(row, 'buyerPart') || undefined))
  const { barcode } = line
  const own = ownNumber(line.item)
  if (barcode !== undefined && !isGtin(barcode))
    find.warn(
      'GTIN_INVALID',
      `Barcode ${barcode} is no UPC, EAN or GTIN with a right check digit; it is not sent.`,
      path,
    )
  const code = barcode !== undefined && isGtin(barcode) ? barcode : undefined
  return {
    ...(own === undefined ? {} : { BuyerPartNumber: own }),
    ...(vendorPart === undefined ? {} : { VendorPartNumber: vendorPart }),
    ...(code === undefined ? {} : { [barcodeField(code)]: code }),
  }
}
