import { compare } from '../../../core/decimal.ts'
import type { AdvanceShipNotice } from '../../../documents/advance-ship-notice.ts'
import { problem } from '../problem.ts'
import { shippingSerialId } from '../sscc.ts'
import { itemStatuses, listed } from './codes.ts'
import { loadPortions, nearestMarks, portionsOf } from './lots.ts'
import { purposeOf } from './purpose.ts'
import { dates, defined, description, itemNumbers, parties, references } from './sections.ts'
import { type Levels, levelsOf, type ShippedItem } from './shipment-levels.ts'
import type { Findings, View } from './view.ts'

type Order = AdvanceShipNotice['orders'][number]
type Line = Order['lines'][number]

/** An RSX Shipment (856) as the canonical ship notice of a supplier (sps-commerce.md 7.4); not validated yet. */
export function readShipment(document: View, found: Findings): object {
  const header = document.one('Header')
  const shipment = header.one('ShipmentHeader')
  const levels = levelsOf(document)
  const { purpose, purposeCode } = purposeOf(shipment, 'original', found)
  const allDates = dates(header)
  const dateOf = (...qualifiers: string[]) => allDates.find((d) => qualifiers.includes(d.qualifier))?.date
  const carrier = header.one('CarrierInformation')
  const carried = defined({ scac: carrier.text('CarrierAlphaCode'), routing: carrier.text('CarrierRouting') })
  const vendors = new Set(levels.orders.map((o) => o.vendor))
  checkOrders(levels, purpose, document, found)
  checkPacks(levels.packs, found)
  return defined({
    type: 'advance-ship-notice',
    tradingPartner: shipment.identifier('TradingPartnerId'),
    shipment: shipment.identifier('ShipmentIdentification'),
    purpose,
    purposeCode,
    vendor: vendors.size === 1 ? [...vendors][0] : undefined,
    shipDate: shipment.day('ShipDate') ?? dateOf('011'),
    deliveryDate: shipment.day('CurrentScheduledDeliveryDate') ?? dateOf('017', '067'),
    billOfLading: shipment.text('BillOfLadingNumber'),
    carrierPro: shipment.text('CarrierProNumber'),
    carrier: Object.keys(carried).length > 0 ? carried : undefined,
    dates: allDates,
    parties: parties(header),
    references: references(header),
    orders: ordersOf(levels, found),
  })
}

/** The lines by order, in the order of the document; an order that stands in it twice is one. */
function ordersOf(levels: Levels, found: Findings): Order[] {
  const orders = new Map<string, Order>()
  const entryOf = ({ number = '', release }: { number: string | undefined; release: string | undefined }): Order => {
    const key = JSON.stringify([number, release])
    const known = orders.get(key) ?? defined({ number, release, lines: [] })
    orders.set(key, known)
    return known
  }
  for (const order of levels.orders) entryOf(order)
  for (const shipped of levels.items) if (shipped.order) entryOf(shipped.order).lines.push(...linesOf(shipped, found))
  return [...orders.values()]
}

/** One line of the document; several where its lots or serial numbers share the quantity. */
function linesOf({ item, packs }: ShippedItem, found: Findings): Line[] {
  const line = item.one('ShipmentLine')
  const shipped = line.decimal('ShipQty')
  const wrong = (why: string) =>
    void found.problems.push(problem('SPS_VALUE_INVALID', `ShipQty ${why}`, line.at('ShipQty')))
  if (shipped === undefined) {
    if (!line.has('ShipQty')) wrong('is missing: it is open how much was shipped')
    return []
  }
  if (compare(shipped, '0') < 0) wrong(`is ${shipped}; a shipped quantity is not negative`)
  const marks = nearestMarks([item, ...packs])
  const common = {
    line: line.text('LineSequenceNumber') ?? unnumbered(line, found),
    numbers: itemNumbers(line),
    description: description(item),
    ordered: line.decimalOrWarn('OrderQty'),
    unit: line.text('ShipQtyUOM'),
    status: listed(line, 'ItemStatusCode', itemStatuses, found),
    expires: marks.expires,
    pack: firstOf(packs, packNumber),
    tracking: firstOf(packs, trackingNumber),
    path: item.path,
  }
  const portions = loadPortions(item, shipped, found) ?? portionsOf(shipped, marks, item.path, found)
  return portions.map(({ quantity, lot, serial }) => defined({ ...common, shipped: quantity, lot, serial }))
}

function unnumbered(line: View, found: Findings): undefined {
  const message = 'the line has no number; the item numbers decide which line of the order it is'
  found.warnings.push(problem('SPS_LINE_UNNUMBERED', message, line.at('LineSequenceNumber')))
}

const firstOf = (packs: View[], read: (pack: View) => string | undefined): string | undefined =>
  packs.map(read).find((value) => value !== undefined)

/** The SSCC, else the shipper's own number of the pack. */
const packNumber = (pack: View): string | undefined =>
  pack.one('Pack').text('ShippingSerialID') ?? pack.one('MarksAndNumbersCollection').text('MarksAndNumbers1')

const trackingNumber = (pack: View): string | undefined =>
  pack.one('Pack').text('CarrierPackageID') ??
  pack
    .many('References')
    .find((r) => r.text('ReferenceQual') === '2I')
    ?.text('ReferenceID')

/** Purposes whose documents say something of goods; a cancellation may consist of its header. */
const withGoods = ['original', 'replace', 'change']

/** Without the number of our order nobody can receive the goods; an order level without one is named even if empty. */
function checkOrders({ items, orders }: Levels, purpose: string, document: View, found: Findings): void {
  const missing = (message: string, path: string) =>
    void found.problems.push(problem('SPS_IDENTIFIER_MISSING', message, path))
  for (const order of orders) if (order.number === undefined) missing('PurchaseOrderNumber is missing', order.path)
  if (items.some((i) => i.order === undefined))
    missing('no order level and no reference names the purchase order of the goods', document.at('OrderLevel'))
  for (const { item, shared } of items)
    if (shared)
      found.problems.push(
        problem('SPS_VALUE_INVALID', 'the item is for several orders; it is open how much each gets', item.path),
      )
  if (items.length === 0 && withGoods.includes(purpose))
    found.problems.push(
      problem('SPS_VALUE_INVALID', 'the notice names no goods: there is no ItemLevel in it', document.at('OrderLevel')),
    )
}

/** Nearly all SSCCs of public samples have a wrong check digit: warned about, never refused (sps-commerce.md 7.4). */
function checkPacks(packs: View[], found: Findings): void {
  for (const pack of packs) {
    const id = pack.one('Pack').text('ShippingSerialID')
    if (id !== undefined && shippingSerialId(id) === undefined)
      found.warnings.push(
        problem(
          'SPS_SSCC_DOUBTFUL',
          `"${id}" is no SSCC of 18 digits with a right check digit`,
          `${pack.path}.Pack.ShippingSerialID`,
        ),
      )
  }
}
