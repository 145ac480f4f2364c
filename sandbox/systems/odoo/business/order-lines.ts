import type { Env, Field, Rec } from '../orm/model.ts'
import { boolean, float, integer, many2one, monetary, related, selection, text } from './fields.ts'
import { kitsMoved } from './kit-moves.ts'
import { sum } from './numbers.ts'
import { taxed } from './taxes.ts'
import { convert } from './uom.ts'

export type Amounts = { price_subtotal: number; price_tax: number; price_total: number }

/** A line's amounts: the discounted price times the quantity, taxed and rounded by itself. */
export function amountsOf(line: Rec, quantity: string, taxes: string): Amounts {
  if (line.str('display_type')) return { price_subtotal: 0, price_tax: 0, price_total: 0 }
  const price = line.num('price_unit') * (1 - line.num('discount') / 100)
  const { untaxed, tax, total } = taxed(price, line.num(quantity), line.many(taxes))
  return { price_subtotal: untaxed, price_tax: tax, price_total: total }
}

/** What lines of sale and purchase orders have in common; amounts follow from the named fields. */
export function lineFields(order: string, quantity: string, taxes: (env: Env) => string): { [name: string]: Field } {
  const depends = ['price_unit', 'discount', quantity, 'tax_id', 'taxes_id', 'tax_ids', 'display_type']
  const amount = (of: keyof Amounts): Field =>
    monetary({
      readonly: true,
      store: true,
      depends,
      compute: (line, env) => amountsOf(line, quantity, taxes(env))[of],
    })
  return {
    order_id: many2one(order, { required: true, ondelete: 'cascade', string: 'Order Reference' }),
    sequence: integer({ default: 10 }),
    name: text({ required: true, string: 'Description' }),
    display_type: selection({ line_section: 'Section', line_note: 'Note' }),
    price_unit: float({ digits: (version) => (version === 18 ? 2 : undefined), string: 'Unit Price' }),
    discount: float({ digits: 2, string: 'Discount (%)' }),
    price_subtotal: amount('price_subtotal'),
    price_tax: amount('price_tax'),
    price_total: amount('price_total'),
    company_id: many2one('res.company', { related: 'order_id.company_id', store: true, readonly: true }),
    currency_id: many2one('res.currency', { related: 'order_id.currency_id', store: true, readonly: true }),
    state: related('selection', 'order_id.state', { string: 'Order Status' }),
    is_downpayment: boolean(),
  }
}

/** Totals of an order from its lines. */
export function totalFields(): { [name: string]: Field } {
  const total = (of: keyof Amounts): Field =>
    monetary({
      readonly: true,
      store: true,
      depends: [`order_line.${of}`],
      compute: (order) => sum(order.many('order_line'), (line) => line.num(of)),
    })
  return {
    amount_untaxed: total('price_subtotal'),
    amount_tax: total('price_tax'),
    amount_total: total('price_total'),
  }
}

/**
 * What was booked of a line, in its unit, in and against the order's direction; a return counts where it is to be
 * refunded. Of a kit whole kits.
 */
export function bookedOf(env: Env, line: Rec, unit: Rec | undefined, isReturn: (move: Rec) => boolean): number {
  // What went straight to a location of losses does not count (live 18 and 19).
  const done = line
    .many('move_ids')
    .filter((move) => move.str('state') === 'done' && move.one('location_dest_id')?.str('usage') !== 'inventory')
  const booked = (move: Rec, to: Rec | undefined): number => {
    const quantity = convert(env, move.num('quantity'), move.one('product_uom'), to)
    if (!isReturn(move)) return move.one('origin_returned_move_id') && !move.bool('to_refund') ? 0 : quantity
    return !move.one('origin_returned_move_id') || move.bool('to_refund') ? -quantity : 0
  }
  const kits = kitsMoved(env, line, done, (move) => booked(move, move.one('product_id')?.one('uom_id')))
  if (kits !== undefined) return convert(env, kits, line.one('product_id')?.one('uom_id'), unit)
  return sum(done, (move) => booked(move, unit))
}
