import { code, codeOf, date, flag, integer, many, number, type Structure, text, time } from './structure.ts'

/*
 * The sections RSX 7.7.7 documents share. Names, kinds and order: sps-commerce.md 7.1 to 7.8 and the example
 * documents. Amounts are in the document's currency, percentages 0 to 100, dates YYYY-MM-DD, times HH:MM:SS with
 * offset. Fields of the structure that no flow needs are left out: a writer may not add what is not here.
 */

export type RsxMeta = {
  SenderUniqueID?: string
  SenderCompanyName?: string
  ReceiverUniqueID?: string
  ReceiverCompanyName?: string
  DocumentControlNumber?: string
  /** The fulfilment model: Bulk-Import, CrossDock, MultiStore, DropShip, InventoryAdvice ... */
  OrderManagement?: string
  /** "7.7.7"; free text in the structure. */
  Version?: string
  IsDropShip?: boolean
}
export const meta: Structure<RsxMeta> = {
  SenderUniqueID: text,
  SenderCompanyName: text,
  ReceiverUniqueID: text,
  ReceiverCompanyName: text,
  DocumentControlNumber: text,
  OrderManagement: text,
  Version: text,
  IsDropShip: flag,
}

export type RsxDate = { DateTimeQualifier?: string; Date?: string; Time?: string }
export const dateTime: Structure<RsxDate> = { DateTimeQualifier: code, Date: date, Time: time }

export type RsxReference = { ReferenceQual?: string; ReferenceID?: string; Description?: string }
export const reference: Structure<RsxReference> = { ReferenceQual: code, ReferenceID: text, Description: text }

export type RsxNote = { NoteCode?: string; Note?: string }
export const note: Structure<RsxNote> = { NoteCode: code, Note: text }

export type RsxContact = {
  ContactTypeCode?: string
  ContactName?: string
  PrimaryPhone?: string
  PrimaryFax?: string
  PrimaryEmail?: string
}
export const contact: Structure<RsxContact> = {
  ContactTypeCode: code,
  ContactName: text,
  PrimaryPhone: text,
  PrimaryFax: text,
  PrimaryEmail: text,
}

export type RsxAddress = {
  /** ST ship to, BT bill to, SF ship from, RI remit to, Z7 mark for ... */
  AddressTypeCode?: string
  /** 92 buyer's number, 91 seller's, UL GLN. */
  LocationCodeQualifier?: string
  AddressLocationNumber?: string
  AddressName?: string
  AddressAlternateName?: string
  AddressAlternateName2?: string
  Address1?: string
  Address2?: string
  Address3?: string
  Address4?: string
  City?: string
  State?: string
  PostalCode?: string
  /** Free text; samples use three letters. */
  Country?: string
  AddressTaxIdNumber?: string
  References?: RsxReference[]
  Contacts?: RsxContact[]
  Dates?: RsxDate[]
}
export const address: Structure<RsxAddress> = {
  AddressTypeCode: code,
  LocationCodeQualifier: code,
  AddressLocationNumber: text,
  AddressName: text,
  AddressAlternateName: text,
  AddressAlternateName2: text,
  Address1: text,
  Address2: text,
  Address3: text,
  Address4: text,
  City: text,
  State: text,
  PostalCode: text,
  Country: text,
  AddressTaxIdNumber: text,
  References: many(() => reference),
  Contacts: many(() => contact),
  Dates: many(() => dateTime),
}

export type RsxPaymentTerms = {
  TermsType?: string
  TermsBasisDateCode?: string
  TermsDiscountPercentage?: number
  TermsDiscountDueDays?: number
  TermsNetDueDays?: number
  TermsDescription?: string
  TermsDiscountDate?: string
  TermsNetDueDate?: string
  TermsDiscountAmount?: number
}
export const paymentTerms: Structure<RsxPaymentTerms> = {
  TermsType: code,
  TermsBasisDateCode: code,
  TermsDiscountPercentage: number,
  TermsDiscountDueDays: integer,
  TermsNetDueDays: integer,
  TermsDescription: text,
  TermsDiscountDate: date,
  TermsNetDueDate: date,
  TermsDiscountAmount: number,
}

export type RsxServiceLevel = { ServiceLevelCode?: string }
const serviceLevel: Structure<RsxServiceLevel> = { ServiceLevelCode: code }
export type RsxSealNumber = { SealNumber?: string }
const sealNumber: Structure<RsxSealNumber> = { SealNumber: text }

export type RsxCarrier = {
  /** CL complete, PR part shipment. */
  StatusCode?: string
  CarrierTransMethodCode?: string
  /** SCAC. */
  CarrierAlphaCode?: string
  CarrierRouting?: string
  ServiceLevelCodes?: RsxServiceLevel[]
  SealNumbers?: RsxSealNumber[]
}
export const carrier: Structure<RsxCarrier> = {
  StatusCode: codeOf('StatusCode'),
  CarrierTransMethodCode: code,
  CarrierAlphaCode: text,
  CarrierRouting: text,
  ServiceLevelCodes: many(() => serviceLevel),
  SealNumbers: many(() => sealNumber),
}

export type RsxFob = { FOBPayCode?: string; FOBLocationQualifier?: string; FOBLocationDescription?: string }
export const fob: Structure<RsxFob> = { FOBPayCode: code, FOBLocationQualifier: code, FOBLocationDescription: text }

export type RsxTax = {
  TaxTypeCode?: string
  TaxAmount?: number
  TaxPercent?: number
  TaxExemptCode?: string
  TaxID?: string
}
export const tax: Structure<RsxTax> = {
  TaxTypeCode: code,
  TaxAmount: number,
  TaxPercent: number,
  TaxExemptCode: code,
  TaxID: text,
}

export type RsxCharge = {
  /** A allowance, C charge, N neither. */
  AllowChrgIndicator?: string
  AllowChrgCode?: string
  AllowChrgAmt?: number
  AllowChrgPercentQual?: string
  AllowChrgPercent?: number
  PercentDollarBasis?: number
  AllowChrgRate?: number
  AllowChrgQtyUOM?: string
  AllowChrgQty?: number
  AllowChrgHandlingCode?: string
  AllowChrgHandlingDescription?: string
  CalculationSequence?: number
  Taxes?: RsxTax[]
}
export const charge: Structure<RsxCharge> = {
  AllowChrgIndicator: codeOf('AllowChrgIndicator'),
  AllowChrgCode: code,
  AllowChrgAmt: number,
  AllowChrgPercentQual: codeOf('AllowChrgPercentQual'),
  AllowChrgPercent: number,
  PercentDollarBasis: number,
  AllowChrgRate: number,
  AllowChrgQtyUOM: code,
  AllowChrgQty: number,
  AllowChrgHandlingCode: codeOf('AllowChrgHandlingCode'),
  AllowChrgHandlingDescription: text,
  CalculationSequence: integer,
  Taxes: many(() => tax),
}

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
