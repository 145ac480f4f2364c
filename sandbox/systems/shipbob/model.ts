/** What the simulated account holds. Times are epoch milliseconds; rendering is in render/. */

export interface Centre {
  id: number
  name: string
  abbreviation: string
  timezone: string
  region: { id: number; name: string }
  address: { address1: string; address2: string | null; city: string; state: string; country: string; zip_code: string }
  phone: string
  email: string
  receives: boolean
  ships: boolean
  hub: boolean
}

export interface Channel {
  id: number
  name: string
  application_name: string
  scopes: string[]
}

export interface Product {
  id: number
  name: string
  bundle: boolean
  created: number
  updated: number
  variants: Variant[]
}

export interface Dimension {
  length: number
  width: number
  height: number
}

export interface Variant {
  id: number
  name: string
  sku: string
  active: boolean
  gtin: string
  upc: string
  digital: boolean
  created: number
  updated: number
  /** Null for a bundle, which has no stock of its own. */
  inventory: number | null
  barcodes: string[]
  weight: number
  dimension: Dimension & { locked: boolean }
  customs: { hs_tariff_code: string; country_code_of_origin: string; value: number; description: string }
  lot: { is_lot: boolean; minimum_shelf_life_days: number | null }
  packaging: { material: number | null; requirement: number | null }
  returns: ReturnPreferences
  components: { variant_id: number; quantity: number }[]
  /** Inventory ids of variants that were merged into this one. */
  merged: number[]
}

export interface ReturnPreferences {
  primary_action_id: number | null
  backup_action_id: number | null
  instructions: string | null
  return_to_sender_primary_action_id: number | null
  return_to_sender_backup_action_id: number | null
}

export type BoxStatus = 'Awaiting' | 'Arrived' | 'Counting' | 'Stowing' | 'Completed' | 'Cancelled'

export interface BoxItem {
  inventory: number
  expected: number
  received: number
  stowed: number
  lot: string | null
  /** ISO text as it was sent. */
  lotDate: string | null
}

export interface Box {
  id: number
  number: number
  status: BoxStatus
  tracking: string | null
  arrived?: number
  received?: number
  counted?: number
  items: BoxItem[]
}

export type ReceivingStatus =
  | 'Awaiting'
  | 'Arrived'
  | 'PartiallyArrived'
  | 'PartiallyArrivedAtHub'
  | 'ArrivedAtHub'
  | 'ProcessingAtHub'
  | 'InternalTransfer'
  | 'Processing'
  | 'Completed'
  | 'Cancelled'
  | 'Incomplete'

export interface ReceivingOrder {
  id: number
  purchaseOrder: string | null
  packageType: string
  boxPackaging: string
  expected: number
  inserted: number
  updated: number
  centre: number
  finalCentre: number | null
  freight: Record<string, unknown> | null
  synced: number | null
  status: ReceivingStatus
  history: { status: ReceivingStatus; at: number }[]
  boxes: Box[]
  /** A shipping label of ShipBob's was bought: it cannot be changed any more. */
  labelled: boolean
  distributions: Distribution[]
}

export interface Distribution {
  inventory: number
  lot: string | null
  lotDate: string | null
  centre: number
  expected: number
  received: number
  stowed: number
  status: 'NotStarted' | 'InProgress' | 'Stowing' | 'Completed'
}

export interface Unidentified {
  id: number
  tracking: string | null
  reason: string
  comment: string
  created: number
  linked: number | null
  linkedAt: number | null
  completed: boolean
}

export interface Recipient {
  name: string
  email: string | null
  phone_number: string | null
  address: {
    address1: string
    address2: string | null
    company_name: string | null
    city: string
    state: string
    zip_code: string
    country: string
  }
}

export interface Order {
  id: number
  number: string
  reference: string
  channel: number
  type: 'DTC' | 'B2B' | 'DropShip'
  created: number
  purchased: number
  method: string
  recipient: Recipient
  lines: { product: number; sku: string; quantity: number; price: number; line: number }[]
}

export type ShipmentStatus =
  | 'None'
  | 'Processing'
  | 'LabeledCreated'
  | 'Completed'
  | 'Exception'
  | 'OnHold'
  | 'Cancelled'
  | 'CleanSweeped'
  | 'ImportReview'

export interface Detail {
  id: number
  name: string
  description: string
  inventory_id: number | null
  exception_fulfillment_center_id: number | null
}

export interface Picked {
  inventory: number
  quantity: number
  lot: string | null
  lotDate: string | null
}

export interface Tracking {
  carrier: string
  carrier_service: string
  tracking_number: string
  shipped: number
}

export interface Shipment {
  id: number
  order: number
  centre: number
  created: number
  updated: number
  tracked?: number
  estimated: number
  fulfilled?: number
  delivered?: number
  status: ShipmentStatus
  details: Detail[]
  products: { product: number; sku: string; name: string; items: Picked[] }[]
  tracking: Tracking | null
  uploaded: boolean
  /** Goods were taken from the shelves. */
  picked: boolean
  address?: Partial<Recipient['address']>
  timeline: { id: number; name: string; text: string; at: number; metadata: Record<string, string> }[]
}

export type ReturnAction = 'Restock' | 'Quarantine' | 'Dispose'
export type ReturnStatus = 'AwaitingArrival' | 'Arrived' | 'Processing' | 'Completed' | 'Cancelled'

export interface ReturnLine {
  inventory: number
  quantity: number
  bundle: string | null
  lot: string | null
  lotDate: string | null
  requested: 'Default' | ReturnAction
  taken: { action: ReturnAction; reason: string | null; quantity: number }[]
}

export interface Return {
  id: number
  reference: string | null
  type: 'Regular' | 'ReturnToSender'
  status: ReturnStatus
  channel: number
  shipment: number | null
  tracking: string | null
  centre: number
  inserted: number
  history: { status: ReturnStatus; at: number }[]
  fees: { amount: number; transaction_type: string }[]
  lines: ReturnLine[]
}

export interface Transaction {
  transaction_id: string
  amount: number
  currency_code: string
  charge_date: string
  transaction_fee: string
  transaction_type: 'Charge' | 'Refund' | 'Credit' | 'Payment' | 'BalanceAdjustment'
  reference_id: string
  reference_type: string
  fulfillment_center: string | null
  invoice: number | null
  taxes: { tax_type: string; tax_rate: number; tax_amount: number }[]
  additional_details: Record<string, string> | null
}

export interface Invoice {
  invoice_id: number
  invoice_date: string
  invoice_type: string
  amount: number
  currency_code: string
  running_balance: number
}

export interface Subscription {
  id: string
  created: number
  description: string | null
  enabled: boolean
  topics: string[]
  url: string
  secret: string
  /** Since when no delivery was taken. */
  failing: number | null
}

/** A movement of stock (inventory/history:query). */
export interface Movement {
  id: number
  inventory: number
  category: 'ReceivingStow' | 'Fulfillment' | 'ReturnRestock' | 'Cancellation'
  at: number
  centre: number
  lot: string | null
  lotDate: string | null
  change: number
  references: { key: string; value: string }[]
}
