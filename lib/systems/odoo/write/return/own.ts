import { add, type Decimal } from '../../../../core/decimal.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { Domain, Odoo } from '../../rpc.ts'
import type { StockNames } from '../receipt/names.ts'
import type { Units } from '../resolve/unit.ts'
import { decimalOf, textOf, type Work } from '../work.ts'
import { type Action, anySign, signIn } from './sign.ts'

/** A transfer of this return. */
export interface OwnReturn {
  id: number
  name: string
  state: string
  note: string
  typeId: number
  companyId: number
  action: Action
  content: string
}

export const isOpen = ({ state }: { state: string }): boolean => state !== 'done' && state !== 'cancel'

/** What is booked of one product, lot and action. A lot by its id, or by its name where Odoo does not have it yet. */
export const keyOf = (product: number, lot: number | string | undefined, action: Action): string =>
  `${action}/${product}/${lot ?? ''}`

/** The transfers of this return, without what people made by sending one of them back: its copy carries the sign, too. */
export async function readOwn(work: Work): Promise<OwnReturn[]> {
  const all = await signedTransfers(work, [['note', 'ilike', anySign(work.reference)]])
  const ids = new Set(all.map(({ id }) => id))
  const origins = await originsOf(work.odoo, [...ids])
  return all.filter(({ id }) => ![...(origins.get(id) ?? [])].some((from) => from !== id && ids.has(from)))
}

/** The transfers of a domain that carry the return's sign. */
export async function signedTransfers({ odoo, reference }: Work, domain: Domain): Promise<OwnReturn[]> {
  const rows = await odoo.searchRead('stock.picking', domain, {
    fields: ['name', 'state', 'note', 'picking_type_id', 'company_id'],
    order: 'id',
  })
  return rows.flatMap((row): OwnReturn[] => {
    const note = textOf(row.note) ?? ''
    const sign = signIn(note, reference)
    if (!sign) return []
    return [
      {
        id: row.id,
        name: textOf(row.name) ?? String(row.id),
        state: textOf(row.state) ?? '',
        note,
        typeId: idOf(row.picking_type_id) ?? 0,
        companyId: idOf(row.company_id) ?? 0,
        ...sign,
      },
    ]
  })
}

/** The transfers whose goods these take back. */
async function originsOf(odoo: Odoo, transfers: readonly number[]): Promise<Map<number, Set<number>>> {
  const found = new Map<number, Set<number>>()
  if (transfers.length === 0) return found
  const moves = await odoo.searchRead(
    'stock.move',
    [
      ['picking_id', 'in', [...transfers]],
      ['origin_returned_move_id', '!=', false],
    ],
    { fields: ['picking_id', 'origin_returned_move_id'], order: 'id' },
  )
  const origins = await odoo.read(
    'stock.move',
    [...new Set(moves.flatMap((row) => idOf(row.origin_returned_move_id) ?? []))],
    ['picking_id'],
  )
  const transferOf = new Map(origins.map((row) => [row.id, idOf(row.picking_id)]))
  for (const row of moves) {
    const [transfer, from] = [idOf(row.picking_id), transferOf.get(idOf(row.origin_returned_move_id) ?? 0)]
    if (transfer === undefined || from === undefined) continue
    found.set(transfer, (found.get(transfer) ?? new Set()).add(from))
  }
  return found
}

/** What is booked of the return so far, by product, lot and action, in the products' own units. */
export async function bookedOf(
  odoo: Odoo,
  names: StockNames,
  units: Units,
  own: readonly OwnReturn[],
): Promise<Map<string, { productId: number; productName: string; action: Action; quantity: Decimal }>> {
  const booked: Awaited<ReturnType<typeof bookedOf>> = new Map()
  const done = own.filter(({ state }) => state === 'done')
  if (done.length === 0) return booked
  const rows = await odoo.searchRead(
    'stock.move.line',
    [
      ['picking_id', 'in', done.map(({ id }) => id)],
      ['move_id.origin_returned_move_id', '!=', false],
      ['move_id.state', '=', 'done'],
    ],
    { fields: ['picking_id', 'product_id', 'lot_id', 'product_uom_id', names.lineDone], order: 'id' },
  )
  const products = await odoo.read(
    'product.product',
    [...new Set(rows.flatMap((row) => idOf(row.product_id) ?? []))],
    ['uom_id'],
  )
  const unitOf = new Map(products.map((row) => [row.id, idOf(row.uom_id) ?? 0]))
  for (const row of rows) {
    const transfer = done.find(({ id }) => id === idOf(row.picking_id))
    const productId = idOf(row.product_id)
    if (!transfer || productId === undefined) continue
    const unit = unitOf.get(productId) ?? 0
    const told = decimalOf(row[names.lineDone])
    const quantity = units.convert(told, idOf(row.product_uom_id) ?? unit, unit) ?? told
    const key = keyOf(productId, idOf(row.lot_id), transfer.action)
    booked.set(key, {
      productId,
      productName: nameOf(row.product_id) ?? String(productId),
      action: transfer.action,
      quantity: add(booked.get(key)?.quantity ?? '0', quantity),
    })
  }
  return booked
}
