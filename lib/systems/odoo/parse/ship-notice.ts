import { type Decimal, isZero } from '../../../core/decimal.ts'
import type { ShipNotice } from '../../../documents/ship-notice.ts'
import { itemNamed, itemsOf } from './items.ts'
import { isKit, kitLine } from './kits.ts'
import { packagesOf } from './packages.ts'
import { companyOf, customerPartyOf, locationOf, placeOf } from './parties.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { saleLocations, saleOrder } from './sale-orders.ts'
import { type ShippedLine, saleFields, splitsOf } from './shipped-line.ts'
import { doneOf, inOtherUnit, type Part, partsOf } from './shipped-parts.ts'
import { lineUnit, unitOf } from './units.ts'

const statuses: { readonly [state: string]: string } = { done: 'Confirmed', cancel: 'Canceled' }
const operations: { readonly [code: string]: [kind: string, operation: string] } = {
  outgoing: ['Shipment', 'Issue'],
  incoming: ['Shipment', 'Receipt'],
  internal: ['Transfer', 'Transfer'],
}

/**
 * A delivery (odoo.md §8.4) with the sale orders behind its moves. Line quantities are in the sale line's unit, what
 * is in packages in the item's base unit. A return is a receipt of its own; a backorder another delivery.
 */
export function shipNotice(picking: Reading, records: Records): ShipNotice {
  const type = picking.linked('stock.picking.type', 'picking_type_id')
  const code = picking.text('picking_type_code') ?? type?.text('code') ?? 'outgoing'
  const [kind, operation] = operations[code] ?? ['Transfer', code]
  const moves = picking.rows('stock.move', 'move_ids', 'move_lines').filter(isShipped)
  const orders = ordersOf(picking, moves)
  const [order] = orders
  const { lines, parts } = linesOf(moves, partsOf(picking, moves))
  return {
    type: 'ship-notice',
    number: picking.required('name'),
    kind,
    operation,
    status: statuses[picking.text('state') ?? ''] ?? 'Open',
    ...defined({
      customer: (order && companyOf(order, 'partner_id')) ?? companyOf(picking, 'partner_id'),
      location: placeOf(picking, 'partner_id') ?? (order && placeOf(order, 'partner_shipping_id')),
      warehouse: type?.linked('stock.warehouse', 'warehouse_id')?.text('code'),
      shipDate: picking.day('date_done'),
      shipVia: picking.nameOf('carrier_id'),
      tracking: picking.text('carrier_tracking_ref'),
      fobPoint: order?.linked('account.incoterms', 'incoterm')?.text('code'),
      shipTo:
        customerPartyOf('ST', picking, 'partner_id') ?? (order && customerPartyOf('ST', order, 'partner_shipping_id')),
    }),
    lines,
    packages: packagesOf(parts, picking),
    orders: orders.map((one) => saleOrder(one, records)),
    items: itemsOf(records),
    locations: order ? saleLocations(orders) : locationOf(picking, companyOf(picking, 'partner_id'), 'partner_id'),
  }
}

/** In a file moves may come without their state; a cancelled one ships nothing. */
const isShipped = (move: Reading): boolean => !move.has('state') || move.text('state') === 'done'

/** The sale orders of a delivery, once each: those of its moves, and its own. */
function ordersOf(picking: Reading, moves: readonly Reading[]): Reading[] {
  const ofMoves = moves.flatMap(
    (move) => move.linked('sale.order.line', 'sale_line_id')?.linked('sale.order', 'order_id') ?? [],
  )
  const own = picking.linked('sale.order', 'sale_id')
  return [...new Map([...ofMoves, ...(own ? [own] : [])].map((order) => [order.id, order])).values()]
}

/** One line for each move that shipped something, and one for all the moves of a kit; with the parts they consist of. */
function linesOf(moves: readonly Reading[], parts: readonly Part[]): { lines: ShippedLine[]; parts: Part[] } {
  const lines: ShippedLine[] = []
  const left: Part[] = []
  const kits = new Set<string>()
  for (const move of moves) {
    const saleLine = move.linked('sale.order.line', 'sale_line_id')
    if (saleLine && isKit(move, saleLine)) {
      if (kits.has(saleLine.id)) continue
      kits.add(saleLine.id)
      const ofKit = moves.filter((one) => one.idOf('sale_line_id') === saleLine.record.id)
      const kit = kitLine(
        saleLine,
        ofKit,
        parts.filter((part) => part.move && ofKit.includes(part.move)),
      )
      if (kit) lines.push(kit.line)
      if (kit) left.push(...kit.parts)
      continue
    }
    const own = parts.filter((part) => part.move === move)
    const done = doneOf(move, own)
    if (isZero(done)) continue
    lines.push(moveLine(move, saleLine, done, own))
    left.push(...own)
  }
  return { lines, parts: left }
}

function moveLine(move: Reading, saleLine: Reading | undefined, done: Decimal, parts: readonly Part[]): ShippedLine {
  const moved = unitOf(move, 'product_uom')
  const told = saleLine ? lineUnit(saleLine) : moved
  const description = move.linked('product.product', 'product_id')?.text('name') ?? move.nameOf('product_id')
  return {
    line: move.id,
    ...saleFields(saleLine, told),
    item: itemNamed(move) ?? move.required('product_id'),
    shipped: inOtherUnit(done, moved, told, move, 'product_uom'),
    ...defined({ description }),
    splits: splitsOf(parts),
  }
}
