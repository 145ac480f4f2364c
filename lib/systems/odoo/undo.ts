import { type Compensation, recordName, type WriteToUndo } from '../../core/undo.ts'
import type { OdooOperation, OrderCancelRecord, OrderRecord } from './records.ts'

type Way = (name: string, done: WriteToUndo) => Compensation

const byHand =
  (text: (name: string) => string): Way =>
  (name) => ({ byHand: text(name) })

const orderCancelled: Way = (name, { write }) => {
  const { model } = write.record as unknown as OrderRecord
  const record: OrderCancelRecord = { model }
  return {
    operation: 'cancel-order',
    record: { ...record },
    does: `cancels order ${name}, as long as no goods of it have moved`,
    absent: ['ODOO_ORDER_NOT_FOUND'],
  }
}

/** What undoes each write at Odoo. Goods that have moved, and what was only said, are a person's. */
const ways: { readonly [operation in OdooOperation]: Way } = {
  'create-order': orderCancelled,
  'replace-order': orderCancelled,
  'create-bill': (name) => ({
    operation: 'cancel-bill',
    record: {},
    does: `cancels bill ${name} while it is a draft, reverses it once it is posted`,
    absent: ['ODOO_BILL_NOT_FOUND'],
  }),
  'change-order': byHand((name) => `Change order ${name} back in Odoo; trace shows what was sent.`),
  'cancel-order': byHand((name) => `Set order ${name} to quotation in Odoo and confirm it again.`),
  'cancel-bill': byHand((name) => `Set bill ${name} back to draft in Odoo, or undo its reversal there.`),
  'annotate-order': byHand((name) => `Set what the answer changed on order ${name} back in Odoo; its message stays.`),
  'receive-goods': byHand((name) => `Return the goods of receipt ${name} in Odoo (button Return).`),
  'book-receipt': byHand((name) => `Return the goods of receipt ${name} in Odoo (button Return).`),
  'book-delivery': byHand((name) => `Return the goods of delivery ${name} in Odoo (button Return).`),
  'book-return': byHand((name) => `Send the goods of return ${name} out again in Odoo (button Return).`),
  'annotate-delivery': byHand((name) => `Delete the message on delivery ${name} in Odoo, if it misleads.`),
  'update-product': byHand((name) => `Set the field of product ${name} back in Odoo; the next report sets it again.`),
}

/** What undoes a write at Odoo. */
export function undo(done: WriteToUndo): Compensation {
  const { operation } = done.write
  const name = recordName(done)
  const way = Object.hasOwn(ways, operation) ? ways[operation as OdooOperation] : undefined
  return way?.(name, done) ?? { byHand: `Take ${operation} of ${name} back in Odoo.` }
}
