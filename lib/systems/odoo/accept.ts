import { toDecimal } from '../../core/decimal.ts'
import type { Json, Write } from '../../core/exchange.ts'
import type {
  DeliveryNoteRecord,
  DeliveryRecord,
  OrderAnswerRecord,
  OrderChangeRecord,
  OrderLineRecord,
  OrderRecord,
  ProductUpdateRecord,
  ReceiptRecord,
  StowedReceiptRecord,
} from './records.ts'
import { afterDiscount } from './write/order/values.ts'

type Fields = { [field: string]: Json }

/** What stands at the target of a preview, and what its writer would have answered. */
interface Accepted {
  record: Fields
  result: Fields
  numbers: string[]
}

/** Records come from our own mappings, as JSON. */
const as = <T>(record: Fields): T => record as unknown as T

/**
 * What Odoo would answer if it took every write as it was sent: the result that later steps of a preview see. Pure; no
 * name is looked up, nothing is priced, a confirmed order is one that needs no approval.
 * @param standing the order as earlier writes left it
 * @param number what stands for the number of a new order
 */
export function acceptAsSent(write: Write, standing: Fields | undefined, number: string): Accepted {
  switch (write.operation) {
    case 'annotate-order':
      return answer(as<OrderAnswerRecord>(write.record), write.record)
    case 'receive-goods':
      return receipt(as<ReceiptRecord>(write.record), write.record, number)
    case 'book-receipt':
    case 'book-delivery': {
      const { order: name } = as<StowedReceiptRecord | DeliveryRecord>(write.record)
      return { record: write.record, result: { picking: number, id: 0, state: 'done' }, numbers: [number, name] }
    }
    case 'annotate-delivery': {
      const { order: name } = as<DeliveryNoteRecord>(write.record)
      return { record: write.record, result: { model: 'sale.order', id: 0 }, numbers: [name] }
    }
    case 'update-product': {
      const { product, field } = as<ProductUpdateRecord>(write.record)
      const name = product.item ?? product.barcodes?.[0] ?? product.vendorPart ?? ''
      return { record: write.record, result: { product: name, field }, numbers: [name] }
    }
    default:
      return order(write, standing, number)
  }
}

function order({ operation, record: sent }: Write, standing: Fields | undefined, number: string): Accepted {
  const before = standing ? as<OrderRecord>(standing) : undefined
  const lines =
    operation === 'change-order'
      ? changed(before?.lines ?? [], as<OrderChangeRecord>(sent).lines)
      : operation === 'cancel-order'
        ? (before?.lines ?? [])
        : as<OrderRecord>(sent).lines
  const stated = typeof standing?.number === 'string' ? standing.number : number
  const wants = as<OrderRecord>({ ...standing, ...sent })
  const state = operation === 'cancel-order' ? 'cancel' : wants.confirm ? confirmed[wants.model] : 'draft'
  const record = { ...standing, ...sent, lines: lines as unknown as Json, number: stated }
  const result = {
    model: wants.model,
    id: 0,
    number: stated,
    state,
    lines: lines.map((line, i) => ({
      externalRef: line.line,
      id: i + 1,
      quantity: toDecimal(line.quantity) ?? '0',
      price: afterDiscount(toDecimal(line.price) ?? '0', toDecimal(line.discount) ?? '0'),
      unit: line.unit ?? '',
    })),
  }
  return { record, result, numbers: [stated] }
}

const confirmed: Readonly<Record<OrderRecord['model'], string>> = {
  'sale.order': 'sale',
  'purchase.order': 'purchase',
  'purchase.requisition': 'confirmed',
}

/** Lines are found by the other side's number, as the writer finds them. */
function changed(before: readonly OrderLineRecord[], changes: OrderChangeRecord['lines']): OrderLineRecord[] {
  const byLine = new Map(changes.map((change) => [change.line, change]))
  const kept = before.flatMap((line) => {
    const change = byLine.get(line.line)
    return change === undefined ? [line] : change.remove ? [] : [{ ...line, ...change }]
  })
  const known = new Set(before.map(({ line }) => line))
  return [...kept, ...changes.flatMap((change) => (change.remove || known.has(change.line) ? [] : [change]))]
}

function answer({ number, action }: OrderAnswerRecord, record: Fields): Accepted {
  const state = action === 'cancel' ? 'cancel' : 'purchase'
  return { record, result: { model: 'purchase.order', id: 0, number, state, lines: [] }, numbers: [number] }
}

function receipt({ order: name, mode }: ReceiptRecord, record: Fields, number: string): Accepted {
  const state = mode === 'validate' ? 'done' : 'assigned'
  return { record, result: { picking: number, id: 0, state }, numbers: [number, name] }
}
