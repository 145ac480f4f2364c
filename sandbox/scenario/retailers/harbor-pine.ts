import type { Retailer } from '../retailer.ts'
import { cases, eaches, type OrderSketch } from '../sketch.ts'

/** A chain of department stores: distribution centre, cross-dock, store splits, changes and replacements. */
export const harborPine: Retailer = {
  partner: '3F1HARBORPINE',
  sender: 'HARBORPINE',
  name: 'Harbor & Pine Stores',
  customer: 'HARBORPINE',
  currency: 'USD',
  vendor: '40127',
  department: '062',
  terms: { code: '2P10N30', discountPercent: 2, discountDays: 10, netDays: 30 },
  carrier: { scac: 'ODFL', routing: 'Old Dominion LTL', shipVia: 'ODFL' },
  buyer: { name: 'Noor Haddad', phone: '218-555-0144', email: 'tabletop.buying@harborpine.example' },
  billTo: {
    code: 'HP-HQ',
    name: 'Harbor & Pine Stores',
    street: '88 Lantern Quay',
    city: 'Duluth',
    state: 'MN',
    postalCode: '55802',
    country: 'USA',
    location: 'MAIN',
  },
  places: [
    {
      code: '0417',
      name: 'Harbor & Pine DC 0417',
      street: '2150 Tannery Road',
      street2: 'Door 14-22',
      city: 'Superior',
      state: 'WI',
      postalCode: '54880',
      country: 'USA',
      location: 'DC0417',
    },
    store('0012', '4 Ferry Landing', 'Bayfield', 'WI', '54814'),
    store('0031', '610 Orchard Street', 'Hayward', 'WI', '54843'),
    store('0073', '9 Market Steps', 'Ashland', 'WI', '54806'),
    store('0107', '77 Quarry Avenue', 'Cloquet', 'MN', '55720'),
  ],
  parts: {
    'JS-MUG-12': '771204',
    'JS-BWL-06': '771209',
    'JS-TRY-LG': '771233',
    'JS-PLT-10': '771240',
    'JS-PIT-02': '771251',
    'JS-CAN-08': '771268',
    'JS-NAP-04': '771274',
  },
}

function store(code: string, street: string, city: string, state: string, postalCode: string): Retailer['billTo'] {
  const name = `Harbor & Pine Store ${code}`
  return { code, name, street, city, state, postalCode, country: 'USA', location: `ST${code}` }
}

export const harborPineOrders: OrderSketch[] = [
  {
    number: '4500187734',
    wave: 0,
    to: '0417',
    discountPercent: 2,
    note: 'Floor-loaded trailers are refused; use GMA pallets above 20 cartons.',
    lines: [
      eaches('JS-MUG-12', 24),
      eaches('JS-BWL-06', 12),
      cases('JS-TRY-LG', 2, { note: 'Ship in original case packs only.' }),
    ],
  },
  {
    number: '4500187801',
    wave: 0,
    model: 'MultiStore',
    lines: [
      eaches('JS-MUG-12', 48, { split: { '0012': 12, '0031': 24, '0107': 12 } }),
      eaches('JS-BWL-06', 24, { split: { '0012': 6, '0031': 12, '0107': 6 } }),
    ],
  },
  {
    number: '4500187802',
    wave: 0,
    model: 'CrossDock',
    to: '0417',
    lines: [
      eaches('JS-PLT-10', 36, { split: { '0012': 12, '0073': 24 } }),
      cases('JS-CAN-08', 4, { split: { '0012': 1, '0073': 3 } }),
    ],
  },
  { number: '4500187803', wave: 0, to: '0417', lines: [cases('JS-MUG-12', 10)] },
  { number: '4500187804', wave: 0, to: '0417', lines: [cases('JS-BWL-06', 3, { basis: 'PE' })] },
  { number: '4500187805', wave: 0, to: '0073', lines: [eaches('JS-NAP-04', 18), eaches('JS-CAN-08', 30)] },
  { number: '4500187806', wave: 0, to: '0417', lines: [cases('JS-PIT-02', 6), eaches('JS-TRY-LG', 9)] },
  // Changed by an 860 below, before it ships.
  {
    number: '4500187811',
    wave: 0,
    to: '0417',
    lines: [eaches('JS-MUG-12', 24), eaches('JS-BWL-06', 12), cases('JS-TRY-LG', 2)],
  },
  // Cancelled below.
  { number: '4500187812', wave: 0, to: '0417', lines: [cases('JS-PLT-10', 5)] },
  // Replaced below.
  { number: '4500187813', wave: 0, to: '0417', lines: [cases('JS-MUG-12', 2), cases('JS-BWL-06', 2)] },
  { number: '4500187820', wave: 1, to: '0417', release: '001', lines: [cases('JS-NAP-04', 6)] },
  { number: '4500187820', wave: 1, to: '0417', release: '002', lines: [cases('JS-NAP-04', 4)] },
  { number: '4500187821', wave: 1, to: '0417', lines: [eaches('JS-PIT-02', 3, { allowance: '4.5' })] },
  { number: '4500187822', wave: 1, to: '0417', handling: '12.5', lines: [cases('JS-PLT-10', 8)] },
  { number: '4500187824', wave: 1, to: '0417', saysTotal: '999.99', lines: [eaches('JS-BWL-06', 20)] },
  {
    number: '4500187825',
    wave: 1,
    to: '0417',
    cancelIn: -3,
    lines: [eaches('JS-MUG-12', 12)],
    expect: { outcome: 'held', code: 'PAST_CANCEL_DATE' },
  },
  // Sent again with the same content: the first one counts.
  {
    number: '4500187803',
    wave: 2,
    to: '0417',
    lines: [cases('JS-MUG-12', 10)],
    expect: { outcome: 'skipped', code: 'DUPLICATE' },
  },
  // Sent again with other content and no word of a replacement: a person decides.
  {
    number: '4500187805',
    wave: 2,
    to: '0073',
    lines: [eaches('JS-NAP-04', 24), eaches('JS-CAN-08', 30)],
    expect: { outcome: 'held', code: 'ORDER_DIFFERS' },
  },
  {
    number: '4500187811',
    wave: 1,
    change: '1',
    lines: [
      eaches('JS-MUG-12', 48, { line: '1', change: 'QI', previous: 24 }),
      cases('JS-TRY-LG', 0, { line: '3', change: 'DI', previous: 2 }),
    ],
  },
  { number: '4500187812', wave: 1, to: '0417', purpose: '01', lines: [cases('JS-PLT-10', 5)] },
  {
    number: '4500187813',
    wave: 1,
    to: '0417',
    purpose: '05',
    lines: [cases('JS-MUG-12', 3), cases('JS-BWL-06', 2), eaches('JS-TRY-LG', 12)],
  },
  // A change to an order that never came.
  {
    number: '4500180000',
    wave: 2,
    change: '1',
    lines: [eaches('JS-MUG-12', 6, { line: '1', change: 'QD', previous: 12 })],
    expect: { outcome: 'held', code: 'ORDER_UNKNOWN' },
  },
  { number: '4500187830', wave: 2, to: '0417', lines: [cases('JS-CAN-08', 12), cases('JS-NAP-04', 3)] },
  { number: '4500187831', wave: 3, to: '0073', lines: [eaches('JS-TRY-LG', 4), eaches('JS-PIT-02', 2)] },
]
