import { add, cents, multiply, subtract, toNumber } from '../../lib/core/decimal.ts'
import type { RsxAddress, RsxCharge, RsxOrder, RsxOrderLineItem } from '../../lib/systems/sps-commerce/records.ts'
import { articleOf } from './catalogue.ts'
import { type Place, place, type Retailer } from './retailer.ts'

/** One line of an order in a few words; everything else comes from the catalogue and the retailer. */
export interface LineSketch {
  item: string
  qty: number
  unit: 'EA' | 'CA' | 'DZ' | 'PK'
  /** Per unit, in the order's currency; the catalogue's where absent. */
  price?: string
  /** PE = the price is for one each although the line is in cases. */
  basis?: 'PE'
  /** The buyer's line number; counted from 1 where absent. */
  line?: string
  /** Store → quantity, in the line's unit. */
  split?: Record<string, number>
  /** Amount off this line. */
  allowance?: string
  note?: string
  /** 860: what happens to the line, and what it was. */
  change?: 'AI' | 'DI' | 'QI' | 'QD' | 'PC'
  previous?: number
  /** Item numbers in place of the retailer's own (an article nobody knows). */
  numbers?: { BuyerPartNumber: string }
}

export interface Consumer {
  name: string
  street: string
  street2?: string
  city: string
  state: string
  postalCode: string
  phone: string
}

type Model = 'Bulk-Import' | 'CrossDock' | 'MultiStore' | 'DropShip'

/** A retailer's document in a few words. */
export interface OrderSketch {
  number: string
  /** The step of the morning in which it arrives. */
  wave: number
  lines: LineSketch[]
  model?: Model
  /** Code of the ship-to place, or a consumer; nobody on a multi-store order. */
  to?: string | Consumer
  /** TsetPurposeCode: 00 original, 01 cancel, 05 replace. */
  purpose?: '00' | '01' | '05'
  /** Set on an 860: its sequence number. */
  change?: string
  release?: string
  /** Days from today until it may not ship any more. */
  cancelIn?: number
  /** Percent off invoice, and a handling charge in money. */
  discountPercent?: number
  handling?: string
  note?: string
  consumerOrder?: string
  /** Says another total than the lines add up to. */
  saysTotal?: string
  /** Comes under this TradingPartnerId in place of the retailer's. */
  partner?: string
  /** What becomes of it where it is not simply delivered. */
  expect?: Fate
}

/** What should become of a document that is not delivered, and the problem code that says why. */
export interface Fate {
  outcome: 'held' | 'skipped'
  code: string
}

export const eaches = (item: string, qty: number, more: Partial<LineSketch> = {}): LineSketch => ({
  item,
  qty,
  unit: 'EA',
  ...more,
})
export const cases = (item: string, qty: number, more: Partial<LineSketch> = {}): LineSketch => ({
  item,
  qty,
  unit: 'CA',
  ...more,
})

/** Eaches in one of the line's units. */
export const eachesIn = (line: LineSketch): number =>
  line.unit === 'CA' ? articleOf(line.item).perCase : line.unit === 'DZ' ? 12 : 1

/** The day `days` after `day` (YYYY-MM-DD). */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/**
 * The RSX 7.7.7 document of a sketch: an Order, or an OrderChange where `change` is set.
 * @param day the morning's day, YYYY-MM-DD; every date of the document follows from it
 * @param control the sender's control number: envelope data, no part of the content
 */
export function buildOrder(retailer: Retailer, sketch: OrderSketch, day: string, control: number): RsxOrder {
  const lines = sketch.lines.map((line, i) => buildLine(retailer, line, i))
  const gross = sketch.lines.reduce((sum, line) => add(sum, lineTotal(line)), '0')
  const charges = headerCharges(sketch, gross)
  const net = charges.reduce((sum, c) => applyCharge(sum, c), gross)
  const isChange = sketch.change !== undefined
  return {
    Meta: {
      SenderUniqueID: retailer.sender,
      SenderCompanyName: retailer.name,
      ReceiverUniqueID: 'JUNIPERSLATE',
      ReceiverCompanyName: 'Juniper & Slate Goods LLC',
      DocumentControlNumber: String(control).padStart(9, '0'),
      OrderManagement: sketch.model ?? 'Bulk-Import',
      Version: '7.7.7',
      ...(sketch.model === 'DropShip' ? { IsDropShip: true } : {}),
    },
    Header: {
      OrderHeader: {
        TradingPartnerId: sketch.partner ?? retailer.partner,
        PurchaseOrderNumber: sketch.number,
        TsetPurposeCode: isChange ? '04' : (sketch.purpose ?? '00'),
        PrimaryPOTypeCode: sketch.model === 'DropShip' ? 'DS' : 'SA',
        ...(isChange ? { ChangeOrderSeqNumber: sketch.change } : {}),
        PurchaseOrderDate: dayAfter(day, -1),
        ...(isChange ? { POChangeDate: day } : {}),
        ...(sketch.release ? { ReleaseNumber: sketch.release } : {}),
        BuyersCurrency: retailer.currency,
        ...(retailer.department ? { Department: retailer.department } : {}),
        Vendor: retailer.vendor,
        ...(sketch.consumerOrder ? { CustomerOrderNumber: sketch.consumerOrder } : {}),
      },
      ...(isChange ? {} : headerSections(retailer, sketch, day)),
      ...(sketch.note ? { Notes: [{ NoteCode: sketch.model === 'DropShip' ? 'GFT' : 'SHP', Note: sketch.note }] } : {}),
      ...(charges.length > 0 ? { ChargesAllowances: charges } : {}),
    },
    LineItem: lines,
    Summary: {
      ...(isChange ? {} : { TotalAmount: toNumber(sketch.saysTotal ?? net) }),
      TotalLineItemNumber: lines.length,
    },
  }
}

function headerSections(retailer: Retailer, sketch: OrderSketch, day: string): Partial<RsxOrder['Header']> {
  const { terms, carrier, buyer } = retailer
  const to = typeof sketch.to === 'string' ? storeAddress('ST', place(retailer, sketch.to)) : consumerAddress(sketch.to)
  return {
    PaymentTerms: [
      {
        TermsType: terms.discountPercent > 0 ? '08' : '05',
        TermsBasisDateCode: '3',
        ...(terms.discountPercent > 0
          ? { TermsDiscountPercentage: terms.discountPercent, TermsDiscountDueDays: terms.discountDays }
          : {}),
        TermsNetDueDays: terms.netDays,
      },
    ],
    Dates: [
      { DateTimeQualifier: '010', Date: day },
      { DateTimeQualifier: '002', Date: dayAfter(day, 4) },
      { DateTimeQualifier: '001', Date: dayAfter(day, sketch.cancelIn ?? 14) },
    ],
    Contacts: [
      {
        ContactTypeCode: 'BD',
        ContactName: buyer.name,
        PrimaryPhone: buyer.phone,
        PrimaryEmail: buyer.email,
      },
    ],
    Address: [storeAddress('BT', retailer.billTo), ...(to ? [to] : [])],
    CarrierInformation: [
      { CarrierTransMethodCode: 'M', CarrierAlphaCode: carrier.scac, CarrierRouting: carrier.routing },
    ],
  }
}

function buildLine(retailer: Retailer, line: LineSketch, index: number): RsxOrderLineItem {
  const named = line.numbers ? undefined : articleOf(line.item)
  const wanted = retailer.names ?? ['buyer', 'vendor', 'upc', 'gtin']
  return {
    OrderLine: {
      LineSequenceNumber: line.line ?? String(index + 1).padStart(retailer.lineDigits ?? 1, '0'),
      ...(line.numbers ?? {}),
      ...(named && wanted.includes('buyer') ? { BuyerPartNumber: retailer.parts[line.item] } : {}),
      ...(named && wanted.includes('vendor') ? { VendorPartNumber: line.item } : {}),
      ...(named && wanted.includes('upc') ? { ConsumerPackageCode: named.upc } : {}),
      ...(named && wanted.includes('gtin') ? { GTIN: `00${named.upc}` } : {}),
      ...(line.change ? { LineChangeCode: line.change } : {}),
      OrderQty: line.qty,
      OrderQtyUOM: line.unit,
      ...(line.previous === undefined
        ? {}
        : { PreviousOrderQty: line.previous, VarianceQty: line.qty - line.previous }),
      PurchasePrice: toNumber(priceOf(line)),
      ...(line.basis ? { PurchasePriceBasis: line.basis } : line.unit === 'CA' ? { PurchasePriceBasis: 'CA' } : {}),
    },
    ...(named
      ? {
          ProductOrItemDescription: [{ ProductCharacteristicCode: '08', ProductDescription: named.description }],
          PhysicalDetails: [{ PackQualifier: 'OU', PackValue: named.perCase, PackSize: 1, PackUOM: 'EA' }],
        }
      : {}),
    ...(line.split
      ? {
          QuantitiesSchedulesLocations: [
            {
              QuantityQualifier: '01',
              TotalQty: line.qty,
              TotalQtyUOM: line.unit,
              LocationCodeQualifier: '92',
              LocationQuantity: Object.entries(line.split).map(([Location, Qty]) => ({ Location, Qty })),
            },
          ],
        }
      : {}),
    ...(line.note ? { Notes: [{ NoteCode: 'GEN', Note: line.note }] } : {}),
    ...(line.allowance
      ? {
          ChargesAllowances: [
            {
              AllowChrgIndicator: 'A',
              AllowChrgCode: 'F800',
              AllowChrgAmt: toNumber(line.allowance),
              AllowChrgHandlingCode: '02',
              AllowChrgHandlingDescription: 'Promotion',
            },
          ],
        }
      : {}),
  }
}

/** Per unit of the line, or per each where the basis says so. */
function priceOf(line: LineSketch): string {
  if (line.price !== undefined) return line.price
  const each = articleOf(line.item).price
  return line.basis === 'PE' ? each : multiply(each, String(eachesIn(line)))
}

function lineTotal(line: LineSketch): string {
  const units = line.basis === 'PE' ? line.qty * eachesIn(line) : line.qty
  return subtract(multiply(priceOf(line), String(units)), line.allowance ?? '0')
}

function headerCharges(sketch: OrderSketch, gross: string): RsxCharge[] {
  const charges: RsxCharge[] = []
  if (sketch.discountPercent !== undefined)
    charges.push({
      AllowChrgIndicator: 'A',
      AllowChrgCode: 'C310',
      AllowChrgAmt: toNumber(cents(multiply(gross, String(sketch.discountPercent / 100)))),
      AllowChrgPercentQual: '6',
      AllowChrgPercent: sketch.discountPercent,
      AllowChrgHandlingCode: '02',
      AllowChrgHandlingDescription: 'Discount',
    })
  if (sketch.handling !== undefined)
    charges.push({
      AllowChrgIndicator: 'C',
      AllowChrgCode: 'D500',
      AllowChrgAmt: toNumber(sketch.handling),
      AllowChrgHandlingCode: '06',
      AllowChrgHandlingDescription: 'Handling',
    })
  return charges
}

const applyCharge = (sum: string, charge: RsxCharge): string =>
  charge.AllowChrgIndicator === 'A' ? subtract(sum, String(charge.AllowChrgAmt)) : add(sum, String(charge.AllowChrgAmt))

const storeAddress = (type: string, at: Place): RsxAddress => ({
  AddressTypeCode: type,
  LocationCodeQualifier: '92',
  AddressLocationNumber: at.code,
  AddressName: at.name,
  Address1: at.street,
  ...(at.street2 ? { Address2: at.street2 } : {}),
  City: at.city,
  State: at.state,
  PostalCode: at.postalCode,
  Country: at.country,
})

function consumerAddress(to: Consumer | undefined): RsxAddress | undefined {
  if (!to) return undefined
  return {
    AddressTypeCode: 'ST',
    AddressName: to.name,
    Address1: to.street,
    ...(to.street2 ? { Address2: to.street2 } : {}),
    City: to.city,
    State: to.state,
    PostalCode: to.postalCode,
    Country: 'USA',
    Contacts: [{ ContactTypeCode: 'IC', ContactName: to.name, PrimaryPhone: to.phone }],
  }
}
