import type { SpsOperation } from '../records.ts'
import { invoice } from './invoices.ts'
import { order } from './orders.ts'
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
  path: 'orderAcks' | 'shipments' | 'invoices'
}

/** Every operation this connection knows. An order towards SPS is none of them: orders originate at the retailer. */
export const outbound: Readonly<Record<SpsOperation, Outbound>> = {
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
}
