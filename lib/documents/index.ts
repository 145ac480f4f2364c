import { invoice } from './invoice.ts'
import { purchaseOrder, purchaseOrderChange } from './purchase-order.ts'
import { inventoryAdvice, productActivity } from './reports.ts'
import { shipNotice } from './ship-notice.ts'

/** Every canonical document by its type. A new document type is one schema file and one line here. */
export const documentSchemas = {
  'purchase-order': purchaseOrder,
  'purchase-order-change': purchaseOrderChange,
  'ship-notice': shipNotice,
  invoice,
  'product-activity': productActivity,
  'inventory-advice': inventoryAdvice,
} as const

export type DocumentType = keyof typeof documentSchemas
