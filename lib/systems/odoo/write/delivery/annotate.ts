import { idOf } from '../../bundle.ts'
import type { DeliveryNoteRecord } from '../../records.ts'
import type { Odoo } from '../../rpc.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { askFor, postNote, type Told } from '../message.ts'
import { carries, signOf } from '../receipt/marker.ts'
import { outgoing } from '../receipt/way.ts'
import { type Delivered, type Held, held, problem, textOf, type Work } from '../work.ts'
import { type Dispatch, findDispatch, madeWithoutOrder } from './find.ts'

/** The write's reference of a shipment: its sign stands on the deliveries that it booked. */
export const shipmentReference = (shipment: string): string => `shipment:${shipment}`

/**
 * Tells people what became of a shipment: on the delivery it booked, else on the order. The tracking number is corrected
 * first, then somebody is asked to look where that is needed, and the note comes last: it stands for the whole, so where
 * it is there nothing is written again, whatever people changed since.
 */
export async function annotateDelivery(work: Work, record: DeliveryNoteRecord): Promise<Delivered | Held> {
  const { odoo, reference } = work
  const shipment = shipmentReference(record.shipment)
  const dispatch = (await madeWithoutOrder(odoo, shipment)) ?? (await findDispatch(odoo, record.order.trim()))
  if (dispatch && 'outcome' in dispatch) return dispatch
  const booked = dispatch?.transfers.filter(
    ({ state, note }) => state === 'done' && carries(note, signOf(shipment, outgoing.sign)),
  )
  const told = dispatch && place(dispatch, booked?.[0]?.id)
  if (!dispatch && record.unknownOrder === 'ignore') return ignored(record)
  if (!dispatch || !told) {
    const message = `There is no sale order and no delivery ${record.order} in Odoo, of which shipment ${record.shipment} is.`
    return held([problem('ODOO_ORDER_NOT_FOUND', message, 'order')])
  }
  const delivered = (adopted: boolean): Delivered => ({
    outcome: 'delivered',
    targetId: `${told.model}/${told.id}`,
    targetNumbers: [...new Set([...(booked ?? []).map(({ name }) => name), dispatch.name])],
    result: { ...told },
    adopted,
    warnings: [],
  })
  const name = nameOfReference(reference)
  if (await findRecord(odoo, `told_${name}`)) return delivered(true)
  await correctTracking(odoo, booked ?? [], record.tracking)
  const text = [record.text, ...(record.trackingUrl === undefined ? [] : [record.trackingUrl])].join('\n')
  const summary = `Shipment ${record.shipment}`
  const problems = [
    ...(record.attention
      ? await askFor(odoo, `todo_${name}`, told, { summary, text, user: await responsible(odoo, dispatch, told) })
      : []),
    ...(await postNote(odoo, `told_${name}`, told, text)),
  ]
  return problems.length > 0 ? held(problems) : delivered(false)
}

/** Orders of channels that Odoo does not see are none of its people's. */
const ignored = ({ order, shipment }: DeliveryNoteRecord): Delivered => ({
  outcome: 'delivered',
  targetId: '',
  targetNumbers: [order],
  result: {},
  adopted: true,
  warnings: [problem('ODOO_NOTE_UNPLACED', `Order ${order} of shipment ${shipment} is not in Odoo.`, 'order')],
})

/** The delivery that was booked, else the order, else the delivery that was named. */
function place({ saleId, transfers }: Dispatch, booked: number | undefined): Told | undefined {
  if (booked !== undefined) return { model: 'stock.picking', id: booked }
  if (saleId !== undefined) return { model: 'sale.order', id: saleId }
  const [first] = transfers
  return first && { model: 'stock.picking', id: first.id }
}

/** A tracking number may be written to a delivery that is done (odoo.md §8.4). */
async function correctTracking(odoo: Odoo, booked: Dispatch['transfers'], tracking: string | undefined): Promise<void> {
  const field = 'carrier_tracking_ref'
  if (tracking === undefined || booked.length === 0 || !(await odoo.fields('stock.picking'))[field]) return
  const rows = await odoo.read(
    'stock.picking',
    booked.map(({ id }) => id),
    [field],
  )
  const ids = rows.filter((row) => textOf(row[field]) !== tracking).map(({ id }) => id)
  if (ids.length > 0)
    await odoo.call({
      model: 'stock.picking',
      method: 'write',
      ids,
      args: { vals: { [field]: tracking } },
      writes: true,
    })
}

/** The order's salesperson, else whoever is responsible for the delivery. */
async function responsible(odoo: Odoo, { saleId }: Dispatch, told: Told): Promise<number | undefined> {
  const [model, id] = saleId === undefined ? [told.model, told.id] : ['sale.order', saleId]
  const [row] = await odoo.read(model, [id], ['user_id'])
  return idOf(row?.user_id)
}
