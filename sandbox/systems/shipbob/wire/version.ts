/** How a version of the API differs from the others (version-profiles.json). */
export interface Version {
  name: string
  /** Status of a receiving order that is refused. */
  validationStatus: number
  /** `sku` in box items, `freight`, PATCH of receiving orders, unidentified receiving orders, date-times only. */
  newReceiving: boolean
  topics: readonly string[]
}

const common = [
  'order.shipped',
  'order.shipment.delivered',
  'order.shipment.exception',
  'order.shipment.on_hold',
  'order.shipment.cancelled',
  'return.created',
  'return.updated',
  'return.completed',
  'billing.charge.created',
  'billing.refund.created',
  'billing.credit.created',
] as const

const since202607 = [
  'order.delivered',
  'order.shipment.tracking.updated',
  'order.shipment.tracking_received',
  'order.shipment.address.updated',
  'order.shipment.line_item.added',
  'order.shipment.line_item.removed',
  'order.shipment.line_item.updated',
  'order.shipment.shipping_service.updated',
  'wro.created',
  'wro.updated',
  'wro.completed',
  'wro.box.arrived',
  'wro.box.scanned',
  'wro.box.stowed',
] as const

export type Topic = (typeof common)[number] | (typeof since202607)[number]

const versions: readonly Version[] = [
  { name: '2026-01', validationStatus: 400, newReceiving: false, topics: common },
  { name: '2026-07', validationStatus: 422, newReceiving: true, topics: [...common, ...since202607] },
]

/** Served once; answered 410 since. */
const ended = new Set(['1.0', '2.0', '2025-07'])

export const versionOf = (name: string): Version | 'ended' | undefined =>
  versions.find((one) => one.name === name) ?? (ended.has(name) ? 'ended' : undefined)
