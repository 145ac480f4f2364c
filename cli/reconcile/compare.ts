import { absolute, add, cents, compare, type Decimal, equal, subtract } from '../../lib/core/decimal.ts'
import type { Figures, LineFigure } from './figures.ts'

/** One figure that is not the same on both sides. "" where a side has none. */
export interface Difference {
  /** "amount", "currency", or of a line: "line 001 quantity". */
  field: string
  source: string
  target: string
}

/** A document's figures on both sides. Quantities of both are counted in the source's units. */
export interface Compared {
  sourceAmount?: Decimal | undefined
  targetAmount?: Decimal | undefined
  sourceQuantity?: Decimal | undefined
  targetQuantity?: Decimal | undefined
  differences: Difference[]
}

/** A line that is billed in another unit may be rounded the other way. */
const rounding = '0.01'

/**
 * Holds what a source states against what came of it. A quantity in another unit is the same where it is so many pieces,
 * or where quantity times price comes to the same amount. What only one side prices is left out of both sums.
 */
export function compareFigures(source: Figures, target: Figures): Compared {
  const result: Compared = { differences: [] }
  if (source.currency && target.currency && source.currency !== target.currency)
    result.differences.push({ field: 'currency', source: source.currency, target: target.currency })
  const stated = source.amount !== undefined && target.amount !== undefined
  for (const [before, after] of pairs(source, target)) compareLine(before, after, stated, result)
  if (stated) {
    result.sourceAmount = cents(source.amount ?? '0')
    result.targetAmount = cents(target.amount ?? '0')
    if (!equal(result.sourceAmount, result.targetAmount))
      result.differences.push({ field: 'amount', source: result.sourceAmount, target: result.targetAmount })
  }
  return result
}

/** Lines of the same name; where a source tells of some lines only, what else stands at the target is left out. */
function pairs(source: Figures, target: Figures): [LineFigure | undefined, LineFigure | undefined][] {
  const after = new Map(target.lines.map((line) => [line.line, line]))
  const found = source.lines.map((line): [LineFigure, LineFigure | undefined] => [line, after.get(line.line)])
  const named = new Set(source.lines.map(({ line }) => line))
  const more = source.partial ? [] : target.lines.filter(({ line }) => !named.has(line))
  return [...found, ...more.map((line): [undefined, LineFigure] => [undefined, line])]
}

function compareLine(
  source: LineFigure | undefined,
  target: LineFigure | undefined,
  stated: boolean,
  result: Compared,
): void {
  const line = source?.line ?? target?.line ?? ''
  const name = line === '' ? '' : `line ${line} `
  const differ = (field: string, before: string | undefined, after: string | undefined) =>
    result.differences.push({ field: `${name}${field}`, source: before ?? '', target: after ?? '' })
  const [before, after] = [source?.quantity, target?.quantity]
  if (before !== undefined || after !== undefined) {
    const same = source !== undefined && target !== undefined && sameGoods(source, target)
    if (!same && compare(before ?? '0', '0') + compare(after ?? '0', '0') !== 0) differ('quantity', before, after)
    result.sourceQuantity = add(result.sourceQuantity ?? '0', before ?? '0')
    result.targetQuantity = add(result.targetQuantity ?? '0', (same ? before : after) ?? '0')
  }
  if (stated) return
  const priced = (one: LineFigure | undefined) => one === undefined || one.amount !== undefined
  if (!priced(source) || !priced(target)) return
  const [owed, booked] = [source?.amount ?? '0', target?.amount ?? '0']
  if (!equal(owed, booked)) differ('amount', source?.amount, target?.amount)
  result.sourceAmount = add(result.sourceAmount ?? '0', owed)
  result.targetAmount = add(result.targetAmount ?? '0', booked)
}

function sameGoods(source: LineFigure, target: LineFigure): boolean {
  const { quantity: after } = target
  if (source.quantity === undefined || after === undefined) return false
  if (equal(source.quantity, after) || (source.pieces !== undefined && equal(source.pieces, after))) return true
  if (source.amount === undefined || target.amount === undefined || compare(source.amount, '0') === 0) return false
  return compare(absolute(subtract(source.amount, target.amount)), rounding) <= 0
}
