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

export type RsxInventoryLineItem = {
  InventoryLine: p.RsxItemNumbers & { PurchasePrice?: number; ExpirationDate?: string }
  ProductOrItemDescription?: p.RsxProductDescription[]
  QuantitiesSchedulesLocations?: p.RsxQuantitySchedule[]
}
const inventoryLineItem: Structure<RsxInventoryLineItem> = {
  InventoryLine: theOne(() => ({ ...part.itemNumbers, PurchasePrice: number, ExpirationDate: date })),
  ProductOrItemDescription: many(() => part.productDescription),
  QuantitiesSchedulesLocations: many(() => part.quantitySchedule),
}

/** Stock report (846): root ItemRegistries / ItemRegistry. */
export type RsxItemRegistry = {
  Meta?: p.RsxMeta
  Header: {
    HeaderReport: {
      TradingPartnerId: string
      DocumentId: string
      TsetPurposeCode?: string
      ReportTypeCode?: string
      InventoryDate?: string
      InventoryTime?: string
      Vendor?: string
    }
    Dates?: p.RsxDate[]
    Address?: p.RsxAddress[]
    References?: p.RsxReference[]
    Notes?: p.RsxNote[]
  }
  Structure?: { LineItem: RsxInventoryLineItem[] }[]
  Summary?: { TotalLineItemNumber?: number; TotalQuantity?: number }
}
const headerReport: Structure<RsxItemRegistry['Header']['HeaderReport']> = {
  TradingPartnerId: partnerId,
  DocumentId: identifier,
  TsetPurposeCode: codeOf('TsetPurposeCode'),
  ReportTypeCode: code,
  InventoryDate: date,
  InventoryTime: time,
  Vendor: text,
}
const itemRegistryHeader: Structure<RsxItemRegistry['Header']> = {
  HeaderReport: theOne(() => headerReport),
  Dates: many(() => part.dateTime),
  Address: many(() => part.address),
  References: many(() => part.reference),
  Notes: many(() => part.note),
}
export const itemRegistry: Structure<RsxItemRegistry> = {
  Meta: one(() => part.meta),
  Header: theOne(() => itemRegistryHeader),
  Structure: many(() => ({ LineItem: { ...many(() => inventoryLineItem), required: true } })),
  Summary: one(() => ({ TotalLineItemNumber: integer, TotalQuantity: number })),
}

export type RsxLocationQuantityPrice = {
  Location?: string
  LocationQty?: number
  LocationQtyUOM?: string
  PriceTypeIDCode?: string
  UnitPrice?: number
  Currency?: string
}
const locationQuantityPrice: Structure<RsxLocationQuantityPrice> = {
  Location: text,
  LocationQty: number,
  LocationQtyUOM: code,
  PriceTypeIDCode: code,
  UnitPrice: number,
  Currency: text,
}

/** Here `Dates` and `References` are one object each, not lists (sps-commerce.md 7.6). */
export type RsxActivity = {
  ActivityCode?: string
  TotalQty?: number
  TotalQtyUOM?: string
  LocationCodeQualifier?: string
  LocationQuantityPrice?: RsxLocationQuantityPrice[]
  Dates?: p.RsxDate
  References?: p.RsxReference
}
const activity: Structure<RsxActivity> = {
  ActivityCode: code,
  TotalQty: number,
  TotalQtyUOM: code,
  LocationCodeQualifier: code,
  LocationQuantityPrice: many(() => locationQuantityPrice),
  Dates: one(() => part.dateTime),
  References: one(() => part.reference),
}

export type RsxProductActivityLineItem = {
  ReportLineItem: p.RsxItemNumbers & { LineSequenceNumber?: string }
  ProductOrItemDescription?: p.RsxProductDescription[]
  ProductActivityReporting?: RsxActivity[]
}
const productActivityLineItem: Structure<RsxProductActivityLineItem> = {
  ReportLineItem: theOne(() => ({ LineSequenceNumber: text, ...part.itemNumbers })),
  ProductOrItemDescription: many(() => part.productDescription),
  ProductActivityReporting: many(() => activity),
}

/** Retailer's sales and stock report (852): root ProductActivities / ProductActivity. */
export type RsxProductActivity = {
  Meta?: p.RsxMeta
  Header: {
    ReportHeader: {
      TradingPartnerId: string
      ReportStartDate: string
      ReportEndDate?: string
      ActivityHandlingCode?: string
      Department?: string
      Vendor?: string
      TsetPurposeCode?: string
    }
    Dates?: p.RsxDate[]
    Address?: p.RsxAddress[]
    References?: p.RsxReference[]
  }
  LineItem?: RsxProductActivityLineItem[]
  Summary?: { TotalLineItemNumber?: number }
}
const reportHeader: Structure<RsxProductActivity['Header']['ReportHeader']> = {
  TradingPartnerId: partnerId,
  ReportStartDate: { ...date, required: true },
  ReportEndDate: date,
  ActivityHandlingCode: code,
  Department: text,
  Vendor: text,
  TsetPurposeCode: codeOf('TsetPurposeCode'),
}
const productActivityHeader: Structure<RsxProductActivity['Header']> = {
  ReportHeader: theOne(() => reportHeader),
  Dates: many(() => part.dateTime),
  Address: many(() => part.address),
  References: many(() => part.reference),
}
export const productActivity: Structure<RsxProductActivity> = {
  Meta: one(() => part.meta),
  Header: theOne(() => productActivityHeader),
  LineItem: many(() => productActivityLineItem),
  Summary: one(() => ({ TotalLineItemNumber: integer })),
}
