import { absolute, add, cents, type Decimal, equal, isZero, subtract } from '../../../core/decimal.ts'
import type { Invoice } from '../../../documents/invoice.ts'
import { signed } from './amounts.ts'
import { discountOf, invoiceLine, kindOfLine } from './invoice-lines.ts'
import { withOriginals } from './invoice-original.ts'
import { taxesOf } from './invoice-taxes.ts'
import { itemsOf } from './items.ts'
import { companyOf, customerPartyOf } from './parties.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { saleLocations, saleOrder } from './sale-orders.ts'

type InvoiceFields = Invoice['originals'][number]

const kinds: { readonly [type: string]: string } = { out_invoice: 'Invoice', out_refund: 'Credit Memo' }
/** Paid, or settled by a credit note; what is still to be paid is no matter of the document. */
const settled = new Set(['paid', 'in_payment', 'reversed'])

/**
 * A customer invoice or credit note (odoo.md §9.3), in its own currency and, as Odoo shows both, with positive
 * amounts. Its lines, freight, discounts and taxes must come to its total, to the cent.
 */
export function invoice(move: Reading, records: Records): Invoice {
  const orders = records.all('sale.order')
  const originals = records
    .all('account.move')
    .filter((one) => one.id !== move.id && one.text('move_type') === 'out_invoice')
    .map((one) => ({ move: one, fields: invoiceFields(one) }))
  return {
    type: 'invoice',
    ...withOriginals(move, invoiceFields(move), originals),
    orders: orders.map((order) => saleOrder(order, records)),
    items: itemsOf(records),
    locations: saleLocations(orders),
    originals: originals.map(({ fields }) => fields),
  }
}

function invoiceFields(move: Reading): InvoiceFields {
  const rows = move.rows('account.move.line', 'invoice_line_ids', 'line_ids')
  const of = (kind: string) => rows.filter((row) => kindOfLine(row) === kind)
  const lines = of('goods').map((row) => invoiceLine(move, row))
  const freight = of('freight').map((row) => {
    const { shipment, amount } = invoiceLine(move, row)
    return { ...defined({ shipment }), amount }
  })
  const rounded = roundingOf(move)
  const discounts = [...of('discount').map((row) => discountOf(move, row)), ...(rounded.down ? [rounded.down] : [])]
  const taxTotal = move.decimal('amount_tax') ?? '0'
  const sum = (values: { amount: Decimal }[]) => add('0', ...values.map((v) => v.amount))
  const fields: InvoiceFields = {
    kind: kinds[move.text('move_type') ?? 'out_invoice'] ?? move.required('move_type'),
    number: move.required('name'),
    status: statusOf(move),
    ...defined({
      date: move.day('invoice_date'),
      dueDate: move.day('invoice_date_due'),
      customer: companyOf(move, 'commercial_partner_id', 'partner_id'),
      customerOrder: customerOrderOf(move, rows),
      currency: move.nameOf('currency_id'),
      cashDiscount: cashDiscount(move),
      shipTo: customerPartyOf('ST', move, 'partner_shipping_id'),
      billTo: customerPartyOf('BT', move, 'partner_id'),
    }),
    amount: move.requiredDecimal('amount_total'),
    discountTotal: sum(discounts),
    freightTotal: sum(freight),
    taxTotal,
    lines: [...lines, ...(rounded.up ? [rounded.up] : [])],
    freight,
    taxes: taxesOf(move, taxTotal),
    discounts,
  }
  checkTotal(move, fields)
  return fields
}

/** The customer's order number: of the orders billed, where they have one and the same; `ref` may be anything. */
function customerOrderOf(move: Reading, rows: readonly Reading[]): string | undefined {
  const lines = rows.flatMap((row) => row.rows('sale.order.line', 'sale_line_ids'))
  const numbers = lines.map((line) => line.linked('sale.order', 'order_id')?.text('client_order_ref'))
  const [number, ...others] = new Set(numbers)
  return number !== undefined && others.length === 0 ? number : move.text('ref')
}

/** The words that mappings know of an invoice's life. */
function statusOf(move: Reading): string {
  const state = move.required('state')
  if (state !== 'posted') return state === 'cancel' ? 'Canceled' : 'Draft'
  return settled.has(move.text('payment_state') ?? '') ? 'Closed' : 'Open'
}

/** Cash rounding: down like a discount, up like a line of its own (no flow bills it without a person having looked). */
function roundingOf(move: Reading): { down?: Invoice['discounts'][number]; up?: Invoice['lines'][number] } {
  const rows = move.rows('account.move.line', 'line_ids').filter((row) => kindOfLine(row) === 'rounding')
  const [row] = rows
  const amount = add('0', ...rows.map((one) => signed(move, one)))
  if (!row || isZero(amount)) return {}
  if (amount.startsWith('-'))
    return { down: { kind: 'Rounding', description: row.text('name'), amount: absolute(amount) } }
  return {
    up: {
      ...{ line: row.id, quantity: '1', unitPrice: amount, discountAmount: '0', amount },
      ...defined({ description: row.text('name') }),
    },
  }
}

/** What is taken off for early payment: the payment term line says what is due then. */
function cashDiscount(move: Reading): Decimal | undefined {
  const found = move
    .rows('account.move.line', 'line_ids')
    .filter((row) => row.text('display_type') === 'payment_term' && row.text('discount_date') !== undefined)
    .map((row) =>
      absolute(subtract(row.decimal('amount_currency') ?? '0', row.decimal('discount_amount_currency') ?? '0')),
    )
  return found.length === 0 ? undefined : add('0', ...found)
}

function checkTotal(move: Reading, { lines, amount, discountTotal, freightTotal, taxTotal }: InvoiceFields): void {
  const sales = add('0', ...lines.map((line) => line.amount))
  const reckoned = add(subtract(sales, discountTotal), freightTotal, taxTotal)
  if (equal(cents(reckoned), cents(amount))) return
  move.problem(
    'ODOO_TOTALS_DIFFER',
    'amount_total',
    `${move.text('name') ?? move.id}: lines ${sales}, less discounts ${discountTotal}, plus freight ${freightTotal} and taxes ${taxTotal} come to ${reckoned}; the total is ${amount}.`,
  )
}
