import type { Findings } from '../../core/findings.ts'
import type { HistoryEntry, MapContext } from '../../core/flow.ts'
import type { Tables } from '../../core/tables.ts'
import type { ErpOrder } from '../../documents/erp-order.ts'
import { type Partner, partnersOfCustomer, resolvePartner } from '../resolve/partner.ts'
import { type EdiOrder, ediOrder, erpKeyOf, purchaseNumbersOf } from './edi-order.ts'

/** True where this ERP record was sent before: a later change of it never sends itself again (acumatica.md §9 O4). */
export const alreadySent = (history: readonly HistoryEntry[], type: string, key: string): boolean =>
  history.some((h) => h.type === type && h.key === key && (h.state === 'delivered' || h.state === 'mapped'))

/** The EDI orders of an ERP document: all of them, none, or a mixture that a person must look at (O3). */
export type EdiOrders =
  | { orders: Map<string, EdiOrder>; tradingPartner: string; partner: Partner }
  | { notEdi: string }
  | { held: true }

/**
 * Joins the orders an ERP document names to what the ledger or our references know of them.
 * @param byHand true where orders that people entered for a trading partner are answered like those that came by EDI
 * @param wanted order keys ("SO/SO-20931") of the document's lines; undefined = a line without an order
 */
export function ediOrders(
  wanted: readonly (string | undefined)[],
  erpOrders: readonly ErpOrder[],
  customer: string | undefined,
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
  { byHand, byItem = false }: { byHand: boolean; byItem?: boolean | undefined },
): EdiOrders {
  const { tables } = context
  if (customer === undefined || partnersOfCustomer(tables, customer).length === 0)
    return { notEdi: `Customer ${customer ?? '(none)'} is no trading partner.` }
  const orders = new Map<string, EdiOrder>()
  const others = new Set<string>()
  for (const key of new Set(wanted)) {
    const erp = erpOrders.find((o) => erpKeyOf(o) === key)
    const known = erp && [erp.number, ...purchaseNumbersOf(erp)].flatMap((number) => context.history(number))
    const edi = known && ediOrder(erp, known, tables, byHand)
    if (edi && 'untold' in edi) find.hold(edi.untold.code, edi.untold.message, 'Details')
    else if (key !== undefined && erp && edi) {
      orders.set(key, { ...edi, byItem })
      find.decide({
        field: 'PurchaseOrderNumber',
        rule: 'O3',
        input: `${key}${edi.snapshot ? ', in the ledger' : ` ExternalRef=${erp.externalRef}`}`,
        value: edi.number,
      })
    } else if (key !== undefined && !erp)
      find.hold(
        'ERP_ORDER_MISSING',
        `Order ${key} was not read with it; whether it came by EDI cannot be told.`,
        'Details',
      )
    else others.add(key === undefined ? 'lines without an order' : `order ${key}`)
  }
  if (orders.size === 0 && find.problems.length > 0) return { held: true }
  if (orders.size === 0) return { notEdi: `None of its orders came by EDI (${[...others].join(', ') || 'no orders'}).` }
  if (others.size > 0)
    find.hold(
      'EDI_MIXED',
      `Besides EDI orders it holds ${[...others].join(', ')}. Split the document, so that the retailer gets its own part only.`,
      'Details',
    )
  return withPartner(orders, customer, tables, find)
}

function withPartner(orders: Map<string, EdiOrder>, customer: string, tables: Tables, find: Findings): EdiOrders {
  const partners = new Set([...orders.values()].map((o) => o.tradingPartner))
  const [tradingPartner] = partners
  if (tradingPartner === undefined || partners.size > 1) {
    find.hold(
      'PARTNERS_MIXED',
      `Its orders are of several trading partners: ${[...partners].join(', ')}. One document goes to one partner.`,
      'Details',
    )
    return { held: true }
  }
  const vendor = [...orders.values()].map((o) => o.snapshot?.vendor).find((v) => v !== undefined)
  const partner = resolvePartner(tables, { tradingPartner, vendor, customer }, find, 'CustomerID')
  return partner ? { orders, tradingPartner, partner } : { held: true }
}
