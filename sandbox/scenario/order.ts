import { add, cents, multiply, subtract, toNumber } from '../../lib/core/decimal.ts'
import type { RsxAddress, RsxCharge, RsxOrder } from '../../lib/systems/sps-commerce/records.ts'
import { dayAfter } from './day.ts'
import { buildLine, lineTotal } from './line.ts'
import { type Place, place, type Retailer } from './retailer.ts'
import type { Consumer, OrderSketch } from './sketch.ts'

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
      ReceiverUniqueID: retailer.supplier?.id ?? 'JUNIPERSLATE',
      ReceiverCompanyName: retailer.supplier?.name ?? 'Juniper & Slate Goods LLC',
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
