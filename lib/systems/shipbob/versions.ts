/** What differs between the dated versions of the API (shipbob.md §1, version-profiles.json). */
export interface Profile {
  /** The version, as it stands in the path. */
  readonly name: string
  /** The earliest day on which support may end; the policy's two copies differ by a year. */
  readonly endOfSupport: string
  readonly latestEndOfSupport: string
  /** Box items of a receiving order may name a SKU in place of an inventory id. */
  readonly boxItemsBySku: boolean
  /** A receiving order takes `freight` and a final destination. */
  readonly freight: boolean
  /** PATCH /receiving/{id}; without it: cancel and create again. */
  readonly patchReceiving: boolean
  /** /unidentified-receiving-order. */
  readonly unidentifiedReceipts: boolean
  /** A customs value may have decimals; without it whole units of the currency. */
  readonly decimalCustoms: boolean
  /** Topics the version's own list has; others are tried as well and polled where they are refused. */
  readonly topics: readonly string[]
}

const shipmentTopics = [
  'order.shipped',
  'order.shipment.delivered',
  'order.shipment.exception',
  'order.shipment.on_hold',
  'order.shipment.cancelled',
] as const
const returnTopics = ['return.created', 'return.updated', 'return.completed'] as const
const billingTopics = ['billing.charge.created', 'billing.refund.created', 'billing.credit.created'] as const

const older = {
  boxItemsBySku: false,
  freight: false,
  patchReceiving: false,
  unidentifiedReceipts: false,
  decimalCustoms: false,
  topics: [...shipmentTopics, ...returnTopics, ...billingTopics],
} as const

/** The version whose list of topics is the longest, and as which a newer one is spoken. */
export const newestProfile: Profile = {
  name: '2026-07',
  endOfSupport: '2027-07-31',
  latestEndOfSupport: '2028-07-31',
  boxItemsBySku: true,
  freight: true,
  patchReceiving: true,
  unidentifiedReceipts: true,
  decimalCustoms: true,
  topics: [
    ...shipmentTopics,
    'order.delivered',
    'order.shipment.tracking.updated',
    'order.shipment.address.updated',
    'order.shipment.line_item.added',
    'order.shipment.line_item.removed',
    'order.shipment.line_item.updated',
    'order.shipment.shipping_service.updated',
    ...returnTopics,
    'wro.created',
    'wro.updated',
    'wro.completed',
    'wro.box.arrived',
    'wro.box.scanned',
    'wro.box.stowed',
    ...billingTopics,
  ],
}

/** Oldest first. A new version is one row. */
const profiles: readonly Profile[] = [
  { name: '2025-07', endOfSupport: '2026-07-31', latestEndOfSupport: '2027-07-31', ...older },
  { name: '2026-01', endOfSupport: '2027-01-31', latestEndOfSupport: '2028-01-31', ...older },
  newestProfile,
]

export const defaultVersion = newestProfile.name
export const knownVersions: readonly string[] = profiles.map(({ name }) => name)

/**
 * How to speak a version. One newer than all that are known is spoken as the newest of them (`known` is false: worth a
 * warning); undefined for anything else, which is refused at start-up (shipbob.md §1).
 */
export function profileOf(version: string): { profile: Profile; known: boolean } | undefined {
  const found = profiles.find(({ name }) => name === version)
  if (found) return { profile: found, known: true }
  if (!/^\d{4}-(01|07)$/.test(version) || version < newestProfile.name) return undefined
  return { profile: newestProfile, known: false }
}
