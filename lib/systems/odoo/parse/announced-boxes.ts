import { isZero } from '../../../core/decimal.ts'
import type { InboundOrder } from '../../../documents/inbound-order.ts'
import { codeInName } from './items.ts'
import { defined, type Reading } from './reading.ts'
import { inOtherUnit } from './shipped-parts.ts'
import { unitOf } from './units.ts'

type Box = InboundOrder['boxes'][number]

/** The transfers by which an order's goods come in; what goes back to the vendor is none of them. */
export const receiptsOf = (order: Reading): Reading[] =>
  order
    .rows('stock.picking', 'picking_ids')
    .filter((receipt) => (receipt.text('picking_type_code') ?? 'incoming') === 'incoming')
    .sort((a, b) => a.record.id - b.record.id)

export const isOpen = (receipt: Reading): boolean => !['done', 'cancel'].includes(receipt.text('state') ?? '')

/**
 * The cartons that somebody announced on receipts that are still to come: packages of a ship notice, lots or a tracking
 * number by hand. What Odoo fills in by itself (all that is expected, in no package) announces nothing.
 */
export const announcedBoxes = (receipts: readonly Reading[]): Box[] => receipts.filter(isOpen).flatMap(boxesOf)

function boxesOf(receipt: Reading): Box[] {
  const lines = receipt
    .rows('stock.move.line', 'move_line_ids')
    .filter((line) => !isZero(line.decimal('quantity', 'qty_done') ?? '0'))
    .sort((a, b) => a.record.id - b.record.id)
  const packed = Map.groupBy(
    lines.filter((line) => line.idOf('result_package_id') !== undefined),
    (line) => line.idOf('result_package_id'),
  )
  const tracking = oneNumber(receipt.text('carrier_tracking_ref'))
  const loose = lines.filter((line) => line.idOf('result_package_id') === undefined)
  const announced = packed.size === 0 && tracking !== undefined ? loose : loose.filter((line) => lotOf(line))
  const boxes = [...packed.values()].map((inside) => ({ name: inside[0]?.nameOf('result_package_id'), inside }))
  const all = announced.length > 0 ? [...boxes, { name: undefined, inside: announced }] : boxes
  // One number for several cartons is none of a single carton.
  return all.map(({ name, inside }) => ({
    ...defined({ tracking: all.length === 1 ? (tracking ?? name) : name }),
    lines: inside.map(boxLine),
  }))
}

function boxLine(line: Reading): Box['lines'][number] {
  const product = line.linked('product.product', 'product_id')
  const moved = unitOf(line, 'product_uom_id')
  const own = unitOf(product, 'uom_id')
  const done = line.decimal('quantity', 'qty_done') ?? '0'
  const lot = line.linked('stock.lot', 'lot_id')
  return {
    productId: String(line.idOf('product_id') ?? ''),
    quantity: inOtherUnit(done, moved, own.id === undefined ? moved : own, line, 'product_uom_id'),
    ...defined({
      item: product ? product.text('default_code') : codeInName(line.nameOf('product_id')),
      lot: lotOf(line),
      expires: lot?.day('expiration_date', 'life_date') ?? line.day('expiration_date', 'life_date'),
    }),
  }
}

const lotOf = (line: Reading): string | undefined =>
  line.linked('stock.lot', 'lot_id')?.text('name') ?? line.nameOf('lot_id') ?? line.text('lot_name')

/** Several numbers in one text are of several cartons, and nobody says whose each is. */
const oneNumber = (text: string | undefined): string | undefined =>
  text !== undefined && !/[\s,;+]/.test(text) ? text : undefined
