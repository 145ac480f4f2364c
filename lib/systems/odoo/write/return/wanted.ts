import { add, compare, type Decimal, isZero, toDecimal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { ReturnRecord } from '../../records.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import type { StockNames } from '../receipt/names.ts'
import { type Product, resolveProducts } from '../resolve/product.ts'
import { listed, problem, textOf } from '../work.ts'
import { keyOf } from './own.ts'
import type { SentMove } from './sent.ts'
import type { Action } from './sign.ts'

type Line = ReturnRecord['lines'][number]

/** How much of one product and lot had one thing done with it, in total, in the product's own unit. */
export interface Wanted {
  key: string
  product: Product
  action: Action
  quantity: Decimal
  lot: { id: number } | { name: string; expires: string | undefined } | undefined
  /** The first line that tells it: its place, reason and path. */
  line: Line
}

/** The lines of a return as Odoo's products and lots, equal ones summed. */
export async function resolveWanted(
  odoo: Odoo,
  names: StockNames,
  { lines }: ReturnRecord,
  sent: readonly SentMove[],
): Promise<{ wanted: Map<string, Wanted>; problems: Problem[]; warnings: Problem[] }> {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const asked = lines.map(({ product, path }) => ({ ref: product, path }))
  const products = await resolveProducts(odoo, asked, problems)
  const lots = await readLots(odoo, names, lines, products)
  const wanted = new Map<string, Wanted>()
  for (const [i, line] of lines.entries()) {
    const product = products[i]
    const quantity = toDecimal(line.quantity) ?? '0'
    if (!product || isZero(quantity)) continue
    const lot = lotOf(line, quantity, product, { names, lots, sent, problems, warnings })
    const key = keyOf(product.id, lot && ('id' in lot ? lot.id : lot.name), line.action)
    const before = wanted.get(key)
    if (before) before.quantity = add(before.quantity, quantity)
    else wanted.set(key, { key, product, action: line.action, quantity, lot, line })
  }
  return { wanted, problems, warnings }
}

async function readLots(
  odoo: Odoo,
  names: StockNames,
  lines: readonly Line[],
  products: readonly (Product | undefined)[],
): Promise<OdooRecord[]> {
  const told = lines.flatMap(({ lot }) => lot?.trim() || [])
  const tracked = products.flatMap((one) => (one && one.tracking !== 'none' ? [one.id] : []))
  if (told.length === 0 || tracked.length === 0) return []
  return odoo.searchRead(
    names.lots,
    [
      ['name', 'in', [...new Set(told)]],
      ['product_id', 'in', tracked],
      ['company_id', 'in', [false, odoo.companies[0] ?? 0]],
    ],
    { fields: ['name', 'product_id', ...(names.lotExpiry ? [names.lotExpiry] : [])], order: 'id' },
  )
}

interface Lotting {
  names: StockNames
  lots: readonly OdooRecord[]
  sent: readonly SentMove[]
  problems: Problem[]
  warnings: Problem[]
}

/** The lot that came back: as told, else the only one that was sent. One that Odoo does not have is made with the return. */
function lotOf(
  line: Line,
  quantity: Decimal,
  product: Product,
  { names, lots, sent, problems, warnings }: Lotting,
): Wanted['lot'] {
  const { path } = line
  const told = line.lot?.trim() ?? ''
  if (product.tracking === 'none') {
    if (told !== '') warnings.push(problem('ODOO_LOT_IGNORED', `${product.name} has no lots in Odoo: ${told}.`, path))
    return undefined
  }
  if (product.tracking === 'serial' && compare(quantity, '1') !== 0) {
    const message = `${product.name} has serial numbers: ${quantity} cannot be ${told || 'one of them'}.`
    problems.push(problem('ODOO_LOT_UNSUITED', message, path))
    return undefined
  }
  const gone = [...new Set(sent.filter((one) => one.productId === product.id).flatMap((one) => [...one.lots.keys()]))]
  if (told === '') {
    const [only] = gone
    if (only !== undefined && gone.length === 1) return { id: only }
    const how = gone.length === 0 ? 'none was sent' : `${gone.length} were sent`
    problems.push(problem('ODOO_LOT_MISSING', `${product.name} came back without a lot, and ${how}.`, path))
    return undefined
  }
  const lot = lots.find((row) => idOf(row.product_id) === product.id && textOf(row.name) === told)
  if (gone.length > 0 && !gone.includes(lot?.id ?? 0))
    warnings.push(
      problem('ODOO_RETURN_LOT_DIFFERS', `Lot ${told} of ${product.name} came back, which was not sent.`, path),
    )
  const known = names.lotExpiry === undefined ? undefined : textOf(lot?.[names.lotExpiry])?.slice(0, 10)
  if (lot && product.expires && line.expires !== undefined && known !== line.expires) {
    const message = `Lot ${told} of ${product.name} expires on ${known ?? 'no day'} in Odoo, and on ${line.expires} in the document.`
    warnings.push(problem('ODOO_EXPIRY_DIFFERS', message, path))
  }
  return lot ? { id: lot.id } : { name: told, expires: product.expires ? line.expires : undefined }
}

/** How messages call goods with what was done with them. */
export const called = ({ product, action, line }: Wanted): string =>
  `${product.name}${line.lot === undefined ? '' : ` (lot ${line.lot})`}, ${action}`

export const namesOf = (sent: readonly SentMove[]): string =>
  listed([...new Set(sent.map(({ transfer }) => transfer.name))])
