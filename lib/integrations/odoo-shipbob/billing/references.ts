import type { ServiceInvoice } from '../../../documents/service-invoice.ts'

/** An invoice has thousands of charges; the ledger finds it by the first of what they are for. */
const most = 50

/** As the other flows call what is charged for. */
const prefixes: { readonly [type: string]: string } = { shipment: 'shipment', return: 'return', wro: 'WRO' }

/** Numbers that an invoice is found by besides its own: its shipments, returns and receiving orders. */
export function referencesOf(charges: ServiceInvoice['charges']): string[] {
  const found = new Set<string>()
  for (const { referenceType, reference } of charges) {
    const prefix = prefixes[referenceType?.toLowerCase() ?? '']
    if (prefix !== undefined && reference !== undefined) found.add(`${prefix}:${reference}`)
    if (found.size === most) break
  }
  return [...found]
}
