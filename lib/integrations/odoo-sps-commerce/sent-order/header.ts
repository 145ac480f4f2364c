import type { Tables } from '../../../core/tables.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import { toRsxAddress } from '../../../edi/outbound/order-sections.ts'
import { countryOut } from '../../../edi/outbound/ship-to.ts'
import { placeByLocation, toAddress } from '../../../edi/resolve/location.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import type { RsxAddress, RsxOrder } from '../../../systems/sps-commerce/records.ts'

/** The header of an 850 or 860 that we send. @param purpose TsetPurposeCode: 00, 01, 04 or 05 */
export function orderHeader(
  order: ErpPurchaseOrder,
  purpose: string,
  partner: Partner,
  tables: Tables,
): RsxOrder['Header'] {
  const { tradingPartner } = partner
  return {
    OrderHeader: {
      TradingPartnerId: tradingPartner,
      PurchaseOrderNumber: order.number,
      TsetPurposeCode: purpose,
      PrimaryPOTypeCode: 'SA',
      PurchaseOrderDate: order.date,
      BuyersCurrency: order.currency,
      Vendor: partner.vendor,
    },
    PaymentTerms: order.paymentTerms === undefined ? [] : [{ TermsDescription: order.paymentTerms }],
    Dates: order.plannedDate === undefined ? [] : [{ DateTimeQualifier: '002', Date: order.plannedDate }],
    Contacts: order.buyer === undefined ? [] : [{ ContactTypeCode: 'BD', ContactName: order.buyer }],
    Address: addresses(order, partner, tables),
    FOBRelatedInstruction: order.incoterm === undefined ? [] : [{ FOBLocationDescription: order.incoterm }],
    References:
      order.vendorReference === undefined ? [] : [{ ReferenceQual: 'VN', ReferenceID: order.vendorReference }],
    Notes: order.notes.map(({ text }) => ({ NoteCode: 'GEN', Note: text })),
  }
}

/** Where the goods go: the warehouse as the locations table has it, else as Odoo does; then who buys and is billed. */
function addresses(order: ErpPurchaseOrder, { tradingPartner }: Partner, tables: Tables): RsxAddress[] {
  const place =
    order.warehouse === undefined
      ? undefined
      : placeByLocation(tables, { kind: 'warehouse', tradingPartner }, order.warehouse)
  const others = order.parties.filter((p) => p.role !== 'VN' && !(place && p.role === 'ST'))
  return [
    ...(place ? [toAddress('ST', place)] : []),
    ...others.map((party) =>
      toRsxAddress({
        ...party,
        ...(party.country === undefined ? {} : { country: countryOut(party.country, { tables, tradingPartner }) }),
      }),
    ),
  ]
}

/** What of the header a supplier would have to be told again. */
export const headerFacts = ({ plannedDate, currency, warehouse, paymentTerms, parties, notes }: ErpPurchaseOrder) => ({
  plannedDate: plannedDate ?? '',
  currency: currency ?? '',
  warehouse: warehouse ?? '',
  paymentTerms: paymentTerms ?? '',
  shipTo: JSON.stringify(parties.find((p) => p.role === 'ST')?.address ?? []),
  notes: notes.map((n) => n.text).join('\n'),
})
