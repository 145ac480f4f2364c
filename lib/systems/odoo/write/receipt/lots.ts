import { add, compare, type Decimal, equal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import type { Product } from '../resolve/product.ts'
import { problem, textOf } from '../work.ts'
import { type Piece, type Taken, total } from './match.ts'
import type { MoveLine } from './move-lines.ts'
import type { StockNames } from './names.ts'
import type { Goods, GoodsLine, Way } from './way.ts'

/** A quantity of one lot or serial number, or of none. */
export interface Lotted {
  quantity: Decimal
  lotId?: number
  lotName?: string
  expires?: string
}

/** Everything that says which lots go with what. */
interface Lotting {
  names: StockNames
  goods: Goods
  way: Way
  /** Of the moves as they stand. */
  lines: readonly MoveLine[]
  lots: readonly OdooRecord[]
  problems: Problem[]
  warnings: Problem[]
}

const numbersOf = ({ lot, serials = [] }: GoodsLine): string[] => [lot, ...serials].flatMap((one) => one?.trim() || [])

/** The lots of Odoo that lines name. */
export async function readLots(
  odoo: Odoo,
  names: StockNames,
  taken: readonly Taken[],
  companyId: number,
): Promise<OdooRecord[]> {
  const tracked = taken.filter(({ product }) => product.tracking !== 'none')
  const wanted = tracked.flatMap(({ pieces }) => pieces.flatMap(({ line }) => numbersOf(line)))
  if (wanted.length === 0) return []
  return odoo.searchRead(
    names.lots,
    [
      ['name', 'in', [...new Set(wanted)]],
      ['product_id', 'in', tracked.map(({ product }) => product.id)],
      ['company_id', 'in', [false, companyId]],
    ],
    { fields: ['name', 'product_id', ...(names.lotExpiry ? [names.lotExpiry] : [])], order: 'id' },
  )
}

/**
 * True where the lots that stand on a move are those of its goods: a ship notice told them, or a person entered them.
 * What Odoo reserved by itself for goods that leave says nothing of what was taken.
 */
export function hasLots({ move, pieces, product }: Taken, { way, lines }: Pick<Lotting, 'way' | 'lines'>): boolean {
  if (product.tracking === 'none' || pieces.some(({ line }) => numbersOf(line).length > 0)) return false
  const told = lines.filter((line) => line.moveId === move.id && line.lot && (way.code === 'incoming' || line.picked))
  return told.length > 0 && equal(add('0', ...told.map(({ quantity }) => quantity)), total(pieces))
}

/** A piece by its lots or serial numbers. */
export function lotted(one: Taken, { quantity, line }: Piece, lotting: Lotting): Lotted[] {
  const { product } = one
  const { problems, warnings, goods } = lotting
  const numbers = numbersOf(line)
  if (product.tracking === 'none') {
    if (line.lot !== undefined)
      warnings.push(problem('ODOO_LOT_IGNORED', `${product.name} has no lots in Odoo: ${line.lot}.`, line.path))
    return [{ quantity }]
  }
  if (numbers.length === 0) {
    if (goods.mode === 'validate' && !hasLots(one, lotting))
      problems.push(problem('ODOO_LOT_MISSING', `${product.name} is tracked, and no lot was sent.`, line.path))
    return [{ quantity }]
  }
  const serial = product.tracking === 'serial'
  const own = serial && line.serials?.length ? [...line.serials] : numbers.slice(0, 1)
  if (serial && compare(quantity, String(own.length)) !== 0)
    problems.push(
      problem(
        'ODOO_LOT_UNSUITED',
        `${product.name} has serial numbers: ${quantity} cannot be ${own.join(', ')}.`,
        line.path,
      ),
    )
  return own.map((name) => ofLot(product, name, serial ? '1' : quantity, line, lotting))
}

function ofLot(product: Product, name: string, quantity: Decimal, line: GoodsLine, lotting: Lotting): Lotted {
  const lot = lotting.lots.find((row) => idOf(row.product_id) === product.id && textOf(row.name) === name)
  const expires = expiry(product, name, line, lot, lotting)
  if (lot) return { quantity, lotId: lot.id }
  if (lotting.way.code === 'outgoing')
    lotting.problems.push(problem('ODOO_LOT_UNKNOWN', `${product.name} has no lot ${name} in Odoo.`, line.path))
  return { quantity, lotName: name, ...(expires === undefined ? {} : { expires }) }
}

/** The date of a lot that is made; what differs from a lot that is there is told. */
function expiry(
  product: Product,
  name: string,
  { expires: day, path }: GoodsLine,
  lot: OdooRecord | undefined,
  { names, way, warnings }: Lotting,
): string | undefined {
  if (day === undefined) return undefined
  if (names.lineExpiry === undefined || names.lotExpiry === undefined || !product.expires) {
    // Goods that leave change nothing about their lot.
    if (way.code === 'incoming')
      warnings.push(
        problem('ODOO_EXPIRY_IGNORED', `${product.name} has no expiration dates in Odoo: ${name} ${day}.`, path),
      )
    return undefined
  }
  const known = lot && textOf(lot[names.lotExpiry])?.slice(0, 10)
  if (lot && known !== day) {
    const message = `Lot ${name} of ${product.name} expires on ${known ?? 'nothing'} in Odoo, and on ${day} in the document.`
    warnings.push(problem('ODOO_EXPIRY_DIFFERS', message, path))
  }
  return day
}
