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
