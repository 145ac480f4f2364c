import type { SandboxAcumatica } from '../systems/acumatica/index.ts'
import { type ApiRecord, list, str } from '../systems/acumatica/wire.ts'
import { place } from './retailer.ts'
import { arrivals, families, orders, phoneOrder, type ScriptedOrder, shipping } from './script.ts'
import type { Fate } from './sketch.ts'
import { creditMemo, invoices, isOrderOf, orderOf, purchaseOrder } from './supplier.ts'

/** What should become of one document of the morning. */
export interface Expected {
  flow: string
  /** The number a person searches for: purchase order, shipment, invoice, report. */
  number: string
  outcome: 'delivered' | Fate['outcome']
  /** The problem code where it is held or skipped. */
  code?: string
}

/** Orders that were never EDI documents are recorded and not sent (acumatica.md §9 O3). */
const notEdi: Fate = { outcome: 'skipped', code: 'NOT_EDI' }

/** One shipment for every order that reaches the ERP and is not cancelled; a store split has one for each store. */
const shipments: readonly { order: ScriptedOrder; location?: string | undefined }[] = orders.flatMap((order) => {
  const key = ({ retailer, sketch }: ScriptedOrder) => `${retailer.partner}/${sketch.number}/${sketch.release ?? ''}`
  const chain = orders.filter((o) => key(o) === key(order) && o.sketch.expect === undefined)
  if (chain[0] !== order || chain.some((o) => o.sketch.purpose === '01')) return []
  if (order.sketch.model !== 'MultiStore') return [{ order }]
  const stores = new Set(order.sketch.lines.flatMap((line) => Object.keys(line.split ?? {})))
  return [...stores].map((code) => ({ order, location: place(order.retailer, code).location }))
})

const of = (flow: string, number: string, fate?: Fate): Expected => ({
  flow,
  number,
  outcome: fate?.outcome ?? 'delivered',
  ...(fate ? { code: fate.code } : {}),
})

const shipmentFate = (number: string): Fate | undefined =>
  shipping[number]?.contents === false && (shipping[number].packages ?? 1) !== 1
    ? { outcome: 'held', code: 'PACK_CONTENTS_MISSING' }
    : undefined

/**
 * What should become of every document of the morning, one entry for each that arrives or is made. The ERP gives its
 * own numbers, so they are looked up where a paper was made; a missing one is named after its order.
 */
export function expectedOutcomes(erp: SandboxAcumatica, day: string): Expected[] {
  const made = erp.all('Shipment').map((shipment) => ({ shipment, order: orderOf(erp, shipment) }))
  const billed = invoices(erp, 'Invoice')
  const papers = (number: string, shipment: ApiRecord | undefined, fates: [Fate | undefined, Fate | undefined]) => {
    const shipmentNbr = shipment ? str(shipment, 'ShipmentNbr') : `shipment of ${number}`
    const invoice = billed.find((i) => list(i, 'Details').some((row) => str(row, 'ShipmentNbr') === shipmentNbr))
    return [
      of('ship-notice', shipmentNbr, fates[0]),
      of('invoice', invoice ? str(invoice, 'ReferenceNbr') : `invoice of ${number}`, fates[1]),
    ]
  }
  const phone = made.find((m) => purchaseOrder(m.order) === phoneOrder.customerOrder)
  const memo = creditMemo(erp)
  return [
    ...orders.map(({ sketch }) =>
      of(families[sketch.change === undefined ? 'order' : 'change'].flow, sketch.number, sketch.expect),
    ),
    ...arrivals
      .filter((a) => a.family === 'activity' || a.family === 'stock')
      .map((a) => of(families[a.family].flow, a.number(day))),
    ...shipments.flatMap(({ order, location }) => {
      const { number } = order.sketch
      const found = made.find(
        (m) => m.order && isOrderOf(m.order, order) && (!location || str(m.order, 'LocationID') === location),
      )
      return papers(number, found?.shipment, [shipmentFate(number), undefined])
    }),
    ...papers(phoneOrder.customerOrder, phone?.shipment, [notEdi, notEdi]),
    of('invoice', memo ? str(memo, 'ReferenceNbr') : 'credit memo'),
  ]
}

/** True where every order that should reach the ERP has been shipped. */
export const everythingShipped = (erp: SandboxAcumatica): boolean => erp.all('Shipment').length >= shipments.length + 1
