import { compare, type Decimal, divide, multiply, toNumber } from '../../../core/decimal.ts'
import { fieldNames } from '../versions.ts'
import type { Reading } from './reading.ts'

/** How much of its reference unit one of a unit is, as a fraction: a dozen is 12/1 units, a gram 1/1000 kg. */
interface Size {
  reference: string
  over: Decimal
  under: Decimal
}

/** No unit is so much bigger or smaller than another; what says so is a mistake, like a factor of zero. */
const biggest = 1e9

/** A factor without its noise (1/12 read back and turned over is 12.0000000000048); undefined where it is none. */
function factorOf(value: Decimal | undefined): Decimal | undefined {
  const size = Math.abs(toNumber(value ?? '0'))
  if (value === undefined || !(size > 1 / biggest && size < biggest)) return undefined
  return divide(value, '1', Math.max(0, 10 - Math.ceil(Math.log10(size))))
}

/**
 * The size of a unit (odoo.md §12): 19 has a chain of units with an absolute `factor`; before, a unit belonged to a
 * category, and `factor` told how many of it make one reference unit. Undefined where the record tells neither.
 */
function sizeOf(unit: Reading): Size | undefined {
  if (unit.has('relative_factor') || unit.has('relative_uom_id')) {
    const absolute = factorOf(unit.decimal('factor', 'relative_factor'))
    return absolute === undefined ? undefined : { reference: rootOf(unit), over: absolute, under: '1' }
  }
  const category = unit.idOf('category_id')
  if (category === undefined) return undefined
  const reference = `category ${category}`
  const kind = unit.text('uom_type')
  if (kind === 'reference') return { reference, over: '1', under: '1' }
  const inverse = kind === 'bigger' ? factorOf(unit.decimal('factor_inv')) : undefined
  if (inverse !== undefined) return { reference, over: inverse, under: '1' }
  const factor = factorOf(unit.decimal('factor'))
  return factor === undefined ? undefined : { reference, over: '1', under: factor }
}

/** The unit that stands at the top of a unit's chain. */
function rootOf(unit: Reading): string {
  const path = unit.text('parent_path')
  if (path !== undefined) return `unit ${path.split('/')[0]}`
  const seen = new Set<string>()
  let at = unit
  for (let above = at.linked('uom.uom', 'relative_uom_id'); above && !seen.has(above.id); ) {
    seen.add(above.id)
    at = above
    above = at.linked('uom.uom', 'relative_uom_id')
  }
  return `unit ${at.idOf('relative_uom_id') ?? at.id}`
}

/** How many of `to` one of `from` is, as a fraction; undefined where they measure different things. */
function ratio(from: Reading, to: Reading): { over: Decimal; under: Decimal } | undefined {
  const [a, b] = [sizeOf(from), sizeOf(to)]
  if (!a || !b || a.reference !== b.reference) return undefined
  return { over: multiply(a.over, b.under), under: multiply(a.under, b.over) }
}

/**
 * A quantity of one unit in another, to six places; what is within Odoo's own rounding of a plain number is that
 * number. The same unit needs no record. Undefined where the units do not say.
 */
export function inUnit(quantity: Decimal, from: UnitOf, to: UnitOf): Decimal | undefined {
  if (from.id === to.id || from.id === undefined || to.id === undefined) return quantity
  const of = from.record && to.record ? ratio(from.record, to.record) : undefined
  if (!of) return undefined
  const exact = divide(multiply(quantity, of.over), of.under, 6)
  const plain = divide(exact, '1', 3)
  return Math.abs(toNumber(exact) - toNumber(plain)) <= 0.00001 ? plain : exact
}

/** A unit as a field names it: its record where the bundle has it. */
export interface UnitOf {
  id: number | undefined
  name: string | undefined
  record: Reading | undefined
}

/** The unit of a record. Purchase and sale lines call it `product_uom_id` on 19, `product_uom` before. */
export function unitOf(from: Reading | undefined, ...fields: string[]): UnitOf {
  const record = from?.linked('uom.uom', ...fields)
  return { id: from?.idOf(...fields), name: record?.text('name') ?? from?.nameOf(...fields), record }
}

export const lineUnit = (line: Reading): UnitOf => unitOf(line, ...fieldNames.lineUnit)

/** How a unit is told in another: a multiplication or a division by a number of at least one. */
export function conversion(
  from: Reading,
  to: Reading,
): { operation: 'multiply' | 'divide'; factor: Decimal } | undefined {
  const of = ratio(from, to)
  if (!of) return undefined
  return compare(of.over, of.under) >= 0
    ? { operation: 'multiply', factor: divide(of.over, of.under, 6) }
    : { operation: 'divide', factor: divide(of.under, of.over, 6) }
}
