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
} satisfies Record<string, ProblemCode>
