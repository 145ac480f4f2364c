import { add, compare, type Decimal, divide, isZero, multiply, toNumber } from '../../../core/decimal.ts'
import { idsOf, readingModel } from '../bundle.ts'
import type { Reading, Records } from './reading.ts'
import { inOtherUnit } from './shipped-parts.ts'
import { unitOf } from './units.ts'

/** What one of a kit consists of. */
export interface Component {
  product: Reading
  /** In the component's own unit. */
  quantity: Decimal
}

const valueModel = 'product.template.attribute.value'

/**
 * What one of a kit consists of in the end, as Odoo takes it apart when it is sold or received (mrp.bom.explode of 18
 * and 19): kits inside of it are taken apart too, lines of other variants are left out. Undefined for what is no kit.
 * What cannot be told is a problem of the record it stands in.
 */
export function componentsOf(kit: Reading, records: Records): Component[] | undefined {
  const bill = billOf(kit, records)
  if (bill === undefined) {
    // Odoo itself says so, whoever may see its bills; it counts archived ones where archived records are asked for.
    if (kit.flag('is_kits') && billsOf(kit, records).length === 0)
      kit.problem('ODOO_RECORD_MISSING', 'is_kits', `The bill of materials of kit ${nameOf(kit)} could not be read.`)
    return undefined
  }
  const found = new Map<string, Component>()
  take(kit, bill, '1', records, [kit.id], found)
  return [...found.values()].map(({ product, quantity }) => ({ product, quantity: tidy(quantity) }))
}

/** Adds what `quantity` of a kit consists of. */
function take(
  kit: Reading,
  bill: Reading,
  quantity: Decimal,
  records: Records,
  path: readonly string[],
  into: Map<string, Component>,
): void {
  const makes = inOtherUnit(
    bill.decimal('product_qty') ?? '1',
    unitOf(bill, 'product_uom_id'),
    unitOf(kit, 'uom_id'),
    bill,
    'product_uom_id',
  )
  if (compare(makes, '0') <= 0) return
  for (const line of bill.rows('mrp.bom.line', 'bom_line_ids').filter((one) => isOf(one, kit))) {
    const component = line.linked('product.product', 'product_id')
    if (!component) {
      const name = line.nameOf('product_id') ?? line.id
      line.problem('ODOO_RECORD_MISSING', 'product_id', `Component ${name} of kit ${nameOf(kit)} could not be read.`)
      continue
    }
    const inLineUnit = divide(multiply(quantity, line.requiredDecimal('product_qty')), makes, 10)
    const needed = inOtherUnit(
      inLineUnit,
      unitOf(line, 'product_uom_id'),
      unitOf(component, 'uom_id'),
      line,
      'product_uom_id',
    )
    if (isZero(needed)) continue
    const inner = billOf(component, records)
    if (!inner) {
      const known = into.get(component.id)
      into.set(component.id, { product: component, quantity: add(known?.quantity ?? '0', needed) })
    } else if (path.includes(component.id))
      line.problem('ODOO_VALUE_INVALID', 'product_id', `Kit ${nameOf(component)} is a part of itself.`)
    else take(component, inner, needed, records, [...path, component.id], into)
  }
}

/**
 * The kit's bill that Odoo would use: the first in its order, of the variant before its template. An archived product
 * keeps the one that was archived with it.
 */
function billOf(product: Reading, records: Records): Reading | undefined {
  const kits = billsOf(product, records)
  const active = kits.filter((bill) => bill.record.active !== false)
  const usable = active.length > 0 || product.record.active !== false ? active : kits
  return usable.sort(byPrecedence)[0]
}

/** Bills that make a kit of this variant, archived ones too; only of the company that is read. */
function billsOf(product: Reading, records: Records): Reading[] {
  const company = records.first(readingModel)?.idOf('company')
  const template = product.linked('product.template', 'product_tmpl_id')
  return (template ?? product).rows('mrp.bom', 'bom_ids').filter((bill) => {
    const [variant, owner] = [bill.idOf('product_id'), bill.idOf('company_id')]
    return (
      bill.text('type') === 'phantom' &&
      (variant === undefined || variant === product.record.id) &&
      (owner === undefined || company === undefined || owner === company)
    )
  })
}

const byPrecedence = (a: Reading, b: Reading): number =>
  toNumber(a.decimal('sequence') ?? '0') - toNumber(b.decimal('sequence') ?? '0') ||
  Number(b.idOf('product_id') !== undefined) - Number(a.idOf('product_id') !== undefined) ||
  a.record.id - b.record.id

/**
 * True where a line is for this variant: of every attribute it names, the variant has one of the values. A value that
 * makes no variants (`no_variant`) is none a variant has.
 */
function isOf(line: Reading, { record: { product_template_attribute_value_ids: own } }: Reading): boolean {
  const wanted = idsOf(line.record.bom_product_template_attribute_value_ids)
  if (wanted.length === 0) return true
  const has = idsOf(own)
  const matched = wanted.filter((id) => has.includes(id)).length
  if (wanted.length === 1) return matched === 1
  const values = line.rows(valueModel, 'bom_product_template_attribute_value_ids')
  if (values.length < wanted.length) {
    const message = `The variants that line ${line.id} of a bill of materials is for could not be read.`
    line.problem('ODOO_RECORD_MISSING', 'bom_product_template_attribute_value_ids', message)
    return false
  }
  return matched === new Set(values.map((value) => value.idOf('attribute_id'))).size
}

const nameOf = (product: Reading): string => product.text('display_name', 'name') ?? product.id

/** Without the noise of thirds and twelfths. */
function tidy(quantity: Decimal): Decimal {
  const plain = divide(quantity, '1', 3)
  return Math.abs(toNumber(quantity) - toNumber(plain)) <= 0.00001 ? plain : divide(quantity, '1', 6)
}
