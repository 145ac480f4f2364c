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
