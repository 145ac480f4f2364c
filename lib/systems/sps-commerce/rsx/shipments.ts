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

export type RsxShipmentHeader = {
  TradingPartnerId: string
  /** The shipper's unique number; never reused. */
  ShipmentIdentification: string
  ShipDate?: string
  ShipmentTime?: string
  TsetPurposeCode?: string
  ShipNoticeDate?: string
  ShipNoticeTime?: string
  /** 0001 shipment, order, pack, item; 0004 without packs; SOTPI with pallets. */
  ASNStructureCode?: string
  BillOfLadingNumber?: string
  CarrierProNumber?: string
  AppointmentNumber?: string
  PickupNumber?: string
  ScheduledShipDate?: string
  RequestedPickupDate?: string
  CurrentScheduledDeliveryDate?: string
  CurrentScheduledDeliveryTime?: string
}
const shipmentHeader: Structure<RsxShipmentHeader> = {
  TradingPartnerId: partnerId,
  ShipmentIdentification: identifier,
  ShipDate: date,
  ShipmentTime: time,
  TsetPurposeCode: codeOf('TsetPurposeCode'),
  ShipNoticeDate: date,
  ShipNoticeTime: time,
  ASNStructureCode: codeOf('ASNStructureCode'),
  BillOfLadingNumber: text,
  CarrierProNumber: text,
  AppointmentNumber: text,
  PickupNumber: text,
  ScheduledShipDate: date,
  RequestedPickupDate: date,
  CurrentScheduledDeliveryDate: date,
  CurrentScheduledDeliveryTime: time,
}

export type RsxShipmentLine = p.RsxItemNumbers & {
  LineSequenceNumber?: string
  /** As ordered, in the order's unit. */
  OrderQty?: number
  OrderQtyUOM?: string
  PurchasePrice?: number
  ItemStatusCode?: string
  /** In this pack (or, without packs, in this shipment). */
  ShipQty?: number
  ShipQtyUOM?: string
  QtyLeftToReceive?: number
}
const shipmentLine: Structure<RsxShipmentLine> = {
  LineSequenceNumber: text,
  ...part.itemNumbers,
  OrderQty: number,
  OrderQtyUOM: code,
  PurchasePrice: number,
  ItemStatusCode: codeOf('ItemStatusCode'),
  ShipQty: number,
  ShipQtyUOM: code,
  QtyLeftToReceive: number,
}

export type RsxItemLevel = {
  ShipmentLine: RsxShipmentLine
  PhysicalDetails?: p.RsxPhysicalDetails[]
  ProductOrItemDescription?: p.RsxProductDescription[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  Dates?: p.RsxDate[]
}
export const itemLevel: Structure<RsxItemLevel> = {
  ShipmentLine: theOne(() => shipmentLine),
  PhysicalDetails: many(() => part.physicalDetails),
  ProductOrItemDescription: many(() => part.productDescription),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  Dates: many(() => part.dateTime),
}

export type RsxPack = {
  /** P carton, T pallet. */
  PackLevelType?: string
  /** Application identifier 00 and the SSCC-18: 20 digits. */
  ShippingSerialID?: string
  /** Parcel tracking number. */
  CarrierPackageID?: string
}
const pack: Structure<RsxPack> = {
  PackLevelType: codeOf('PackLevelType'),
  ShippingSerialID: text,
  CarrierPackageID: text,
}

export type RsxPallet = { PalletTypeCode?: string; PalletTiers?: number; PalletBlocks?: number }
const pallet: Structure<RsxPallet> = { PalletTypeCode: code, PalletTiers: integer, PalletBlocks: integer }

export type RsxPackLevel = {
  Pack: RsxPack
  PhysicalDetails?: p.RsxPhysicalDetails[]
  PalletInformation?: RsxPallet[]
  References?: p.RsxReference[]
  /** Z7: the store a carton is marked for. */
  Address?: p.RsxAddress[]
  ItemLevel?: RsxItemLevel[]
  PackLevel?: RsxPackLevel[]
}
export const packLevel: Structure<RsxPackLevel> = {
  Pack: theOne(() => pack),
  PhysicalDetails: many(() => part.physicalDetails),
  PalletInformation: many(() => pallet),
  References: many(() => part.reference),
  Address: many(() => part.address),
  ItemLevel: many(() => itemLevel),
  PackLevel: many(() => packLevel),
}

export type RsxShipmentOrderHeader = {
  InternalOrderNumber?: string
  InvoiceNumber?: string
  PurchaseOrderNumber?: string
  PurchaseOrderDate?: string
  ReleaseNumber?: string
  Department?: string
  Vendor?: string
  Division?: string
  CustomerOrderNumber?: string
  DeliveryDate?: string
}
const shipmentOrderHeader: Structure<RsxShipmentOrderHeader> = {
  InternalOrderNumber: text,
  InvoiceNumber: text,
  PurchaseOrderNumber: text,
  PurchaseOrderDate: date,
  ReleaseNumber: text,
  Department: text,
  Vendor: text,
  Division: text,
  CustomerOrderNumber: text,
  DeliveryDate: date,
}

export type RsxOrderLevel = {
  OrderHeader: RsxShipmentOrderHeader
  QuantityAndWeight?: p.RsxQuantityAndWeight[]
  References?: p.RsxReference[]
  Address?: p.RsxAddress[]
  PackLevel?: RsxPackLevel[]
  ItemLevel?: RsxItemLevel[]
}
export const orderLevel: Structure<RsxOrderLevel> = {
  OrderHeader: theOne(() => shipmentOrderHeader),
  QuantityAndWeight: many(() => part.quantityAndWeight),
  References: many(() => part.reference),
  Address: many(() => part.address),
  PackLevel: many(() => packLevel),
  ItemLevel: many(() => itemLevel),
}

type ShipmentHeaderSections = {
  ShipmentHeader: RsxShipmentHeader
  Dates?: p.RsxDate[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  Contacts?: p.RsxContact[]
  Address?: p.RsxAddress[]
  CarrierInformation?: p.RsxCarrier[]
  QuantityAndWeight?: p.RsxQuantityAndWeight[]
  FOBRelatedInstruction?: p.RsxFob[]
  QuantityTotals?: p.RsxQuantityTotal[]
}
const shipmentHeaderSections: Structure<ShipmentHeaderSections> = {
  ShipmentHeader: theOne(() => shipmentHeader),
  Dates: many(() => part.dateTime),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  Contacts: many(() => part.contact),
  Address: many(() => part.address),
  CarrierInformation: many(() => part.carrier),
  QuantityAndWeight: many(() => part.quantityAndWeight),
  FOBRelatedInstruction: many(() => part.fob),
  QuantityTotals: many(() => part.quantityTotal),
}

export type RsxShipmentSummary = { TotalOrders?: number; TotalLineItemNumber?: number }
const shipmentSummary: Structure<RsxShipmentSummary> = { TotalOrders: integer, TotalLineItemNumber: integer }

/** Advance ship notice (856): root Shipments / Shipment. */
export type RsxShipment = {
  Meta?: p.RsxMeta
  Header: ShipmentHeaderSections
  OrderLevel?: RsxOrderLevel[]
  Summary?: RsxShipmentSummary
}
export const shipment: Structure<RsxShipment> = {
  Meta: one(() => part.meta),
  Header: theOne(() => shipmentHeaderSections),
  OrderLevel: many(() => orderLevel),
  Summary: one(() => shipmentSummary),
}
