import { absolute, cents, type Decimal, isZero, multiply, subtract } from '../../../core/decimal.ts'
import type { Invoice, InvoiceLine } from '../../../documents/invoice.ts'
import { linePrice, signed } from './amounts.ts'
import { describe, itemNamed } from './items.ts'
import { defined, type Reading } from './reading.ts'
import { lineUnit } from './units.ts'

export type LineKind = 'goods' | 'freight' | 'discount' | 'tax' | 'rounding' | 'none'

/** Journal items that stand among an invoice's lines or below them, and are none of them. */
const bookkeeping = new Set(['cogs', 'payment_term', 'epd', 'discount'])
const remarks = new Set(['line_section', 'line_subsection', 'line_note'])

/**
 * What a journal item is to the customer. From 16 on `display_type` says it; before, it was empty and the item's
 * other fields did (odoo.md §12 names the versions, `fields-16.tsv` the keys).
 */
export function kindOfLine(row: Reading): LineKind {
  const type = row.text('display_type')
  if (type === 'tax' || row.idOf('tax_line_id') !== undefined) return 'tax'
  if (type === 'rounding' || row.flag('is_rounding_line')) return 'rounding'
  if (type !== undefined && (bookkeeping.has(type) || remarks.has(type))) return 'none'
  if (row.flag('exclude_from_invoice_tab')) return 'none'
  if (saleLinesOf(row).some((line) => line.flag('is_delivery'))) return 'freight'
  return isDiscount(row) ? 'discount' : 'goods'
}

/** A line that only takes something off: a discount product, or the down payment that was billed before. */
const isDiscount = (row: Reading): boolean =>
  row.flag('is_downpayment')
    ? (row.decimal('price_subtotal') ?? '0').startsWith('-')
    : (row.decimal('price_unit') ?? '0').startsWith('-') && !(row.decimal('quantity') ?? '0').startsWith('-')

const saleLinesOf = (row: Reading): Reading[] => row.rows('sale.order.line', 'sale_line_ids')

/** A discount line as a discount of the document. */
export const discountOf = (move: Reading, row: Reading): Invoice['discounts'][number] => ({
  kind: row.flag('is_downpayment') ? 'Down payment' : 'Document',
  ...defined({ code: itemNamed(row), description: describe(row) }),
  amount: absolute(bookedAmount(move, row)),
})

/**
 * A line's amount before tax as it was booked: booked amounts add up to the invoice's total, while `price_subtotal` of
 * a line with included tax may be a cent off on 19. In a file without bookings, `price_subtotal`.
 */
function bookedAmount(move: Reading, row: Reading): Decimal {
  const booked = row.decimal('amount_currency')
  return booked === undefined || isZero(booked) ? row.requiredDecimal('price_subtotal') : signed(move, row)
}

/** A line of goods, with the order line it bills and the delivery that order line left with, where it was only one. */
export function invoiceLine(move: Reading, row: Reading): InvoiceLine {
  const quantity = row.requiredDecimal('quantity')
  const amount = bookedAmount(move, row)
  const { gross } = linePrice(row, quantity, amount)
  if (quantity.startsWith('-'))
    row.problem(
      'ODOO_NEGATIVE_LINE',
      'quantity',
      `${describe(row) ?? row.id}: ${quantity} is billed; goods that came back are no line of an invoice.`,
    )
  // Without a discount there is none, whatever the cent of rounding between price × quantity and the amount.
  const discounted = !isZero(row.decimal('discount') ?? '0')
  const discountAmount = discounted ? subtract(cents(multiply(gross, quantity)), amount) : '0'
  const [saleLine, ...others] = saleLinesOf(row)
  const order = saleLine?.linked('sale.order', 'order_id')
  return {
    line: row.id,
    ...defined({
      orderType: saleLine && 'sale.order',
      order: order?.text('name') ?? saleLine?.nameOf('order_id'),
      orderLine: others.length === 0 ? saleLine?.id : undefined,
      shipment: saleLine && shipmentOf([saleLine, ...others]),
      item: itemNamed(row),
      description: describe(row),
      unit: lineUnit(row).name,
    }),
    quantity,
    unitPrice: gross,
    discountAmount: discountAmount.startsWith('-') ? '0' : discountAmount,
    amount,
  }
}

/** The only delivery of these order lines; undefined where there were several: which of them is billed is not said. */
function shipmentOf(saleLines: readonly Reading[]): string | undefined {
  const moves = saleLines.flatMap((line) => line.rows('stock.move', 'move_ids'))
  const left = moves.filter(
    (move) =>
      move.text('state') === 'done' &&
      move.idOf('origin_returned_move_id') === undefined &&
      (move.text('picking_code') ?? 'outgoing') === 'outgoing',
  )
  const names = new Set(left.flatMap((move) => move.nameOf('picking_id') ?? []))
  return names.size === 1 ? [...names][0] : undefined
}
