import type { ProblemCode } from './index.ts'

/** Codes of mappings and cross-reference tables. */
export const mappingCodes = {
  PARTNER_UNKNOWN: {
    class: 'held',
    remedy: 'Add the trading partner with its customer in the ERP to the partners table, then redrive.',
  },
  PARTNER_AMBIGUOUS: {
    class: 'held',
    remedy: 'Fill vendor or shipTo in the rows of this partner, so that one customer is meant.',
  },
  TABLE_VALUE_INVALID: { class: 'held', remedy: 'Correct the cell the message names and import the table again.' },
  LOCATION_UNKNOWN: {
    class: 'held',
    remedy: 'Add the ship-to or store with its location in the ERP to the locations table, then redrive.',
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
  UNIT_UNKNOWN: { class: 'held', remedy: 'Add the unit with its ERP unit to the units table, then redrive.' },
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
  PRICE_MISSING: { class: 'warning', remedy: 'The ERP prices the line; compare with the agreement.' },
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
    remedy: 'Map the unit so that the price per ERP unit ends, for example order dozens as dozens.',
  },
  PRICE_ROUNDED: { class: 'warning', remedy: 'Nothing: the amount of the line stays the same to the cent.' },
  CURRENCY_DIFFERS: {
    class: 'held',
    remedy: "Check the order's currency; correct it in the partner's row if the retailer changed it.",
  },
  LINE_NUMBER_TWICE: { class: 'held', remedy: 'Ask the retailer for an order with one number for each line.' },
  CHANGE_NOT_APPLIED: {
    class: 'held',
    remedy: 'Make the change in the ERP order by hand, or agree with the retailer.',
  },
  NOTE_NOT_APPLIED: { class: 'warning', remedy: 'Read the note; write it to the order in the ERP if it matters.' },
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
  STORES_DIFFER: { class: 'held', remedy: 'Change the orders of the stores by hand in the ERP.' },
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
  TAX_NOT_HELD: { class: 'warning', remedy: 'Nothing: the ERP reckons its own taxes.' },
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
    remedy: 'Split the document in the ERP, so that EDI orders stand alone, then redrive.',
  },
  PARTNERS_MIXED: { class: 'held', remedy: 'Split the document in the ERP by trading partner.' },
  PURCHASE_ORDER_UNKNOWN: {
    class: 'held',
    remedy: "Fill the customer order number of the ERP order with the retailer's order number, then redrive.",
  },
  BUYER_LINE_UNKNOWN: {
    class: 'held',
    remedy: "Fill the external reference of the order line with the buyer's line number in the ERP, then redrive.",
  },
  GTIN_INVALID: {
    class: 'warning',
    remedy: "Correct the number in the item's cross-references in the ERP, or tell the retailer that sent it.",
  },
  SHIPPED_ABOVE_ORDERED: {
    class: 'held',
    remedy: 'Correct the shipment, or agree with the retailer and change the order.',
  },
  PACKED_DIFFERS: {
    class: 'held',
    remedy: 'Correct the package contents in the ERP, so that they add up to what was shipped.',
  },
  PACK_CONTENTS_MISSING: {
    class: 'held',
    remedy:
      'Record what is in which package in the ERP; set packContentsMissing where the partner takes items without packs.',
  },
  PACK_CONTENT_UNKNOWN: { class: 'held', remedy: 'Correct the package contents in the ERP.' },
  SSCC_MISSING: {
    class: 'held',
    remedy: 'Give every package its SSCC, or set sscc to optional in the row of the partner.',
  },
  SSCC_INVALID: { class: 'held', remedy: 'Correct the SSCC of the package; label and ship notice must agree.' },
  SSCC_TWICE: { class: 'held', remedy: 'Give every package an SSCC of its own.' },
  CARTON_MIXED: { class: 'warning', remedy: 'Pack one order in one carton where the retailer asks for it.' },
  TRACKING_SEVERAL: { class: 'warning', remedy: 'Check the PRO number of the load.' },
  SHIP_WINDOW: { class: 'warning', remedy: 'Expect a chargeback, or agree with the retailer.' },
  SHIP_DATE_MISSING: { class: 'held', remedy: 'Fill the shipment date in the ERP.' },
  ERP_ORDER_MISSING: {
    class: 'held',
    remedy: 'Make the order readable for the connection (rights, branch), then redrive.',
  },
  CREDIT_NOT_WANTED: { class: 'skipped', remedy: 'Nothing, or set acceptsCredits in the row of the partner.' },
  ORIGINAL_UNKNOWN: { class: 'held', remedy: 'Refer the credit line to the invoice line it credits in the ERP.' },
  SEVERAL_ORDERS: {
    class: 'held',
    remedy: 'Bill each purchase order separately in the ERP (in Acumatica "Bill Separately" on the order type).',
  },
  SHIP_NOTICE_MISSING: { class: 'held', remedy: 'Send the ship notice first, then redrive the invoice.' },
  INVOICED_ABOVE_ORDERED: {
    class: 'held',
    remedy: 'Correct the quantity in the ERP, or agree with the retailer and change the order.',
  },
  INVOICED_ABOVE_SHIPPED: {
    class: 'held',
    remedy: 'Compare the invoice with the shipment and correct the quantity in the ERP.',
  },
  LINE_AMOUNT_DIFFERS: { class: 'held', remedy: 'Correct price, quantity or amount of the line in the ERP.' },
  TOTALS_DIFFER: {
    class: 'held',
    remedy: 'Find the amount that is missing in the invoice; it is never sent a cent off.',
  },
  REPORT_OUTDATED: { class: 'warning', remedy: 'Nothing: the report is kept, and the item holds the newer figure.' },
  REPORT_ITEM_UNKNOWN: {
    class: 'warning',
    remedy: 'Add the number to the items table; the report is kept all the same.',
  },
  ORDER_TYPE_UNKNOWN: {
    class: 'held',
    remedy: 'Correct the order type in the codes table (kind orderType) or in the row of the partner, then redrive.',
  },
  ANSWER_UNKNOWN_ORDER: {
    class: 'warning',
    remedy: 'Check the order number with the trading partner; the order must have been sent from here.',
  },
  ANSWER_LINE_UNKNOWN: {
    class: 'held',
    remedy: 'Ask the trading partner which line is meant, and enter the answer by hand if it does not come again.',
  },
  ANSWER_DIFFERS: {
    class: 'held',
    remedy:
      'Decide by hand what the order becomes, or let the settings write such answers (answers in the integration).',
  },
  ANSWER_REJECTED: {
    class: 'warning',
    remedy: 'The supplier rejects the order or lines of it. Order elsewhere, or agree with the supplier.',
  },
  WAITS_FOR_PARTS: {
    class: 'skipped',
    remedy: 'Nothing: the answer goes out once every order of the purchase order is confirmed.',
  },
  RECEIPT_WITHOUT_ORDER: {
    class: 'held',
    remedy: 'Ask the sender for the order number, or receive the goods by hand and resolve the document.',
  },
  RECEIPT_KNOWN: {
    class: 'skipped',
    remedy: 'Nothing: another document has told what came of this shipment, and its goods are in Odoo.',
  },
  RECEIPT_WITHOUT_GOODS: { class: 'skipped', remedy: 'Nothing: the document says that nothing was received.' },
  RECEIPT_CHANGED: {
    class: 'held',
    remedy: 'The goods were booked or announced already with other figures. Correct the transfer by hand.',
  },
  RECEIPT_CANCELLED: { class: 'held', remedy: 'The shipment was called off. Undo what was announced for it by hand.' },
  RECEIPT_UNCLEAR: {
    class: 'held',
    remedy: 'Ask the warehouse what became of the goods, or set a quarantine location in the settings.',
  },
  RECEIVED_OVER: { class: 'warning', remedy: 'More came than was shipped or ordered. Agree with the supplier.' },
  VENDOR_NOT_EDI: { class: 'skipped', remedy: 'Nothing: the vendor is no trading partner of the partners table.' },
  ORDER_CHANGED_AFTER_SENDING: {
    class: 'held',
    remedy: 'Tell the supplier by hand, or let changes be sent (orderChanges in the row of the partner).',
  },
} satisfies Record<string, ProblemCode>
