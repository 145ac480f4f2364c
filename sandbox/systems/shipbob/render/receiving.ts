import type { Box, ReceivingOrder, Unidentified } from '../model.ts'
import { nameOf } from '../stock.ts'
import { fine, maybe, offset, utc } from '../wire/time.ts'
import type { World } from '../world.ts'
import { centreBody } from './place.ts'

const underWay = new Set(['Processing', 'ProcessingAtHub'])

/** Units by inventory id, over all boxes. */
export function totals({ boxes }: ReceivingOrder): Map<number, { expected: number; received: number; stowed: number }> {
  const found = new Map<number, { expected: number; received: number; stowed: number }>()
  for (const item of boxes.flatMap(({ items }) => items)) {
    const total = found.get(item.inventory) ?? { expected: 0, received: 0, stowed: 0 }
    total.expected += item.expected
    total.received += item.received
    total.stowed += item.stowed
    found.set(item.inventory, total)
  }
  return found
}

/** A receiving order as the API answers it: without its boxes (shipbob.md §4.3). */
export function receivingBody(world: World, order: ReceivingOrder, version = '2026-07'): object {
  const centre = world.centre(order.centre)
  const hidden = world.habits.hidesReceived && underWay.has(order.status)
  return {
    id: order.id,
    purchase_order_number: order.purchaseOrder,
    package_type: order.packageType,
    box_packaging_type: order.boxPackaging,
    expected_arrival_date: offset(order.expected),
    insert_date: fine(order.inserted),
    box_labels_uri: `${world.origin()}/${version}/receiving/${order.id}/labels`,
    fulfillment_center: centre ? centreBody(centre) : null,
    external_sync_timestamp: maybe(utc, order.synced ?? undefined),
    status: order.status,
    last_updated_date: fine(order.updated),
    inventory_quantities: [...totals(order)].map(([inventory_id, { expected, received, stowed }]) => ({
      inventory_id,
      sku: nameOf(world, inventory_id).sku,
      expected_quantity: expected,
      received_quantity: hidden ? 0 : received,
      stowed_quantity: stowed,
    })),
    status_history: order.history.map(({ status, at }, i) => ({ id: i + 1, status, timestamp: utc(at) })),
    ...(order.finalCentre === null ? {} : { final_destination_fulfillment_center_id: order.finalCentre }),
    ...(order.freight === null ? {} : { freight: order.freight }),
  }
}

/** A box as GET /receiving/{id}/boxes has it: lots are visible here only. */
export const boxBody = (box: Box): object => ({
  box_id: box.id,
  box_number: box.number,
  box_status: box.status,
  tracking_number: box.tracking,
  arrived_date: maybe(offset, box.arrived),
  received_date: maybe(offset, box.received),
  counting_started_date: maybe(offset, box.counted),
  box_items: box.items.map(({ inventory, expected, received, stowed, lot, lotDate }) => ({
    inventory_id: inventory,
    quantity: expected,
    received_quantity: received,
    stowed_quantity: stowed,
    lot_number: lot,
    lot_date: lotDate,
  })),
})

/** What the wro.box topics tell: a box with the order it belongs to (§6.4). */
export const boxEventBody = (order: ReceivingOrder, box: Box): object => ({
  wro_id: order.id,
  purchase_order_number: order.purchaseOrder,
  fulfillment_center_id: order.centre,
  ...boxBody(box),
})

export const unidentifiedBody = ({
  id,
  tracking,
  reason,
  comment,
  created,
  linked,
  linkedAt,
}: Unidentified): object => ({
  id,
  barcode: `URO-${id}`,
  tracking_barcode: tracking,
  reason,
  comment,
  created_date: utc(created),
  linked_wro_id: linked,
  linked_wro_date: maybe(utc, linkedAt ?? undefined),
  attachments: [],
})
