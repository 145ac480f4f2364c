import type { MapResult } from '../../../core/exchange.ts'
import type { Flow } from '../../../core/flow.ts'
import type { Invoice } from '../../../documents/invoice.ts'
import { uploadReference } from '../../../systems/sps-commerce/records.ts'
import { createFindings, held, skipped, toJson, written } from '../findings.ts'
import { billedAddresses } from '../invoice/addresses.ts'
import { buildInvoice } from '../invoice/build.ts'
import { billLine, origins } from '../invoice/lines.ts'
import { discountCode, headerCharges, headerTaxes, totalsOf } from '../invoice/totals.ts'
import { nameSafe } from '../order/identity.ts'
import { alreadySent, ediOrders } from '../outbound/eligibility.ts'
import type { Settings } from '../settings.ts'

const kinds = new Set(['Invoice', 'Debit Memo', 'Credit Memo'])
const released = new Set(['Open', 'Closed'])

/** Released invoice, debit memo or credit memo → 810 (acumatica.md §9 O2–O4, I1–I5). */
export const invoiceFlow: Flow<Invoice, Settings> = {
  name: 'invoice',
  source: 'acumatica',
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
    )
    if ('notEdi' in edi) return skipped(find, 'NOT_EDI', edi.notEdi)
    if ('held' in edi) return held(find)

    const { partner } = edi
    const orders = [...edi.orders.values()]
    if (invoice.kind === 'Credit Memo' && partner.acceptsCredits !== 'yes')
      return skipped(
        find,
        'CREDIT_NOT_WANTED',
        `${partner.tradingPartner} takes no credits by EDI (acceptsCredits in its row).`,
      )
    const numbers = [...new Set(orders.map((o) => o.number))]
    if (numbers.length > 1)
      find.hold(
        'SEVERAL_ORDERS',
        `It bills purchase orders ${numbers.join(', ')}; an 810 is for one. Set "Bill Separately" on the order type in Acumatica.`,
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
    if (find.problems.length > 0) return held(find)

    const totals = totalsOf(invoice, lines, find)
    const record = buildInvoice({
      invoice,
      partner,
      orders,
      lines,
      totals,
      charges: headerCharges(invoice, partner, tables, find),
      taxes: headerTaxes(invoice, partner, tables, find),
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
}
