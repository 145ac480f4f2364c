/*
 * What a mapping needs to write for SPS Commerce: the RSX documents, check digits, upload names. No network code.
 */
export { checkDigit, hasCheckDigit, isGtin } from './check-digits.ts'
export type * from './rsx/invoices.ts'
export type * from './rsx/orders.ts'
export type * from './rsx/parts.ts'
export type * from './rsx/reports.ts'
export type * from './rsx/shipments.ts'
export type * from './rsx/warehouse-receipts.ts'
export { isSscc, makeSscc, shippingSerialId } from './sscc.ts'

/**
 * The documents this connection takes. A supplier to retailers answers their orders; a buyer sends orders and their
 * changes to its suppliers (sps-commerce.md §12, "Odoo direction").
 */
export type SpsOperation =
  | 'send-purchase-order'
  | 'send-purchase-order-change'
  | 'send-acknowledgement'
  | 'send-ship-notice'
  | 'send-invoice'
  | 'send-inventory'

/** First letters of an upload's name, equal to the X12 functional group (sps-commerce.md 3.2). */
export const uploadPrefixes: Readonly<Record<SpsOperation, string>> = {
  'send-purchase-order': 'PO',
  'send-purchase-order-change': 'PC',
  'send-acknowledgement': 'PR',
  'send-ship-notice': 'SH',
  'send-invoice': 'IN',
  'send-inventory': 'IB',
}

/**
 * The reference of a write: prefix and our own key, which is also the stem of the upload's name. The same document
 * always gets the same one ("SHJS-SHP-0031877", "INInvoice-INV-104482").
 */
export const uploadReference = (operation: SpsOperation, key: string): string => `${uploadPrefixes[operation]}${key}`

/**
 * Leaves out what is absent: undefined, null, empty text, empty lists and sections, at every level. A strict writer
 * sends none of them (sps-commerce.md §6). Lists keep their order.
 */
export function prune<T>(value: T): T {
  if (Array.isArray(value)) return value.map(prune).filter((v) => !isAbsent(v)) as T
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).flatMap(([name, v]) => {
    const kept = prune(v)
    return isAbsent(kept) ? [] : [[name, kept] as const]
  })
  return Object.fromEntries(fields) as T
}

const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)
