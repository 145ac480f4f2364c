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
