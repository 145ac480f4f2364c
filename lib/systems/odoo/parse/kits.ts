import { add, type Decimal, divide, equal, isZero, multiply } from '../../../core/decimal.ts'
import { idsOf } from '../bundle.ts'
import { itemNamed } from './items.ts'
import { defined, type Reading } from './reading.ts'
import { type ShippedLine, saleFields, splitsOf } from './shipped-line.ts'
import { doneOf, inOtherUnit, type Part } from './shipped-parts.ts'
import { inUnit, lineUnit, unitOf } from './units.ts'

/** True where a move ships a component of what was sold: Odoo takes a kit apart into moves of its components. */
export const isKit = (move: Reading, saleLine: Reading): boolean =>
  move.idOf('bom_line_id') !== undefined && move.idOf('product_id') !== saleLine.idOf('product_id')

/** The bill of materials a move's component is listed in. */
const billOf = (move: Reading | undefined): Reading | undefined =>
  move?.linked('mrp.bom.line', 'bom_line_id')?.linked('mrp.bom', 'bom_id')

/**
 * The line of a kit: as many as its components make, of each the same number, with the kits in each package in place
 * of their components. Anything but whole kits is a problem: a retailer that ordered sets is not told of pieces.
 * @param moves the moves of the sale line
 * @param parts what was shipped by these moves
 */
export function kitLine(
  saleLine: Reading,
  moves: readonly Reading[],
  parts: readonly Part[],
): { line: ShippedLine; parts: Part[] } | undefined {
  const [move] = moves
  const item = itemNamed(saleLine) ?? saleLine.required('product_id')
  const kits = kitsOf(saleLine, moves, (one) => doneOf(one, parts))
  if (kits === undefined || !move) return undefined
  const counted = unitOf(billOf(move), 'product_uom_id')
  const kitParts = [...Map.groupBy(parts, (part) => part.package)].flatMap(([id, inside]): Part[] => {
    const quantity = kitsOf(saleLine, moves, (one) => doneIn(one, inside))
    const [first] = inside
    const split = `${saleLine.id}-${id ?? 0}`
    return first && quantity !== undefined
      ? [{ ...first, split, item, quantity, unit: counted.name, lot: undefined }]
      : []
  })
  const told = lineUnit(saleLine)
  const line = {
    line: move.id,
    ...saleFields(saleLine, told),
    item,
    shipped: inOtherUnit(kits, counted, told, saleLine, 'product_uom_id'),
    ...defined({
      description: saleLine.linked('product.product', 'product_id')?.text('name') ?? saleLine.nameOf('product_id'),
    }),
    splits: splitsOf(kitParts),
  }
  return { line, parts: kitParts }
}

/** What parts hold of a move, in the move's unit. */
function doneIn(move: Reading, inside: readonly Part[]): Decimal {
  const base = unitOf(move.linked('product.product', 'product_id'), 'uom_id')
  const own = inside.filter((part) => part.move === move)
  return add('0', ...own.map((part) => inUnit(part.quantity, base, unitOf(move, 'product_uom')) ?? '0'))
}

/** How many kits these quantities of components make; undefined, with a problem, where they do not agree. */
function kitsOf(saleLine: Reading, moves: readonly Reading[], done: (move: Reading) => Decimal): Decimal | undefined {
  const name = saleLine.nameOf('product_id') ?? saleLine.id
  const made = moves.map((move) => {
    const component = move.linked('mrp.bom.line', 'bom_line_id')
    const needed = component?.decimal('product_qty')
    const bill = billOf(move)
    if (!component || !bill || needed === undefined || isZero(needed)) return undefined
    const quantity = inUnit(done(move), unitOf(move, 'product_uom'), unitOf(component, 'product_uom_id'))
    return quantity && divide(multiply(quantity, bill.decimal('product_qty') ?? '1'), needed, 6)
  })
  const [kits, ...others] = made
  if (kits === undefined || others.includes(undefined)) {
    saleLine.problem('ODOO_RECORD_MISSING', 'product_id', `The bill of materials of kit ${name} could not be read.`)
    return undefined
  }
  if (!lacksComponent(moves) && others.every((one) => one !== undefined && equal(one, kits))) return kits
  saleLine.problem(
    'ODOO_KIT_INCOMPLETE',
    'product_id',
    `What was shipped of kit ${name} makes no whole number of kits: ${made.join(', ')} by component.`,
  )
  return undefined
}

/** True where a component that every variant needs was not shipped at all. */
const lacksComponent = (moves: readonly Reading[]): boolean =>
  (billOf(moves[0])?.rows('mrp.bom.line', 'bom_line_ids') ?? [])
    .filter((component) => idsOf(component.record.bom_product_template_attribute_value_ids).length === 0)
    .some((component) => !moves.some((move) => move.idOf('bom_line_id') === component.record.id))
