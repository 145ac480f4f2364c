import type { InvoiceOptions, ShipOptions } from '../systems/acumatica/index.ts'
import { buildOrder } from './order.ts'
import { type Activity, activityNumber, buildActivity, buildStock, stockNumber } from './reports.ts'
import type { Retailer } from './retailer.ts'
import { epicerieBouleau, epicerieBouleauOrders } from './retailers/epicerie-bouleau.ts'
import { harborPine, harborPineOrders } from './retailers/harbor-pine.ts'
import { tidewaterHome, tidewaterHomeOrders } from './retailers/tidewater-home.ts'
import type { OrderSketch } from './sketch.ts'

export const retailers: readonly Retailer[] = [harborPine, epicerieBouleau, tidewaterHome]

/** A retailer's order document with the retailer it is of. */
export interface ScriptedOrder {
  retailer: Retailer
  sketch: OrderSketch
}

export const orders: readonly ScriptedOrder[] = [
  ...harborPineOrders.map((sketch) => ({ retailer: harborPine, sketch })),
  ...epicerieBouleauOrders.map((sketch) => ({ retailer: epicerieBouleau, sketch })),
  ...tidewaterHomeOrders.map((sketch) => ({ retailer: tidewaterHome, sketch })),
]

/** RSX families by how they travel: root and document element, two letters of the file name, kind in the sandbox. */
export const families = {
  order: { root: 'Orders', element: 'Order', prefix: 'PO', kind: 'order', flow: 'purchase-order', xml: true },
  change: {
    root: 'OrderChanges',
    element: 'OrderChange',
    prefix: 'PC',
    kind: 'order-change',
    flow: 'purchase-order-change',
    xml: true,
  },
  activity: {
    root: 'ProductActivities',
    element: 'ProductActivity',
    prefix: 'PD',
    kind: 'product-activity',
    flow: 'product-activity',
    xml: false,
  },
  stock: {
    root: 'ItemRegistries',
    element: 'ItemRegistry',
    prefix: 'IB',
    kind: 'inventory',
    flow: 'inventory-advice',
    xml: false,
  },
} as const
export type Family = keyof typeof families

/** One document of the morning. `name` is unique in it, and the stem of its file. */
export interface Arrival {
  wave: number
  family: Family
  name: string
  /** The number its document is found by. */
  number(day: string): string
  build(day: string): object
}

/** Control number of the first document; the others follow. */
export const firstControl = 18_841

const activities: { retailer: Retailer; lines: Activity[] }[] = [
  {
    retailer: harborPine,
    lines: [
      { item: 'JS-MUG-12', sold: { '0012': 14, '0031': 22, '0107': 9 }, onHand: 310 },
      { item: 'JS-BWL-06', sold: { '0012': 5, '0031': -2, '0107': 0 }, onHand: 96 },
    ],
  },
  { retailer: epicerieBouleau, lines: [{ item: 'JS-NAP-04', sold: { '0101': 7, '0102': 3 }, onHand: 44 }] },
]
const stocks: { retailer: Retailer; stock: Record<string, number> }[] = [
  { retailer: harborPine, stock: { 'JS-MUG-12': 1840, 'JS-BWL-06': 0, 'JS-TRY-LG': 120 } },
  { retailer: tidewaterHome, stock: { 'JS-PLT-10': 64, 'JS-BRD-OK': 0 } },
]

/** Everything that comes from SPS Commerce this morning, in the order in which it comes. */
export const arrivals: readonly Arrival[] = [
  ...orders.map(({ retailer, sketch }, i): Arrival => {
    const family = sketch.change === undefined ? 'order' : 'change'
    return {
      wave: sketch.wave,
      family,
      name: `${families[family].prefix}${sketch.number}-${firstControl + i}`,
      number: () => sketch.number,
      build: (day) => buildOrder(retailer, sketch, day, firstControl + i),
    }
  }),
  ...activities.map(
    ({ retailer, lines }, i): Arrival => ({
      wave: 1,
      family: 'activity',
      name: `PD${retailer.sender}`,
      number: (day) => activityNumber(retailer, day),
      build: (day) => buildActivity(retailer, lines, day, firstControl + 900 + i),
    }),
  ),
  ...stocks.map(
    ({ retailer, stock }, i): Arrival => ({
      wave: 1,
      family: 'stock',
      name: `IB${retailer.sender}`,
      number: (day) => stockNumber(retailer, day),
      build: (day) => buildStock(retailer, stock, day, firstControl + 950 + i),
    }),
  ),
].sort((a, b) => a.wave - b.wave)

export const lastWave = Math.max(...arrivals.map((a) => a.wave))

/** How the warehouse ships, where it is not everything in one carton with its contents. By purchase order number. */
export const shipping: Readonly<Record<string, ShipOptions>> = {
  // Only eight of the twelve bowls are there; what shipped goes into two cartons.
  '4500187734': { quantities: { 1: 24, 2: 8, 3: 2 }, packages: 2 },
  '4500187806': { packages: 2, tracking: '44018820391' },
  'BC-2026-00417': { packages: 2 },
  // Two cartons, and nobody scanned what is in which.
  'BC-2026-00424': { packages: 2, contents: false },
  'TWB-77001': { packages: 2 },
  // One parcel whose contents nobody scanned: everything is in it.
  'TWD-550123': { contents: false, tracking: '1Z77R1A40300000017' },
}

/** What stands on an invoice beside the goods. By purchase order number. */
export const billing: Readonly<Record<string, InvoiceOptions>> = {
  '4500187734': { documentDiscountPercent: 2 },
  '4500187806': { lineDiscountPercent: 5, freight: 38.5, premiumFreight: 4 },
  '4500187822': { freight: 61.2, tax: { id: 'WISTATE', percent: 5 } },
  'BC-2026-00417': { tax: { id: 'GST', percent: 5 } },
  'BC-2026-00422': { documentDiscountPercent: 3, tax: { id: 'GST', percent: 5 } },
  'TWB-77003': { documentDiscountPercent: 5, freight: 88 },
}

/** Three broken mugs of this order come back: a credit memo against its invoice. */
export const returned = { number: '4500187734', lines: { 1: 3 }, claim: 'HP-CL-20177' }

/** An order taken by telephone: it never was an EDI document, so nothing of it may go to the retailer. */
export const phoneOrder = {
  customer: harborPine.customer,
  location: 'ST0073',
  customerOrder: 'TEL-2026-118',
  item: 'JS-MUG-12',
  quantity: 12,
}
