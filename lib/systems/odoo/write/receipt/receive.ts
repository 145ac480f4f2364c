import type { Problem } from '../../../../core/problems.ts'
import type { ReceiptRecord } from '../../records.ts'
import { type Delivered, type Held, listed, problem, type Work } from '../work.ts'
import { bookGoods } from './book.ts'
import { type Dock, findDock } from './dock.ts'
import { stockNames } from './names.ts'

/** Takes goods into the incoming transfers of a purchase order, announced or booked, once for its reference (book.ts). */
export async function receiveGoods(work: Work, record: ReceiptRecord): Promise<Delivered | Held> {
  const { odoo } = work
  const [names, dock] = await Promise.all([stockNames(odoo), findDock(odoo, record.order.trim())])
  if ('outcome' in dock) return dock
  return bookGoods(work, names, record, dock, { closed: () => closed(dock) })
}

/** Why nothing can be received for an order. */
export function closed({ name, orderState, transfers }: Dock): Problem {
  const done = transfers.filter(({ state }) => state === 'done').map((one) => one.name)
  const why =
    done.length > 0
      ? `everything has been received (${listed(done)})`
      : orderState === 'cancel'
        ? 'the order is cancelled'
        : orderState === 'purchase' || orderState === 'done' || orderState === undefined
          ? 'it expects no goods'
          : 'the order is not confirmed'
  return problem('ODOO_RECEIPT_CLOSED', `Nothing can be received for ${name} in Odoo: ${why}.`, 'order')
}
