import type { Findings } from '../../core/findings.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Tables } from '../../core/tables.ts'
import type { ErpItem } from '../../documents/erp-order.ts'
import { isGtin, type RsxItemNumbers } from '../../systems/sps-commerce/records.ts'
import type { BuyerLine } from './edi-order.ts'
import { toRsxNumbers } from './order-sections.ts'

const gtins = 'GTIN/EAN/UPC/ISBN'

/**
 * The numbers of an item as the retailer knows them (acumatica.md §9 S5): the order's own where it is known;
 * else the order line's alternate id or the customer's part number, the items table's, our number, and GTINs of the right unit. A wrong check
 * digit is warned about (sps-commerce.md §10); the number is never changed: what came goes back.
 */
export function itemNumbersOf(
  line: BuyerLine,
  item: ErpItem | undefined,
  {
    customer,
    tradingPartner,
    tables,
    find,
  }: { customer: string | undefined; tradingPartner: string; tables: Tables; find: Findings },
): RsxItemNumbers {
  const { erpLine, snapshot } = line
  const references = item?.crossReferences ?? []
  const ofCustomer = references.find((r) => r.kind === 'Customer Part Number' && r.party === customer)
  const codes = references.filter((r) => r.kind === gtins)
  const inUnit = (unit: string | undefined) => codes.find((r) => r.unit === unit)?.id
  const ofUnit = inUnit(item?.baseUnit) ?? codes.find((r) => r.unit === undefined)?.id
  const ofCase = codes.find((r) => r.unit !== undefined && r.unit !== item?.baseUnit)?.id
  const own: RsxItemNumbers = snapshot ? toRsxNumbers(snapshot.numbers) : {}
  const numbers = {
    BuyerPartNumber:
      own.BuyerPartNumber ?? erpLine.alternateId ?? ofCustomer?.id ?? partOf(tables, erpLine.item, tradingPartner),
    VendorPartNumber: own.VendorPartNumber ?? erpLine.item,
    ConsumerPackageCode: own.ConsumerPackageCode ?? ofUnit,
    EAN: own.EAN,
    GTIN: own.GTIN ?? (ofUnit && /^\d{8,14}$/.test(ofUnit) ? ofUnit.padStart(14, '0') : undefined),
    UPCCaseCode: own.UPCCaseCode ?? ofCase,
  }
  for (const field of ['ConsumerPackageCode', 'EAN', 'GTIN', 'UPCCaseCode'] as const) {
    const code = numbers[field]
    if (code !== undefined && !isGtin(code))
      find.warn(
        'GTIN_INVALID',
        `Line ${line.line}: ${field} ${code} is no UPC, EAN or GTIN with a right check digit. It is sent as it is.`,
        `line ${line.line} ${field}`,
      )
  }
  return numbers
}

/** The partner's own number of an item; undefined where no row of it says one. */
export const partOf = (tables: Tables, item: string, tradingPartner: string): string | undefined =>
  rowsBy(tables.items, 'item', item)
    .filter((row) => cell(row, 'tradingPartner') === tradingPartner)
    .map((row) => cell(row, 'buyerPart'))
    .find((part) => part !== '')
