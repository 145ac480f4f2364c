/** What a deployment uses the connection for, in canonical document types. */
export interface Used {
  reads: readonly string[]
  writes: readonly string[]
}

/** Whatever is read or written (shipbob.md §2). */
const always = ['channels_read', 'locations_read', 'webhooks_read', 'webhooks_write']

/** By canonical document type that is read from ShipBob. */
const reading: { readonly [type: string]: readonly string[] } = {
  shipment: ['orders_read', 'fulfillments_read'],
  'receiving-progress': ['receiving_read', 'receiving_write'],
  'unidentified-receipt': ['receiving_read'],
  'customer-return': ['returns_read'],
  'service-invoice': ['billing_read'],
}

/** By canonical document type that becomes records at ShipBob. */
const writing: { readonly [type: string]: readonly string[] } = {
  product: ['products_read', 'products_write', 'inventory_read'],
  'inbound-order': ['receiving_read', 'receiving_write', 'products_read'],
}

/** Scopes that the documents need, sorted. */
export const scopesFor = ({ reads, writes }: Used): string[] =>
  [
    ...new Set([
      ...always,
      ...reads.flatMap((type) => reading[type] ?? []),
      ...writes.flatMap((type) => writing[type] ?? []),
    ]),
  ].sort()
