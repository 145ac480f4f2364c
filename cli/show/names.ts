/** What people in EDI call a document when it is captured, by its canonical type. */
const captured: Readonly<Record<string, string>> = {
  'purchase-order': '850',
  'purchase-order-change': '860',
  'ship-notice': 'shipment',
  invoice: 'invoice',
  'product-activity': '852',
  'inventory-advice': '846',
  acknowledgement: '855',
  'advance-ship-notice': '856',
  'warehouse-receipt': '944',
  'erp-purchase-order': 'purchase order',
  'received-order': 'order in the ERP',
  'stock-report': 'stock',
}

/** What a delivered write made, by its operation. */
const made: Readonly<Record<string, string>> = {
  'create-order': 'order',
  'replace-order': 'order replaced',
  'change-order': 'order changed',
  'cancel-order': 'order cancelled',
  'update-item': 'item updated',
  'update-product': 'product updated',
  'annotate-order': 'order annotated',
  'receive-goods': 'goods received',
  'send-purchase-order': '850',
  'send-purchase-order-change': '860',
  'send-acknowledgement': '855',
  'send-ship-notice': '856',
  'send-invoice': '810',
  'send-inventory': '846',
}

/** A type without an entry is called what it is. */
export const documentName = (type: string): string => captured[type] ?? type
export const writeName = (operation: string): string => made[operation] ?? operation
