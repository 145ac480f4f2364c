import type { MapResult } from '../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../core/findings.ts'
import type { Flow, MapContext } from '../../core/flow.ts'
import type { Tables } from '../../core/tables.ts'
import type { Invoice } from '../../documents/invoice.ts'
import { uploadReference } from '../../systems/sps-commerce/records.ts'
import { billedAddresses } from '../invoice/addresses.ts'
import { buildInvoice } from '../invoice/build.ts'
import { billLine, origins } from '../invoice/lines.ts'
import { checkBilled, type Shipments } from '../invoice/shipped.ts'
import { discountCode, headerCharges, headerTaxes, totalsOf } from '../invoice/totals.ts'
import { nameSafe } from '../order/identity.ts'
import { alreadySent, ediOrders } from '../outbound/eligibility.ts'
import { type Partner, partnersOfCustomer, resolvePartner } from '../resolve/partner.ts'
import { announced } from '../ship-notice/snapshot.ts'
import type { ErpSource } from './source.ts'

const kinds = new Set(['Invoice', 'Debit Memo', 'Credit Memo'])
const released = new Set(['Open', 'Closed'])

/** Released invoice, debit memo or credit memo → 810 (acumatica.md §9 O2–O4, I1–I5). */
export const invoiceFlow = <Settings>({
  name,
  source,
  byHand,
  linesByItem,
}: ErpSource<Settings>): Flow<Invoice, Settings> => ({
  name,
  source,
  types: ['invoice'],
  lookups: (invoice) =>
    [
      invoice.number,
      ...[invoice, ...invoice.originals].flatMap((i) => i.lines.flatMap((l) => [l.order, l.shipment])),
    ].flatMap((number) => (number === undefined ? [] : [{ number }])),

  map(invoice, context): MapResult {
    const find = createFindings()
    const { tables } = context
    if (!kinds.has(invoice.kind) || !released.has(invoice.status))
      return skipped(find, 'NOT_ELIGIBLE', `A ${invoice.kind} that is ${invoice.status} is not sent to a retailer.`)
    if (alreadySent(context.history(invoice.number), 'invoice', context.key))
      return skipped(
        find,
        'ALREADY_SENT',
        `${invoice.kind} ${invoice.number} was sent; a later change never sends itself again.`,
      )
    const lineOrigins = origins(invoice, find)
    const edi = ediOrders(
      lineOrigins.map((o) => o.key),
      invoice.orders,
      invoice.customer,
      context,
      find,
      { byHand: byHand(context.settings), byItem: linesByItem },
    )
    if ('notEdi' in edi) return skipped(find, 'NOT_EDI', edi.notEdi)
    const refusing = 'held' in edi ? refusingCredits(invoice, tables) : refusesCredits(invoice, edi.partner, find)
    if (refusing !== undefined)
      return skipped(find, 'CREDIT_NOT_WANTED', `${refusing} takes no credits by EDI (acceptsCredits in its row).`)
    if ('held' in edi) return held(find)

    const { partner } = edi
    const orders = [...edi.orders.values()]
    const numbers = [...new Set(orders.map((o) => o.number))]
    const named = new Set(orders.map((o) => (o.release === undefined ? o.number : `${o.number} release ${o.release}`)))
    if (named.size > 1)
      find.hold(
        'SEVERAL_ORDERS',
        `It bills purchase orders ${[...named].join(', ')}; an 810 is for one. Bill each order separately in the ERP.`,
        'Details',
      )
    if (partner.invoiceAfterShipNotice === 'yes')
      for (const shipment of new Set(invoice.lines.flatMap((l) => l.shipment ?? [])))
        if (!context.history(shipment).some((h) => h.type === 'ship-notice' && h.state === 'delivered'))
          find.hold(
            'SHIP_NOTICE_MISSING',
            `The ship notice of shipment ${shipment} was not sent yet; this partner wants it first.`,
            'Details',
          )
    const parts = { tables, find, discountCode: discountCode(tables, partner) }
    const lines = invoice.lines.flatMap(
      (_, index) => billLine(invoice, index, lineOrigins[index] ?? {}, edi.orders, parts) ?? [],
    )
    const shipments = shipmentsOf(invoice, context)
    checkBilled(lines, shipments, find)
    // Totals of some of the lines would name a difference that is none.
    const totals = lines.length === invoice.lines.length ? totalsOf(invoice, lines, find) : undefined
    if (!totals || find.problems.length > 0) return held(find)

    const record = buildInvoice({
      invoice,
      partner,
      orders,
      lines,
      totals,
      charges: headerCharges(invoice, partner, tables, find),
      taxes: headerTaxes(invoice, partner, tables, find),
      shipments,
      addresses: billedAddresses(invoice, orders, partner, { tables, find }),
    })
    if (find.problems.length > 0) return held(find)
    const key = `${invoice.kind.replaceAll(' ', '')}-${invoice.number}`
    const write = {
      connection: context.connections['sps-commerce'] ?? '',
      operation: 'send-invoice',
      reference: uploadReference('send-invoice', nameSafe(key)),
      record: toJson(record),
    }
    return written(find, [write], { index: numbers })
  },
})

/** Shipments the invoice bills, as they were announced. A credit bills none. */
const shipmentsOf = ({ kind, lines }: Invoice, context: Pick<MapContext, 'history'>): Shipments =>
  new Map(
    kind === 'Credit Memo'
      ? []
      : lines
          .flatMap((l) => l.shipment ?? [])
          .flatMap((number) => announced(context.history(number)).filter((s) => s.shipment === number))
          .map((s) => [s.shipment, s]),
  )

/** The partner, where this is a credit memo and the partner takes none. A mistyped row has not said so. */
const refusesCredits = (
  { kind }: Invoice,
  { acceptsCredits, tradingPartner }: Partner,
  { problems }: Findings,
): string | undefined =>
  kind === 'Credit Memo' && acceptsCredits === 'no' && !problems.some((p) => p.code === 'TABLE_VALUE_INVALID')
    ? tradingPartner
    : undefined

/** The same where its orders do not tell the partner: all that the customer may be take none. */
function refusingCredits(invoice: Invoice, tables: Tables): string | undefined {
  const { customer } = invoice
  if (customer === undefined) return undefined
  const refusing = partnersOfCustomer(tables, customer).map((tradingPartner) => {
    const find = createFindings()
    const partner = resolvePartner(tables, { tradingPartner, customer }, find)
    return partner && refusesCredits(invoice, partner, find)
  })
  return refusing.includes(undefined) ? undefined : refusing.join(', ')
}
