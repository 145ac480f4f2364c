import type { ProblemCode } from './index.ts'

/** Codes of writing to ShipBob, beside those of its client. */
export const shipbobWriteCodes = {
  SHIPBOB_PRODUCT_AMBIGUOUS: {
    class: 'held',
    remedy: 'Make one variant of those named carry the SKU or barcode (or merge them at ShipBob), then redrive.',
  },
  SHIPBOB_PRODUCT_NOT_FOUND: {
    class: 'held',
    remedy: 'Wait until the product was sent to ShipBob, or correct its SKU on either side, then redrive.',
  },
  SHIPBOB_COMPONENT_NOT_FOUND: {
    class: 'held',
    remedy: 'Wait until the component was sent to ShipBob, or correct its SKU on either side, then redrive the kit.',
  },
  SHIPBOB_COMPONENT_IS_BUNDLE: {
    class: 'held',
    remedy: 'Let the kit hold the components themselves: a bundle of ShipBob cannot hold another one.',
  },
  SHIPBOB_KIND_DIFFERS: {
    class: 'held',
    remedy: 'Give the kit a SKU of its own, or make the product at ShipBob the same kind, then redrive.',
  },
  SHIPBOB_KEY_UNUSABLE: {
    class: 'held',
    remedy: 'Take the comma out of the SKU or barcode: ShipBob cannot be searched for it.',
  },
  SHIPBOB_SKU_KEPT: {
    class: 'warning',
    remedy:
      'Nothing, if both are the same product. To be found by either, add the SKU to the items table or change it at ShipBob.',
  },
  SHIPBOB_DIMENSIONS_LOCKED: {
    class: 'warning',
    remedy: 'Nothing: the warehouse measured the product, and its figures stand.',
  },
  SHIPBOB_CUSTOMS_ROUNDED: {
    class: 'warning',
    remedy: 'Nothing, or use apiVersion 2026-07, which takes customs values with cents.',
  },
  SHIPBOB_CUSTOMS_CURRENCY: {
    class: 'warning',
    remedy: 'Fill the customs value at ShipBob by hand: it is kept in another currency there.',
  },
  SHIPBOB_PRODUCT_ABSENT: {
    class: 'warning',
    remedy: 'Nothing: a product that is archived in the ERP is not made at ShipBob.',
  },
  SHIPBOB_PRODUCT_MADE_ANEW: {
    class: 'warning',
    remedy: 'Compare with ShipBob: if the former product was merged or renamed there, merge the new one into it.',
  },
  SHIPBOB_NOTHING_TO_RECEIVE: {
    class: 'held',
    remedy: 'Check the lines of the order: a receiving order needs at least one box with goods.',
  },
  SHIPBOB_QUANTITY_INVALID: {
    class: 'held',
    remedy: 'Correct the quantity of the line: ShipBob counts whole units from 1.',
  },
  SHIPBOB_LOT_INCOMPLETE: {
    class: 'held',
    remedy:
      'Enter number and expiry date of the lot on the receipt in the ERP: ShipBob takes neither without the other.',
  },
  SHIPBOB_LOT_LEFT_OUT: {
    class: 'warning',
    remedy: 'Nothing, or switch on lots for the product at ShipBob before the goods arrive.',
  },
  SHIPBOB_TOO_MANY_BOXES: {
    class: 'held',
    remedy: 'Announce at most 50 packages for one order, or announce them as pallets (receivingOrders.packageType).',
  },
  SHIPBOB_TOO_MANY_ITEMS: { class: 'held', remedy: 'Split the order: ShipBob takes 10,000 different items at most.' },
  SHIPBOB_BUNDLE_NOT_RECEIVED: {
    class: 'held',
    remedy: 'Order the components in place of the kit: ShipBob receives and stocks components only.',
  },
  SHIPBOB_ARRIVAL_MOVED: {
    class: 'warning',
    remedy: 'Correct the expected arrival in the ERP; the change is passed on.',
  },
  SHIPBOB_RECEIVING_ORDER_DIFFERS: {
    class: 'held',
    remedy:
      'Cancel the receiving orders named at ShipBob, or make their quantities those of the order, then redrive. No second one is made meanwhile.',
  },
  SHIPBOB_RECEIVING_ORDER_FIXED: {
    class: 'held',
    remedy:
      'Tell ShipBob (support, with the number of the receiving order) what changed, or take the change back in the ERP. Nothing was written.',
  },
  SHIPBOB_RECEIVING_ORDERS_LEFT: {
    class: 'held',
    remedy: 'Cancel the receiving orders named at ShipBob by hand if nothing of them is to come, then redrive.',
  },
  SHIPBOB_SYNC_REFUSED: {
    class: 'held',
    remedy: 'Look at the receiving order at ShipBob; the goods are booked. Redrive to mark it again.',
  },
} satisfies Record<string, ProblemCode>

export type ShipBobWriteCode = keyof typeof shipbobWriteCodes
