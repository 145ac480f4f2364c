import type { ProblemCode } from './index.ts'

/** Codes of writing to Odoo. */
export const odooWriteCodes = {
  ODOO_PARTNER_NOT_FOUND: {
    class: 'held',
    remedy: 'Put the reference on the contact in Odoo (field Reference), or correct the partners table, then redrive.',
  },
  ODOO_PARTNER_AMBIGUOUS: {
    class: 'held',
    remedy: 'Leave the reference on one contact only, or name the contact by its database id, then redrive.',
  },
  ODOO_ARCHIVED: { class: 'held', remedy: 'Unarchive the record in Odoo, or name another one, then redrive.' },
  ODOO_PRODUCT_NOT_FOUND: {
    class: 'held',
    remedy: 'Give the product the internal reference or barcode named, or add a row to the items table, then redrive.',
  },
  ODOO_PRODUCT_AMBIGUOUS: {
    class: 'held',
    remedy: 'Leave the number on one product only, or name the product in the items table, then redrive.',
  },
  ODOO_UNIT_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the unit in the units table: it must be the name of a unit of measure in Odoo, then redrive.',
  },
  ODOO_UNIT_UNSUITED: {
    class: 'held',
    remedy: "Name a unit that converts to the product's own unit of measure, then redrive.",
  },
  ODOO_PLACE_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the address of the document, or the country of the contact in Odoo, then redrive.',
  },
  ODOO_WAREHOUSE_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the warehouse code in the settings or the partners table, then redrive.',
  },
  ODOO_LOCATION_NOT_FOUND: {
    class: 'held',
    remedy:
      'Correct the location in the settings or the centres table: name, full name or barcode of one location, then redrive.',
  },
  ODOO_CARRIER_NOT_FOUND: { class: 'held', remedy: 'Correct the carrier in the carriers table, then redrive.' },
  ODOO_CURRENCY_UNSUITED: {
    class: 'held',
    remedy: 'Activate the currency, or give the customer a price list in it, then redrive.',
  },
  ODOO_COMPANY_NOT_FOUND: {
    class: 'held',
    remedy: 'Name a company the connection may use (settings companies), then redrive.',
  },
  ODOO_LINE_TWICE: { class: 'held', remedy: 'Two lines have one number: ask the sender for a correct document.' },
  ODOO_LOAD_REFUSED: { class: 'held', remedy: "Mend what Odoo's own words name, then redrive." },
  ODOO_ORDER_DIFFERS: {
    class: 'held',
    remedy: 'Correct the draft in Odoo, or confirm it there as it stands; a redrive then accepts it.',
  },
  ODOO_ACCEPTED_AS_IS: {
    class: 'warning',
    remedy: 'Nothing: somebody confirmed the order in Odoo with this difference.',
  },
  ODOO_DUPLICATE_ORDER: {
    class: 'held',
    remedy: 'Cancel the order that was entered by hand, or handle the document by hand, then redrive.',
  },
  ODOO_ORDER_NOT_FOUND: {
    class: 'held',
    remedy: 'Deliver the original order first, or correct the order number, then redrive.',
  },
  ODOO_ORDER_CANCELED: {
    class: 'held',
    remedy: 'If the order is wanted after all, set it back to draft in Odoo and redrive.',
  },
  ODOO_ORDER_LOCKED: { class: 'held', remedy: 'Unlock the order in Odoo, then redrive; or change it by hand.' },
  ODOO_GOODS_MOVED: {
    class: 'held',
    remedy: 'Goods of the order have moved. Agree with the partner what is right, and change the order by hand.',
  },
  ODOO_LINE_UNCHANGEABLE: {
    class: 'held',
    remedy: 'A confirmed line keeps its product and unit. Set it to 0 and add another line by hand.',
  },
  ODOO_LINE_INVOICED: { class: 'held', remedy: 'The line is invoiced. Change it by hand, with a credit note.' },
  ODOO_NOT_CONFIRMED: { class: 'held', remedy: 'Confirm the order in Odoo, then redrive.' },
  ODOO_NOT_CANCELED: { class: 'held', remedy: 'Cancel the order in Odoo, then redrive.' },
  ODOO_LINE_NOT_FOUND: {
    class: 'held',
    remedy: "Compare the document's lines with the order's in Odoo, and enter what is missing by hand.",
  },
  ODOO_TO_APPROVE: { class: 'warning', remedy: 'The order waits in Odoo for its approval.' },
  ODOO_LINE_KEPT: {
    class: 'warning',
    remedy: 'Check whether the line added in Odoo still belongs to the replaced order.',
  },
  ODOO_ADDRESS_DIFFERS: {
    class: 'warning',
    remedy: 'Compare the delivery address in Odoo with the document, and correct whichever is wrong.',
  },
  ODOO_SHIP_TO_NOTED: {
    class: 'warning',
    remedy: 'Nothing; to receive at that place, give a warehouse in Odoo its contact as address.',
  },
  ODOO_DATES_DIFFER: {
    class: 'warning',
    remedy: 'A sales order in Odoo has one date; split the order there if its lines must ship on different days.',
  },
  ODOO_RECEIPT_CLOSED: {
    class: 'held',
    remedy: 'Nothing is left to receive in Odoo. Check whether the goods are booked already; book extra ones by hand.',
  },
  ODOO_RECEIPT_DIFFERS: {
    class: 'held',
    remedy: 'Compare the transfer in Odoo with the document, correct and validate it there; a redrive then accepts it.',
  },
  ODOO_RECEIPT_UNFINISHED: {
    class: 'held',
    remedy: 'Answer the question on the transfer in Odoo and validate it there; a redrive then accepts it.',
  },
  ODOO_LOT_MISSING: {
    class: 'held',
    remedy: 'Enter lot or serial numbers on the transfer in Odoo and validate it there; a redrive then accepts it.',
  },
  ODOO_LOT_UNSUITED: {
    class: 'held',
    remedy: 'Receive the line by hand; the message says what its lots or serial numbers do not allow.',
  },
  ODOO_LOT_IGNORED: {
    class: 'warning',
    remedy: 'Turn on tracking by lots for the product if its lot numbers are to be kept.',
  },
  ODOO_EXPIRY_DIFFERS: { class: 'warning', remedy: 'Compare the expiration date of the lot in Odoo with the goods.' },
  ODOO_EXPIRY_IGNORED: {
    class: 'warning',
    remedy: 'Install the app Products Expiration Date, or give the product expiration dates, to keep them.',
  },
  ODOO_OVER_RECEIPT: { class: 'warning', remedy: 'More came than was ordered: return it, or agree with the supplier.' },
  ODOO_VALUE_DIFFERS: {
    class: 'held',
    remedy: 'Odoo keeps another value than was sent. Check precision and rules of the field named, then redrive.',
  },
  ODOO_FIELD_UNSUITED: {
    class: 'held',
    remedy: 'Name a stored number field of the product that the integration user may write, then redrive.',
  },
} satisfies Record<string, ProblemCode>

export type OdooWriteCode = keyof typeof odooWriteCodes
