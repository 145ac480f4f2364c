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
