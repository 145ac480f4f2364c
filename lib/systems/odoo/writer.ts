import type { ConnectionContext } from '../../core/connection.ts'
import type { Json, TargetWriter, Write, WriteContext, WriteOutcome } from '../../core/exchange.ts'
import { Failure, Refusal } from '../../core/failures.ts'
import { type Client, createClient } from './client.ts'
import { readUser } from './ping/neutral.ts'
import type {
  BillRecord,
  DeliveryNoteRecord,
  DeliveryRecord,
  OdooOperation,
  OrderAnswerRecord,
  OrderCancelRecord,
  OrderChangeRecord,
  OrderRecord,
  ProductUpdateRecord,
  ReceiptRecord,
  ReturnRecord,
  StowedReceiptRecord,
} from './records.ts'
import type { Settings } from './settings.ts'
import { cancelBill } from './write/bill/cancel.ts'
import { createBill } from './write/bill/create.ts'
import { annotateDelivery } from './write/delivery/annotate.ts'
import { bookDelivery } from './write/delivery/book-delivery.ts'
import { bookReceipt } from './write/fulfilment/book-receipt.ts'
import { changeOrder } from './write/order/amend.ts'
import { answerOrder } from './write/order/answer.ts'
import { cancelOrder } from './write/order/cancel.ts'
import { createOrder } from './write/order/create.ts'
import { replaceOrder } from './write/order/replace.ts'
import { updateProduct } from './write/product-update.ts'
import { receiveGoods } from './write/receipt/receive.ts'
import { bookReturn } from './write/return/book.ts'
import type { Work } from './write/work.ts'

type Record = { [key: string]: Json }

/** Records come from our own mappings through the ledger, as JSON. */
const as = <T>(record: Record): T => record as unknown as T

const operations: { readonly [operation in OdooOperation]: (work: Work, record: Record) => Promise<WriteOutcome> } = {
  'create-order': (work, record) => createOrder(work, as<OrderRecord>(record)),
  'replace-order': (work, record) => replaceOrder(work, as<OrderRecord>(record)),
  'change-order': (work, record) => changeOrder(work, as<OrderChangeRecord>(record)),
  'cancel-order': (work, record) => cancelOrder(work, as<OrderCancelRecord>(record)),
  'annotate-order': (work, record) => answerOrder(work, as<OrderAnswerRecord>(record)),
  'receive-goods': (work, record) => receiveGoods(work, as<ReceiptRecord>(record)),
  'book-receipt': (work, record) => bookReceipt(work, as<StowedReceiptRecord>(record)),
  'book-delivery': (work, record) => bookDelivery(work, as<DeliveryRecord>(record)),
  'annotate-delivery': (work, record) => annotateDelivery(work, as<DeliveryNoteRecord>(record)),
  'book-return': (work, record) => bookReturn(work, as<ReturnRecord>(record)),
  'create-bill': (work, record) => createBill(work, as<BillRecord>(record)),
  'cancel-bill': (work) => cancelBill(work),
  'update-product': (work, record) => updateProduct(work, as<ProductUpdateRecord>(record)),
}

/**
 * Writes to Odoo, at most once per reference: every operation first looks what stands there, whether or not an earlier
 * attempt may have written, and every name it gives is made of the reference (odoo.md §6).
 */
export function createWriter(context: ConnectionContext<Settings>): TargetWriter {
  const client = createClient(context)
  return {
    write: async (write, writeContext) => {
      try {
        return await perform(client, write, writeContext)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        // Somebody was quicker, perhaps an earlier attempt of ours: the next one looks anew.
        if (error.problems.some(({ code }) => code === 'ODOO_RECORD_GONE'))
          throw new Failure('transient', 'ODOO_BUSY', error.message, { cause: error })
        return { outcome: 'rejected', problems: error.problems }
      }
    },
    probe: async (deadline) => void (await readUser(await client.open(deadline), ['login'])),
  }
}

async function perform(client: Client, write: Write, { deadline }: WriteContext): Promise<WriteOutcome> {
  const operation = Object.hasOwn(operations, write.operation)
    ? operations[write.operation as OdooOperation]
    : undefined
  if (!operation) throw new Error(`Odoo has no operation "${write.operation}"`)
  return operation({ odoo: await client.open(deadline), reference: write.reference }, write.record)
}
