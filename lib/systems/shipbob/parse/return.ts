import type { CustomerReturn } from '../../../documents/customer-return.ts'
import { centreOf, defined, type Reading } from './reading.ts'
import { meaningOf, type Vocabulary } from './words.ts'

/** Words of a return, with and without blanks (shipbob.md §4.6). */
const states: Vocabulary<CustomerReturn['state']> = {
  awaitingarrival: 'awaiting',
  awaiting: 'awaiting',
  arrived: 'arrived',
  processing: 'processing',
  completed: 'completed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}

const kinds: Vocabulary<CustomerReturn['kind']> = {
  regular: 'regular',
  returntosender: 'return-to-sender',
  rts: 'return-to-sender',
}

type Action = CustomerReturn['lines'][number]['outcomes'][number]['action']

/** What can have been done. "Default" is what was asked for, not what was done. */
const actions: Vocabulary<Action> = {
  restock: 'restock',
  restocked: 'restock',
  quarantine: 'quarantine',
  quarantined: 'quarantine',
  dispose: 'dispose',
  disposed: 'dispose',
}

export function customerReturn(record: Reading): CustomerReturn {
  return {
    type: 'customer-return',
    id: record.required('id'),
    kind: meaningOf(record, 'return_type', kinds, 'regular'),
    state: meaningOf(record, 'status', states, 'unknown'),
    status: record.text('status') ?? '',
    ...defined({
      reference: record.text('reference_id'),
      shipment: record.id('original_shipment_id'),
      order: record.text('store_order_id'),
      channel: record.object('channel')?.id('id'),
      tracking: record.text('tracking_number'),
      centre: centreOf(record.object('fulfillment_center')),
      completedAt: record.instant('completed_date'),
    }),
    lines: record.list('inventory').map((line) => ({
      inventory: line.required('id'),
      ...defined({
        item: line.text('sku'),
        name: line.text('name'),
        bundle: line.text('bundle_parent_sku'),
        lot: line.object('lot_information')?.text('number'),
        expires: line.object('lot_information')?.day('expiration'),
      }),
      barcodes: line.texts('barcodes'),
      expected: line.decimal('quantity') ?? '0',
      outcomes: line.list('action_taken').map((taken) => ({
        action: meaningOf(taken, 'action', actions, 'other'),
        word: taken.text('action') ?? '',
        // Booked as it stands: a missing one is no zero.
        quantity: taken.requiredDecimal('quantity_processed'),
        ...defined({ reason: taken.text('action_reason'), image: taken.text('image_url') }),
      })),
      path: line.path,
    })),
  }
}
