import type { LocationRef, ReceiptRecord } from '../../records.ts'
import type { Code } from '../work.ts'

/** Which way goods go through transfers, and what follows from it. */
export interface Way {
  /** Type of the transfers. */
  code: 'incoming' | 'outgoing'
  /** Letter of the sign on a transfer that is booked. */
  sign: 'r' | 's'
  /** How the transfer's note tells it. */
  said: string
  /** The end of a move line that is ours: where goods are put, or where they are taken from. */
  end: 'location_dest_id' | 'location_id'
  over: Code
  differs: Code
  unfinished: Code
}

export const incoming: Way = {
  code: 'incoming',
  sign: 'r',
  said: 'Received',
  end: 'location_dest_id',
  over: 'ODOO_OVER_RECEIPT',
  differs: 'ODOO_RECEIPT_DIFFERS',
  unfinished: 'ODOO_RECEIPT_UNFINISHED',
}

export const outgoing: Way = {
  code: 'outgoing',
  sign: 's',
  said: 'Shipped',
  end: 'location_id',
  over: 'ODOO_OVER_DELIVERY',
  differs: 'ODOO_DELIVERY_DIFFERS',
  unfinished: 'ODOO_DELIVERY_UNFINISHED',
}

/** What is announced or booked on transfers, whichever way it goes. */
export interface Goods extends Omit<ReceiptRecord, 'lines'> {
  /** Location of our end of every line; what Odoo says where absent. */
  place?: LocationRef | undefined
  /** Delivery method of transfers that have none. */
  carrierId?: number | undefined
  /** ISO date-time of the state it tells: an older one books nothing after a newer. */
  at?: string | undefined
  lines: GoodsLine[]
}

export type GoodsLine = ReceiptRecord['lines'][number] & {
  /** Of goods that have serial numbers, one for each piece. */
  serials?: readonly string[] | undefined
}
