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
  product: 'product',
  'inbound-order': 'expected goods',
  shipment: 'shipment',
  'receiving-progress': 'receiving',
  'unidentified-receipt': 'unknown goods',
  'customer-return': 'return',
  'service-invoice': 'warehouse invoice',
  'webhook-delivery': 'webhook',
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
  'upsert-product': 'product',
  'create-receiving-order': 'receiving order',
  'change-receiving-order': 'receiving order changed',
  'cancel-receiving-order': 'receiving order cancelled',
  'mark-received': 'marked as received',
  'book-receipt': 'receipt',
  'book-delivery': 'delivery',
  'annotate-delivery': 'delivery annotated',
  'book-return': 'return',
  'create-bill': 'bill',
  'cancel-bill': 'bill cancelled',
}

/** A type without an entry is called what it is. */
export const documentName = (type: string): string => captured[type] ?? type
export const writeName = (operation: string): string => made[operation] ?? operation
