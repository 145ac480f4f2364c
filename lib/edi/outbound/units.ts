import { type Decimal, divideExactly, multiply } from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { ErpItem } from '../../documents/erp-order.ts'
import { unitOfErp } from '../resolve/unit.ts'
import type { BuyerLine } from './edi-order.ts'

/** How a quantity in the ERP line's unit is told to the retailer: the order's own unit (sps-commerce.md 7.9). */
export interface OutUnit {
  x12: string
  /** ERP units of the line in one X12 unit. */
  perUnit: Decimal
}

/**
 * The X12 unit of an ERP line: the unit that was ordered where the ledger knows it and the ERP line still has it,
 * else by the units table. Holds where nobody knows.
 */
export function outUnit(
  line: BuyerLine,
  erpUnit: string | undefined,
  {
    tables,
    tradingPartner,
    find,
    field,
    path,
  }: { tables: Tables; tradingPartner: string; find: Findings; field: string; path: string },
): OutUnit | undefined {
  const { resolved } = line.snapshot ?? {}
  if (resolved && (erpUnit === undefined || erpUnit === resolved.erpUnit)) {
    find.decide({
      field,
      rule: 'S3.unit',
      input: `${path}=${erpUnit ?? ''}, ordered in ${resolved.unit}`,
      value: resolved.unit,
    })
    return { x12: resolved.unit, perUnit: resolved.perUnit }
  }
  const unit =
    erpUnit === undefined ? undefined : unitOfErp(tables, erpUnit, { tradingPartner, item: line.erpLine.item })
  if (!unit)
    return find.hold(
      'UNIT_UNKNOWN',
      `Line ${line.line}: unit ${erpUnit ?? '(none)'} of item ${line.erpLine.item} is not in the units table. Add a row with its X12 unit.`,
      path,
      erpUnit === undefined ? undefined : { table: 'units', cells: { unit: erpUnit } },
    )
  find.decide({ field, rule: 'S3.unit', input: `${path}=${erpUnit}`, value: unit.x12, table: unit.source })
  return { x12: unit.x12, perUnit: '1' }
}

/**
 * A quantity in the item's base unit (or another unit of it) in the unit of the order line; undefined where the item
 * does not say how, or where it does not come out exact to six places.
 */
export function convert(
  quantity: Decimal,
  from: string | undefined,
  to: string | undefined,
  item: ErpItem | undefined,
): Decimal | undefined {
  if (from === to || from === undefined || to === undefined) return quantity
  const base = toBase(quantity, from, item)
  if (base === undefined || to === item?.baseUnit) return base
  const one = toBase('1', to, item)
  return one === undefined ? undefined : divideExactly(base, one)
}

/** Quantity × factor (or ÷ factor) is the quantity in the base unit (acumatica.md §7, StockItem). */
function toBase(quantity: Decimal, unit: string, item: ErpItem | undefined): Decimal | undefined {
  if (unit === item?.baseUnit) return quantity
  const rule = item?.conversions.find((c) => c.from === unit && c.to === item.baseUnit)
  if (!rule) return undefined
  return rule.operation === 'multiply' ? multiply(quantity, rule.factor) : divideExactly(quantity, rule.factor)
}
