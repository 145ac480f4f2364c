import { add, isZero, subtract, toNumber } from '../../core/decimal.ts'
import type { Invoice } from '../../documents/invoice.ts'
import {
  prune,
  type RsxAddress,
  type RsxCharge,
  type RsxInvoice,
  type RsxTax,
} from '../../systems/sps-commerce/records.ts'
import type { EdiOrder } from '../outbound/edi-order.ts'
import { answerMeta } from '../outbound/order-sections.ts'
import type { Partner } from '../resolve/partner.ts'
import type { BilledLine } from './lines.ts'
import { carriedBy, type Shipments, shippedFields } from './shipped.ts'
import { paymentTerms } from './terms.ts'
import type { Totals } from './totals.ts'

export interface InvoiceParts {
  invoice: Invoice
  partner: Partner
  /** ERP orders behind it; of one purchase order. */
  orders: readonly EdiOrder[]
  lines: readonly BilledLine[]
  totals: Totals
  charges: RsxCharge[]
  taxes: RsxTax[]
  addresses: readonly (RsxAddress | undefined)[]
  /** Shipments that the ledger knows. */
  shipments: Shipments
}

/** The 810 (sps-commerce.md 7.5, acumatica.md §9 I1–I5). Amounts are positive; the type code gives the sign. */
export function buildInvoice(parts: InvoiceParts): RsxInvoice {
  const { invoice, partner, orders, lines, totals, charges, taxes, addresses, shipments } = parts
  const credit = invoice.kind === 'Credit Memo'
  const [order] = orders
  const carried = carriedBy(shipments, new Set(lines.flatMap((l) => l.shipment ?? [])))
  const { snapshot } = order ?? {}
  const terms = paymentTerms(invoice, snapshot?.terms)
  const originals = new Set(invoice.lines.flatMap((l) => l.original?.number ?? []))
  const quantity = add('0', ...lines.map((l) => l.quantity))
  const difference = subtract(totals.amount, totals.sales)
  const amount = (value: string) => (isZero(value) ? undefined : toNumber(value))
  return prune<RsxInvoice>({
    Meta: answerMeta(snapshot, partner),
    Header: {
      InvoiceHeader: {
        TradingPartnerId: partner.tradingPartner,
        InvoiceNumber: invoice.number,
        InvoiceDate: invoice.date,
        PurchaseOrderDate: snapshot?.date ?? order?.erp.date,
        PurchaseOrderNumber: order?.number,
        ReleaseNumber: order?.release,
        InvoiceTypeCode: credit ? 'CR' : 'DR',
        TsetPurposeCode: '00',
        BuyersCurrency: invoice.currency ?? snapshot?.currency,
        InternalOrderNumber: orders.length === 1 && !credit ? order?.erp.number : undefined,
        CustomerOrderNumber: snapshot?.customerOrder,
        Department: snapshot?.department,
        Vendor: snapshot?.vendor ?? partner.vendor,
        Division: snapshot?.division,
        ...carried.header,
      },
      PaymentTerms: terms ? [terms.section] : [],
      Address: addresses.filter((a) => a !== undefined),
      References: [
        ...(snapshot?.references ?? [])
          .filter((r) => r.qualifier === 'CT')
          .map((r) => ({ ReferenceQual: r.qualifier, ReferenceID: r.id })),
        ...(credit ? [...originals].map((number) => ({ ReferenceQual: 'INV', ReferenceID: number })) : []),
      ],
      ChargesAllowances: charges,
      Taxes: taxes,
      CarrierInformation: carried.carrier ? [carried.carrier] : [],
      QuantityTotals: credit
        ? []
        : [{ QuantityTotalsQualifier: 'SQT', Quantity: toNumber(quantity), QuantityUOM: 'UN' }],
    },
    LineItem: lines.map((l) => ({
      ...l.item,
      InvoiceLine: { ...l.item.InvoiceLine, ...shippedFields(l, lines, shipments) },
    })),
    Summary: {
      TotalAmount: toNumber(totals.amount),
      TotalSalesAmount: toNumber(totals.sales),
      TotalTaxesAndCharges: amount(difference),
      TotalTermsDiscountAmount: terms?.discount === undefined ? undefined : toNumber(terms.discount),
      TotalAllowancesAmount: amount(totals.allowances),
      TotalChargesAmount: amount(totals.freight),
      TotalFreightCharges: amount(totals.freight),
      TotalCartonCount: carried.cartons,
      TotalLineItemNumber: lines.length,
      InvoiceAmtDueByTermsDate:
        terms?.discount === undefined ? undefined : toNumber(subtract(totals.amount, terms.discount)),
    },
  })
}
