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
