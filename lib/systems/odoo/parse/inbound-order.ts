import { compare, type Decimal, isZero, multiply } from '../../../core/decimal.ts'
import type { InboundOrder } from '../../../documents/inbound-order.ts'
import { isoStamp } from '../stamps.ts'
import { fieldNames } from '../versions.ts'
import { announcedBoxes, isOpen, receiptsOf } from './announced-boxes.ts'
import { componentsOf } from './bill-of-materials.ts'
import { codeInName, describe } from './items.ts'
import { companyNameOf, companyOf } from './parties.ts'
import { nameOf, trackingOf } from './product.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { isGoods } from './sale-orders.ts'
import { inOtherUnit } from './shipped-parts.ts'
import { lineUnit, unitOf } from './units.ts'

type State = InboundOrder['state']
type Line = InboundOrder['lines'][number]

const states: { readonly [state: string]: State } = {
  draft: 'draft',
  sent: 'draft',
  'to approve': 'draft',
  purchase: 'placed',
  done: 'placed',
  cancel: 'cancelled',
  deleted: 'deleted',
}

/** A purchase order as the warehouse is to expect it (odoo.md §8.1): goods in their own units, and announced cartons. */
export function inboundOrder(order: Reading, records: Records): InboundOrder {
  const state = states[order.required('state')]
  if (state === undefined)
    order.problem('ODOO_VALUE_INVALID', 'state', `${order.text('state')} is no state of a purchase order.`)
  const rows = order.rows('purchase.order.line', 'order_line').filter(isGoods)
  const goods = rows.filter((line) => line.idOf('product_id') !== undefined && !isService(line))
  const lines = goods.flatMap((line) => linesOf(line, records))
  const receipts = receiptsOf(order)
  const dropShip = isDropShip(order)
  return {
    type: 'inbound-order',
    number: order.required('name'),
    state: state === 'placed' ? progressOf(lines, receipts) : (state ?? 'draft'),
    dropShip,
    ...defined({
      vendor: companyOf(order, 'partner_id'),
      vendorName: companyNameOf(order, 'partner_id'),
      vendorReference: order.text('partner_ref'),
      warehouse: dropShip ? undefined : warehouseOf(order),
      expectedAt: expectedAt(order, goods),
      carrier: receipts
        .filter(isOpen)
        .map((receipt) => receipt.nameOf('carrier_id'))
        .find((name) => name !== undefined),
    }),
    lines,
    boxes: announcedBoxes(receipts),
  }
}

const isService = (line: Reading): boolean => {
  const product = line.linked('product.product', 'product_id')
  const type = product?.linked('product.template', 'product_tmpl_id')?.text('type') ?? product?.text('type')
  return type === 'service'
}

/**
 * Whether anything is still to come: Odoo's transfers say it where there are some. Their end may come before everything
 * has: the rest was called off; where all of it was, the order brings nothing.
 */
function progressOf(lines: readonly Line[], receipts: readonly Reading[]): State {
  if (lines.length > 0 && lines.every(({ quantity, received }) => compare(received, quantity) >= 0)) return 'received'
  if (receipts.length === 0 || receipts.some(isOpen)) return 'placed'
  return receipts.some((receipt) => receipt.text('state') === 'done') ? 'received' : 'cancelled'
}

/** Of a kit a line for each component: that is what comes. */
function linesOf(line: Reading, records: Records): Line[] {
  const product = line.linked('product.product', 'product_id')
  const own = unitOf(product, 'uom_id')
  const base = own.id === undefined ? lineUnit(line) : own
  const unitField = fieldNames.lineUnit.find((field) => line.has(field)) ?? fieldNames.lineUnit[0]
  const told = (field: string): Decimal => {
    const given = line.decimal(field) ?? '0'
    return isZero(given) ? '0' : inOtherUnit(given, lineUnit(line), base, line, unitField)
  }
  line.requiredDecimal('product_qty')
  const [quantity, received] = [told('product_qty'), told('qty_received')]
  const parts = product && componentsOf(product, records)
  if (parts)
    return parts.map((part) => ({
      ...goodsOf(part.product),
      line: `${line.id}/${part.product.id}`,
      quantity: multiply(quantity, part.quantity),
      received: multiply(received, part.quantity),
      description: nameOf(part.product),
    }))
  const productId = String(line.idOf('product_id') ?? '')
  const item = codeInName(line.nameOf('product_id'))
  return [
    {
      ...(product ? goodsOf(product) : { productId, tracking: 'none' as const, ...defined({ item, unit: base.name }) }),
      line: line.id,
      quantity,
      received,
      ...defined({ description: describe(line) }),
    },
  ]
}

const goodsOf = (product: Reading): Pick<Line, 'productId' | 'item' | 'barcode' | 'tracking' | 'unit'> => ({
  productId: product.id,
  tracking: trackingOf(product.linked('product.template', 'product_tmpl_id') ?? product),
  ...defined({
    item: product.text('default_code'),
    barcode: product.text('barcode'),
    unit: unitOf(product, 'uom_id').name,
  }),
})

/** The vendor sends them to a customer: an operation of its own from 16 on, before a receipt at a customer's place. */
const isDropShip = (order: Reading): boolean =>
  order.linked('stock.picking.type', 'picking_type_id')?.text('code') === 'dropship' ||
  order.text('default_location_dest_id_usage') === 'customer' ||
  order.idOf('dest_address_id') !== undefined

const warehouseOf = (order: Reading): string | undefined =>
  order.linked('stock.picking.type', 'picking_type_id')?.linked('stock.warehouse', 'warehouse_id')?.text('code')

/** When the first of the goods are expected: a warehouse is told one date. */
function expectedAt(order: Reading, goods: readonly Reading[]): string | undefined {
  const planned = goods.flatMap((line) => line.text('date_planned') ?? []).sort()
  const found = planned[0] ?? order.text('date_planned')
  if (found === undefined) return undefined
  const iso = /^\d{4}-\d\d-\d\d$/.test(found) ? `${found}T00:00:00Z` : isoStamp(found)
  if (Number.isNaN(Date.parse(iso))) order.problem('ODOO_VALUE_INVALID', 'date_planned', `"${found}" is no date.`)
  return iso
}
