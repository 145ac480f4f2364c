import type { Decimal } from '../../../../core/decimal.ts'
import { Refusal } from '../../../../core/failures.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { qualified } from '../external-id.ts'
import { load } from '../load.ts'
import { textOf } from '../work.ts'

/** A transfer that no order makes. Ids are database ids. */
export interface NewTransfer {
  typeId: number
  partnerId: number | undefined
  origin: string
  locationId: number
  destinationId: number
  moves: {
    productId: number
    unitId: number
    /** In that unit. */
    quantity: Decimal
    description: string
    purchaseLineId?: number | undefined
  }[]
}

/**
 * Makes a transfer once for its name and confirms it; one that is there already is left as it stands.
 * @param name of the external id (external-id.ts)
 * @returns its database id
 */
export async function makeTransfer(odoo: Odoo, name: string, wanted: NewTransfer): Promise<number> {
  const known = await odoo.fields('stock.move')
  const cells = [
    ['picking_type_id/.id', String(wanted.typeId)],
    ['partner_id/.id', wanted.partnerId === undefined ? '' : String(wanted.partnerId)],
    ['origin', wanted.origin],
    ['location_id/.id', String(wanted.locationId)],
    ['location_dest_id/.id', String(wanted.destinationId)],
  ].filter(([, cell]) => cell !== '') as [string, string][]
  const moves = wanted.moves.map((move, i): [string, string][] => [
    ['move_ids/id', qualified(`${name}__${i + 1}`)],
    ['move_ids/product_id/.id', String(move.productId)],
    ['move_ids/product_uom/.id', String(move.unitId)],
    ['move_ids/product_uom_qty', move.quantity],
    ['move_ids/location_id/.id', String(wanted.locationId)],
    ['move_ids/location_dest_id/.id', String(wanted.destinationId)],
    // Gone on 19 (odoo.md §7).
    ...(known.name?.required ? ([['move_ids/name', move.description]] as [string, string][]) : []),
    ...(move.purchaseLineId === undefined
      ? []
      : ([['move_ids/purchase_line_id/.id', String(move.purchaseLineId)]] as [string, string][])),
  ])
  const columns = ['id', ...cells.map(([column]) => column), ...(moves[0] ?? []).map(([column]) => column)]
  const rows = moves.map((move, i) => [
    i === 0 ? qualified(name) : '',
    ...cells.map(([, cell]) => (i === 0 ? cell : '')),
    ...move.map(([, cell]) => cell),
  ])
  const made = await load(odoo, 'stock.picking', { columns, rows })
  if ('problems' in made) throw new Refusal(422, made.problems)
  const id = made.ids[0] ?? 0
  const [row] = await odoo.read('stock.picking', [id], ['state'])
  if (textOf(row?.state) === 'draft')
    await odoo.call({ model: 'stock.picking', method: 'action_confirm', ids: [id], writes: true })
  return id
}

/** The places of a transfer, for another one like it. */
export async function placesOf(odoo: Odoo, transfer: number): Promise<{ locationId: number; destinationId: number }> {
  const [row] = await odoo.read('stock.picking', [transfer], ['location_id', 'location_dest_id'])
  return { locationId: idOf(row?.location_id) ?? 0, destinationId: idOf(row?.location_dest_id) ?? 0 }
}
