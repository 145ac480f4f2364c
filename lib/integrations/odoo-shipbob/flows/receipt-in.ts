import { isZero } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import type { ReceivingProgress, UnidentifiedReceipt } from '../../../documents/receiving-progress.ts'
import type { StowedReceiptRecord } from '../../../systems/odoo/records.ts'
import type { MarkReceivedRecord } from '../../../systems/shipbob/records.ts'
import { type Centre, centreOf } from '../centres.ts'
import { inventoryNumber } from '../known-products.ts'
import { isBooked, keepReceiving, lastTaken, stillOpen, warehouseTold } from '../receipt/kept.ts'
import { stowedLines } from '../receipt/lines.ts'
import { unidentified } from '../receipt/unidentified.ts'
import type { Settings } from '../settings.ts'

/** As the reader numbers it: by this its earlier states, and the other receiving orders of the order, are found. */
const numberOf = ({ order, id }: ReceivingProgress): string => order ?? id

/**
 * Progress of a receiving order → what is stowed is booked on the purchase order's receipts, as totals; once it is
 * complete and booked, ShipBob is told that Odoo holds it. Goods of no receiving order are shown to a person.
 */
export const receiptInFlow: Flow<ReceivingProgress | UnidentifiedReceipt, Settings> = {
  name: 'receipt-in',
  source: 'shipbob',
  types: ['receiving-progress', 'unidentified-receipt'],
  lookups: (document) =>
    document.type === 'unidentified-receipt'
      ? []
      : [
          { number: numberOf(document) },
          ...document.lines.map(({ inventory }) => ({ number: inventoryNumber(inventory) })),
        ],

  map: (document, context) =>
    document.type === 'unidentified-receipt' ? unidentified(document) : progress(document, context),

  followUp(document, context, _snapshot, delivered): MapResult | undefined {
    if (document.type !== 'receiving-progress' || document.state !== 'completed' || document.markedReceived)
      return undefined
    if (!delivered.some(({ operation }) => operation === 'book-receipt') || !/^\d{1,15}$/.test(document.id))
      return undefined
    const record: MarkReceivedRecord = { ids: [Number(document.id)] }
    const write = {
      connection: context.connections.shipbob ?? '',
      operation: 'mark-received',
      reference: `received:WRO:${document.id}`,
      record: toJson(record),
    }
    return written(createFindings(), [write])
  },
}

function progress(document: ReceivingProgress, context: MapContext<Settings>): MapResult {
  const find = createFindings()
  const { id, order, state, status } = document
  const what = `Receiving order ${id}`
  const history = context.history(numberOf(document))
  const complete = state === 'completed'
  const nothing = document.lines.every(({ stowed }) => isZero(stowed))
  if (lastTaken(history, context.key)?.hash === context.hash)
    return skipped(find, 'DUPLICATE', `${what} was already taken with the same content.`)
  if (state === 'cancelled' && nothing && !isBooked(history, context.key))
    return skipped(find, 'RECEIPT_CALLED_OFF', `${what} is cancelled, and nothing of it was stowed.`)
  if (state !== 'incomplete' && state !== 'cancelled' && nothing && !complete && !isBooked(history, context.key))
    return skipped(find, 'RECEIPT_NOTHING_STOWED', `${what} is "${status}", and nothing of it is on a shelf yet.`)
  if (state === 'cancelled')
    find.hold('RECEIPT_CANCELLED_LATE', `${what} is cancelled, and goods of it were stowed.`, 'status')
  if (state === 'incomplete')
    find.hold('RECEIPT_INCOMPLETE', `${what} is "${status}" at ShipBob, which says no more of it.`, 'status')
  if (order === undefined)
    find.hold('RECEIPT_ORDER_UNSTATED', `${what} names no purchase order.`, 'purchase_order_number')
  const centre = document.centre && centreOf(context.tables, document.centre, find, 'fulfillment_center')
  const lines = stowedLines(document, context, find)
  if (order === undefined || find.problems.length > 0) return held(find)
  if (lines === 'unsettled')
    return skipped(find, 'RECEIPT_LOTS_UNSETTLED', `${what}: it is booked once its lots and its totals agree.`)
  if (centre) warnOfElsewhere(order, centre, warehouseTold(history, context.tables), find)
  const record: StowedReceiptRecord = {
    order,
    receivingOrder: id,
    complete,
    shortage: complete ? shortageOf(context, stillOpen(history, context.key), find) : 'keep',
    destination: centre?.stock,
    at: document.updatedAt,
    lines,
  }
  const write = {
    connection: context.connections.odoo ?? '',
    operation: 'book-receipt',
    reference: `WRO:${id}`,
    record: toJson(record),
  }
  return written(find, [write], { snapshot: keepReceiving(document), index: [`WRO:${id}`] })
}

/** Nothing is called off while goods of the purchase order may still come by another receiving order. */
function shortageOf({ settings }: MapContext<Settings>, open: readonly string[], find: Findings): 'keep' | 'cancel' {
  const { shortage } = settings.receipts
  const value = shortage === 'cancel' && open.length > 0 ? 'keep' : shortage
  const input = `receipts.shortage=${shortage}${open.length > 0 ? `, open: ${open.join(', ')}` : ''}`
  find.decide({ field: 'shortage', rule: 'receipt.shortage', input, value })
  return value
}

/** Goods that came to another warehouse than they were ordered for are booked where they are. */
function warnOfElsewhere(order: string, centre: Centre, told: string | undefined, find: Findings): void {
  if (told !== undefined && told !== centre.warehouse)
    find.warn(
      'RECEIPT_ELSEWHERE',
      `Order ${order} was to come to warehouse ${told}, and came to ${centre.warehouse} (centre ${centre.id}).`,
      'fulfillment_center',
    )
}
