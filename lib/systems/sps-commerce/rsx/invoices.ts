import type * as p from './parts.ts'
import * as part from './parts.ts'
import {
  code,
  codeOf,
  date,
  identifier,
  integer,
  many,
  number,
  one,
  partnerId,
  type Structure,
  text,
  theOne,
} from './structure.ts'

export type RsxInvoiceHeader = {
  TradingPartnerId: string
  InvoiceNumber: string
  InvoiceDate?: string
  PurchaseOrderDate?: string
  PurchaseOrderNumber?: string
  ReleaseNumber?: string
  /** DR invoice, CR credit; amounts are positive on both. */
  InvoiceTypeCode?: string
  TsetPurposeCode?: string
  BuyersCurrency?: string
  InternalOrderNumber?: string
  CustomerOrderNumber?: string
  Department?: string
  Vendor?: string
  Division?: string
  CarrierProNumber?: string
  BillOfLadingNumber?: string
  ShipDate?: string
  ShipDeliveryDate?: string
}
const invoiceHeader: Structure<RsxInvoiceHeader> = {
  TradingPartnerId: partnerId,
  InvoiceNumber: identifier,
  InvoiceDate: date,
  PurchaseOrderDate: date,
  PurchaseOrderNumber: text,
  ReleaseNumber: text,
  InvoiceTypeCode: codeOf('InvoiceTypeCode'),
  TsetPurposeCode: codeOf('TsetPurposeCode'),
  BuyersCurrency: text,
  InternalOrderNumber: text,
  CustomerOrderNumber: text,
  Department: text,
  Vendor: text,
  Division: text,
  CarrierProNumber: text,
  BillOfLadingNumber: text,
  ShipDate: date,
  ShipDeliveryDate: date,
}

export type RsxInvoiceLine = p.RsxItemNumbers & {
  LineSequenceNumber?: string
  InvoiceQty?: number
  InvoiceQtyUOM?: string
  OrderQty?: number
  OrderQtyUOM?: string
  /** Per InvoiceQtyUOM, or per PurchasePriceBasis; before discounts. */
  PurchasePrice?: number
  ShipQty?: number
  ShipQtyUOM?: string
  ExtendedItemTotal?: number
  QtyLeftToReceive?: number
  QtyLeftToReceiveStatus?: string
  PurchasePriceBasis?: string
}
const invoiceLine: Structure<RsxInvoiceLine> = {
  LineSequenceNumber: text,
  ...part.itemNumbers,
  InvoiceQty: number,
  InvoiceQtyUOM: code,
  OrderQty: number,
  OrderQtyUOM: code,
  PurchasePrice: number,
  ShipQty: number,
  ShipQtyUOM: code,
  ExtendedItemTotal: number,
  QtyLeftToReceive: number,
  QtyLeftToReceiveStatus: code,
  PurchasePriceBasis: code,
}

export type RsxInvoiceLineItem = {
  InvoiceLine: RsxInvoiceLine
  ProductOrItemDescription?: p.RsxProductDescription[]
  PhysicalDetails?: p.RsxPhysicalDetails[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  ChargesAllowances?: p.RsxCharge[]
  Taxes?: p.RsxTax[]
}
const invoiceLineItem: Structure<RsxInvoiceLineItem> = {
  InvoiceLine: theOne(() => invoiceLine),
  ProductOrItemDescription: many(() => part.productDescription),
  PhysicalDetails: many(() => part.physicalDetails),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  ChargesAllowances: many(() => part.charge),
  Taxes: many(() => part.tax),
}

type InvoiceHeaderSections = {
  InvoiceHeader: RsxInvoiceHeader
  PaymentTerms?: p.RsxPaymentTerms[]
  Dates?: p.RsxDate[]
  Contacts?: p.RsxContact[]
  Address?: p.RsxAddress[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  ChargesAllowances?: p.RsxCharge[]
  Taxes?: p.RsxTax[]
  FOBRelatedInstruction?: p.RsxFob[]
  CarrierInformation?: p.RsxCarrier[]
  QuantityTotals?: p.RsxQuantityTotal[]
}
const invoiceHeaderSections: Structure<InvoiceHeaderSections> = {
  InvoiceHeader: theOne(() => invoiceHeader),
  PaymentTerms: many(() => part.paymentTerms),
  Dates: many(() => part.dateTime),
  Contacts: many(() => part.contact),
  Address: many(() => part.address),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  ChargesAllowances: many(() => part.charge),
  Taxes: many(() => part.tax),
  FOBRelatedInstruction: many(() => part.fob),
  CarrierInformation: many(() => part.carrier),
  QuantityTotals: many(() => part.quantityTotal),
}

/** TotalAmount = TotalSalesAmount + charges - allowances + taxes; TotalTaxesAndCharges is the difference (7.5). */
export type RsxInvoiceSummary = {
  TotalAmount?: number
  TotalSalesAmount?: number
  TotalTaxesAndCharges?: number
  TotalTermsDiscountAmount?: number
  TotalAllowancesAmount?: number
  TotalChargesAmount?: number
  TotalFreightCharges?: number
  TotalNonFreightCharges?: number
  TotalCartonCount?: number
  TotalLineItemNumber?: number
  InvoiceAmtDueByTermsDate?: number
}
const invoiceSummary: Structure<RsxInvoiceSummary> = {
  TotalAmount: number,
  TotalSalesAmount: number,
  TotalTaxesAndCharges: number,
  TotalTermsDiscountAmount: number,
  TotalAllowancesAmount: number,
  TotalChargesAmount: number,
  TotalFreightCharges: number,
  TotalNonFreightCharges: number,
  TotalCartonCount: number,
  TotalLineItemNumber: integer,
  InvoiceAmtDueByTermsDate: number,
}

/** Invoice or credit note (810): root Invoices / Invoice. */
export type RsxInvoice = {
  Meta?: p.RsxMeta
  Header: InvoiceHeaderSections
  LineItem?: RsxInvoiceLineItem[]
  Summary?: RsxInvoiceSummary
}
export const invoice: Structure<RsxInvoice> = {
  Meta: one(() => part.meta),
  Header: theOne(() => invoiceHeaderSections),
  LineItem: many(() => invoiceLineItem),
  Summary: one(() => invoiceSummary),
}
