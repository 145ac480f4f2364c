import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import { trackingIndexes } from '../../../core/tracking.ts'
import type { CustomerReturn } from '../../../documents/customer-return.ts'
import type { ReturnRecord } from '../../../systems/odoo/records.ts'
import { centreOf } from '../centres.ts'
import { inventoryNumber } from '../known-products.ts'
import { isReturnBooked, lastReturn, orderOfShipment } from '../returned/known.ts'
import { returnedLines } from '../returned/lines.ts'
import type { Settings } from '../settings.ts'

/** As the reader numbers it: by this the return's earlier states are found. */
const numberOf = ({ reference, id }: CustomerReturn): string => reference ?? id
const shipmentNumber = (shipment: string): string => `shipment:${shipment}`

/**
 * Return of ShipBob → return of the delivery in Odoo: what was done with the goods, as totals. Parcels that could not be
 * delivered are returns like any other, found by the shipment they left with.
 */
export const returnInFlow: Flow<CustomerReturn, Settings> = {
  name: 'return-in',
  source: 'shipbob',
  types: ['customer-return'],
  lookups: (document) => [
    { number: numberOf(document) },
    ...(document.shipment === undefined ? [] : [{ number: shipmentNumber(document.shipment) }]),
    ...document.lines.map(({ inventory }) => ({ number: inventoryNumber(inventory) })),
  ],

  map(document, context): MapResult {
    const find = createFindings()
    const { id, channel, status } = document
    const what = `Return ${id}`
    const { channels } = context.settings.deliveries
    if (channels.length > 0 && channel !== undefined && !channels.includes(channel))
      return skipped(
        find,
        'CHANNEL_NOT_OURS',
        `${what} is of channel ${channel}, which is not among deliveries.channels.`,
      )
    const history = context.history(numberOf(document))
    if (lastReturn(history, context.key)?.hash === context.hash)
      return skipped(find, 'DUPLICATE', `${what} was already taken with the same content.`)
    const booked = isReturnBooked(history, context.key)
    const reason = idle(document, booked, context.settings)
    if (reason) return skipped(find, reason.code, `${what} is "${status}": ${reason.why}.`)
    return book(document, context, find)
  },
}

/** Why a return says nothing to book yet, or ever; undefined where it does, or where a person has to look. */
function idle(
  { state, lines }: CustomerReturn,
  booked: boolean,
  { returns }: Settings,
): { code: 'RETURN_NOT_DONE' | 'RETURN_CANCELLED' | 'RETURN_EMPTY'; why: string } | undefined {
  const nothing = lines.every(({ outcomes }) => outcomes.length === 0)
  if (state === 'completed')
    return nothing && !booked ? { code: 'RETURN_EMPTY', why: 'nothing was done with any goods' } : undefined
  if (state === 'cancelled')
    return nothing && !booked ? { code: 'RETURN_CANCELLED', why: 'nothing came back by it' } : undefined
  if (state === 'unknown') return undefined
  if (returns.book === 'completed') return { code: 'RETURN_NOT_DONE', why: 'it is booked once it is completed' }
  return nothing && !booked ? { code: 'RETURN_NOT_DONE', why: 'nothing was done with any goods yet' } : undefined
}

function book(document: CustomerReturn, context: MapContext<Settings>, find: Findings): MapResult {
  const { id, reference, state, status, shipment, kind } = document
  const what = `Return ${id}`
  if (state === 'cancelled')
    find.hold('RETURN_CANCELLED_LATE', `${what} is cancelled, and goods of it were handled or are booked.`, 'status')
  if (state === 'unknown')
    find.hold('RETURN_STATE_UNKNOWN', `${what} is "${status}" at ShipBob, which means nothing here.`, 'status')
  const known =
    shipment === undefined ? undefined : orderOfShipment(context.history(shipmentNumber(shipment)), shipment)
  const order = document.order ?? known
  if (order === undefined && shipment === undefined)
    find.hold('RETURN_WITHOUT_ORDER', `${what} names neither an order nor a shipment.`, 'original_shipment_id')
  const centre = document.centre
    ? centreOf(context.tables, document.centre, find, 'fulfillment_center')
    : find.hold('CENTRE_UNKNOWN', `${what} does not say which fulfilment centre it came to.`, 'fulfillment_center')
  const lines = returnedLines(document, centre, context, find)
  if (find.problems.length > 0 || !centre) return held(find)
  find.decide({
    field: 'lines',
    rule: 'return.centre',
    input: `fulfillment_center=${centre.id}, ${kind}`,
    table: { name: 'centres', row: centre.id, version: context.tables.centres?.version ?? '' },
  })
  if (document.order === undefined && known !== undefined)
    find.decide({ field: 'order', rule: 'return.shipment', input: `original_shipment_id=${shipment}`, value: known })
  const record: ReturnRecord = {
    order,
    shipment,
    returnNumber: id,
    rma: reference,
    at: document.completedAt,
    lines,
  }
  const write = {
    connection: context.connections.odoo ?? '',
    operation: 'book-return',
    reference: `return:${id}`,
    record: toJson(record),
  }
  return written(find, [write], {
    index: [`return:${id}`, ...(order === undefined ? [] : [order]), ...trackingIndexes([document.tracking])],
  })
}
