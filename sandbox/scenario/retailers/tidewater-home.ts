import type { Retailer } from '../retailer.ts'
import { type Consumer, cases, eaches, type OrderSketch } from '../sketch.ts'

/** A web shop: most of its orders go straight to a consumer. */
export const tidewaterHome: Retailer = {
  partner: '3F1TIDEWATER',
  sender: 'TIDEWATER',
  name: 'Tidewater Home',
  customer: 'TIDEWATER',
  currency: 'USD',
  vendor: '900311',
  terms: { code: 'N30', discountPercent: 0, discountDays: 0, netDays: 30 },
  carrier: { scac: 'UPSN', routing: 'UPS Ground', shipVia: 'UPSGROUND' },
  buyer: { name: 'Petra Lindqvist', phone: '757-555-0130', email: 'vendors@tidewater.example' },
  billTo: {
    code: 'TW-AP',
    name: 'Tidewater Home, Accounts Payable',
    street: '300 Granby Pier',
    city: 'Norfolk',
    state: 'VA',
    postalCode: '23510',
    country: 'USA',
    location: 'MAIN',
  },
  places: [
    {
      code: 'TW-FC2',
      name: 'Tidewater Fulfilment Center 2',
      street: '7100 Dominion Parkway',
      city: 'Chesapeake',
      state: 'VA',
      postalCode: '23320',
      country: 'USA',
      location: 'FC2',
    },
    {
      code: 'TW-FC9',
      name: 'Tidewater Fulfilment Center 9',
      street: '15 Basin Road',
      city: 'Suffolk',
      state: 'VA',
      postalCode: '23434',
      country: 'USA',
    },
  ],
  parts: {
    'JS-MUG-12': 'TW-100412',
    'JS-BWL-06': 'TW-100413',
    'JS-TRY-LG': 'TW-100588',
    'JS-PLT-10': 'TW-100414',
    'JS-PIT-02': 'TW-100601',
    'JS-CAN-08': 'TW-100733',
    'JS-NAP-04': 'TW-100790',
    'JS-BRD-OK': 'TW-100845',
  },
  names: ['buyer', 'upc'],
}

const consumer = (name: string, street: string, city: string, state: string, postalCode: string): Consumer => ({
  name,
  street,
  city,
  state,
  postalCode,
  phone: '757-555-0188',
})

/** A consumer's order: one parcel to one address, with the shop's own number for it. */
const gift = (number: string, wave: number, to: Consumer, lines: OrderSketch['lines'], note?: string): OrderSketch => ({
  number,
  wave,
  model: 'DropShip',
  to,
  consumerOrder: number.replace('TWD', 'WEB'),
  lines,
  ...(note ? { note } : {}),
})

export const tidewaterHomeOrders: OrderSketch[] = [
  gift(
    'TWD-550121',
    0,
    consumer('Ines Okafor', '905 Marrow Lane', 'Eau Claire', 'WI', '54701'),
    [eaches('JS-BWL-06', 2)],
    'Congratulations on the new flat!',
  ),
  gift(
    'TWD-550122',
    0,
    consumer('Søren Ångström', '14 Kelp Court', 'Astoria', 'OR', '97103'),
    [eaches('JS-MUG-12', 4)],
    'Tillykke med fødselsdagen 🎂',
  ),
  gift('TWD-550123', 0, consumer('山田 花子', '2 Cedar Bend', 'Torrance', 'CA', '90501'), [eaches('JS-PIT-02', 1)]),
  gift('TWD-550124', 0, consumer('Amina Diallo', '31 Mill Street', 'Lowell', 'MA', '01852'), [eaches('JS-PLT-10', 6)]),
  gift('TWD-550125', 1, consumer("Róisín O'Dwyer", '8 Harbor Row', 'Salem', 'MA', '01970'), [eaches('JS-BRD-OK', 1)]),
  gift('TWD-550126', 1, consumer('Jo <Joey> & Max', '77 Elm Ave', 'Reno', 'NV', '89501'), [eaches('JS-NAP-04', 2)]),
  { number: 'TWB-77001', wave: 0, to: 'TW-FC2', lines: [cases('JS-MUG-12', 5), cases('JS-PLT-10', 5)] },
  { number: 'TWB-77002', wave: 1, to: 'TW-FC2', lines: [cases('JS-CAN-08', 2), eaches('JS-BRD-OK', 16)] },
  { number: 'TWB-77003', wave: 1, to: 'TW-FC2', discountPercent: 5, lines: [cases('JS-TRY-LG', 10)] },
  // A second web shop of theirs that nobody has set up yet.
  {
    number: 'TWO-10001',
    wave: 1,
    partner: '3F1TWOUTLET',
    to: 'TW-FC2',
    lines: [cases('JS-MUG-12', 1)],
    expect: { outcome: 'held', code: 'PARTNER_UNKNOWN' },
  },
  // To a building that nobody has set up yet.
  {
    number: 'TWB-77004',
    wave: 2,
    to: 'TW-FC9',
    lines: [cases('JS-BWL-06', 4)],
    expect: { outcome: 'held', code: 'LOCATION_UNKNOWN' },
  },
  // The buyer's price list is last year's.
  {
    number: 'TWB-77006',
    wave: 1,
    to: 'TW-FC2',
    lines: [eaches('JS-MUG-12', 60, { price: '3.6' })],
    expect: { outcome: 'held', code: 'PRICE_DIFFERS' },
  },
  gift('TWD-550127', 2, consumer('Zoë Marín-Vega', '5 Cooper Lane', 'Santa Fe', 'NM', '87501'), [
    eaches('JS-TRY-LG', 1),
    eaches('JS-NAP-04', 1),
  ]),
  { number: 'TWB-77007', wave: 2, to: 'TW-FC2', lines: [{ item: 'JS-CAN-08', qty: 6, unit: 'DZ' }] },
  { number: 'TWB-77005', wave: 3, to: 'TW-FC2', lines: [cases('JS-NAP-04', 2)] },
]
