import { code, codeOf, date, integer, many, number, type Structure, text } from '../structure.ts'

/* Terms, carriage, taxes, charges and allowances. Amounts in the document's currency, percentages 0 to 100. */

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
