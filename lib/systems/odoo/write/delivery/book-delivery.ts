import { toDecimal, toNumber } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { DeliveryRecord } from '../../records.ts'
import type { Odoo } from '../../rpc.ts'
import { bookGoods } from '../receipt/book.ts'
import { carries, signOf } from '../receipt/marker.ts'
import { stockNames } from '../receipt/names.ts'
import type { Goods, GoodsLine } from '../receipt/way.ts'
import { resolveCarrier } from '../resolve/masters.ts'
import { type Delivered, type Held, held, problem, type Work } from '../work.ts'
import { type Dispatch, findDispatch, madeWithoutOrder, nothingOpen } from './find.ts'
import { earlierSteps } from './steps.ts'
import { deliverWithoutOrder } from './without-order.ts'

/**
 * Books a shipment on the open deliveries of its order, once for its reference: quantities, lots, the place goods were
 * taken from and the tracking number, then it is validated; the rest waits as a backorder. A later state of a shipment
 * that is booked books nothing. More than is open of a product is booked with a warning, since the goods have left; goods
 * of which nothing is open, and deliveries that wait for earlier steps, are for a person.
 */
export async function bookDelivery(work: Work, record: DeliveryRecord): Promise<Delivered | Held> {
  const { odoo, reference } = work
  const [names, dispatch] = await Promise.all([stockNames(odoo), dispatchOf(work, record)])
  if ('outcome' in dispatch) return dispatch
  const sign = signOf(reference, dispatch.way.sign)
  const booked = dispatch.transfers.some(({ state, note }) => state === 'done' && carries(note, sign))
  const { problems, moved } = booked ? { problems: [], moved: false } : await earlierSteps(odoo, names, dispatch)
  if (problems.length > 0) return held(problems)
  const goods: Goods = {
    order: record.order,
    mode: 'validate',
    note: noteOf(record),
    lines: record.lines.flatMap(goodsLine),
    carrierId: await carrierOf(work, record),
    ...(record.source === undefined || moved ? {} : { place: record.source }),
    ...(record.tracking === undefined ? {} : { tracking: record.tracking }),
  }
  return bookGoods(work, names, goods, dispatch, { closed: () => closed(odoo, record, dispatch) })
}

/** The deliveries of the shipment's order; one of its own where the order is unknown and the record says so. */
async function dispatchOf(work: Work, record: DeliveryRecord): Promise<Dispatch | Held> {
  const { odoo, reference } = work
  const name = record.order.trim()
  // Made by an earlier attempt: the order may have come to Odoo since, and must not be booked as well.
  const [own, found] = await Promise.all([madeWithoutOrder(odoo, reference), findDispatch(odoo, name)])
  if (own) return own
  if (found) return found
  if (record.unknownOrder !== 'hold') return deliverWithoutOrder(work, record, record.unknownOrder)
  const message = `There is no sale order and no delivery ${name} in Odoo, of which shipment ${record.shipment} is.`
  return held([problem('ODOO_ORDER_NOT_FOUND', message, 'order')])
}

const closed = async (odoo: Odoo, { shipment }: DeliveryRecord, dispatch: Dispatch): Promise<Problem> => {
  const why = await nothingOpen(odoo, dispatch)
  return problem('ODOO_DELIVERY_CLOSED', `Shipment ${shipment} cannot be booked in Odoo: ${why}.`, 'order')
}

const noteOf = ({ shipment, carrier, tracking, trackingUrl, shippedAt }: DeliveryRecord): string =>
  [
    `shipment ${shipment}`,
    ...(shippedAt === undefined ? [] : [`left ${shippedAt.slice(0, 16).replace('T', ' ')} UTC`]),
    ...(carrier === undefined ? [] : [`by ${carrier}`]),
    ...(tracking === undefined ? [] : [tracking]),
    ...(trackingUrl === undefined ? [] : [trackingUrl]),
  ].join(', ')

function goodsLine({ product, quantity, lot, expires, serials, path }: DeliveryRecord['lines'][number]): GoodsLine[] {
  const number = toNumber(toDecimal(quantity) ?? '0')
  if (number === 0) return []
  return [
    {
      product,
      quantity: number,
      ...(lot === undefined ? {} : { lot }),
      ...(expires === undefined ? {} : { expires }),
      ...(serials?.length ? { serials } : {}),
      path,
    },
  ]
}

/** The delivery method of the carrier's name, where there is exactly one: it is for people, and no reason to wait. */
async function carrierOf({ odoo }: Work, { carrier }: DeliveryRecord): Promise<number | undefined> {
  return carrier === undefined ? undefined : resolveCarrier(odoo, carrier, odoo.companies[0] ?? 0, [])
}
