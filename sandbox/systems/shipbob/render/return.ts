import type { Return, ReturnLine, ReturnStatus } from '../model.ts'
import { maybe, offset, utc } from '../wire/time.ts'
import { itemOf, type World } from '../world.ts'

const requestedBody = ({ requested }: ReturnLine): object => ({
  action: requested,
  action_type: requested === 'Default' ? 'InventoryDefault' : 'Override',
  instructions: null,
})

/** When a return came to a state last; undefined where it never did. */
export const reached = ({ history }: Return, status: ReturnStatus): number | undefined =>
  history.findLast((one) => one.status === status)?.at

function heads(world: World, found: Return) {
  const shipment = found.shipment === null ? undefined : world.shipments.get(found.shipment)
  const order = shipment && world.orders.get(shipment.order)
  return {
    channel: { id: found.channel, name: world.channel(found.channel)?.name ?? '' },
    customer_name: order?.recipient.name ?? null,
    store_order_id: order?.reference ?? null,
    original_shipment_id: found.shipment,
    shipment_tracking_number: shipment?.tracking?.tracking_number ?? null,
    fulfillment_center: { id: found.centre, name: world.centre(found.centre)?.name ?? '' },
  }
}

/** A return as GET answers it (shipbob.md §4.6). */
export function returnBody(world: World, found: Return): object {
  const { channel, customer_name, store_order_id, original_shipment_id, shipment_tracking_number, fulfillment_center } =
    heads(world, found)
  const total = found.fees.reduce((sum, { amount }) => sum + amount, 0)
  const at = (status: ReturnStatus) => maybe(offset, reached(found, status))
  return {
    id: found.id,
    reference_id: found.reference,
    return_type: found.type,
    status: found.status,
    channel,
    customer_name,
    store_order_id,
    original_shipment_id,
    shipment_tracking_number,
    tracking_number: found.tracking,
    fulfillment_center,
    insert_date: offset(found.inserted),
    awaiting_arrival_date: at('AwaitingArrival'),
    arrived_date: at('Arrived'),
    processing_date: at('Processing'),
    completed_date: at('Completed'),
    cancelled_date: at('Cancelled'),
    invoice: { amount: found.fees.length === 0 ? null : total, currency_code: 'USD' },
    transactions: found.fees,
    status_history: found.history.map(({ status, at: time }) => ({ status, timestamp: utc(time) })),
    inventory: found.lines.map((line) => lineBody(world, found, line)),
  }
}

function lineBody(world: World, { id }: Return, line: ReturnLine): object {
  const variant = itemOf(world, line.inventory)?.variant
  return {
    id: line.inventory,
    name: variant?.name ?? '',
    sku: variant?.sku ?? '',
    barcodes: variant?.barcodes ?? [],
    quantity: line.quantity,
    bundle_parent_sku: line.bundle,
    lot_information:
      line.lot === null
        ? null
        : {
            number: line.lot,
            expiration: line.lotDate,
            minimumShelfLife: variant?.lot.minimum_shelf_life_days ?? null,
          },
    action_requested: requestedBody(line),
    action_taken: line.taken.map(({ action, reason, quantity }, i) => ({
      action,
      action_reason: reason,
      quantity_processed: quantity,
      image_url: action === 'Restock' ? null : `https://img.example.com/returns/${id}-${i + 1}.jpg`,
    })),
  }
}

/** The older model, which POST and PUT answer with. */
export function olderReturnBody(world: World, found: Return): object {
  const { channel, customer_name, store_order_id, original_shipment_id, fulfillment_center } = heads(world, found)
  return {
    id: found.id,
    reference_id: found.reference,
    return_type: found.type,
    status: found.status,
    channel,
    customer_name,
    store_order_id,
    original_shipment_id,
    tracking_number: found.tracking,
    fulfillment_center,
    insert_date: offset(found.inserted),
    completed_date: maybe(offset, reached(found, 'Completed')),
    invoice_amount: null,
    transactions: found.fees,
    inventory: found.lines.map((line) => ({
      id: line.inventory,
      name: itemOf(world, line.inventory)?.variant.name ?? '',
      quantity: line.quantity,
      bundle_parent_sku: line.bundle,
      action_requested: requestedBody(line),
      action_taken: [],
    })),
  }
}
