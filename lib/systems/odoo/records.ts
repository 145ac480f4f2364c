/*
 * What a mapping needs to write to Odoo: the records of the writer's operations. No network code.
 *
 * A mapping is pure and knows no database ids, so a record names other records by what people call them; the writer
 * finds them and holds the document, every problem at once, where there is none or more than one.
 */

export type * from './records/fulfilment.ts'

/** A contact: by its reference (`ref`), its external id ("module.name"), or its database id as text, tried in that order. */
export interface PartnerRef {
  partner: string
}

/**
 * A product (variant), by the first of these that fits exactly one active product: internal reference, external id or
 * database id as text (`item`), barcodes as they stand and as GTIN-8/12/13/14, vendor's number (supplierinfo).
 */
export interface ProductRef {
  item?: string | undefined
  barcodes?: string[] | undefined
  vendorPart?: string | undefined
  /** A further number, taken for an internal reference where nothing else fits. */
  otherItem?: string | undefined
}

/** What an order becomes in Odoo. */
export type OrderModel = 'sale.order' | 'purchase.order' | 'purchase.requisition'

export interface OrderLineRecord {
  /** The other side's line number: part of the line's external id, so a line is never added twice. */
  line: string
  product: ProductRef
  /** In `unit`; in the product's own unit where that is absent. */
  quantity: number
  /** Name of the unit of measure in en_US ("Units", "Dozens"). */
  unit?: string | undefined
  /** Per `unit`, before tax, in the order's currency; absent = Odoo prices the line. */
  price?: number | undefined
  /** Percent, 0 to 100. */
  discount?: number | undefined
  description?: string | undefined
  /** YYYY-MM-DD. */
  plannedDate?: string | undefined
}

/** create-order and replace-order: the whole order. `reference` of the write is the order's external key ("SPS:..."). */
export interface OrderRecord {
  model: OrderModel
  /** Customer of a sale order, vendor of a purchase order. */
  partner: PartnerRef
  /** Delivery address: a contact, or an address of the document that becomes (or is found again as) a child contact. */
  shipTo?: PartnerRef | AddressRecord | undefined
  /** client_order_ref, partner_ref or the agreement's reference: the other side's number, for people. */
  theirReference: string
  /** Written to `origin`: our reference, by which the reader recognises the order. */
  origin: string
  /** YYYY-MM-DD. */
  date?: string | undefined
  /** Promised (sale) or expected (purchase) date, YYYY-MM-DD. */
  plannedDate?: string | undefined
  warehouse?: string | undefined
  currency?: string | undefined
  note?: string | undefined
  /** ref or name of a delivery.carrier, where that add-on is installed. */
  carrier?: string | undefined
  /** Company by name or database id as text; the connection's first company where absent. */
  company?: string | undefined
  /** True: confirm the order once it stands in Odoo as it was sent. */
  confirm: boolean
  /** How far untaxed totals may be apart, in the order's currency; "0" = to the cent. */
  totalTolerance?: string | undefined
  lines: OrderLineRecord[]
}

export interface AddressRecord {
  /** The other side's number of the place, kept in `ref` of the contact where it has one. */
  code?: string | undefined
  name?: string | undefined
  street?: string | undefined
  street2?: string | undefined
  city?: string | undefined
  zip?: string | undefined
  /** State code within the country ("WI"). */
  state?: string | undefined
  /** ISO code of two letters. */
  country?: string | undefined
  phone?: string | undefined
  email?: string | undefined
}

/** change-order: what is different. Lines by their number; `remove` takes a line out (quantity 0 on a confirmed order). */
export interface OrderChangeRecord {
  model: OrderModel
  theirReference?: string | undefined
  shipTo?: PartnerRef | AddressRecord | undefined
  plannedDate?: string | undefined
  note?: string | undefined
  carrier?: string | undefined
  lines: ({ line: string; remove: true } | (OrderLineRecord & { remove?: undefined }))[]
  totalTolerance?: string | undefined
}

/** cancel-order. */
export interface OrderCancelRecord {
  model: OrderModel
}

/** What create-, replace-, change- and cancel-order answer. Quantities per the line's unit in Odoo, prices after discount. */
export interface OrderResult {
  model: OrderModel
  id: number
  number: string
  state: string
  /** In the order of the record. */
  lines: { externalRef: string; id: number; quantity: string; price: string; unit: string }[]
}

/** annotate-order: a supplier's answer (855) on a purchase order of ours. */
export interface OrderAnswerRecord {
  /** The purchase order's number in Odoo ("P00012"). */
  number: string
  /** Supplier's own number, written to partner_ref where that is empty. */
  theirReference?: string | undefined
  /** One line for each outcome; written to the order's chatter as text. */
  summary: string
  /** Dates, prices and quantities to write; only what the settings allow to change. */
  lines: {
    /** Database id of the line (as sent in the 850), or the product where the number is unknown. */
    line?: string | undefined
    product?: ProductRef | undefined
    plannedDate?: string | undefined
    price?: number | undefined
    /** Percent; goes with a price that is without one. */
    discount?: number | undefined
    quantity?: number | undefined
  }[]
  /** cancel: the supplier rejected the whole order and the settings say so; confirm: a draft that was accepted. */
  action?: 'confirm' | 'cancel' | undefined
}

/** receive-goods: an 856 or 944 against the order's incoming transfer. `reference` names the receipt ("856:<partner>:<shipment>"). */
export interface ReceiptRecord {
  /** Purchase order's number, or the transfer's own name. */
  order: string
  /** announce: quantities and lots are set, nothing is booked; validate: booked, the rest stays as a backorder. */
  mode: 'announce' | 'validate'
  /** Tracking number or bill of lading, for people. */
  tracking?: string | undefined
  /** Shown on the transfer: the sender's shipment or receipt number. */
  note?: string | undefined
  date?: string | undefined
  /** Code of the location for damaged or held goods, where they are received there instead. */
  quarantine?: string | undefined
  lines: {
    /** Number by which the order's line is known to the other side (database id of the line). */
    orderLine?: string | undefined
    product: ProductRef
    /** In `unit`, or in the product's unit. Good goods only, unless `quarantine`. */
    quantity: number
    unit?: string | undefined
    lot?: string | undefined
    /** YYYY-MM-DD. */
    expires?: string | undefined
    pack?: string | undefined
    /** True: to the quarantine location. */
    held?: boolean | undefined
    /** Where it stands in the source document, for messages. */
    path: string
  }[]
}

/** What receive-goods answers. */
export interface ReceiptResult {
  picking: string
  id: number
  state: string
  /** The transfer with what is still to come. */
  backorder?: string
}

/** update-product: one field of a product (a retailer's or supplier's stock figure). */
export interface ProductUpdateRecord {
  product: ProductRef
  field: string
  value: number
}

export type OdooOperation =
  | 'create-order'
  | 'replace-order'
  | 'change-order'
  | 'cancel-order'
  | 'annotate-order'
  | 'receive-goods'
  | 'update-product'
  | 'book-receipt'
  | 'book-delivery'
  | 'annotate-delivery'
  | 'book-return'
  | 'create-bill'
  | 'cancel-bill'
