import { add, equal, isZero } from '../../../core/decimal.ts'
import type { ReceivingProgress, UnidentifiedReceipt } from '../../../documents/receiving-progress.ts'
import { centreOf, defined, type Reading } from './reading.ts'
import { meaningOf, type Vocabulary } from './words.ts'

/** Words of a receiving order (shipbob.md §4.4). On the way from a hub to the centre nothing more is known of it. */
const states: Vocabulary<ReceivingProgress['state']> = {
  awaiting: 'awaiting',
  arrived: 'arrived',
  partiallyarrived: 'arrived',
  partiallyarrivedathub: 'arrived',
  arrivedathub: 'arrived',
  processing: 'processing',
  processingathub: 'processing',
  internaltransfer: 'processing',
  completed: 'completed',
  incomplete: 'incomplete',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}

type Line = ReceivingProgress['lines'][number]
type Lot = Line['lots'][number]

/**
 * Totals are the order's own; lots stand on the boxes alone. Where the boxes add up to something else, the lots are told
 * as the boxes have them, with a warning: they then do not sum to `stowed` (shipbob.md §4.4).
 * @param boxes as of GET /receiving/{id}/boxes; undefined where they were not read
 */
export function receivingProgress(record: Reading, boxes: readonly Reading[] | undefined): ReceivingProgress {
  const lines = new Map<string, Line>()
  for (const row of record.list('inventory_quantities')) {
    const line = lineOf(row)
    const before = lines.get(line.inventory)
    lines.set(line.inventory, before ? together(before, line) : line)
  }
  const items = (boxes ?? []).flatMap((box) => box.list('box_items'))
  warnOfOthers(items, lines)
  return {
    type: 'receiving-progress',
    id: record.required('id'),
    state: meaningOf(record, 'status', states, 'unknown'),
    status: record.text('status') ?? '',
    ...defined({
      order: record.text('purchase_order_number'),
      updatedAt: record.instant('last_updated_date'),
      centre: centreOf(record.object('fulfillment_center')),
      markedReceived: record.instant('external_sync_timestamp') === undefined ? undefined : true,
    }),
    lines: [...lines.values()].map((line) =>
      boxes === undefined ? line : { ...line, lots: lotsOf(line, record, items) },
    ),
  }
}

/** Goods on the boxes that the order does not list at all. */
function warnOfOthers(items: readonly Reading[], lines: ReadonlyMap<string, Line>): void {
  for (const item of items) {
    const inventory = item.id('inventory_id')
    const stowed = item.decimal('stowed_quantity') ?? '0'
    if (inventory !== undefined && !lines.has(inventory) && !isZero(stowed))
      item.warn('SHIPBOB_BOXES_DISAGREE', 'inventory_id', `${stowed} of inventory ${inventory} are on no line of it.`)
  }
}

const lineOf = (row: Reading): Line => ({
  inventory: row.required('inventory_id'),
  ...defined({ item: row.text('sku') }),
  expected: row.decimal('expected_quantity') ?? '0',
  received: row.decimal('received_quantity') ?? '0',
  stowed: row.decimal('stowed_quantity') ?? '0',
  lots: [],
  path: row.path,
})

/** One inventory id twice is one total. */
const together = (a: Line, b: Line): Line => ({
  ...a,
  expected: add(a.expected, b.expected),
  received: add(a.received, b.received),
  stowed: add(a.stowed, b.stowed),
})

function lotsOf(line: Line, record: Reading, items: readonly Reading[]): Lot[] {
  const lots = new Map<string, Lot>()
  let total = '0'
  let withoutLot = '0'
  const what = line.item ?? `inventory ${line.inventory}`
  for (const item of items) {
    if (item.id('inventory_id') !== line.inventory) continue
    const stowed = item.decimal('stowed_quantity') ?? '0'
    if (isZero(stowed)) continue
    total = add(total, stowed)
    const lot = item.text('lot_number')
    if (lot === undefined) {
      withoutLot = add(withoutLot, stowed)
      continue
    }
    const before = lots.get(lot)
    const expires = item.day('lot_date')
    if (before?.expires !== undefined && expires !== undefined && before.expires !== expires)
      record.warn('SHIPBOB_LOT_UNCLEAR', 'boxes', `lot ${lot} of ${what} ends on ${before.expires} and on ${expires}.`)
    lots.set(lot, {
      lot,
      ...defined({ expires: before?.expires ?? expires }),
      stowed: add(before?.stowed ?? '0', stowed),
    })
  }
  if (!equal(total, line.stowed))
    record.warn(
      'SHIPBOB_BOXES_DISAGREE',
      'boxes',
      `${line.stowed} of ${what} are stowed by the order, ${total} by its boxes; the order counts.`,
    )
  if (lots.size > 0 && !isZero(withoutLot))
    record.warn('SHIPBOB_LOT_UNCLEAR', 'boxes', `${withoutLot} of ${what} are stowed without a lot, others with one.`)
  return [...lots.values()].sort((a, b) => (a.lot < b.lot ? -1 : 1))
}

/** Goods of no receiving order (2026-07). `linked_wro_id` is null or 0 while nobody has linked it. */
export function unidentifiedReceipt(record: Reading): UnidentifiedReceipt {
  const receivingOrder = record.id('linked_wro_id')
  const reason = [record.text('reason'), record.text('comment')].filter((one) => one !== undefined).join(': ')
  return {
    type: 'unidentified-receipt',
    id: record.required('id'),
    completed: record.fields.is_completed === true || receivingOrder !== undefined,
    ...defined({
      order: record.text('purchase_order_number'),
      receivingOrder,
      tracking: record.text('tracking_barcode') ?? record.text('tracking_number'),
      centre: centreOf(record.object('fulfillment_center')),
      description: reason === '' ? undefined : reason,
    }),
  }
}
