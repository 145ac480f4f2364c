import { add, type Decimal, isZero } from '../../../core/decimal.ts'
import { itemNamed } from './items.ts'
import type { Reading } from './reading.ts'
import { inUnit, type UnitOf, unitOf } from './units.ts'

/** What one detailed operation shipped: of one lot, in one package. Quantity in the item's base unit. */
export interface Part {
  split: string
  move: Reading | undefined
  operation: Reading
  item: string
  quantity: Decimal
  unit: string | undefined
  lot: string | undefined
  package: number | undefined
}

/** The detailed operations of these moves, with something in them. */
export const partsOf = (picking: Reading, moves: readonly Reading[]): Part[] => {
  const ofPicking = picking.rows('stock.move.line', 'move_line_ids')
  const all = ofPicking.length > 0 ? ofPicking : moves.flatMap((move) => move.rows('stock.move.line', 'move_line_ids'))
  // In the order in which they were recorded, whatever order the list has.
  return [...all].sort((a, b) => a.record.id - b.record.id).flatMap((operation) => partOf(operation, moves))
}

function partOf(operation: Reading, moves: readonly Reading[]): Part[] {
  const id = operation.idOf('move_id')
  const product = operation.idOf('product_id')
  const same = moves.filter((move) => move.idOf('product_id') === product)
  const move =
    moves.find((one) => one.record.id === id) ?? (id === undefined && same.length === 1 ? same[0] : undefined)
  const done = operation.requiredDecimal('quantity', 'qty_done')
  if (isZero(done) || (id !== undefined && !move)) return []
  const used = unitOf(operation, 'product_uom_id')
  const base = unitOf(operation.linked('product.product', 'product_id'), 'uom_id')
  const told = base.id === undefined ? used : base
  const lot = operation.nameOf('lot_id') ?? operation.text('lot_name')
  return [
    {
      split: operation.id,
      move,
      operation,
      item: itemNamed(operation) ?? operation.required('product_id'),
      quantity: inOtherUnit(done, used, told, operation, 'product_uom_id'),
      unit: told.name,
      lot,
      package: operation.idOf('result_package_id'),
    },
  ]
}

/**
 * What a move shipped, in its own unit: `quantity` from 17 on, `quantity_done` before (odoo.md §12); in a file with
 * neither, what its operations add up to.
 */
export function doneOf(move: Reading, parts: readonly Part[]): Decimal {
  if (move.has('quantity') || move.has('quantity_done')) return move.decimal('quantity', 'quantity_done') ?? '0'
  const own = parts.filter((part) => part.move === move)
  if (own.length === 0) return move.requiredDecimal('quantity')
  const base = unitOf(move.linked('product.product', 'product_id'), 'uom_id')
  return inOtherUnit(
    add('0', ...own.map((part) => part.quantity)),
    base,
    unitOf(move, 'product_uom'),
    move,
    'product_uom',
  )
}

/** A quantity in another unit; a problem where the units do not say how. */
export function inOtherUnit(quantity: Decimal, from: UnitOf, to: UnitOf, at: Reading, field: string): Decimal {
  const found = inUnit(quantity, from, to)
  if (found !== undefined) return found
  const units = `${from.name ?? from.id} and ${to.name ?? to.id}`
  at.problem(
    'ODOO_UNITS_DIFFER',
    field,
    `${quantity} of ${at.nameOf('product_id') ?? at.id}: ${units} cannot be told in one another.`,
  )
  return '0'
}
