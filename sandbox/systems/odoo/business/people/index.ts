/* What people in the company do by hand: for the scenario and for tests. */
export { countStock } from './count.ts'
export type { Company, Made } from './find.ts'
export { creditInvoice, type InvoiceOptions, invoiceSale } from './invoice.ts'
export { type Ordered, type OrderedLine, openTransfers, placePurchase, placeSale } from './order.ts'
export type { Packed } from './pack.ts'
export {
  type DeliveryOptions,
  receiveTransfer,
  shipDelivery,
  type TransferOptions,
  type Transferred,
  takeBack,
} from './transfer.ts'
