import type { Odoo } from '../../rpc.ts'
import { modelNames, nameOn } from '../../versions.ts'

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
  /** The purchase order's line that a move is of; undefined where nothing is bought. */
  purchaseLine: string | undefined
  /** Moves that a move waits for, by what these say of it. */
  follows: string | undefined
  /** Undefined where notes are plain text. */
  htmlNote: boolean
}

export async function stockNames(odoo: Odoo): Promise<StockNames> {
  const [transfer, move, line] = await Promise.all(
    ['stock.picking', 'stock.move', 'stock.move.line'].map((model) => odoo.fields(model)),
  )
  const picked = move?.picked !== undefined
  const lots = line?.lot_id?.relation ?? modelNames.lot[0]
  const lot = await odoo.fields(lots)
  return {
    moves: nameOn(transfer, 'transferMoves') ?? 'move_ids',
    picked,
    moveDone: nameOn(move, 'moveDone') ?? 'quantity',
    lineDone: nameOn(line, 'lineDone') ?? 'quantity',
    lots,
    packages: line?.result_package_id?.relation ?? modelNames.package[0],
    lineExpiry: nameOn(line, 'lotExpiry'),
    lotExpiry: nameOn(lot, 'lotExpiry'),
    tracking: transfer?.carrier_tracking_ref ? 'carrier_tracking_ref' : undefined,
    purchaseLine: move?.purchase_line_id ? 'purchase_line_id' : undefined,
    follows: move?.move_dest_ids ? 'move_dest_ids' : undefined,
    htmlNote: transfer?.note?.type === 'html',
  }
}
