import type { ProblemCode } from './index.ts'

/** Codes of the mappings between an ERP and a warehouse that fulfils its orders. */
export const fulfilmentCodes = {
  NOT_STOCKED: {
    class: 'skipped',
    remedy: 'Nothing: the warehouse holds goods only. Check the settings products.which and products.categories.',
  },
  SKU_MISSING: {
    class: 'held',
    remedy: 'Fill the Internal Reference of the product in Odoo; the changed product is read again by itself.',
  },
  SKU_TAKEN_TWICE: {
    class: 'held',
    remedy: 'Correct the items table so that every SKU stands for one product, then redrive.',
  },
  KIT_QUANTITY_NOT_WHOLE: {
    class: 'held',
    remedy: 'Correct the quantities of the bill of materials so that one kit takes whole units of each component.',
  },
  KIT_WITHOUT_COMPONENTS: {
    class: 'held',
    remedy: 'Fill the components of the bill of materials in Odoo, then read the product again.',
  },
  KIT_CIRCULAR: {
    class: 'held',
    remedy: 'Correct the bills of materials in Odoo: a kit must not hold itself.',
  },
  CENTRE_AMBIGUOUS: {
    class: 'held',
    remedy: 'Write yes into receives of the one centre that receives for the warehouse, then redrive.',
  },
  CENTRE_INVALID: {
    class: 'held',
    remedy: 'Correct the centre in the centres table: the number ShipBob gave the fulfilment centre.',
  },
  CENTRE_UNKNOWN: {
    class: 'held',
    remedy: 'Add the fulfilment centre with its warehouse and locations to the centres table, then redrive.',
  },
  PRODUCT_NOT_SENT: {
    class: 'skipped',
    remedy: 'Nothing: a product that is archived or deleted, and that ShipBob never got, is not made there.',
  },
  WAREHOUSE_NOT_OURS: {
    class: 'skipped',
    remedy: 'Nothing, unless the warehouse is at ShipBob: then add it to the centres table and replay.',
  },
  DROP_SHIP: { class: 'skipped', remedy: 'Nothing: the vendor sends the goods to somebody else.' },
  INBOUND_NOT_PLACED: { class: 'skipped', remedy: 'Nothing: the order is told to the warehouse once it is confirmed.' },
  INBOUND_UNCHANGED: { class: 'skipped', remedy: 'Nothing: the warehouse expects what the order says.' },
  NOTHING_EXPECTED: { class: 'skipped', remedy: 'Nothing: the order brings no goods any more.' },
  INBOUND_QUANTITY_NOT_WHOLE: {
    class: 'held',
    remedy: "Correct the order line: ShipBob counts whole units of the product's own unit.",
  },
  INBOUND_BOXES_EXCEED: {
    class: 'warning',
    remedy: 'Compare what the vendor announced with the order; the announced boxes were told to the warehouse.',
  },
  PRODUCT_UNKNOWN: {
    class: 'held',
    remedy:
      'Give the product in Odoo the SKU the warehouse has, or add the SKU with its product to the items table, then redrive.',
  },
  PRODUCT_AMBIGUOUS: {
    class: 'held',
    remedy: 'Add the SKU with the product that is meant to the items table, then redrive.',
  },
  CHANNEL_NOT_OURS: {
    class: 'skipped',
    remedy: 'Nothing, unless the channel is sold on by Odoo: then add it to deliveries.channels and replay.',
  },
  SHIPMENT_WITHOUT_ORDER: {
    class: 'held',
    remedy: 'Book the delivery in Odoo by hand, or set deliveries.unknownOrder to "book" and redrive.',
  },
  SHIPMENT_WITHOUT_GOODS: { class: 'held', remedy: 'Look at the shipment at ShipBob, and book what has left by hand.' },
  SHIPMENT_TAKEN_BACK: {
    class: 'held',
    remedy:
      'Return the delivery in Odoo (button Return on it, for everything that did not leave) and validate the return; then skip the document. A new shipment is booked by itself.',
  },
  SHIPMENT_NOT_LEFT: { class: 'skipped', remedy: 'Nothing: the shipment is booked once it has left.' },
  SHIPMENT_UNCHANGED: { class: 'skipped', remedy: 'Nothing: the delivery in Odoo says what the shipment says.' },
  RECEIPT_NOTHING_STOWED: { class: 'skipped', remedy: 'Nothing: goods are booked once they are on a shelf.' },
  RECEIPT_CALLED_OFF: { class: 'skipped', remedy: 'Nothing: no goods came by this receiving order.' },
  RECEIPT_LOTS_UNSETTLED: {
    class: 'skipped',
    remedy: 'Nothing: the receiving order is read again by itself while goods are stowed.',
  },
  RECEIPT_LOTS_DIFFER: {
    class: 'held',
    remedy: 'Ask ShipBob what came of each lot, and book it in Odoo by hand.',
  },
  RECEIPT_CANCELLED_LATE: {
    class: 'held',
    remedy: 'Ask ShipBob what became of the goods, and correct the receipt in Odoo by hand.',
  },
  RECEIPT_INCOMPLETE: {
    class: 'held',
    remedy:
      'Look at the receiving order at ShipBob. Once it is Completed there, it is booked by itself; else book what came by hand.',
  },
  RECEIPT_ORDER_UNSTATED: {
    class: 'held',
    remedy:
      'Write the number of the purchase order on the receiving order at ShipBob, where it is read again by itself; or receive the goods by hand.',
  },
  RECEIPT_ELSEWHERE: {
    class: 'warning',
    remedy: 'Nothing, unless the goods should be elsewhere: they are booked at the centre that has them.',
  },
  URO_SETTLED: { class: 'skipped', remedy: 'Nothing: the goods are told by their receiving order.' },
  URO_OPEN: {
    class: 'held',
    remedy:
      'Find out whose goods they are and link them to their receiving order at ShipBob (Unidentified Receiving Orders), which costs a daily fee until then; then skip the document.',
  },
  RETURN_NOT_DONE: {
    class: 'skipped',
    remedy:
      'Nothing: the return is booked once the warehouse has done something with the goods (setting returns.book).',
  },
  RETURN_CANCELLED: { class: 'skipped', remedy: 'Nothing: no goods came by this return.' },
  RETURN_CANCELLED_LATE: {
    class: 'held',
    remedy: 'Ask ShipBob what became of the goods, and correct the return in Odoo by hand.',
  },
  RETURN_EMPTY: {
    class: 'skipped',
    remedy: 'Nothing, unless goods were expected: then ask ShipBob what was in the parcel.',
  },
  RETURN_STATE_UNKNOWN: {
    class: 'held',
    remedy: 'Look at the return at ShipBob. Once it is Completed there, it is booked by itself.',
  },
  RETURN_ACTION_UNKNOWN: {
    class: 'held',
    remedy: 'Ask ShipBob what was done with the goods, and book them in Odoo by hand.',
  },
  RETURN_WITHOUT_ORDER: {
    class: 'held',
    remedy: 'Return the goods in Odoo by hand: ShipBob says neither of which order nor of which shipment they are.',
  },
  QUARANTINE_UNKNOWN: {
    class: 'held',
    remedy: 'Fill the quarantine location of the fulfilment centre in the centres table, then redrive.',
  },
  FEE_UNKNOWN: {
    class: 'held',
    remedy: 'Add every fee named with its G/L account to the fees table, or a row * for all others, then redrive.',
  },
  FEE_AMBIGUOUS: { class: 'held', remedy: 'Leave one row for the fee in the fees table, then redrive.' },
  CHARGE_UNKNOWN: {
    class: 'held',
    remedy: 'Ask ShipBob what kind of charge it is, and enter the bill in Odoo by hand.',
  },
  CHARGE_CURRENCY_DIFFERS: {
    class: 'held',
    remedy: 'Ask ShipBob for an invoice in one currency, or enter the bill in Odoo by hand.',
  },
  CHARGE_LEFT_OUT: { class: 'warning', remedy: 'Nothing: payments and adjustments of the balance are no costs.' },
  INVOICE_NOT_BILLABLE: { class: 'skipped', remedy: 'Nothing: a payment or an adjustment of the balance is no bill.' },
  INVOICE_EMPTY: { class: 'skipped', remedy: 'Nothing: the invoice has no charges and comes to nothing.' },
  INVOICE_DIFFERS: {
    class: 'held',
    remedy:
      'Fees show some hours late: the invoice is read again by itself. If it stays, ask ShipBob which charges belong to it.',
  },
  INVOICE_CHANGED: {
    class: 'held',
    remedy: 'Compare the bill in Odoo with the invoice at ShipBob, correct it by hand, then skip the document.',
  },
} satisfies Record<string, ProblemCode>
