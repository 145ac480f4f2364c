import type { Odoo } from '../../rpc.ts'

/** What transfers and moves call their things in the version at hand (odoo.md §12). */
export interface StockNames {
  /** Moves of a transfer. */
  moves: string
  /** True from 17 on: quantities are filled in beforehand, and `picked` says which of them count (odoo.md §8.2, §8.3). */
  picked: boolean
  /** Quantity done: of a move, of its lines. */
  moveDone: string
  lineDone: string
  /** Models of lots and packages. */
  lots: string
  packages: string
  /** Expiration date of a lot that a line makes; undefined without the add-on product_expiry. */
  lineExpiry: string | undefined
  lotExpiry: string | undefined
  tracking: string | undefined
  /** Undefined where notes are plain text. */
  htmlNote: boolean
}

export async function stockNames(odoo: Odoo): Promise<StockNames> {
  const [transfer, move, line] = await Promise.all(
    ['stock.picking', 'stock.move', 'stock.move.line'].map((model) => odoo.fields(model)),
  )
  const picked = move?.picked !== undefined
  const lots = line?.lot_id?.relation ?? 'stock.lot'
  const lot = await odoo.fields(lots)
  const expiry = ['expiration_date', 'life_date']
  return {
    moves: transfer?.move_ids ? 'move_ids' : 'move_lines',
    picked,
    moveDone: picked ? 'quantity' : 'quantity_done',
    lineDone: picked ? 'quantity' : 'qty_done',
    lots,
    packages: line?.result_package_id?.relation ?? 'stock.quant.package',
    lineExpiry: expiry.find((field) => line?.[field]),
    lotExpiry: expiry.find((field) => lot[field]),
    tracking: transfer?.carrier_tracking_ref ? 'carrier_tracking_ref' : undefined,
    htmlNote: transfer?.note?.type === 'html',
  }
}
