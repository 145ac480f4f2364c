import { code, date, flag, many, type Structure, text, time } from '../structure.ts'

/* Sections every document may have: envelope, dates, references, notes, people and places. */

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
