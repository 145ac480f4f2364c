import type * as p from './parts.ts'
import * as part from './parts.ts'
import {
  code,
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

/** What was received of a line in one condition (07 good, 01 damaged, 02 short, 03 over ...). */
export type RsxDetailResponse = {
  Qty?: number
  QtyUOM?: string
  ReceivingConditionCode?: string
  WarehouseLotID?: string
  DamageReasonCode?: string
  References?: p.RsxReference[]
}
const detailResponse: Structure<RsxDetailResponse> = {
  Qty: number,
  QtyUOM: code,
  ReceivingConditionCode: code,
  WarehouseLotID: text,
  DamageReasonCode: code,
  References: many(() => part.reference),
}

export type RsxReceivedItem = p.RsxItemNumbers & {
  LineSequenceNumber?: string
  ShipQty?: number
  ShipQtyUOM?: string
  WarehouseLotID?: string
}
const receivedItem: Structure<RsxReceivedItem> = {
  LineSequenceNumber: text,
  ...part.itemNumbers,
  ShipQty: number,
  ShipQtyUOM: code,
  WarehouseLotID: text,
}

export type RsxReceivedLineItem = {
  ItemDetail: RsxReceivedItem
  DetailResponse?: RsxDetailResponse[]
  ProductOrItemDescription?: p.RsxProductDescription[]
  PhysicalDetails?: p.RsxPhysicalDetails[]
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
}
const receivedLineItem: Structure<RsxReceivedLineItem> = {
  ItemDetail: theOne(() => receivedItem),
  DetailResponse: many(() => detailResponse),
  ProductOrItemDescription: many(() => part.productDescription),
  PhysicalDetails: many(() => part.physicalDetails),
  References: many(() => part.reference),
  Notes: many(() => part.note),
}

export type RsxWarehousePack = { AssignedNumber?: string; CarrierPackageID?: string; ShippingSerialID?: string }
const warehousePack: Structure<RsxWarehousePack> = {
  AssignedNumber: text,
  CarrierPackageID: text,
  ShippingSerialID: text,
}

export type RsxOrderPack = {
  WarehousePack?: RsxWarehousePack
  References?: p.RsxReference[]
  Notes?: p.RsxNote[]
  LineItem?: RsxReceivedLineItem[]
}
const orderPack: Structure<RsxOrderPack> = {
  WarehousePack: one(() => warehousePack),
  References: many(() => part.reference),
  Notes: many(() => part.note),
  LineItem: many(() => receivedLineItem),
}

/** Receipt at a warehouse (944): root WarehouseTransferReceiptAdvices. OrderLevel is one object here (sps-commerce.md 7.7). */
export type RsxWarehouseReceipt = {
  Meta?: p.RsxMeta
  Header: {
    HeaderDetail: {
      TradingPartnerId: string
      WarehouseReceiptId: string
      ShipmentIdentification?: string
      DepositorOrderNumber?: string
      ShipmentDate?: string
      ReportingCode?: string
      QuantityOfPalletsReceived?: number
      QuantityOfPalletsReturned?: number
      /** Shipped minus received. */
      QuantityContested?: number
      ReceivingConditionCode?: string
    }
    Dates?: p.RsxDate[]
    CarrierInformation?: p.RsxCarrier[]
    Contacts?: p.RsxContact[]
    Address?: p.RsxAddress[]
    References?: p.RsxReference[]
    Notes?: p.RsxNote[]
  }
  OrderLevel?: { OrderPack?: RsxOrderPack[]; LineItem?: RsxReceivedLineItem[] }
  Summary?: { QtyReceived?: number; UnitsShipped?: number; QtyDamageOrOnHold?: number }
}
const headerDetail: Structure<RsxWarehouseReceipt['Header']['HeaderDetail']> = {
  TradingPartnerId: partnerId,
  WarehouseReceiptId: identifier,
  ShipmentIdentification: text,
  DepositorOrderNumber: text,
  ShipmentDate: date,
  ReportingCode: code,
  QuantityOfPalletsReceived: integer,
  QuantityOfPalletsReturned: integer,
  QuantityContested: number,
  ReceivingConditionCode: code,
}
const header: Structure<RsxWarehouseReceipt['Header']> = {
  HeaderDetail: theOne(() => headerDetail),
  Dates: many(() => part.dateTime),
  CarrierInformation: many(() => part.carrier),
  Contacts: many(() => part.contact),
  Address: many(() => part.address),
  References: many(() => part.reference),
  Notes: many(() => part.note),
}
export const warehouseReceipt: Structure<RsxWarehouseReceipt> = {
  Meta: one(() => part.meta),
  Header: theOne(() => header),
  OrderLevel: one(() => ({ OrderPack: many(() => orderPack), LineItem: many(() => receivedLineItem) })),
  Summary: one(() => ({ QtyReceived: number, UnitsShipped: number, QtyDamageOrOnHold: number })),
}
