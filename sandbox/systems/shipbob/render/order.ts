import type { Order, Shipment } from '../model.ts'
import { nameOf } from '../stock.ts'
import { maybe, offset } from '../wire/time.ts'
import type { World } from '../world.ts'

export const shipmentsOf = (world: World, order: number): Shipment[] =>
  world.shipments.all().filter((one) => one.order === order)

const left = new Set(['LabeledCreated', 'Completed'])
const stuck = new Set(['Exception', 'OnHold'])

/** The word for an order's state, from those of its shipments. */
export function orderStatus(shipments: readonly Shipment[]): string {
  const open = shipments.filter(({ status }) => status !== 'Cancelled')
  if (open.length === 0) return 'Cancelled'
  if (open.every(({ status }) => left.has(status))) return 'Fulfilled'
  if (open.some(({ status }) => stuck.has(status))) return 'Exception'
  return open.some(({ status }) => left.has(status)) ? 'PartiallyFulfilled' : 'Processing'
}

const cents = (amount: number): number => Math.round(amount * 100) / 100

/** An order with its shipments (shipbob.md §4.5). */
export function orderBody(world: World, order: Order): object {
  const shipments = shipmentsOf(world, order.id)
  const channel = world.channel(order.channel)
  return {
    id: order.id,
    order_number: order.number,
    reference_id: order.reference,
    created_date: offset(order.created),
    purchase_date: offset(order.purchased),
    type: order.type,
    status: orderStatus(shipments),
    channel: { id: order.channel, name: channel?.name ?? '' },
    shipping_method: order.method,
    shipping_terms: null,
    financials: { total_price: cents(order.lines.reduce((total, { quantity, price }) => total + quantity * price, 0)) },
    gift_message: null,
    tags: [],
    retailer_program_data: null,
    recipient: order.recipient,
    products: order.lines.map(({ product, sku, quantity, price, line }) => ({
      id: product,
      reference_id: sku,
      sku,
      quantity,
      quantity_unit_of_measure_code: 'EA',
      unit_price: price,
      external_line_id: line,
      gtin: null,
      upc: null,
    })),
    shipments: shipments.map((shipment) => shipmentBody(world, order, shipment)),
  }
}

/** A shipment: it says its order and its centre, and no channel. */
export function shipmentBody(world: World, order: Order, shipment: Shipment): object {
  const { recipient } = order
  return {
    id: shipment.id,
    order_id: order.id,
    reference_id: order.reference,
    recipient: {
      name: recipient.name,
      full_name: recipient.name,
      email: recipient.email,
      phone_number: recipient.phone_number,
      address: { ...recipient.address, ...shipment.address },
    },
    location: { id: shipment.centre, name: world.centre(shipment.centre)?.name ?? '' },
    created_date: offset(shipment.created),
    last_update_at: offset(shipment.updated),
    last_tracking_update_at: maybe(offset, shipment.tracked),
    estimated_fulfillment_date: offset(shipment.estimated),
    estimated_fulfillment_date_status: punctuality(shipment, world.clock.now()),
    actual_fulfillment_date: maybe(offset, shipment.fulfilled),
    delivery_date: maybe(offset, shipment.delivered),
    status: shipment.status,
    status_details: shipment.details.map((detail) => ({ ...detail, extra_information: null })),
    products: shipment.products.map(({ product, sku, name, items }) => ({
      id: product,
      name,
      reference_id: sku,
      sku,
      inventory_items: items.map(({ inventory, quantity, lot, lotDate }) => ({
        id: inventory,
        name: nameOf(world, inventory).name,
        quantity,
        quantity_committed: shipment.status === 'Exception' ? 0 : quantity,
        lot,
        expiration_date: lotDate,
        is_dangerous_goods: false,
        serial_numbers: [],
      })),
    })),
    parent_cartons: [],
    measurements: { length_in: 10, width_in: 8, depth_in: 6, total_weight_oz: 38 },
    package_material_type: 'Box',
    ship_option: order.method,
    require_signature: false,
    gift_message: null,
    insurance_value: null,
    invoice_amount: null,
    invoice_currency_code: 'USD',
    is_tracking_uploaded: shipment.uploaded,
    tracking: trackingBody(shipment),
  }
}

const punctuality = ({ fulfilled, estimated }: Shipment, now: number): string =>
  `${fulfilled === undefined ? 'Pending' : 'Fulfilled'}${(fulfilled ?? now) <= estimated ? 'OnTime' : 'Late'}`

export const trackingUrl = (number: string): string => `https://track.example.com/?n=${number}`

const trackingBody = ({ tracking }: Shipment): object | null =>
  tracking && {
    carrier: tracking.carrier,
    carrier_service: tracking.carrier_service,
    tracking_number: tracking.tracking_number,
    tracking_url: trackingUrl(tracking.tracking_number),
    bol: null,
    pro_number: null,
    scac: null,
    shipping_date: offset(tracking.shipped),
  }
