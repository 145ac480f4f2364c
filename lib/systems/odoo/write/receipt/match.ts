import { add, compare, type Decimal, isZero, subtract, toDecimal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { unitFor } from '../resolve/order.ts'
import type { Product } from '../resolve/product.ts'
import type { Units } from '../resolve/unit.ts'
import { problem } from '../work.ts'
import type { Move } from './dock.ts'
import type { GoodsLine, Way } from './way.ts'

/** Part of a receipt's line that one move takes, in the move's unit. */
export interface Piece {
  quantity: Decimal
  line: GoodsLine
}

/** What a move is to take. */
export interface Taken {
  move: Move
  product: Product
  /** Announced before, by another shipment: stays. */
  before: Decimal
  pieces: Piece[]
}

export const total = (pieces: readonly Piece[]): Decimal => add('0', ...pieces.map(({ quantity }) => quantity))

/**
 * Which move takes what: lines by the order line they name, else by their product, never by position (odoo.md §8.2).
 * Several moves of one line or product are filled in the order of their ids; what is more than all of them goes to the
 * last, with a warning.
 * @param products what each line's product was found to be; its problems count where the order line does not tell
 * @param known products of the moves
 * @param before what earlier shipments announced of a move
 * @param over the code of that warning
 */
export function match(
  name: string,
  lines: readonly GoodsLine[],
  moves: readonly Move[],
  found: {
    products: readonly (Product | undefined)[]
    problems: readonly Problem[]
    units: Units
    known: ReadonlyMap<number, Product>
    before: (move: Move) => Decimal
    over: Way['over']
  },
): { taken: Taken[]; problems: Problem[]; warnings: Problem[] } {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const taken = new Map<number, Taken>()
  for (const move of moves) {
    const product = found.known.get(move.productId)
    if (product) taken.set(move.id, { move, product, before: found.before(move), pieces: [] })
  }

  for (const [i, line] of lines.entries()) {
    const quantity = toDecimal(line.quantity) ?? '0'
    if (isZero(quantity)) continue
    const product = found.products[i]
    const byLine = moves.filter(({ orderLineId }) => String(orderLineId) === line.orderLine)
    const candidates = byLine.length > 0 ? byLine : moves.filter(({ productId }) => productId === product?.id)
    const fitting = candidates.filter((one) => !product || one.productId === product.id)
    const own = found.problems.filter(({ path }) => path === line.path)
    if (byLine.length === 0 && own.length > 0) problems.push(...own)
    else if (fitting.length === 0 || new Set(fitting.map(({ productId }) => productId)).size > 1)
      problems.push(noMove(name, line, product, byLine))
    else allot(line, quantity, fitting)
  }
  return { taken: [...taken.values()].filter(({ pieces }) => pieces.length > 0), problems, warnings }

  function allot(line: GoodsLine, quantity: Decimal, fitting: readonly Move[]): void {
    const product = found.known.get(fitting[0]?.productId ?? 0)
    const unitId = unitFor(found.units, line.unit, product, line.path, problems)
    if (unitId === undefined) return
    let left: Decimal | undefined = quantity
    let last: Move | undefined
    let unit = unitId
    for (const move of fitting) {
      const here: Decimal | undefined = left === undefined ? undefined : found.units.convert(left, unit, move.unitId)
      if (here === undefined) {
        problems.push(problem('ODOO_UNIT_UNSUITED', `${move.productName} is not ordered in that unit.`, line.path))
        return
      }
      unit = move.unitId
      const filled = taken.get(move.id)
      const free = subtract(move.demand, add(filled?.before ?? '0', total(filled?.pieces ?? [])))
      const takes = compare(free, '0') <= 0 ? '0' : compare(here, free) < 0 ? here : free
      if (!isZero(takes)) filled?.pieces.push({ quantity: takes, line })
      left = subtract(here, takes)
      last = move
      if (isZero(left)) return
    }
    if (!last || left === undefined) return
    taken.get(last.id)?.pieces.push({ quantity: left, line })
    const message = `${last.productName}: ${left} ${found.units.nameOf(last.unitId)} more than ${name} still expects.`
    warnings.push(problem(found.over, message, line.path))
  }
}

function noMove(name: string, line: GoodsLine, product: Product | undefined, byLine: readonly Move[]): Problem {
  const what = product?.name ?? line.product.item ?? 'a product'
  const other = byLine[0]?.productName
  const message =
    other === undefined
      ? `${name} expects no more of ${what}.`
      : `Line ${line.orderLine} of ${name} expects ${other}${byLine.length > 1 ? ' and others' : ''}, not ${what}.`
  return problem('ODOO_LINE_NOT_FOUND', message, line.path)
}
