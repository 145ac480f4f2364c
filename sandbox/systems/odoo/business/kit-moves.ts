import type { Env, Rec } from '../orm/model.ts'
import { kitOf } from './bills-of-materials.ts'
import { round, sum } from './numbers.ts'
import { convert } from './uom.ts'

/*
 * A kit is moved as its components (mrp, sale_mrp and purchase_mrp of 18 and 19): a move of it is taken apart when it is
 * confirmed, and its order line counts whole kits of what its components' moves moved.
 */

interface Part {
  line: Rec
  /** Of the component, in its own unit, for one kit in the kit's own unit. */
  quantity: number
}

/** What one kit consists of in the end; undefined for a product that is no kit. */
function partsOf(env: Env, product: Rec, depth = 0): Part[] | undefined {
  const bill = depth < 20 ? kitOf(env, product) : undefined
  if (!bill) return undefined
  const makes = convert(env, bill.num('product_qty'), bill.one('product_uom_id'), product.one('uom_id'))
  const own = product.many('product_template_attribute_value_ids').map(({ id }) => id)
  return bill.many('bom_line_ids').flatMap((line) => {
    const wanted = line.many('bom_product_template_attribute_value_ids')
    const attributes = new Set(wanted.map((value) => value.num('attribute_id')))
    if (wanted.filter(({ id }) => own.includes(id)).length !== attributes.size) return []
    const component = line.one('product_id')
    if (!component) return []
    const needed = convert(env, line.num('product_qty'), line.one('product_uom_id'), component.one('uom_id')) / makes
    const inner = partsOf(env, component, depth + 1)
    return inner ? inner.map((part) => ({ ...part, quantity: part.quantity * needed })) : [{ line, quantity: needed }]
  })
}

/** Moves of kits become moves of their components. @returns the moves that then stand, in their order */
export function explode(env: Env, moves: readonly Rec[]): Rec[] {
  return moves.flatMap((move) => {
    const product = move.one('product_id')
    const parts = move.str('state') === 'draft' && product ? partsOf(env, product) : undefined
    if (!parts || !product) return [move]
    const kits = convert(env, move.num('product_uom_qty'), move.one('product_uom'), product.one('uom_id'))
    const made = parts.map(({ line, quantity }) => {
      const component = line.one('product_id')
      return env.model('stock.move').create({
        ...Object.fromEntries(passedOn.filter((name) => env.hasField('stock.move', name)).map((n) => [n, move.get(n)])),
        ...(env.version === 18 ? { name: component?.displayName() ?? '' } : {}),
        product_id: component?.id ?? false,
        product_uom: component?.one('uom_id')?.id ?? false,
        product_uom_qty: round(kits * quantity, 4),
        bom_line_id: line.id,
      })
    })
    env.model('stock.move').unlink([move.id])
    return made
  })
}

const passedOn = [
  ...['sequence', 'date', 'date_deadline', 'company_id', 'picking_id', 'picking_type_id', 'partner_id', 'location_id'],
  ...['location_dest_id', 'warehouse_id', 'origin', 'price_unit', 'to_refund', 'purchase_line_id', 'sale_line_id'],
]

/** True for a line whose goods are moved as components. */
export const isKitLine = (line: Rec): boolean =>
  line.many('move_ids').some((move) => move.get('bom_line_id') && move.num('product_id') !== line.num('product_id'))

/**
 * How many whole kits of an order line its components' moves make, in the kit's own unit; undefined where the line is of
 * no kit, or has none of such moves.
 * @param moved signed quantity of a move, in its product's own unit
 */
export function kitsMoved(
  env: Env,
  line: Rec,
  moves: readonly Rec[],
  moved: (move: Rec) => number,
): number | undefined {
  const ofParts = moves.filter((move) => move.get('bom_line_id') && move.num('product_id') !== line.num('product_id'))
  const product = line.one('product_id')
  const parts = ofParts.length > 0 && product ? partsOf(env, product) : undefined
  if (!parts || parts.length === 0) return undefined
  const whole = parts.map(({ line: { id } }) => {
    const own = ofParts.filter((move) => move.num('bom_line_id') === id)
    const needed = parts.filter((part) => part.line.id === id)
    return sum(own, moved) / sum(needed, (part) => part.quantity)
  })
  return Math.floor(round(Math.min(...whole), 4))
}
