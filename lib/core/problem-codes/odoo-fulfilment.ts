import type { ProblemCode } from './index.ts'

/** Codes of booking in Odoo what a warehouse did. */
export const odooFulfilmentCodes = {
  ODOO_STOWED_LESS: {
    class: 'held',
    remedy:
      'The warehouse counts less than is booked. Return or write off the difference in Odoo if the new figure is right, then skip the document.',
  },
  ODOO_DELIVERY_CLOSED: {
    class: 'held',
    remedy:
      'Confirm the order, or book the shipment on a delivery by hand; the message says why the order has none that is open.',
  },
  ODOO_DELIVERY_STEPS: {
    class: 'held',
    remedy:
      'Finish the transfers named, or set the warehouse to ship in one step: goods that leave from a fulfilment centre are picked and packed there. Then redrive.',
  },
  ODOO_DELIVERY_DIFFERS: {
    class: 'held',
    remedy: 'Compare the delivery in Odoo with the shipment, correct and validate it there; a redrive then accepts it.',
  },
  ODOO_DELIVERY_UNFINISHED: {
    class: 'held',
    remedy: 'Answer the question on the delivery in Odoo and validate it there; a redrive then accepts it.',
  },
  ODOO_NOTE_UNPLACED: {
    class: 'warning',
    remedy: 'Nothing: the order was sold on a channel that Odoo does not see (deliveries.unknownOrder).',
  },
  ODOO_OVER_DELIVERY: {
    class: 'warning',
    remedy: 'More left than was ordered: invoice it, or agree with the warehouse what went wrong.',
  },
  ODOO_LOT_UNKNOWN: {
    class: 'held',
    remedy: 'Create the lot in Odoo, or receive it first; where the warehouse has it wrong, book the delivery by hand.',
  },
  ODOO_RETURN_UNKNOWN: {
    class: 'held',
    remedy:
      'Book the return by hand, or deliver the order it belongs to first; the message says what is not known of it. Then redrive.',
  },
  ODOO_RETURN_EXCEEDS: {
    class: 'held',
    remedy:
      'Compare what was sent and what came back. Correct the delivery or the open return named in Odoo, then redrive; or book the rest by hand and skip the document.',
  },
  ODOO_RETURN_LESS: {
    class: 'held',
    remedy:
      'The warehouse tells less than is booked, or another action. Correct the stock in Odoo if the new figure is right, then skip the document.',
  },
  ODOO_RETURN_DIFFERS: {
    class: 'held',
    remedy: 'Compare the return in Odoo with the document, correct and validate it there; a redrive then accepts it.',
  },
  ODOO_RETURN_UNFINISHED: {
    class: 'held',
    remedy: 'Answer the question on the return in Odoo and validate it there; a redrive then accepts it.',
  },
  ODOO_RETURN_LOT_DIFFERS: {
    class: 'warning',
    remedy: 'Check with the warehouse which lot was sent: the one that came back is booked as it was told.',
  },
  ODOO_SCRAP_LOCATION_MISSING: {
    class: 'held',
    remedy: 'Name the location for goods that are disposed of in the centres table, then redrive.',
  },
  ODOO_ACCOUNT_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the account in the fees table: the code of a G/L account of the company, then redrive.',
  },
  ODOO_TAX_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the taxes in the fees table: names of purchase taxes, each once in the company, then redrive.',
  },
  ODOO_COST_CENTRE_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the cost centre in the fees table: code or name of one analytic account, then redrive.',
  },
  ODOO_JOURNAL_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct bills.journal in the settings: the short code of a purchase journal, then redrive.',
  },
  ODOO_BILL_EMPTY: { class: 'held', remedy: 'Ask the vendor what the bill is for; it has no lines.' },
  ODOO_BILL_DIFFERS: {
    class: 'held',
    remedy:
      'Compare the draft in Odoo with the document; correct it there and post it by hand, or correct tables and taxes, delete the draft and redrive.',
  },
  ODOO_BILL_ACCEPTED_AS_IS: {
    class: 'warning',
    remedy: 'Nothing: somebody posted the bill in Odoo with this difference.',
  },
  ODOO_DUPLICATE_BILL: {
    class: 'held',
    remedy: 'Cancel or delete the bill that was entered by hand and redrive, or skip the document.',
  },
  ODOO_BILL_NOT_POSTED: { class: 'held', remedy: 'Post the bill in Odoo, then redrive.' },
  ODOO_BILL_CANCELED: {
    class: 'held',
    remedy: 'If the bill is right after all, set it back to draft in Odoo and redrive; else skip the document.',
  },
  ODOO_BILL_SETTLED: {
    class: 'held',
    remedy: 'Ask accounting to reverse what is left of the bill in Odoo; then settle the document.',
  },
  ODOO_BILL_NOT_REVERSED: {
    class: 'held',
    remedy: 'Post the draft credit note of the bill in Odoo, or delete it; then redrive.',
  },
  ODOO_BILL_NOT_FOUND: { class: 'held', remedy: 'Redrive: the bill is made anew.' },
  ODOO_BILL_DATE_MOVED: {
    class: 'warning',
    remedy:
      "Nothing, unless the bill must count in its own month: then open that period in Odoo and change the bill's date.",
  },
} satisfies Record<string, ProblemCode>

export type OdooFulfilmentCode = keyof typeof odooFulfilmentCodes
