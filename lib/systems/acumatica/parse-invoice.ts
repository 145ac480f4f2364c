import { add } from '../../core/decimal.ts'
import type { Invoice, InvoiceLine } from '../../documents/invoice.ts'
import { defined, parseParty } from './parse-related.ts'
import type { Reading } from './reading.ts'
import { linked } from './records.ts'

type InvoiceFields = Invoice['originals'][number]

/**
 * A sales invoice, debit memo or credit memo (acumatica.md §7). `amount` is the document's total, not the balance
 * that payments reduce. Amounts in the document's currency. Addresses stand in other places before 24.200.
 */
export function parseInvoice(from: Reading): InvoiceFields {
  const freight = from.rows('FreightDetails').map((row) => ({
    ...defined({ shipment: row.identifier('ShipmentNbr') }),
    amount:
      row.decimal('TotalFreightAmount') ??
      add(row.decimal('FreightAmount') ?? '0', row.decimal('PremiumFreightAmount') ?? '0'),
  }))
  const taxes = from.rows('TaxDetails').map((row) => ({
    id: row.required('TaxID'),
    ...defined({ taxable: row.decimal('TaxableAmount') }),
    amount: row.requiredDecimal('TaxAmount'),
  }))
  return {
    kind: from.required('Type'),
    number: from.required('ReferenceNbr'),
    status: from.required('Status'),
    ...defined({
      date: from.day('Date'),
      dueDate: from.day('DueDate'),
      customer: from.identifier('CustomerID'),
      customerOrder: from.identifier('CustomerOrder'),
      currency: from.identifier('Currency'),
      cashDiscount: from.decimal('CashDiscount'),
      shipTo: parseParty(from, 'ST', 'ShipToAddress', 'ShipToContact'),
      billTo: parseBillTo(from),
    }),
    amount: from.requiredDecimal('Amount'),
    discountTotal: from.decimal('DiscountTotal') ?? '0',
    freightTotal: add('0', ...freight.map((row) => row.amount)),
    taxTotal: from.decimal('TaxTotal') ?? add('0', ...taxes.map((row) => row.amount)),
    lines: from.rows('Details').map(parseLine),
    freight,
    taxes,
    discounts: from.rows('DiscountDetails').map((row) => ({
      ...defined({
        kind: row.identifier('Type'),
        code: row.identifier('DiscountCode'),
        description: row.text('Description'),
        percent: row.decimal('DiscountPercent'),
      }),
      amount: row.requiredDecimal('DiscountAmount'),
    })),
  }
}

const parseBillTo = (from: Reading) =>
  linked(from.record, 'BillToAddress') || linked(from.record, 'BillToContact')
    ? parseParty(from, 'BT', 'BillToAddress', 'BillToContact')
    : parseParty(from, 'BT', 'BillingSettings/BillToAddress', 'BillingSettings/BillToContact')

function parseLine(line: Reading): InvoiceLine {
  const kind = line.identifier('OrigInvType')
  const number = line.identifier('OrigInvNbr')
  return {
    line: line.required('LineNbr'),
    ...defined({
      orderType: line.identifier('OrderType'),
      order: line.identifier('OrderNbr'),
      orderLine: line.identifier('OrderLineNbr'),
      shipment: line.identifier('ShipmentNbr'),
      item: line.identifier('InventoryID'),
      description: line.text('TransactionDescr'),
      unit: line.identifier('UOM'),
    }),
    quantity: line.requiredDecimal('Qty'),
    unitPrice: line.requiredDecimal('UnitPrice'),
    discountAmount: line.decimal('DiscountAmount') ?? '0',
    amount: line.requiredDecimal('Amount'),
    ...(number === undefined
      ? {}
      : { original: { kind: kind ?? 'Invoice', number, ...defined({ line: line.identifier('OrigInvLineNbr') }) } }),
  }
}
