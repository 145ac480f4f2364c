import { add, type Decimal, subtract } from '../../../../core/decimal.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { ReturnRecord } from '../../records.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import { shipmentReference } from '../delivery/annotate.ts'
import { findDispatch } from '../delivery/find.ts'
import { readTransfers, type Transfer } from '../receipt/dock.ts'
import { carries, signOf } from '../receipt/marker.ts'
import type { StockNames } from '../receipt/names.ts'
import { outgoing } from '../receipt/way.ts'
import type { Units } from '../resolve/unit.ts'
import { decimalOf, type Held, held, listed, problem, textOf } from '../work.ts'

/** A move of a delivery that is done. Quantities in the product's own unit. */
export interface SentMove {
  id: number
  transfer: Transfer
  productId: number
  productName: string
  /** The product's own unit. */
  ownUnitId: number
  /** The move's own unit: the dialog of 19 counts in it, earlier ones in the product's. */
  unitId: number
  quantity: Decimal
  /** Sent by lot's id; empty for goods without lots. */
  lots: Map<number, Decimal>
}

/** Goods of a return that stands in Odoo, whoever made it. */
export interface ReturnedMove {
  id: number
  transferId: number
  /** The move it takes back. */
  of: number
  quantity: Decimal
}

/**
 * The deliveries that goods come back of: those booked for the shipment, else the done ones of the order. Held where the
 * warehouse knows neither, where Odoo does not know the order, or where nothing has been delivered yet.
 */
export async function deliveriesOf(
  odoo: Odoo,
  { order, shipment, returnNumber }: ReturnRecord,
): Promise<Transfer[] | Held> {
  if (shipment !== undefined) {
    const sign = signOf(shipmentReference(shipment), outgoing.sign)
    const carrying = await readTransfers(odoo, outgoing, [['note', 'ilike', sign]])
    const booked = carrying.filter(({ state, note }) => state === 'done' && carries(note, sign))
    if (booked.length > 0) return booked
  }
  if (order === undefined) {
    const of =
      shipment === undefined
        ? 'neither its order nor its shipment is known'
        : `shipment ${shipment} is on no delivery, and its order is not known`
    return held([problem('ODOO_RETURN_UNKNOWN', `Return ${returnNumber} cannot be booked in Odoo: ${of}.`, 'order')])
  }
  const dispatch = await findDispatch(odoo, order.trim())
  if (dispatch && 'outcome' in dispatch) return dispatch
  const done = dispatch?.transfers.filter(({ state }) => state === 'done') ?? []
  if (done.length > 0) return done
  const open = dispatch?.transfers.filter(({ state }) => state !== 'cancel').map(({ name }) => name) ?? []
  const why = !dispatch
    ? `there is no sale order and no delivery ${order}`
    : open.length > 0
      ? `nothing of ${dispatch.name} is delivered yet (${listed(open)} open)`
      : `${dispatch.name} has no delivery`
  return held([problem('ODOO_RETURN_UNKNOWN', `Return ${returnNumber} cannot be booked in Odoo: ${why}.`, 'order')])
}

/** What was sent, by moves in the order of their ids. */
export async function readSent(
  odoo: Odoo,
  names: StockNames,
  units: Units,
  deliveries: readonly Transfer[],
): Promise<SentMove[]> {
  const ids = deliveries.map(({ id }) => id)
  const [moves, lines] = await Promise.all([
    odoo.searchRead(
      'stock.move',
      [
        ['picking_id', 'in', ids],
        ['state', '=', 'done'],
      ],
      { fields: ['picking_id', 'product_id', 'product_uom', names.moveDone], order: 'id' },
    ),
    odoo.searchRead('stock.move.line', [['picking_id', 'in', ids]], {
      fields: ['move_id', 'lot_id', 'product_uom_id', names.lineDone],
      order: 'id',
    }),
  ])
  const own = await unitsOf(odoo, moves)
  return moves.flatMap((row): SentMove[] => {
    const transfer = deliveries.find(({ id }) => id === idOf(row.picking_id))
    const [productId, unitId] = [idOf(row.product_id), idOf(row.product_uom)]
    const unit = own.get(productId ?? 0)
    if (!transfer || productId === undefined || unitId === undefined || unit === undefined) return []
    const inOwn = (quantity: Decimal, from: number) => units.convert(quantity, from, unit) ?? quantity
    const lots = new Map<number, Decimal>()
    for (const line of lines.filter((one) => idOf(one.move_id) === row.id)) {
      const lot = idOf(line.lot_id)
      const quantity = inOwn(decimalOf(line[names.lineDone]), idOf(line.product_uom_id) ?? unit)
      if (lot !== undefined) lots.set(lot, add(lots.get(lot) ?? '0', quantity))
    }
    return [
      {
        id: row.id,
        transfer,
        productId,
        productName: nameOf(row.product_id) ?? String(productId),
        ownUnitId: unit,
        unitId,
        quantity: inOwn(decimalOf(row[names.moveDone]), unitId),
        lots,
      },
    ]
  })
}

async function unitsOf(odoo: Odoo, moves: readonly OdooRecord[]): Promise<Map<number, number>> {
  const ids = [...new Set(moves.flatMap((row) => idOf(row.product_id) ?? []))]
  const rows = await odoo.read('product.product', ids, ['uom_id'])
  return new Map(rows.map((row) => [row.id, idOf(row.uom_id) ?? 0]))
}

/** What came back, or is on its way back, of moves. */
export async function readReturned(
  odoo: Odoo,
  names: StockNames,
  units: Units,
  sent: readonly SentMove[],
): Promise<ReturnedMove[]> {
  if (sent.length === 0) return []
  const rows = await odoo.searchRead(
    'stock.move',
    [
      ['origin_returned_move_id', 'in', sent.map(({ id }) => id)],
      ['state', '!=', 'cancel'],
    ],
    {
      fields: ['picking_id', 'origin_returned_move_id', 'product_uom', 'product_uom_qty', 'state', names.moveDone],
      order: 'id',
    },
  )
  const own = await unitsOf(
    odoo,
    sent.map(({ productId }) => ({ id: 0, product_id: productId })),
  )
  return rows.flatMap((row): ReturnedMove[] => {
    const of = sent.find(({ id }) => id === idOf(row.origin_returned_move_id))
    if (!of) return []
    const quantity = decimalOf(textOf(row.state) === 'done' ? row[names.moveDone] : row.product_uom_qty)
    const unit = own.get(of.productId) ?? 0
    return [
      {
        id: row.id,
        transferId: idOf(row.picking_id) ?? 0,
        of: of.id,
        quantity: units.convert(quantity, idOf(row.product_uom) ?? unit, unit) ?? quantity,
      },
    ]
  })
}

/** How much of a move may still come back. */
export const roomOf = (move: SentMove, returned: readonly ReturnedMove[]): Decimal =>
  subtract(move.quantity, add('0', ...returned.filter(({ of }) => of === move.id).map(({ quantity }) => quantity)))
