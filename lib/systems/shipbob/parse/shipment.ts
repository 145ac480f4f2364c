import type { Shipment } from '../../../documents/shipment.ts'
import { centreOf, defined, type Reading } from './reading.ts'
import { folded, meaningOf, type Vocabulary } from './words.ts'

/**
 * Words of a shipment (shipbob.md §4.5, statuses.json). Completed is out of the building, not delivered. CleanSweeped and
 * ImportReview are not explained anywhere: nothing has left.
 */
const states: Vocabulary<Shipment['state']> = {
  none: 'open',
  processing: 'open',
  cleansweeped: 'open',
  importreview: 'open',
  labeledcreated: 'shipped',
  labelcreated: 'shipped',
  completed: 'shipped',
  exception: 'exception',
  onhold: 'on-hold',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}

/** Details that say how far the carrier is (statuses.json). */
const delivered = { code: '203', name: 'delivered' }
const deliveryException = { code: '204', name: 'deliveryexception' }

/** @param order the order the shipment belongs to; a shipment alone says no channel and no customer's number */
export function shipment(record: Reading, order: Reading | undefined): Shipment {
  const state = meaningOf(record, 'status', states, 'open')
  const details = record.list('status_details')
  const is = ({ code, name }: typeof delivered) =>
    details.some((one) => one.text('id') === code || folded(one.text('name') ?? '') === name)
  const isDelivered = state === 'shipped' && (is(delivered) || record.instant('delivery_date') !== undefined)
  const tracking = record.object('tracking')
  const lines = linesOf(record, order, state)
  return {
    type: 'shipment',
    id: record.required('id'),
    orderId: record.id('order_id') ?? order?.id('id') ?? record.required('order_id'),
    state,
    status: record.text('status') ?? '',
    details: details.map((one) => ({
      name: one.text('name') ?? one.text('id') ?? '',
      ...defined({
        code: one.text('id'),
        description: one.text('description') ?? one.text('extra_information'),
        item: itemOf(one.id('inventory_id'), lines),
      }),
    })),
    delivered: isDelivered,
    deliveryTrouble: !isDelivered && is(deliveryException),
    ...defined({
      reference: order?.text('reference_id') ?? record.text('reference_id'),
      orderNumber: order?.text('order_number'),
      channel: order?.object('channel')?.id('id'),
      shippedAt:
        state === 'shipped'
          ? (record.instant('actual_fulfillment_date') ?? tracking?.instant('shipping_date'))
          : undefined,
      deliveredAt: isDelivered ? record.instant('delivery_date') : undefined,
      centre: centreOf(record.object('location')),
      tracking: trackingOf(tracking),
    }),
    lines,
  }
}

function trackingOf(tracking: Reading | undefined): Shipment['tracking'] {
  const found = defined({
    carrier: tracking?.text('carrier'),
    service: tracking?.text('carrier_service'),
    // Freight goes by its bill of lading or PRO number.
    number: tracking?.text('tracking_number') ?? tracking?.text('pro_number') ?? tracking?.text('bol'),
    url: tracking?.text('tracking_url'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}

/** A line is a product as ordered; its goods are what was taken from the shelves (a bundle's components). */
function linesOf(record: Reading, order: Reading | undefined, state: Shipment['state']): Shipment['lines'] {
  const ordered = order?.list('products') ?? []
  return record.list('products').map((product) => {
    const productId = product.id('id')
    const sold = productId === undefined ? undefined : ordered.find((one) => one.id('id') === productId)
    return {
      ...defined({
        item: product.text('sku') ?? sold?.text('sku'),
        productId,
        name: product.text('name') ?? sold?.text('name'),
      }),
      goods: product.list('inventory_items').map((goods) => ({
        inventory: goods.required('id'),
        // What has left must say how much of it has; before that it is only meant to.
        quantity: state === 'shipped' ? goods.requiredDecimal('quantity') : (goods.decimal('quantity') ?? '0'),
        ...defined({ name: goods.text('name'), lot: goods.text('lot'), expires: goods.day('expiration_date') }),
        serials: goods.texts('serial_numbers'),
      })),
      path: product.path,
    }
  })
}

/** What a detail is about, in words: the SKU of the line that holds the inventory id, else its name, else the id. */
function itemOf(inventory: string | undefined, lines: Shipment['lines']): string | undefined {
  if (inventory === undefined) return undefined
  for (const { item, goods } of lines) {
    const found = goods.find((one) => one.inventory === inventory)
    // The SKU is the bundle's where more than one thing was taken for it.
    if (found) return (goods.length === 1 ? item : undefined) ?? found.name ?? inventory
  }
  return inventory
}
