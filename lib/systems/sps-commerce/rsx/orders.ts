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
  time,
} from './structure.ts'

/** One answer to an ordered line; the quantities of a line's entries add up to what was ordered (sps-commerce.md 7.3). */
export type RsxLineAcknowledgement = p.RsxItemNumbers & {
  /** IA accepted, IQ quantity changed, IB backordered, DR date moved, IR rejected ... */
  ItemStatusCode?: string
  ItemScheduleQty?: number
  ItemScheduleUOM?: string
  /** A date qualifier; 068 planned ship. */
  ItemScheduleQualifier?: string
  ItemScheduleDate?: string
  PurchasePrice?: number
}
const lineAcknowledgement: Structure<RsxLineAcknowledgement> = {
  ItemStatusCode: codeOf('ItemStatusCode'),
  ItemScheduleQty: number,
  ItemScheduleUOM: code,
  ItemScheduleQualifier: code,
  ItemScheduleDate: date,
  ...part.itemNumbers,
  PurchasePrice: number,
}

/** The line of an order, of a change (LineChangeCode, PreviousOrderQty, VarianceQty) and of their acknowledgements. */
export type RsxOrderLine = p.RsxItemNumbers & {
  /** The buyer's; comes back unchanged, zeros included. */
  LineSequenceNumber?: string
  LineChangeCode?: string
  /** In OrderQtyUOM; on a change the new quantity, not a difference. */
  OrderQty?: number
  OrderQtyUOM?: string
  PreviousOrderQty?: number
  VarianceQty?: number
  PurchasePrice?: number
  PurchasePriceType?: string
  /** PE each, CA case, PD dozen ... Absent = per OrderQtyUOM. */
  PurchasePriceBasis?: string
  ExtendedItemTotal?: number
  ShipDate?: string
  Department?: string
  Class?: string
}
export const orderLine: Structure<RsxOrderLine> = {
  LineSequenceNumber: text,
  ...part.itemNumbers,
  LineChangeCode: codeOf('LineChangeCode'),
  OrderQty: number,
  OrderQtyUOM: code,
  PreviousOrderQty: number,
  VarianceQty: number,
  PurchasePrice: number,
  PurchasePriceType: code,
  PurchasePriceBasis: code,
  ExtendedItemTotal: number,
  ShipDate: date,
  Department: text,
  Class: text,
}

export type RsxOrderLineItem = {
  OrderLine: RsxOrderLine
  LineItemAcknowledgement?: RsxLineAcknowledgement[]
  ProductOrItemDescription?: p.RsxProductDescription[]
  PhysicalDetails?: p.RsxPhysicalDetails[]
  PriceInformation?: p.RsxPrice[]
  QuantitiesSchedulesLocations?: p.RsxQuantitySchedule[]
  Address?: p.RsxAddress[]
  Dates?: p.RsxDate[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  ChargesAllowances?: p.RsxCharge[]
  Taxes?: p.RsxTax[]
}
export const orderLineItem: Structure<RsxOrderLineItem> = {
  OrderLine: theOne(() => orderLine),
  LineItemAcknowledgement: many(() => lineAcknowledgement),
  ProductOrItemDescription: many(() => part.productDescription),
  PhysicalDetails: many(() => part.physicalDetails),
  PriceInformation: many(() => part.price),
  QuantitiesSchedulesLocations: many(() => part.quantitySchedule),
  Address: many(() => part.address),
  Dates: many(() => part.dateTime),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  ChargesAllowances: many(() => part.charge),
  Taxes: many(() => part.tax),
}

export type RsxOrderHeader = {
  TradingPartnerId: string
  PurchaseOrderNumber: string
  TsetPurposeCode?: string
  PrimaryPOTypeCode?: string
  ChangeOrderSeqNumber?: string
  PurchaseOrderDate?: string
  PurchaseOrderTime?: string
  POChangeDate?: string
  ReleaseNumber?: string
  DepositorOrderNumber?: string
  AcknowledgementNumber?: string
  /** AK, AD, AC, RD, RJ ... must agree with the lines. */
  AcknowledgementType?: string
  /** Our order's number. */
  InternalOrderNumber?: string
  InternalOrderDate?: string
  AcknowledgementDate?: string
  AcknowledgementTime?: string
  ShipCompleteCode?: string
  BuyersCurrency?: string
  SellersCurrency?: string
  ExchangeRate?: number
  Department?: string
  DepartmentDescription?: string
  Vendor?: string
  Division?: string
  JobNumber?: string
  CustomerOrderNumber?: string
  CustomerAccountNumber?: string
}
export const orderHeader: Structure<RsxOrderHeader> = {
  TradingPartnerId: partnerId,
  PurchaseOrderNumber: identifier,
  TsetPurposeCode: codeOf('TsetPurposeCode'),
  PrimaryPOTypeCode: code,
  ChangeOrderSeqNumber: text,
  PurchaseOrderDate: date,
  PurchaseOrderTime: time,
  POChangeDate: date,
  ReleaseNumber: text,
  DepositorOrderNumber: text,
  AcknowledgementNumber: text,
  AcknowledgementType: codeOf('AcknowledgementType'),
  InternalOrderNumber: text,
  InternalOrderDate: date,
  AcknowledgementDate: date,
  AcknowledgementTime: time,
  ShipCompleteCode: code,
  BuyersCurrency: text,
  SellersCurrency: text,
  ExchangeRate: number,
  Department: text,
  DepartmentDescription: text,
  Vendor: text,
  Division: text,
  JobNumber: text,
  CustomerOrderNumber: text,
  CustomerAccountNumber: text,
}

type OrderHeaderSections = {
  OrderHeader: RsxOrderHeader
  PaymentTerms?: p.RsxPaymentTerms[]
  Dates?: p.RsxDate[]
  Contacts?: p.RsxContact[]
  Address?: p.RsxAddress[]
  FOBRelatedInstruction?: p.RsxFob[]
  CarrierInformation?: p.RsxCarrier[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  ChargesAllowances?: p.RsxCharge[]
  Taxes?: p.RsxTax[]
  QuantityTotals?: p.RsxQuantityTotal[]
}
export const orderHeaderSections: Structure<OrderHeaderSections> = {
  OrderHeader: theOne(() => orderHeader),
  PaymentTerms: many(() => part.paymentTerms),
  Dates: many(() => part.dateTime),
  Contacts: many(() => part.contact),
  Address: many(() => part.address),
  FOBRelatedInstruction: many(() => part.fob),
  CarrierInformation: many(() => part.carrier),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  ChargesAllowances: many(() => part.charge),
  Taxes: many(() => part.tax),
  QuantityTotals: many(() => part.quantityTotal),
}

export type RsxOrderSummary = { TotalAmount?: number; TotalLineItemNumber?: number; Description?: string }
const orderSummary: Structure<RsxOrderSummary> = {
  TotalAmount: number,
  TotalLineItemNumber: integer,
  Description: text,
}

/**
 * 850, 860 and 855 as they may be read: one shape, the root's name tells them apart (sps-commerce.md §6). What each may
 * hold when it is sent is in sent-orders.ts.
 */
export type RsxOrder = {
  Meta?: p.RsxMeta
  Header: OrderHeaderSections
  LineItem?: RsxOrderLineItem[]
  Summary?: RsxOrderSummary
}
export type RsxOrderChange = RsxOrder
/** Purchase order acknowledgement (855): root OrderAcks / OrderAck. */
export type RsxOrderAck = RsxOrder

export const order: Structure<RsxOrder> = {
  Meta: one(() => part.meta),
  Header: theOne(() => orderHeaderSections),
  LineItem: many(() => orderLineItem),
  Summary: one(() => orderSummary),
}
