import { add, compare, type Decimal, isZero, subtract, toDecimal, toNumber } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { StowedReceiptRecord } from '../../records.ts'
import type { GoodsLine } from '../receipt/way.ts'
import type { Product } from '../resolve/product.ts'
import { problem } from '../work.ts'
import type { Booked } from './booked.ts'

type Line = StowedReceiptRecord['lines'][number]

/** What is stowed of one product. */
interface Stowed {
  product: Product
  /** By lot, "" for none. */
  lots: Map<string, { line: Line; quantity: Decimal }>
}

/**
 * What is stowed less what is booked, by product and lot. Goods without a lot stand for any lot that nobody named: those
 * that a person entered. Nothing negative: where less is stowed than booked, that is a problem and nothing may be booked.
 * @param products of the lines, in their order
 */
export function difference(
  { lines, receivingOrder }: StowedReceiptRecord,
  products: readonly (Product | undefined)[],
  { goods }: Pick<Booked, 'goods'>,
): { lines: GoodsLine[]; problems: Problem[] } {
  const stowed = byProduct(lines, products)
  const problems: Problem[] = []
  const found: GoodsLine[] = []
  for (const [id, { product, lots }] of stowed) {
    const booked = goods.get(id) ?? new Map<string, Decimal>()
    // Booked, and of no lot that is named, or more than is named of it.
    let other: Decimal = add('0', ...[...booked].filter(([lot]) => lot === '' || !lots.has(lot)).map(([, one]) => one))
    for (const [lot, { line, quantity }] of lots) {
      if (lot === '') continue
      const more = subtract(quantity, booked.get(lot) ?? '0')
      if (compare(more, '0') > 0) found.push({ ...goodsLine(line, more), lot })
      else other = subtract(other, more)
    }
    const rest = lots.get('')
    const more = subtract(rest?.quantity ?? '0', other)
    if (rest && compare(more, '0') > 0) found.push(goodsLine(rest.line, more))
    if (compare(more, '0') < 0) {
      const line = (rest ?? [...lots.values()][0])?.line
      problems.push(less(product.name, receivingOrder, lots, booked, line?.path))
    }
  }
  for (const [id, booked] of goods)
    if (!stowed.has(id) && [...booked.values()].some((one) => !isZero(one)))
      problems.push(less(`The product ${id}`, receivingOrder, new Map(), booked))
  return { lines: found, problems }
}

function byProduct(lines: readonly Line[], products: readonly (Product | undefined)[]): Map<number, Stowed> {
  const stowed = new Map<number, Stowed>()
  for (const [i, line] of lines.entries()) {
    const product = products[i]
    if (!product) continue
    const one = stowed.get(product.id) ?? { product, lots: new Map<string, { line: Line; quantity: Decimal }>() }
    stowed.set(product.id, one)
    const lot = product.tracking === 'none' ? '' : (line.lot?.trim() ?? '')
    const quantity = add(one.lots.get(lot)?.quantity ?? '0', toDecimal(line.stowed) ?? '0')
    one.lots.set(lot, { line: one.lots.get(lot)?.line ?? line, quantity })
  }
  return stowed
}

const goodsLine = ({ product, lot, expires, path }: Line, quantity: Decimal): GoodsLine => ({
  product,
  quantity: toNumber(quantity),
  ...(lot === undefined ? {} : { lot }),
  ...(expires === undefined ? {} : { expires }),
  path,
})

function less(
  name: string,
  receivingOrder: string,
  stowed: ReadonlyMap<string, { quantity: Decimal }>,
  booked: ReadonlyMap<string, Decimal>,
  path?: string,
): Problem {
  const now = told([...stowed].map(([lot, { quantity }]) => [lot, quantity]))
  const message = `${name}: receiving order ${receivingOrder} has ${now} on the shelf, and ${told([...booked])} of it is booked in Odoo.`
  return problem('ODOO_STOWED_LESS', message, path)
}

const told = (lots: [string, Decimal][]): string =>
  lots.length === 0 ? '0' : lots.map(([lot, quantity]) => (lot === '' ? quantity : `${quantity} of ${lot}`)).join(', ')
