import { code, codeOf, integer, many, number, type Structure, text } from '../structure.ts'
import { dateTime, type RsxDate } from './common.ts'

/* Quantities, packs, prices and item numbers. */

export type RsxQuantityTotal = { QuantityTotalsQualifier?: string; Quantity?: number; QuantityUOM?: string }
export const quantityTotal: Structure<RsxQuantityTotal> = {
  QuantityTotalsQualifier: code,
  Quantity: number,
  QuantityUOM: code,
}

export type RsxQuantityAndWeight = {
  /** CTN cartons, PLT pallets. */
  PackingMedium?: string
  PackingMaterial?: string
  LadingQuantity?: number
  WeightQualifier?: string
  Weight?: number
  WeightUOM?: string
}
export const quantityAndWeight: Structure<RsxQuantityAndWeight> = {
  PackingMedium: code,
  PackingMaterial: code,
  LadingQuantity: integer,
  WeightQualifier: code,
  Weight: number,
  WeightUOM: code,
}

export type RsxPhysicalDetails = {
  /** OU outer pack, IN inner pack, CP consumer pack. */
  PackQualifier?: string
  /** Units inside that pack. */
  PackValue?: number
  PackSize?: number
  PackUOM?: string
  PackingMedium?: string
  PackingMaterial?: string
  WeightQualifier?: string
  PackWeight?: number
  PackWeightUOM?: string
}
export const physicalDetails: Structure<RsxPhysicalDetails> = {
  PackQualifier: codeOf('PackQualifier'),
  PackValue: integer,
  PackSize: number,
  PackUOM: code,
  PackingMedium: code,
  PackingMaterial: code,
  WeightQualifier: code,
  PackWeight: number,
  PackWeightUOM: code,
}

export type RsxProductDescription = { ProductCharacteristicCode?: string; ProductDescription?: string }
export const productDescription: Structure<RsxProductDescription> = {
  ProductCharacteristicCode: code,
  ProductDescription: text,
}

export type RsxProductId = { PartNumberQual?: string; PartNumber?: string }
export const productId: Structure<RsxProductId> = { PartNumberQual: code, PartNumber: text }

export type RsxPrice = { PriceTypeIDCode?: string; UnitPrice?: number }
export const price: Structure<RsxPrice> = { PriceTypeIDCode: code, UnitPrice: number }

export type RsxLocationQuantity = { Location?: string; Qty?: number }
const locationQuantity: Structure<RsxLocationQuantity> = { Location: text, Qty: number }

export type RsxQuantitySchedule = {
  QuantityQualifier?: string
  TotalQty?: number
  TotalQtyUOM?: string
  LocationCodeQualifier?: string
  LocationQuantity?: RsxLocationQuantity[]
  Dates?: RsxDate[]
}
export const quantitySchedule: Structure<RsxQuantitySchedule> = {
  QuantityQualifier: code,
  TotalQty: number,
  TotalQtyUOM: code,
  LocationCodeQualifier: code,
  LocationQuantity: many(() => locationQuantity),
  Dates: many(() => dateTime),
}

/** Item numbers as every line carries them; text, leading zeros kept. */
export type RsxItemNumbers = {
  BuyerPartNumber?: string
  VendorPartNumber?: string
  /** UPC of the unit. */
  ConsumerPackageCode?: string
  EAN?: string
  GTIN?: string
  UPCCaseCode?: string
  ProductID?: RsxProductId[]
}
export const itemNumbers: Structure<RsxItemNumbers> = {
  BuyerPartNumber: text,
  VendorPartNumber: text,
  ConsumerPackageCode: text,
  EAN: text,
  GTIN: text,
  UPCCaseCode: text,
  ProductID: many(() => productId),
}
