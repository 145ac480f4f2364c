import { add, type Decimal } from '../../../../core/decimal.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { isOpen, type Transfer } from '../receipt/dock.ts'
import { signsIn } from '../receipt/marker.ts'
import type { StockNames } from '../receipt/names.ts'
import { readProducts } from '../resolve/product.ts'
import type { Units } from '../resolve/unit.ts'
import { decimalOf, textOf } from '../work.ts'

/** What stands booked for one reference. */
export interface Booked {
  /** Product id → lot, "" for none → quantity in the product's own unit. */
  goods: ReadonlyMap<number, ReadonlyMap<string, Decimal>>
  transfers: Transfer[]
  /** When the newest of it was so at the warehouse, epoch seconds; 0 where nobody said. */
  newest: number
}

/**
 * What done transfers that carry the sign of a reference have moved, corrections by people included. The sign of a
 * backorder that was booked by somebody else is its parent's: a copy (marker.ts).
 */
export async function bookedBy(
  odoo: Odoo,
  names: StockNames,
  units: Units,
  all: readonly Transfer[],
  sign: string,
): Promise<Booked> {
  const own = all.filter(
    (one) => one.state === 'done' && signsIn(one.note, sign).some((s) => !isCopied(one, s.content)),
  )
  const newest = Math.max(0, ...own.flatMap(({ note }) => signsIn(note, sign).map(({ at }) => at)))
  return { goods: await movedBy(odoo, names, units, own), transfers: own, newest }

  function isCopied({ backorderOf }: Transfer, content: string): boolean {
    const from = all.find(({ id }) => id === backorderOf)
    if (!from) return false
    const carried =
      !isOpen(from) && from.state === 'done' && signsIn(from.note, sign).some((s) => s.content === content)
    return carried || isCopied(from, content)
  }
}

async function movedBy(
  odoo: Odoo,
  names: StockNames,
  units: Units,
  transfers: readonly Transfer[],
): Promise<Booked['goods']> {
  const goods = new Map<number, Map<string, Decimal>>()
  if (transfers.length === 0) return goods
  const rows = await odoo.searchRead(
    'stock.move.line',
    [
      ['picking_id', 'in', transfers.map(({ id }) => id)],
      ['state', '=', 'done'],
    ],
    { fields: ['product_id', 'lot_id', 'product_uom_id', names.lineDone], order: 'id' },
  )
  const lotIds = [...new Set(rows.flatMap((row) => idOf(row.lot_id) ?? []))]
  const [products, lots] = await Promise.all([
    readProducts(
      odoo,
      rows.flatMap((row) => idOf(row.product_id) ?? []),
    ),
    lotIds.length === 0 ? [] : odoo.read(names.lots, lotIds, ['name']),
  ])
  for (const row of rows) {
    const product = products.get(idOf(row.product_id) ?? 0)
    if (!product) continue
    const done = decimalOf(row[names.lineDone])
    const quantity = units.convert(done, idOf(row.product_uom_id) ?? product.unitId, product.unitId) ?? done
    const lot = textOf(lots.find(({ id }) => id === idOf(row.lot_id))?.name) ?? ''
    const ofProduct = goods.get(product.id) ?? new Map<string, Decimal>()
    goods.set(product.id, ofProduct.set(lot, add(ofProduct.get(lot) ?? '0', quantity)))
  }
  return goods
}
