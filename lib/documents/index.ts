import { acknowledgement } from './acknowledgement.ts'
import { advanceShipNotice } from './advance-ship-notice.ts'
import { customerReturn } from './customer-return.ts'
import { erpPurchaseOrder } from './erp-purchase-order.ts'
import { inboundOrder } from './inbound-order.ts'
import { invoice } from './invoice.ts'
import { product } from './product.ts'
import { purchaseOrder, purchaseOrderChange } from './purchase-order.ts'
import { receivedOrder } from './received-order.ts'
import { receivingProgress, unidentifiedReceipt } from './receiving-progress.ts'
import { inventoryAdvice, productActivity } from './reports.ts'
import { serviceInvoice } from './service-invoice.ts'
import { shipNotice } from './ship-notice.ts'
import { shipment } from './shipment.ts'
import { stockReport } from './stock-report.ts'
import { warehouseReceipt } from './warehouse-receipt.ts'

/** Every canonical document by its type. A new document type is one schema file and one line here. */
export const documentSchemas = {
  'purchase-order': purchaseOrder,
  'purchase-order-change': purchaseOrderChange,
  acknowledgement,
  'advance-ship-notice': advanceShipNotice,
  'warehouse-receipt': warehouseReceipt,
  'product-activity': productActivity,
  'inventory-advice': inventoryAdvice,
  'ship-notice': shipNotice,
  invoice,
  'erp-purchase-order': erpPurchaseOrder,
  'received-order': receivedOrder,
  'stock-report': stockReport,
  product,
  'inbound-order': inboundOrder,
  shipment,
  'receiving-progress': receivingProgress,
  'unidentified-receipt': unidentifiedReceipt,
  'customer-return': customerReturn,
  'service-invoice': serviceInvoice,
} as const

export type DocumentType = keyof typeof documentSchemas
