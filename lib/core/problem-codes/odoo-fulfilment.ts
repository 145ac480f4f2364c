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
  ODOO_OVER_DELIVERY: {
    class: 'warning',
    remedy: 'More left than was ordered: invoice it, or agree with the warehouse what went wrong.',
  },
  ODOO_LOT_UNKNOWN: {
    class: 'held',
    remedy: 'Create the lot in Odoo, or receive it first; where the warehouse has it wrong, book the delivery by hand.',
  },
} satisfies Record<string, ProblemCode>

export type OdooFulfilmentCode = keyof typeof odooFulfilmentCodes
