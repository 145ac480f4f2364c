import { absolute, cents, compare, type Decimal, divide, isZero, multiply, subtract } from '../../../core/decimal.ts'
import type { Reading } from './reading.ts'

/** How far an amount that Odoo rounded may be from price × quantity: half a cent either way on each side. */
const rounding = '0.01'
const pricePlaces = 6

const near = (a: Decimal, b: Decimal): boolean => compare(absolute(subtract(a, b)), rounding) <= 0

/** What is left of 1 after a discount of so many percent. */
const left = (percent: Decimal): Decimal => divide(subtract('100', percent), '100', 8)

/** Prices of a line, before tax. */
export interface LinePrice {
  /** Per unit, before discount. */
  gross: Decimal
  /** Per unit, after discount. */
  net: Decimal
}

/**
 * The prices of an order or invoice line. `price_unit` is what a user typed: where the line's tax is included in it,
 * only the line's amount before tax tells the price without.
 * @param amount the line's amount before tax, where the record is not to be asked
 */
export function linePrice(line: Reading, quantity: Decimal, amount = line.decimal('price_subtotal')): LinePrice {
  const typed = line.requiredDecimal('price_unit')
  const rest = left(line.decimal('discount') ?? '0')
  const typedNet = multiply(typed, rest)
  const stands =
    amount === undefined || isZero(quantity) || isZero(rest) || near(cents(multiply(typedNet, quantity)), amount)
  if (stands || !taxIncluded(line, multiply(typedNet, quantity))) return { gross: typed, net: typedNet }
  const net = divide(amount ?? '0', quantity, pricePlaces)
  return { gross: divide(net, rest, pricePlaces), net }
}

/** True where the typed prices come to the line's total with tax. */
function taxIncluded(line: Reading, typed: Decimal): boolean {
  const total = line.decimal('price_total')
  return total !== undefined && near(cents(typed), total)
}

/** A journal item's amount as the customer sees it: what is owed is positive on an invoice and on a credit note. */
export function signed(move: Reading, row: Reading): Decimal {
  const booked = row.decimal('amount_currency', 'balance') ?? '0'
  return move.text('move_type') === 'out_refund' ? booked : multiply(booked, '-1')
}
