/*
 * What a mapping needs to write to ShipBob: the records of the writer's operations. No network code. Fields are the
 * API's own (shipbob.md §4), ids are looked up by the writer where a record does not know them.
 */

/** How a product is found at ShipBob: the inventory id of an earlier write, else SKU, else barcode, all exact. */
export interface VariantRef {
  inventoryId?: number | undefined
  sku?: string | undefined
  barcode?: string | undefined
}

/** upsert-product: made where it is not found, else brought to this state. Reference: "product:<erp id>". */
export interface ProductRecord {
  find: VariantRef
  name: string
  sku: string
  /** The SKU the ERP had when ShipBob last got the product: a variant that still has it gets the new one. */
  formerSku?: string | undefined
  barcodes: string[]
  active: boolean
  /** Ounces. */
  weightOz?: string | undefined
  /** Inches. */
  dimensions?: { length: string; width: string; height: string } | undefined
  customs?:
    | {
        tariff?: string | undefined
        origin?: string | undefined
        description?: string | undefined
        value?: string | undefined
        currency?: string | undefined
      }
    | undefined
  lot?: { tracked: boolean; minimumShelfLifeDays?: number | undefined } | undefined
  /** Ids of packaging (statuses.json); set when the product is made and left alone afterwards. */
  packaging?: { requirementId: number; materialTypeId: number } | undefined
  /** Of a bundle: its components. A product is a bundle exactly where this is set. */
  bundle?: { component: VariantRef; quantity: number; name: string; path: string }[] | undefined
}

/** What upsert-product answers. */
export interface ProductResult {
  productId: number
  variantId: number
  /** Null for a bundle, which has no stock of its own. */
  inventoryId: number | null
  /** Ids of variants that were merged into this one. */
  mergedInventoryIds: number[]
}

/** create-receiving-order and change-receiving-order. Reference: "WRO:<purchase order>". */
export interface ReceivingOrderRecord {
  purchaseOrder: string
  /** Fulfilment centre's id. */
  centreId: number
  /** ISO date-time (UTC), as the ERP expects it. ShipBob takes only the future: the writer moves a past one and says so. */
  expectedAt: string
  packageType: 'Package' | 'Pallet' | 'FloorLoadedContainer'
  boxPackaging: 'EverythingInOneBox' | 'OneSkuPerBox' | 'MultipleSkuPerBox'
  boxes: {
    tracking?: string | undefined
    items: {
      product: VariantRef
      /** Whole units. */
      quantity: number
      lot?: string | undefined
      /** YYYY-MM-DD. */
      lotDate?: string | undefined
      name: string
      path: string
    }[]
  }[]
  freight?: { carrier?: string | undefined; notes?: string | undefined } | undefined
  /** Receiving orders we made for this purchase order before, from the ledger. */
  known: number[]
}

/** cancel-receiving-order. */
export interface ReceivingOrderCancelRecord {
  purchaseOrder: string
  known: number[]
}

/** What the three answer. */
export interface ReceivingOrderResult {
  id: number
  status: string
  /** Further receiving orders that the warehouse made of it. */
  others?: number[]
  labels?: string
}

/** mark-received: the ERP holds the final quantities of these receiving orders (setExternalSync). */
export interface MarkReceivedRecord {
  ids: number[]
}

export type ShipBobOperation =
  | 'upsert-product'
  | 'create-receiving-order'
  | 'change-receiving-order'
  | 'cancel-receiving-order'
  | 'mark-received'
