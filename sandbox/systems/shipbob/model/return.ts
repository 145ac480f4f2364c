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
