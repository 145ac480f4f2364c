import type { Decimal } from '../../../../core/decimal.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { Domain, Odoo, OdooRecord } from '../../rpc.ts'
import { decimalOf, type Held, held, problem, textOf } from '../work.ts'
import type { StockNames } from './names.ts'
import { incoming, type Way } from './way.ts'

const transferFields = ['name', 'state', 'note', 'backorder_id', 'picking_type_id', 'company_id', 'partner_id']

/** A transfer of goods that come in or go out. */
export interface Transfer {
  id: number
  name: string
  state: string
  note: string
  /** The transfer it was split from. */
  backorderOf: number | undefined
  typeId: number
  companyId: number
  carrierId: number | undefined
  partnerId: number | undefined
}

/** What is to come of one product in one transfer. */
export interface Move {
  id: number
  transferId: number
  productId: number
  productName: string
  unitId: number
  demand: Decimal
  /** Done or filled in so far. */
  quantity: Decimal
  picked: boolean
  orderLineId: number | undefined
  locationId: number
  destinationId: number
}

/** Everything that came and is to come, or that left and is to leave, of one order. */
export interface Dock {
  /** How messages call it: the order's number, or the transfer's. */
  name: string
  /** Vendor's company, for its part numbers. */
  vendorId: number | undefined
  /** Database id of the order; undefined where a transfer was named. */
  orderId: number | undefined
  /** Why there may be no transfers: state of the order. */
  orderState: string | undefined
  way: Way
  transfers: Transfer[]
}

export const isOpen = ({ state }: Transfer): boolean => state !== 'done' && state !== 'cancel'

/** The incoming transfers of a purchase order by its number, or one transfer by its own name. */
export async function findDock(odoo: Odoo, name: string): Promise<Dock | Held> {
  const orders = await odoo.searchRead('purchase.order', [['name', '=', name]], {
    fields: ['state', 'partner_id'],
    order: 'id',
  })
  if (orders.length > 1)
    return held([
      problem('ODOO_ORDER_NOT_FOUND', `${orders.length} purchase orders in Odoo are called ${name}.`, 'order'),
    ])
  const [order] = orders
  const transfers = await readTransfers(
    odoo,
    incoming,
    order ? [['purchase_id', '=', order.id]] : [['name', '=', name]],
  )
  if (!order && transfers.length !== 1) {
    const message = `There is no purchase order and no receipt ${name} in Odoo.`
    return held([problem('ODOO_ORDER_NOT_FOUND', message, 'order')])
  }
  const partner = idOf(order?.partner_id)
  const [vendor] = partner === undefined ? [] : await odoo.read('res.partner', [partner], ['commercial_partner_id'])
  return {
    name,
    vendorId: idOf(vendor?.commercial_partner_id),
    orderId: order?.id,
    orderState: order ? (textOf(order.state) ?? '') : undefined,
    way: incoming,
    transfers,
  }
}

export async function readTransfers(odoo: Odoo, { code }: Way, domain: Domain): Promise<Transfer[]> {
  const known = await odoo.fields('stock.picking')
  const rows = await odoo.searchRead('stock.picking', [...domain, ['picking_type_id.code', '=', code]], {
    fields: [...transferFields, ...(known.carrier_id ? ['carrier_id'] : [])],
    order: 'id',
  })
  return rows.map((row) => ({
    id: row.id,
    name: textOf(row.name) ?? String(row.id),
    state: textOf(row.state) ?? '',
    note: textOf(row.note) ?? '',
    backorderOf: idOf(row.backorder_id),
    typeId: idOf(row.picking_type_id) ?? 0,
    companyId: idOf(row.company_id) ?? 0,
    carrierId: idOf(row.carrier_id),
    partnerId: idOf(row.partner_id),
  }))
}

/** The transfers anew, after something was written. */
export const again = (odoo: Odoo, dock: Dock): Promise<Transfer[]> =>
  readTransfers(odoo, dock.way, [
    '|',
    ['id', 'in', dock.transfers.map(({ id }) => id)],
    ['backorder_id', 'in', dock.transfers.map(({ id }) => id)],
  ])

/** Moves of transfers that are not done, in the order of their ids. */
export async function readMoves(odoo: Odoo, names: StockNames, transfers: readonly Transfer[]): Promise<Move[]> {
  if (transfers.length === 0) return []
  const rows = await odoo.searchRead(
    'stock.move',
    [
      ['picking_id', 'in', transfers.map(({ id }) => id)],
      ['state', 'not in', ['done', 'cancel']],
    ],
    {
      fields: [
        'picking_id',
        'product_id',
        'product_uom',
        'product_uom_qty',
        names.moveDone,
        ...(names.picked ? ['picked'] : []),
        ...(names.purchaseLine ? [names.purchaseLine] : []),
        'location_id',
        'location_dest_id',
      ],
      order: 'id',
    },
  )
  return rows.map((row) => move(names, row))
}

const move = (names: StockNames, row: OdooRecord): Move => ({
  id: row.id,
  transferId: idOf(row.picking_id) ?? 0,
  productId: idOf(row.product_id) ?? 0,
  productName: nameOf(row.product_id) ?? String(row.id),
  unitId: idOf(row.product_uom) ?? 0,
  demand: decimalOf(row.product_uom_qty),
  quantity: decimalOf(row[names.moveDone]),
  picked: names.picked ? row.picked === true : row[names.moveDone] !== 0,
  orderLineId: names.purchaseLine ? idOf(row[names.purchaseLine]) : undefined,
  locationId: idOf(row.location_id) ?? 0,
  destinationId: idOf(row.location_dest_id) ?? 0,
})
