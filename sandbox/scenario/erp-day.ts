import { type ApiRecord, decimalOf, flag, identifier, rows } from '../../lib/systems/acumatica/records.ts'
import { billShipment, creditFor } from './billing.ts'
import { articleOf } from './catalogue.ts'
import { type Erp, guid, midnight, numbered, record, stamp } from './erp-records.ts'
import { invoiceNumber, papers, phoneSerial, serialOf, shipmentNumber, storesOf } from './expected.ts'
import { address } from './masters.ts'
import { place, type Retailer } from './retailer.ts'
import { billings, orders, packings, phoneOrder, retailers, returned, type ScriptedOrder } from './script.ts'
import { shipOrder } from './warehouse.ts'

export interface Moment {
  day: string
  now: number
}

/**
 * The people at the supplier: the warehouse ships every order that is off hold, the accountant invoices what has
 * shipped. Numbers follow from the purchase order and not from the order of events, so that every run of the
 * morning gives the same documents. Every step may be repeated.
 */
export function shipWhatIsReady(erp: Erp, moment: Moment): void {
  for (const order of readyToShip(erp)) {
    const serial = serialFor(order)
    const packing = packings[purchaseOrder(order)] ?? { cartons: 'one', contents: true }
    const made = shipOrder(order, packing, { ...moment, serial, number: shipmentNumber(serial) })
    erp.put('Shipment', made.shipment)
    erp.put('SalesOrder', made.order)
  }
}

/** Orders that are off hold, not shipped, and stand as the retailer last wanted them. */
export const readyToShip = (erp: Erp): ApiRecord[] =>
  erp
    .list('SalesOrder')
    .filter((o) => identifier(o, 'Status') === 'Open' && !flag(o, 'Hold') && (rows(o, 'Shipments') ?? []).length === 0)
    .filter(isSettled)

export function billWhatShipped(erp: Erp, moment: Moment): void {
  const ordered = new Map(erp.list('SalesOrder').map((o) => [identifier(o, 'OrderNbr'), o]))
  for (const shipment of unbilled(erp)) {
    const order = ordered.get(identifier(rows(shipment, 'Orders')?.[0] ?? {}, 'OrderNbr'))
    if (!order) continue
    const retailer = retailerOf(order)
    const number = invoiceNumber(serialFor(order))
    const invoice = billShipment(shipment, order, billings[purchaseOrder(order)] ?? {}, {
      ...moment,
      number,
      netDays: retailer.terms.netDays,
      cashPercent: String(retailer.terms.discountPercent),
    })
    erp.put('SalesInvoice', invoice)
    // An invoiced shipment changes again: its ship notice must not be sent a second time (acumatica.md §5).
    const reference = { InvoiceType: { value: 'Invoice' }, InvoiceNbr: { value: number } }
    erp.put('Shipment', {
      ...shipment,
      Status: { value: 'Invoiced' },
      LastModifiedDateTime: { value: stamp(moment.now) },
      Orders: (rows(shipment, 'Orders') ?? []).map((row) => ({ ...row, ...reference })),
    })
  }
}

export const unbilled = (erp: Erp): ApiRecord[] =>
  erp.list('Shipment').filter((s) => identifier(s, 'Status') === 'Confirmed')

export const returnsCredited = (erp: Erp): boolean =>
  erp.list('SalesInvoice').some((i) => identifier(i, 'ReferenceNbr') === returned.memo)

/** Credits the broken goods once their invoice stands. */
export function creditReturns(erp: Erp, moment: Moment): void {
  if (returnsCredited(erp)) return
  const invoice = erp.list('SalesInvoice').find((i) => purchaseOrder(i) === returned.number)
  const order = erp.list('SalesOrder').find((o) => purchaseOrder(o) === returned.number)
  if (!invoice || !order) return
  const { quantity, memo, returnOrder, customerOrder } = returned
  const made = creditFor(
    invoice,
    order,
    { quantity, orderNbr: returnOrder, customerOrder },
    { ...moment, number: memo, netDays: 0, cashPercent: '0' },
  )
  erp.put('SalesOrder', made.returnOrder)
  erp.put('SalesInvoice', made.memo)
}

/** True where every order that should reach the ERP has been shipped. */
export function everythingShipped(erp: Erp): boolean {
  const shipped = new Set(erp.list('Shipment').map((s) => identifier(s, 'ShipmentNbr')))
  return papers.every((paper) => shipped.has(shipmentNumber(paper.serial)))
}

/** The order somebody took by telephone, as it stands in the ERP when the morning begins. */
export function phoneOrderRecord(moment: Moment): ApiRecord {
  const { retailer, orderNbr, customerOrder, to } = phoneOrder
  const id = `SalesOrder ${orderNbr}`
  const article = articleOf('JS-MUG-12')
  const at = place(retailer, to)
  return record(id, {
    OrderType: 'SO',
    OrderNbr: orderNbr,
    Status: 'Open',
    Hold: false,
    CreditHold: false,
    CustomerID: retailer.customer,
    LocationID: at.location ?? null,
    CustomerOrder: customerOrder,
    ExternalRef: null,
    Date: midnight(moment.day),
    RequestedOn: midnight(moment.day),
    CurrencyID: retailer.currency,
    OrderTotal: 51,
    TaxTotal: 0,
    OrderedQty: 12,
    Description: 'By telephone',
    ShipVia: retailer.carrier.shipVia,
    LastModified: stamp(moment.now),
    CreatedDate: stamp(moment.now),
    NoteID: guid(id),
    ShipToAddress: address(`${id} ship to`, at),
    ShipToContact: record(`${id} contact`, { BusinessName: at.name, Attention: null, Email: null, Phone1: null }),
    Shipments: [],
    Details: numbered([
      record(`${id} 1`, {
        LineNbr: 1,
        InventoryID: article.item,
        LineDescription: article.description,
        AlternateID: null,
        ExternalRef: null,
        OrderQty: 12,
        OpenQty: 12,
        QtyOnShipments: 0,
        UOM: 'EA',
        UnitPrice: Number(article.price),
        ManualPrice: false,
        ExtendedPrice: 51,
        Amount: 51,
        DiscountAmount: 0,
        DiscountPercent: 0,
        WarehouseID: 'W1',
        Completed: false,
        FreeItem: false,
      }),
    ]),
  })
}

export const purchaseOrder = (order: ApiRecord): string => identifier(order, 'CustomerOrder') ?? ''

const retailerOf = (order: ApiRecord): Retailer => {
  const found = retailers.find((r) => r.customer === identifier(order, 'CustomerID'))
  if (!found) throw new Error(`no retailer of the morning is customer ${identifier(order, 'CustomerID')}`)
  return found
}

const sameOrder = (order: ApiRecord, { retailer, sketch }: ScriptedOrder): boolean =>
  retailer.customer === identifier(order, 'CustomerID') &&
  sketch.number === purchaseOrder(order) &&
  (sketch.release === undefined || (identifier(order, 'ExternalRef') ?? '').includes(`:${sketch.release}`))

/** A number for the papers of this order: the place of its first document in the script, and of its store in a split. */
function serialFor(order: ApiRecord): number {
  const index = orders.findIndex((o) => sameOrder(order, o))
  const scripted = orders[index]
  if (!scripted) return phoneSerial
  const location = identifier(order, 'LocationID')
  return serialOf(
    index,
    storesOf(scripted).findIndex((code) => place(scripted.retailer, code).location === location),
  )
}

/**
 * True where no change, replacement or cancellation of the order is still on its way: the buyer's last word, line by
 * line, is what stands in the ERP.
 */
function isSettled(order: ApiRecord): boolean {
  const chain = orders.filter((o) => sameOrder(order, o) && o.sketch.expect === undefined).map((o) => o.sketch)
  if (chain.some((s) => s.purpose === '01')) return false
  if (chain.length < 2) return true
  const wanted = new Map<string, number>()
  for (const sketch of chain) {
    if (sketch.change === undefined) wanted.clear()
    for (const [i, line] of sketch.lines.entries()) wanted.set(line.line ?? String(i + 1), line.qty)
  }
  const standing = new Map(
    (rows(order, 'Details') ?? []).map((row) => [
      String(Number(identifier(row, 'ExternalRef'))),
      Number(decimalOf(row, 'OrderQty')),
    ]),
  )
  return [...wanted].every(([line, quantity]) => (standing.get(line) ?? 0) === quantity)
}
