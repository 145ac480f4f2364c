import type { Flow } from '../../../lib/core/flow.ts'
import { integration } from '../../../lib/integrations/acumatica-sps-commerce/index.ts'
import type { Settings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'

const named = <Document>(name: string) => integration.flows.find((f) => f.name === name) as Flow<Document, Settings>

export const purchaseOrderFlow =
  named<import('../../../lib/documents/purchase-order.ts').PurchaseOrder>('purchase-order')
export const purchaseOrderChangeFlow =
  named<import('../../../lib/documents/purchase-order.ts').PurchaseOrderChange>('purchase-order-change')
export const shipNoticeFlow = named<import('../../../lib/documents/ship-notice.ts').ShipNotice>('ship-notice')
export const invoiceFlow = named<import('../../../lib/documents/invoice.ts').Invoice>('invoice')
export const productActivityFlow =
  named<import('../../../lib/documents/reports.ts').ProductActivity>('product-activity')
export const inventoryAdviceFlow =
  named<import('../../../lib/documents/reports.ts').InventoryAdvice>('inventory-advice')
