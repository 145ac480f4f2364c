/* Brightleaf Coffee: roasts nothing itself, sells online, and has its goods in two centres of ShipBob. */

/** An article of the company. Weight in kilograms, as Odoo keeps it. */
export interface Article {
  item: string
  name: string
  barcode?: string
  price: number
  weight?: number
  /** Kept by lots with an expiry date. */
  lots?: boolean
  service?: boolean
}

export const articles: readonly Article[] = [
  {
    item: 'COF-LR-340',
    name: 'Light Roast Coffee 340 g',
    barcode: '0850012345017',
    price: 18,
    weight: 0.36,
    lots: true,
  },
  { item: 'MUG-BLU-01', name: 'Ceramic Mug, Blue', barcode: '0850012345024', price: 12.5, weight: 0.4 },
  { item: 'TEE-ETE-M', name: 'T-Shirt "Été" – Größe M', barcode: '0850012345031', price: 24, weight: 0.2 },
  { item: 'SRV-WRAP', name: 'Gift wrapping', price: 4, service: true },
  // Nobody has given it a number yet.
  { item: '', name: 'Pour-over Dripper, prototype', price: 29, weight: 0.5 },
]

/** Warehouses in Odoo, each one centre of ShipBob (events/tables/odoo-shipbob/centres.csv). */
export const warehouses = [
  { code: 'SBCA', name: 'ShipBob Moreno Valley', centre: 10 },
  { code: 'SBGA', name: 'ShipBob Fairburn', centre: 211 },
] as const

/** Vendors by the reference of their contact. */
export const vendors = {
  ALTO: 'Alto Roasters',
  CLAYBANK: 'Claybank Ceramics',
  SOUTHERN: 'Southern Mug Works',
  OFFICE: 'Pine Street Office Supply',
  SHIPBOB: 'ShipBob, Inc.',
} as const

/** What the vendor of the coffee announced: a carton of each lot. */
export const announced = [
  { tracking: '1Z999AA10123456784', quantity: 100, lot: 'LR-2608-A', expires: '2027-02-28' },
  { tracking: '1Z999AA10123456793', quantity: 100, lot: 'LR-2609-B', expires: '2027-04-30' },
] as const

/** What the buyers ordered the day before. */
export const purchases = {
  coffee: { vendor: 'ALTO', warehouse: 'SBCA', lines: [{ item: 'COF-LR-340', quantity: 200, price: 6.1 }] },
  mugs: {
    vendor: 'CLAYBANK',
    warehouse: 'SBCA',
    lines: [
      { item: 'MUG-BLU-01', quantity: 120, price: 3.4 },
      { item: 'TEE-ETE-M', quantity: 60, price: 7.2 },
    ],
  },
  south: { vendor: 'SOUTHERN', warehouse: 'SBGA', lines: [{ item: 'MUG-BLU-01', quantity: 30, price: 3.5 }] },
  // For the company's own rooms, and no business of ShipBob's.
  office: { vendor: 'OFFICE', warehouse: undefined, lines: [{ item: 'MUG-BLU-01', quantity: 6, price: 3.9 }] },
} as const
export type Purchase = keyof typeof purchases

/** A gift box that somebody put together at ShipBob; Odoo sells its parts. */
export const giftBox = { sku: 'BND-GIFT-01', name: 'Mug Gift Box', components: { 'COF-LR-340': 1, 'MUG-BLU-01': 2 } }

/** Orders of the web shop: what Odoo has of them, and what ShipBob was given. */
export const orders = {
  split: {
    reference: 'SO-2026-1187',
    sold: { 'COF-LR-340': 2, 'MUG-BLU-01': 4 },
    parcels: [
      { centre: 10, units: { 'COF-LR-340': 2, 'MUG-BLU-01': 1 } },
      { centre: 211, units: { 'MUG-BLU-01': 3 } },
    ],
  },
  gift: {
    reference: 'SO-2026-1188',
    sold: { 'COF-LR-340': 1, 'MUG-BLU-01': 2 },
    parcels: [{ centre: 10, units: { 'BND-GIFT-01': 1 } }],
  },
  shirt: {
    reference: 'SO-2026-1189',
    sold: { 'TEE-ETE-M': 1 },
    parcels: [{ centre: 10, units: { 'TEE-ETE-M': 1 } }],
  },
  // Sold on a market place that Odoo has never heard of.
  unknown: {
    reference: 'MP-55021',
    sold: undefined,
    parcels: [{ centre: 10, units: { 'MUG-BLU-01': 1 } }],
  },
} as const
export type ShopOrder = keyof typeof orders
