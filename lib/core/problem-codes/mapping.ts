import type { ProblemCode } from './index.ts'

/** Codes of mappings and cross-reference tables. */
export const mappingCodes = {
  PARTNER_UNKNOWN: {
    class: 'held',
    remedy: 'Add the trading partner with its Acumatica customer to the partners table, then redrive.',
  },
  PARTNER_AMBIGUOUS: {
    class: 'held',
    remedy: 'Fill vendor or shipTo in the rows of this partner, so that one customer is meant.',
  },
  TABLE_VALUE_INVALID: { class: 'held', remedy: 'Correct the cell the message names and import the table again.' },
  LOCATION_UNKNOWN: {
    class: 'held',
    remedy: 'Add the ship-to or store with its LocationID to the locations table, then redrive.',
  },
  ADDRESS_INCOMPLETE: {
    class: 'held',
    remedy: 'Ask the retailer for the whole address, or map the place in the locations table.',
  },
  ITEM_UNKNOWN: {
    class: 'held',
    remedy: "Add the retailer's part number or the GTIN to the items table, then redrive.",
  },
  ITEM_AMBIGUOUS: { class: 'held', remedy: 'Make the items table say which item the number means, then redrive.' },
  ITEM_INACTIVE: {
    class: 'held',
    remedy: 'Agree on another item with the retailer, or set the item active in the items table.',
  },
  ITEM_NUMBERS_DISAGREE: {
    class: 'warning',
    remedy: 'Check which item is meant; mend the number in the items table or tell the retailer.',
  },
  UNIT_MISSING: { class: 'held', remedy: 'Ask the retailer for the unit of measure of the line.' },
  UNIT_UNKNOWN: { class: 'held', remedy: 'Add the unit with its Acumatica unit to the units table, then redrive.' },
  UNIT_SIZE_UNKNOWN: {
    class: 'held',
    remedy: 'Fill caseSize in the items table or eaches in the units table, then redrive.',
  },
  PACK_SIZE_DIFFERS: { class: 'warning', remedy: 'Compare the case size with the retailer; ours was used.' },
  QUANTITY_INVALID: { class: 'held', remedy: 'Ask the retailer for the quantity of the line.' },
  QUANTITY_NOT_EXACT: {
    class: 'held',
    remedy: 'Correct the quantity or the unit conversion so that whole units come out.',
  },
  PRICE_MISSING: { class: 'warning', remedy: 'Acumatica prices the line; compare with the agreement.' },
  PRICE_DIFFERS: {
    class: 'held',
    remedy: 'Agree on the price with the retailer; correct the items table or raise priceTolerance, then redrive.',
  },
  PRICE_BASIS_UNKNOWN: {
    class: 'held',
    remedy: 'Add the price basis as a unit to the units table, or ask the retailer.',
  },
  PRICE_NOT_EXACT: {
    class: 'held',
    remedy: 'Map the unit so that the price per Acumatica unit ends, for example order dozens as dozens.',
  },
  PRICE_ROUNDED: { class: 'warning', remedy: 'Nothing: the amount of the line stays the same to the cent.' },
  CURRENCY_DIFFERS: {
    class: 'held',
    remedy: "Check the order's currency; correct it in the partner's row if the retailer changed it.",
  },
  LINE_NUMBER_TWICE: { class: 'held', remedy: 'Ask the retailer for an order with one number for each line.' },
  CHANGE_NOT_APPLIED: {
    class: 'held',
    remedy: 'Make the change in the Acumatica order by hand, or agree with the retailer.',
  },
  NOTE_NOT_APPLIED: { class: 'warning', remedy: 'Read the note; write it to the order in Acumatica if it matters.' },
  LINE_UNKNOWN: {
    class: 'held',
    remedy: 'Compare the change with the order; apply it by hand or ask the retailer for a right one.',
  },
  ORDER_WITHOUT_LINES: { class: 'held', remedy: 'Ask the retailer for the order with its lines.' },
  ORDER_UNKNOWN: { class: 'held', remedy: 'Find out whether the original order came; once it is there, redrive.' },
  ORDER_WAITS: { class: 'held', remedy: 'Settle the earlier document of this order first, then redrive this one.' },
  ORDER_DIFFERS: {
    class: 'held',
    remedy: 'Ask the retailer which version counts; set revisesByOriginal where it revises by sending orders again.',
  },
  ORDER_CANCELLED: { class: 'held', remedy: 'Ask the retailer; a cancelled order is not changed.' },
  SHIPPING_BEGUN: { class: 'held', remedy: 'Agree with the retailer and change the rest of the order by hand.' },
  STORES_DIFFER: { class: 'held', remedy: 'Change the orders of the stores by hand in Acumatica.' },
  STORE_SPLIT_MISSING: { class: 'held', remedy: 'Ask the retailer how much each store gets.' },
  STORE_SPLIT_DIFFERS: { class: 'held', remedy: "Ask the retailer for shares that add up to the line's quantity." },
  PAST_CANCEL_DATE: {
    class: 'held',
    remedy: 'Ask the retailer whether the order still counts; set pastCancelDate to warn to take it.',
  },
  CARRIER_UNKNOWN: { class: 'warning', remedy: 'Add the carrier to the carriers table.' },
  CODE_UNKNOWN: { class: 'held', remedy: 'Add the code to the codes table, then redrive.' },
  SHIP_TO_MISSING: { class: 'warning', remedy: 'Check where the goods go; set location in the row of the partner.' },
  CHARGE_NOT_HELD: {
    class: 'warning',
    remedy: 'Check whether the charge or allowance has to be in the invoice; set charges in the row of the partner.',
  },
  TAX_NOT_HELD: { class: 'warning', remedy: 'Nothing: Acumatica reckons its own taxes.' },
  TOTAL_DIFFERS: { class: 'warning', remedy: "Compare the order's total with its lines; tell the retailer." },
  CONFIRMATION: { class: 'skipped', remedy: 'Nothing: a confirmation orders nothing.' },
  NO_GOODS: { class: 'skipped', remedy: 'Nothing: the document is for information.' },
  ALREADY_CANCELLED: { class: 'skipped', remedy: 'Nothing: the order is cancelled.' },
  STALE_CHANGE: { class: 'skipped', remedy: 'Nothing: a newer change of this order was applied before.' },
  NO_CHANGE: { class: 'skipped', remedy: 'Nothing: the order already says what the change says.' },
  NOT_ELIGIBLE: {
    class: 'skipped',
    remedy: 'Nothing: it is sent once it is confirmed or released, if it is to be sent at all.',
  },
  NOT_EDI: { class: 'skipped', remedy: 'Nothing: the document belongs to no EDI order.' },
  ALREADY_SENT: { class: 'skipped', remedy: 'Nothing: it was sent before; to send it again is an explicit act.' },
  EDI_MIXED: {
    class: 'held',
    remedy: 'Split the document in Acumatica, so that EDI orders stand alone, then redrive.',
  },
  PARTNERS_MIXED: { class: 'held', remedy: 'Split the document in Acumatica by trading partner.' },
  PURCHASE_ORDER_UNKNOWN: {
    class: 'held',
    remedy: "Fill the customer order number of the Acumatica order with the retailer's order number, then redrive.",
  },
  BUYER_LINE_UNKNOWN: {
    class: 'held',
    remedy: "Fill the external reference of the order line with the buyer's line number in Acumatica, then redrive.",
  },
  GTIN_INVALID: {
    class: 'warning',
    remedy: "Correct the number in the item's cross-references in Acumatica, or tell the retailer that sent it.",
  },
  SHIPPED_ABOVE_ORDERED: {
    class: 'held',
    remedy: 'Correct the shipment, or agree with the retailer and change the order.',
  },
  PACKED_DIFFERS: {
    class: 'held',
    remedy: 'Correct the package contents in Acumatica, so that they add up to what was shipped.',
  },
  PACK_CONTENTS_MISSING: {
    class: 'held',
    remedy:
      'Record what is in which package in Acumatica; set packContentsMissing where the partner takes items without packs.',
  },
  PACK_CONTENT_UNKNOWN: { class: 'held', remedy: 'Correct the package contents in Acumatica.' },
  SSCC_MISSING: {
    class: 'held',
    remedy: 'Give every package its SSCC, or set sscc to optional in the row of the partner.',
  },
  SSCC_INVALID: { class: 'held', remedy: 'Correct the SSCC of the package; label and ship notice must agree.' },
  SSCC_TWICE: { class: 'held', remedy: 'Give every package an SSCC of its own.' },
  CARTON_MIXED: { class: 'warning', remedy: 'Pack one order in one carton where the retailer asks for it.' },
  TRACKING_SEVERAL: { class: 'warning', remedy: 'Check the PRO number of the load.' },
  SHIP_WINDOW: { class: 'warning', remedy: 'Expect a chargeback, or agree with the retailer.' },
  SHIP_DATE_MISSING: { class: 'held', remedy: 'Fill the shipment date in Acumatica.' },
  ERP_ORDER_MISSING: {
    class: 'held',
    remedy: 'Make the order readable for the connection (rights, branch), then redrive.',
  },
  CREDIT_NOT_WANTED: { class: 'skipped', remedy: 'Nothing, or set acceptsCredits in the row of the partner.' },
  ORIGINAL_UNKNOWN: { class: 'held', remedy: 'Refer the credit line to the invoice line it credits in Acumatica.' },
  SEVERAL_ORDERS: {
    class: 'held',
    remedy: 'Bill each purchase order separately in Acumatica ("Bill Separately" on the order type).',
  },
  SHIP_NOTICE_MISSING: { class: 'held', remedy: 'Send the ship notice first, then redrive the invoice.' },
  INVOICED_ABOVE_ORDERED: {
    class: 'held',
    remedy: 'Correct the quantity in Acumatica, or agree with the retailer and change the order.',
  },
  INVOICED_ABOVE_SHIPPED: {
    class: 'held',
    remedy: 'Compare the invoice with the shipment and correct the quantity in Acumatica.',
  },
  LINE_AMOUNT_DIFFERS: { class: 'held', remedy: 'Correct price, quantity or amount of the line in Acumatica.' },
  TOTALS_DIFFER: {
    class: 'held',
    remedy: 'Find the amount that is missing in the invoice; it is never sent a cent off.',
  },
  REPORT_OUTDATED: { class: 'warning', remedy: 'Nothing: the report is kept, and the item holds the newer figure.' },
  REPORT_ITEM_UNKNOWN: {
    class: 'warning',
    remedy: 'Add the number to the items table; the report is kept all the same.',
  },
} satisfies Record<string, ProblemCode>
