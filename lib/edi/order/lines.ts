import { add, cents, compare, type Decimal, divide, multiply, subtract } from '../../core/decimal.ts'
import type { PurchaseOrderLine } from '../../documents/purchase-order.ts'
import type { Unit, UnitFor } from '../resolve/unit.ts'
import { readCharges } from './charges.ts'
import type { PlanContext } from './context.ts'
import { type LineItem, lineItem, lineUnit } from './line-item.ts'
import { type PriceRatio, readPrice, unitPrice } from './price.ts'
import { comparePrice } from './price-check.ts'
import type { ResolvedLine } from './resolved-line.ts'

/**
 * Resolves a line: item, unit, quantity, price. Every problem of it is held at once; a line is never dropped.
 * @param index its position in the order, for paths and output fields
 */
export function resolveLine(line: PurchaseOrderLine, index: number, context: PlanContext): ResolvedLine | undefined {
  const found = lineItem(line, index, context)
  const quantity = lineQuantity(line, index, context)
  const measured = found && lineUnit(line, index, found, context)
  if (!found || !measured || quantity === undefined) return undefined
  const { unit, wanted } = measured
  const erpQuantity = multiply(quantity, unit.perUnit)
  const ratio = priceRatio(line, index, unit, wanted, context)
  if (ratio) checkPrice(line, index, ratio, found, unit, wanted, context)
  const erpPrice = ratio && erpUnitPrice(line, index, ratio, erpQuantity, context)
  const gross = ratio && cents(divide(multiply(ratio.numerator, erpQuantity), ratio.denominator, 10))
  const discount = context.partner?.charges === 'apply' ? lineDiscount(line, gross, quantity) : undefined
  return {
    line: line.line,
    item: found.item,
    unit: unit.x12,
    quantity,
    erpUnit: unit.erpUnit,
    perUnit: unit.perUnit,
    ...(unit.eaches === undefined ? {} : { eaches: unit.eaches }),
    ...(erpPrice === undefined ? {} : { erpPrice }),
    ...(ratio ? { askedPrice: divide(ratio.numerator, ratio.denominator, 6) } : {}),
    ...(gross === undefined ? {} : { gross }),
    ...(discount === undefined ? {} : { discount }),
  }
}

function lineQuantity(line: PurchaseOrderLine, index: number, { find, linePath }: PlanContext): Decimal | undefined {
  const path = `${linePath(index)}.OrderLine.OrderQty`
  if (line.quantity === undefined) return find.hold('QUANTITY_INVALID', `Line ${line.line} has no quantity.`, path)
  if (compare(line.quantity, '0') <= 0)
    return find.hold(
      'QUANTITY_INVALID',
      `Line ${line.line} orders ${line.quantity}; a quantity above zero is needed.`,
      path,
    )
  return line.quantity
}

function priceRatio(
  line: PurchaseOrderLine,
  index: number,
  unit: Unit,
  wanted: UnitFor,
  { tables, find, linePath, erp }: PlanContext,
): PriceRatio | undefined {
  const path = `${linePath(index)}.OrderLine.PurchasePrice`
  if (line.price === undefined) {
    find.warn('PRICE_MISSING', `Line ${line.line} has no price; the ERP prices it.`, path)
    return undefined
  }
  const reading = readPrice(tables, line.price, line.priceBasis, unit, wanted)
  if ('ratio' in reading) {
    if (reading.ratio.converted)
      find.decide({
        field: erp.fields.price(index),
        rule: '850.price-basis',
        input: `${path}=${line.price} per ${line.priceBasis}, ordered in ${unit.x12}`,
        value: divide(reading.ratio.numerator, reading.ratio.denominator, 6),
        table: unit.source,
      })
    return reading.ratio
  }
  return reading.unknown === 'basis'
    ? find.hold(
        'PRICE_BASIS_UNKNOWN',
        `Line ${line.line}: price basis ${line.priceBasis} does not fit a line in ${unit.x12}.`,
        `${path}Basis`,
      )
    : find.hold(
        'UNIT_SIZE_UNKNOWN',
        `Line ${line.line}: the price is per ${line.priceBasis} and the quantity in ${unit.x12}, but nobody says how many base units a ${unit.x12} of ${wanted.item} is. Fill caseSize in the items table or eaches in the units table.`,
        `${path}Basis`,
      )
}

function checkPrice(
  line: PurchaseOrderLine,
  index: number,
  ratio: PriceRatio,
  { item, facts }: LineItem,
  unit: Unit,
  wanted: UnitFor,
  { tables, find, partner, linePath }: PlanContext,
): void {
  const difference = comparePrice(tables, ratio, unit, facts, wanted, partner?.priceTolerance ?? '0')
  if (!difference?.beyond) return
  const message = `Line ${line.line}: the order's price for ${item} is ${difference.ordered} per ${unit.x12}, agreed is ${difference.agreed}.`
  const path = `${linePath(index)}.OrderLine.PurchasePrice`
  if (partner?.pricePolicy === 'check') find.hold('PRICE_DIFFERS', message, path)
  else find.warn('PRICE_DIFFERS', message, path)
}

function erpUnitPrice(
  line: PurchaseOrderLine,
  index: number,
  ratio: PriceRatio,
  erpQuantity: Decimal,
  { find, partner, linePath }: PlanContext,
): Decimal | undefined {
  if (partner?.pricePolicy === 'erp') return undefined
  const path = `${linePath(index)}.OrderLine.PurchasePrice`
  const found = unitPrice(ratio, erpQuantity)
  if (!found)
    return find.hold(
      'PRICE_NOT_EXACT',
      `Line ${line.line}: ${line.price} per ${line.priceBasis ?? line.unit} gives no price per ERP unit that keeps the amount to the cent.`,
      path,
    )
  if (!found.exact)
    find.warn(
      'PRICE_ROUNDED',
      `Line ${line.line}: the price per ERP unit is rounded to ${found.price}; the amount stays the same.`,
      path,
    )
  return found.price
}

/** What the line's own allowances and charges take off, positive; undefined where nothing. */
function lineDiscount(line: PurchaseOrderLine, gross: Decimal | undefined, quantity: Decimal): Decimal | undefined {
  const allowances = readCharges(line.charges, gross, quantity).filter((c) => compare(c.effect, '0') < 0)
  const off = subtract('0', add('0', ...allowances.map((c) => c.effect)))
  return compare(off, '0') > 0 ? off : undefined
}
