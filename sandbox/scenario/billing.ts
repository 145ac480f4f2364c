import { absolute, add, cents, divideExactly, multiply, subtract, toNumber } from '../../lib/core/decimal.ts'
import { type ApiRecord, decimalOf, identifier, linked, rows } from '../../lib/systems/acumatica/records.ts'
import { guid, midnight, numbered, type OrderRow, orderRow, record, stamp } from './erp-records.ts'
import { dayAfter } from './order.ts'

/** What the accountant puts on an invoice beside the goods. Amounts in the order's currency. */
export interface Billing {
  /** Percent off each line, off the whole document. */
  linePercent?: string
  documentPercent?: string
  freight?: { amount: string; premium: string }
  /** Percent of the goods. */
  tax?: { id: string; percent: string }
}

export interface InvoiceFacts {
  number: string
  day: string
  now: number
  netDays: number
  /** Percent for early payment. */
  cashPercent: string
}

interface BilledLine {
  row: OrderRow
  quantity: string
  discount: string
  /** After the line discount. */
  amount: string
}

const percentOf = (amount: string, percent: string): string =>
  cents(divideExactly(multiply(amount, percent), '100') ?? '0')

/**
 * The released invoice of one shipment of one order. Amount = lines after their discounts − document discount +
 * freight + tax, to the cent (acumatica.md §7).
 */
export function billShipment(shipment: ApiRecord, order: ApiRecord, billing: Billing, facts: InvoiceFacts): ApiRecord {
  const ordered = new Map((rows(order, 'Details') ?? []).map(orderRow).map((row) => [row.line, row]))
  const lines = (rows(shipment, 'Details') ?? []).flatMap((detail): BilledLine[] => {
    const row = ordered.get(Number(decimalOf(detail, 'OrderLineNbr')))
    if (!row) return []
    const quantity = decimalOf(detail, 'ShippedQty') ?? '0'
    const gross = cents(multiply(quantity, row.price))
    const discount = percentOf(gross, billing.linePercent ?? '0')
    return [{ row, quantity, discount, amount: subtract(gross, discount) }]
  })
  const shipmentNbr = identifier(shipment, 'ShipmentNbr') ?? ''
  const goods = lines.reduce((sum, l) => add(sum, l.amount), '0')
  const discount = percentOf(goods, billing.documentPercent ?? '0')
  const freight = add(billing.freight?.amount ?? '0', billing.freight?.premium ?? '0')
  const tax = percentOf(goods, billing.tax?.percent ?? '0')
  const amount = add(subtract(goods, discount), freight, tax)
  const orderNbr = identifier(order, 'OrderNbr') ?? ''
  return invoiceRecord('Invoice', order, facts, {
    amount,
    goods,
    discount,
    freight,
    tax,
    cash: percentOf(amount, facts.cashPercent),
    lines: lines.map((l, i) =>
      invoiceLine(facts.number, i + 1, l, {
        OrderType: identifier(order, 'OrderType') ?? 'SO',
        OrderNbr: orderNbr,
        OrderLineNbr: l.row.line,
        ShipmentNbr: shipmentNbr,
      }),
    ),
    freightRows: billing.freight
      ? [
          record(`${facts.number} freight`, {
            ShipmentNbr: shipmentNbr,
            ShipmentType: 'Shipment',
            Description: 'Freight income',
            LineTotal: toNumber(goods),
            FreightAmount: toNumber(billing.freight.amount),
            PremiumFreightAmount: toNumber(billing.freight.premium),
            TotalFreightAmount: toNumber(freight),
          }),
        ]
      : [],
    taxRows: billing.tax
      ? [
          record(`${facts.number} tax`, {
            TaxID: billing.tax.id,
            TaxableAmount: toNumber(goods),
            TaxAmount: toNumber(tax),
          }),
        ]
      : [],
    discountRows: billing.documentPercent
      ? [
          record(`${facts.number} discount`, {
            Type: 'Document',
            DiscountCode: 'EDI',
            Description: 'Agreed discount',
            DiscountPercent: toNumber(billing.documentPercent),
            DiscountAmount: toNumber(discount),
            OrderType: identifier(order, 'OrderType') ?? 'SO',
            OrderNbr: orderNbr,
          }),
        ]
      : [],
  })
}

/**
 * A released credit memo for some of an invoice's first line, against a return order of its own: the customer's
 * order number on it is the return's, not the purchase order's (acumatica.md §9 I5).
 */
export function creditFor(
  invoice: ApiRecord,
  order: ApiRecord,
  returned: { quantity: string; orderNbr: string; customerOrder: string },
  facts: InvoiceFacts,
): { memo: ApiRecord; returnOrder: ApiRecord } {
  const original = rows(invoice, 'Details')?.[0]
  const row = (rows(order, 'Details') ?? []).map(orderRow)[0]
  if (!original || !row) throw new Error('a credit memo needs an invoice with lines')
  const amount = cents(multiply(returned.quantity, row.price))
  const line = { row, quantity: returned.quantity, discount: '0', amount }
  const returnOrder: ApiRecord = {
    ...order,
    id: guid(`RC ${returned.orderNbr}`),
    OrderType: { value: 'RC' },
    OrderNbr: { value: returned.orderNbr },
    CustomerOrder: { value: returned.customerOrder },
    ExternalRef: {},
    Status: { value: 'Completed' },
    OrderTotal: { value: toNumber(amount) },
    LastModified: { value: stamp(facts.now) },
    Shipments: [],
    Details: [
      {
        ...(rows(order, 'Details')?.[0] ?? {}),
        id: guid(`RC ${returned.orderNbr} 1`),
        LineNbr: { value: 1 },
        ExternalRef: {},
        OrderQty: { value: toNumber(returned.quantity) },
        Amount: { value: toNumber(amount) },
        ExtendedPrice: { value: toNumber(amount) },
      },
    ],
  }
  const memo = invoiceRecord('Credit Memo', returnOrder, facts, {
    amount,
    goods: amount,
    discount: '0',
    freight: '0',
    tax: '0',
    cash: '0',
    lines: [
      invoiceLine(facts.number, 1, line, {
        OrderType: 'RC',
        OrderNbr: returned.orderNbr,
        OrderLineNbr: 1,
        ShipmentNbr: null,
        OrigInvType: 'Invoice',
        OrigInvNbr: identifier(invoice, 'ReferenceNbr') ?? null,
        OrigInvLineNbr: Number(decimalOf(original, 'LineNbr')),
      }),
    ],
    freightRows: [],
    taxRows: [],
    discountRows: [],
  })
  return { memo, returnOrder }
}

const invoiceLine = (
  number: string,
  line: number,
  l: BilledLine,
  source: { [name: string]: string | number | null },
): ApiRecord =>
  record(`${number} line ${line}`, {
    LineNbr: line,
    InventoryID: l.row.item,
    TransactionDescr: l.row.description,
    Qty: toNumber(l.quantity),
    UOM: l.row.unit,
    UnitPrice: toNumber(l.row.price),
    ManualPrice: true,
    DiscountAmount: toNumber(absolute(l.discount)),
    Amount: toNumber(l.amount),
    OrigInvType: null,
    OrigInvNbr: null,
    OrigInvLineNbr: null,
    ...source,
  })

function invoiceRecord(
  type: string,
  order: ApiRecord,
  facts: InvoiceFacts,
  made: {
    amount: string
    goods: string
    discount: string
    freight: string
    tax: string
    cash: string
    lines: ApiRecord[]
    freightRows: ApiRecord[]
    taxRows: ApiRecord[]
    discountRows: ApiRecord[]
  },
): ApiRecord {
  return record(`SalesInvoice ${type} ${facts.number}`, {
    Type: type,
    ReferenceNbr: facts.number,
    Status: 'Open',
    Hold: false,
    CreditHold: false,
    Date: midnight(facts.day),
    DueDate: type === 'Credit Memo' ? null : midnight(dayAfter(facts.day, facts.netDays)),
    CustomerID: identifier(order, 'CustomerID') ?? null,
    CustomerOrder: identifier(order, 'CustomerOrder') ?? null,
    Currency: identifier(order, 'CurrencyID') ?? 'USD',
    Amount: toNumber(made.amount),
    Balance: toNumber(made.amount),
    DetailTotal: toNumber(made.goods),
    DiscountTotal: toNumber(made.discount),
    FreightPrice: toNumber(made.freight),
    TaxTotal: toNumber(made.tax),
    CashDiscount: toNumber(made.cash),
    ExternalRef: null,
    CreatedDate: stamp(facts.now),
    LastModifiedDate: stamp(facts.now),
    LastModifiedDateTime: stamp(facts.now),
    Details: numbered(made.lines),
    FreightDetails: made.freightRows,
    TaxDetails: made.taxRows,
    DiscountDetails: made.discountRows,
    ShipToAddress: linked(order, 'ShipToAddress') ?? null,
    ShipToContact: linked(order, 'ShipToContact') ?? null,
    BillToAddress: linked(order, 'BillToAddress') ?? null,
    BillToContact: linked(order, 'BillToContact') ?? null,
  })
}
