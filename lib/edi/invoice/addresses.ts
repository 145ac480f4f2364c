import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { Invoice } from '../../documents/invoice.ts'
import type { RsxAddress } from '../../systems/sps-commerce/records.ts'
import type { EdiOrder } from '../outbound/edi-order.ts'
import { toRsxAddress } from '../outbound/order-sections.ts'
import { countryOut, shipToAddress } from '../outbound/ship-to.ts'
import { firstPlace, placeByCode, toAddress } from '../resolve/location.ts'
import type { Partner } from '../resolve/partner.ts'

/** Bill to, remit to, ship to. Numbers of the retailer's places come back as its order had them (sps-commerce.md §10). */
export function billedAddresses(
  invoice: Invoice,
  orders: readonly EdiOrder[],
  partner: Partner,
  { tables, find }: { tables: Tables; find: Findings },
): (RsxAddress | undefined)[] {
  // A credit is about money: nothing is shipped by it.
  if (invoice.kind === 'Credit Memo') return []
  const { tradingPartner } = partner
  const ordered = orders[0]?.snapshot?.parties.find((p) => p.role === 'BT')
  const { billTo } = invoice
  const billed =
    billTo &&
    toRsxAddress({
      ...billTo,
      role: 'BT',
      ...(ordered?.code === undefined ? {} : { code: ordered.code, codeQualifier: ordered.codeQualifier ?? '92' }),
      name2: billTo.name2 ?? billTo.contact,
      ...(billTo.country === undefined ? {} : { country: countryOut(billTo.country, { tables, tradingPartner }) }),
    })
  const own = { kind: 'remit-to', tradingPartner } as const
  const remit = partner.remitTo === undefined ? firstPlace(tables, own) : placeByCode(tables, own, partner.remitTo)
  const location = orders[0]?.erp.location
  const shipTo = shipToAddress({
    tables,
    tradingPartner,
    customer: invoice.customer,
    location,
    address: invoice.shipTo,
    locations: invoice.locations,
    orders,
    find,
  })
  return [billed ?? (ordered && toRsxAddress(ordered)), remit && toAddress('RI', remit), shipTo]
}
