/*
 * What a warehouse that works for us has done, as it is booked in Odoo. Each record tells what stands at the warehouse
 * (totals, not differences), so that writing it again books nothing more.
 */

import type { PartnerRef, ProductRef } from '../records.ts'

/** A stock location by its complete name ("WH/Stock/Moreno Valley") or its barcode. */
export type LocationRef = string

/**
 * book-receipt: how much of a purchase order's goods the warehouse has on its shelves. The writer books `stowed` less what
 * this `reference` has booked so far on the order's transfers; nothing negative. Reference: "WRO:<receiving order>".
 */
export interface StowedReceiptRecord {
  /** Purchase order's number, or the transfer's own name. */
  order: string
  /** The warehouse's number of the receiving order, for people. */
  receivingOrder: string
  /** True where nothing more is to come by this receiving order. */
  complete: boolean
  /** What becomes of the rest once it is complete: it stays expected (a backorder), or is called off. */
  shortage: 'keep' | 'cancel'
  /** Where the goods are put; the transfer's own destination where absent. */
  destination?: LocationRef | undefined
  /** ISO date-time of the warehouse's last change. */
  at?: string | undefined
  lines: {
    product: ProductRef
    /** In total so far, in the product's own unit. One line for each product and lot. */
    stowed: string
    lot?: string | undefined
    /** YYYY-MM-DD. */
    expires?: string | undefined
    /** Where it stands in the source document, for messages. */
    path: string
  }[]
}

/** book-delivery: a shipment that left the warehouse. Reference: "shipment:<id>". */
export interface DeliveryRecord {
  /** The order as its seller named it: name, customer's reference or origin of a sale order, or a delivery's own name. */
  order: string
  shipment: string
  /** Where the goods were taken from: the fulfilment centre's stock location; the delivery's own source where absent. */
  source?: LocationRef | undefined
  tracking?: string | undefined
  trackingUrl?: string | undefined
  /** For people ("UPS Ground"); delivery.carrier of that name where there is one. */
  carrier?: string | undefined
  /** ISO date-time (UTC). */
  shippedAt?: string | undefined
  /** Order unknown in Odoo: hold the document, or make a delivery without an order to the partner named. */
  unknownOrder: 'hold' | { partner: PartnerRef; warehouse?: string }
  /** One line for each product and lot; kits by their components. Quantities in the product's own unit. */
  lines: {
    product: ProductRef
    quantity: string
    lot?: string | undefined
    expires?: string | undefined
    serials?: string[] | undefined
    path: string
  }[]
}

/** annotate-delivery: what people should know of a shipment (held up, cancelled, delivered). Written once per reference. */
export interface DeliveryNoteRecord {
  order: string
  shipment: string
  text: string
  /** True: somebody has to do something; the order's responsible gets an activity. */
  attention: boolean
  tracking?: string | undefined
  trackingUrl?: string | undefined
  /** Order unknown in Odoo: hold the document (where absent), or tell nobody. */
  unknownOrder?: 'hold' | 'ignore' | undefined
}

/** book-return: what came back of a shipment and where it went. Reference: "return:<id>". Totals so far. */
export interface ReturnRecord {
  /** The order as its seller named it, and the shipment, where the warehouse knows them. */
  order?: string | undefined
  shipment?: string | undefined
  /** The warehouse's number of the return and the RMA number, for people. */
  returnNumber: string
  rma?: string | undefined
  at?: string | undefined
  lines: {
    product: ProductRef
    quantity: string
    /** restock: back to where it is sold from; quarantine: apart; scrap: written off. */
    action: 'restock' | 'quarantine' | 'scrap'
    /** Where the goods are now; for scrap, Odoo's scrap location where absent. */
    destination?: LocationRef | undefined
    lot?: string | undefined
    expires?: string | undefined
    reason?: string | undefined
    path: string
  }[]
}

/** create-bill: a vendor's invoice or credit note. Reference: "bill:<vendor>:<number>". */
export interface BillRecord {
  vendor: PartnerRef
  kind: 'bill' | 'refund'
  /** The vendor's number, written to `ref` and looked for before anything is made. */
  number: string
  /** YYYY-MM-DD. */
  date: string
  dueDate?: string | undefined
  currency: string
  /** Code of the purchase journal; Odoo's own choice where absent. */
  journal?: string | undefined
  /** Of the whole bill with tax, positive, in `currency`. What Odoo makes of it must agree to the cent. */
  total: string
  /** True: posted once it stands as it was sent; else it stays a draft for somebody to look at. */
  post: boolean
  lines: {
    /** Code of the G/L account. */
    account: string
    /** Analytic account (cost centre) by code or name. */
    costCentre?: string | undefined
    description: string
    /** Signed amount of the line before tax, in `currency`. */
    amount: string
    /** Names of purchase taxes; none where empty. */
    taxes: string[]
    path: string
  }[]
}
