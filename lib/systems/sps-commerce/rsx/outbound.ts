import type { SpsOperation } from '../records.ts'
import { invoice } from './invoices.ts'
import { order } from './orders.ts'
import { itemRegistry } from './reports.ts'
import { sentOrder, sentOrderChange } from './sent-orders.ts'
import { shipment } from './shipments.ts'
import type { Sections } from './structure.ts'

/** One kind of document we send: its XML names, its structure, its own number, and the collection that takes it. */
export interface Outbound {
  root: string
  name: string
  structure: Sections
  header: string
  /** Field of the header that holds our own number. */
  number: string
  path: 'purchaseOrders' | 'orderChanges' | 'orderAcks' | 'shipments' | 'invoices' | 'inventoryReports'
}

/** Every operation this connection knows: a supplier's answers, a buyer's orders (sps-commerce.md §12), stock reports. */
export const outbound: Readonly<Record<SpsOperation, Outbound>> = {
  'send-purchase-order': {
    root: 'Orders',
    name: 'Order',
    structure: sentOrder,
    header: 'OrderHeader',
    number: 'PurchaseOrderNumber',
    path: 'purchaseOrders',
  },
  'send-purchase-order-change': {
    root: 'OrderChanges',
    name: 'OrderChange',
    structure: sentOrderChange,
    header: 'OrderHeader',
    number: 'PurchaseOrderNumber',
    path: 'orderChanges',
  },
  'send-acknowledgement': {
    root: 'OrderAcks',
    name: 'OrderAck',
    structure: order,
    header: 'OrderHeader',
    number: 'AcknowledgementNumber',
    path: 'orderAcks',
  },
  'send-ship-notice': {
    root: 'Shipments',
    name: 'Shipment',
    structure: shipment,
    header: 'ShipmentHeader',
    number: 'ShipmentIdentification',
    path: 'shipments',
  },
  'send-invoice': {
    root: 'Invoices',
    name: 'Invoice',
    structure: invoice,
    header: 'InvoiceHeader',
    number: 'InvoiceNumber',
    path: 'invoices',
  },
  'send-inventory': {
    root: 'ItemRegistries',
    name: 'ItemRegistry',
    structure: itemRegistry,
    header: 'HeaderReport',
    number: 'DocumentId',
    path: 'inventoryReports',
  },
}
