import type { Retailer } from '../retailer.ts'
import { cases, eaches, type OrderSketch } from '../sketch.ts'

/** A grocer in Québec: names articles by UPC alone, numbers its lines 001, 002, writes French. */
export const epicerieBouleau: Retailer = {
  partner: '3F1BOULEAU',
  sender: 'BOULEAU',
  name: 'Épicerie Bouleau inc.',
  customer: 'BOULEAU',
  currency: 'USD',
  vendor: 'JS-0088',
  terms: { code: 'N45', discountPercent: 0, discountDays: 0, netDays: 45 },
  carrier: { scac: 'ODFL', routing: 'Old Dominion LTL', shipVia: 'ODFL' },
  buyer: { name: 'Maëlle Tétreault', phone: '819-555-0116', email: 'achats@bouleau.example' },
  billTo: {
    code: 'BOU-SIEGE',
    name: 'Épicerie Bouleau inc.',
    street: "12, rue de l'Érable",
    city: 'Trois-Rivières',
    state: 'QC',
    postalCode: 'G8T 1A1',
    country: 'CAN',
    location: 'MAIN',
  },
  places: [
    {
      code: '0810',
      name: 'Bouleau, entrepôt de Bécancour',
      street: '400, boulevard du Parc-Industriel',
      street2: 'Quai n° 7',
      city: 'Bécancour',
      state: 'QC',
      postalCode: 'G9H 2V8',
      country: 'CAN',
      location: 'DC0810',
    },
    magasin('0101', '5, place du Marché', 'Québec', 'G1K 4A3'),
    magasin('0102', '88, chemin des Pêcheurs', 'Rimouski', 'G5L 1C6'),
  ],
  parts: {},
  names: ['upc', 'vendor'],
  lineDigits: 3,
}

function magasin(code: string, street: string, city: string, postalCode: string): Retailer['billTo'] {
  const name = `Épicerie Bouleau nº ${code}`
  return { code, name, street, city, state: 'QC', postalCode, country: 'CAN', location: `MAG${code}` }
}

export const epicerieBouleauOrders: OrderSketch[] = [
  { number: 'BC-2026-00417', wave: 0, to: '0810', lines: [cases('JS-MUG-12', 6), cases('JS-BWL-06', 8)] },
  {
    number: 'BC-2026-00418',
    wave: 0,
    to: '0810',
    note: 'Étiquettes bilingues, s. v. p. — « fragile » sur chaque boîte.',
    lines: [cases('JS-PIT-02', 3), eaches('JS-CAN-08', 72)],
  },
  { number: 'BC-2026-00419', wave: 0, to: '0101', lines: [eaches('JS-NAP-04', 20), eaches('JS-BRD-OK', 8)] },
  { number: 'BC-2026-00420', wave: 0, to: '0102', lines: [eaches('JS-NAP-04', 10), eaches('JS-BRD-OK', 4)] },
  {
    number: 'BC-2026-00421',
    wave: 1,
    model: 'CrossDock',
    to: '0810',
    lines: [cases('JS-PLT-10', 4, { split: { '0101': 3, '0102': 1 } })],
  },
  { number: 'BC-2026-00422', wave: 1, to: '0810', discountPercent: 3, lines: [cases('JS-CAN-08', 9)] },
  // Nobody knows this article.
  {
    number: 'BC-2026-00423',
    wave: 1,
    to: '0810',
    lines: [
      cases('JS-MUG-12', 2),
      { item: 'JS-TEA-00', qty: 12, unit: 'EA', price: '9.4', numbers: { BuyerPartNumber: 'THE-0099' } },
    ],
    expect: { outcome: 'held', code: 'ITEM_UNKNOWN' },
  },
  // Shipped in two cartons whose contents nobody scanned.
  { number: 'BC-2026-00424', wave: 1, to: '0810', lines: [cases('JS-BWL-06', 2), cases('JS-TRY-LG', 2)] },
  { number: 'BC-2026-00425', wave: 2, to: '0101', lines: [eaches('JS-TRY-LG', 6), eaches('JS-MUG-12', 24)] },
  { number: 'BC-2026-00426', wave: 2, to: '0810', lines: [cases('JS-MUG-12', 4, { basis: 'PE' })] },
  { number: 'BC-2026-00427', wave: 2, to: '0102', lines: [eaches('JS-PIT-02', 2)] },
  // This retailer revises an order by sending it again.
  { number: 'BC-2026-00427', wave: 3, to: '0102', lines: [eaches('JS-PIT-02', 3)] },
  { number: 'BC-2026-00428', wave: 3, to: '0810', lines: [cases('JS-NAP-04', 7), cases('JS-BRD-OK', 2)] },
]
