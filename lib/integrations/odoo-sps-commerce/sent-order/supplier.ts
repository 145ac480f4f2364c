import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import { type Partner, partnersOfCustomer, resolvePartner } from '../../../edi/resolve/partner.ts'
import { modelFor } from '../erp/partner.ts'
import type { Settings } from '../settings.ts'
import type { SentOrder } from './snapshot.ts'

/**
 * The trading partner of the vendor; undefined where it is none. One vendor may be several (a relationship for each
 * place): the row for the warehouse that receives counts before one for any place. An order goes to one.
 */
export function supplier(
  order: ErpPurchaseOrder,
  { tables, settings }: MapContext<Settings>,
  find: Findings,
): Partner | undefined {
  const { vendor, warehouse = '' } = order
  if (vendor === undefined) return undefined
  const codes = rowsBy(tables.locations, 'location', warehouse)
    .filter((row) => cell(row, 'kind') === 'warehouse')
    .map((row) => cell(row, 'code'))
  const places = [warehouse, ...codes].filter((place) => place !== '')
  const ranked = partnersOfCustomer(tables, vendor).flatMap((tradingPartner) => {
    const rows = rowsBy(tables.partners, 'tradingPartner', tradingPartner).filter(
      (row) => cell(row, 'customer') === vendor && ['', ...places].includes(cell(row, 'shipTo')),
    )
    if (rows.length === 0) return []
    const partner = resolvePartner(tables, { tradingPartner, customer: vendor, places }, find, 'partner_id')
    if (!partner || modelFor(partner, settings, find) === 'sale.order') return []
    return [{ partner, ofPlace: rows.some((row) => cell(row, 'shipTo') !== '') }]
  })
  const ofPlace = ranked.filter((r) => r.ofPlace)
  const candidates = (ofPlace.length > 0 ? ofPlace : ranked).map((r) => r.partner)
  const [partner, ...others] = candidates
  if (others.length > 0)
    find.hold(
      'PARTNER_AMBIGUOUS',
      `Vendor ${vendor} is several trading partners: ${candidates.map((c) => c.tradingPartner).join(', ')}. Fill shipTo with the warehouse that each one is for (this order's is ${warehouse || 'unknown'}), or give one the role customer.`,
      'partner_id',
    )
  return others.length > 0 ? undefined : partner
}

/** Whom to tell that an order is none of theirs any more: the supplier that was sent it, whatever Odoo says of it now. */
export function toldSupplier(
  { tradingPartner }: SentOrder,
  partner: Partner | undefined,
  { tables }: MapContext<Settings>,
  find: Findings,
): Partner | undefined {
  if (partner?.tradingPartner === tradingPartner) return partner
  // Any of its rows will do: they have one mailbox.
  const [row] = rowsBy(tables.partners, 'tradingPartner', tradingPartner)
  const customer = row && cell(row, 'customer')
  return resolvePartner(tables, { tradingPartner, customer }, find, 'partner_id')
}
