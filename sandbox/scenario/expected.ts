import type { Fate } from './order.ts'
import { arrivals, families, orders, packings, returned, type ScriptedOrder } from './script.ts'

/** What should become of one document of the morning. */
export interface Expected {
  flow: string
  /** The number a person searches for: purchase order, shipment, invoice; the partner for a report. */
  number: string
  outcome: 'delivered' | Fate['outcome']
  /** The problem code where it is held or skipped. */
  code?: string
}

/** The shipment and invoice an order leads to, by the serial number their own numbers are made of. */
export interface Paper {
  order: ScriptedOrder
  serial: number
}

export const phoneSerial = 32_999
export const shipmentNumber = (serial: number): string => `JS-SHP-${String(serial).padStart(7, '0')}`
export const invoiceNumber = (serial: number): string => `INV-${72_000 + serial}`

/** Ten serial numbers an order: one for itself, or one for each store it is split over. */
export const serialOf = (orderIndex: number, storeIndex = -1): number => 32_000 + orderIndex * 10 + storeIndex + 1

export const storesOf = ({ sketch }: ScriptedOrder): string[] => [
  ...new Set(sketch.lines.flatMap((line) => Object.keys(line.split ?? {}))),
]

const key = ({ retailer, sketch }: ScriptedOrder) => `${retailer.partner}/${sketch.number}/${sketch.release ?? ''}`

/** One paper for every order that reaches the ERP and is not cancelled; a store split has one for each store. */
export const papers: readonly Paper[] = orders.flatMap((order, index) => {
  const chain = orders.filter((o) => key(o) === key(order) && o.sketch.expect === undefined)
  if (chain[0] !== order || chain.some((o) => o.sketch.purpose === '01')) return []
  if (order.sketch.model !== 'MultiStore') return [{ order, serial: serialOf(index) }]
  return storesOf(order).map((_, store) => ({ order, serial: serialOf(index, store) }))
})

const of = (flow: string, number: string, fate?: Fate): Expected => ({
  flow,
  number,
  outcome: fate?.outcome ?? 'delivered',
  ...(fate ? { code: fate.code } : {}),
})

const shipmentFate = ({ order }: Paper): Fate | undefined => {
  const packing = packings[order.sketch.number]
  const guessed = packing && !packing.contents && packing.cartons === 'per-line' && order.sketch.lines.length > 1
  return guessed ? { outcome: 'held', code: 'PACK_CONTENTS_MISSING' } : undefined
}

/** Orders that were never EDI documents are recorded and not sent (acumatica.md §9 O3). */
const notEdi: Fate = { outcome: 'skipped', code: 'NOT_EDI' }

/** What should become of every document of the morning, one entry for each that arrives or is made. */
export const expected: readonly Expected[] = [
  ...orders.map(({ sketch }) =>
    of(families[sketch.change === undefined ? 'order' : 'change'].flow, sketch.number, sketch.expect),
  ),
  ...arrivals
    .filter((a) => a.family === 'activity' || a.family === 'stock')
    .map((a) => of(families[a.family].flow, a.number)),
  ...papers.map((paper) => of('ship-notice', shipmentNumber(paper.serial), shipmentFate(paper))),
  ...papers.map((paper) => of('invoice', invoiceNumber(paper.serial))),
  of('ship-notice', shipmentNumber(phoneSerial), notEdi),
  of('invoice', invoiceNumber(phoneSerial), notEdi),
  of('invoice', returned.memo),
]
