import { type Row, type Tables, tableVersion } from '../../../lib/core/tables.ts'

const partners: Row[] = [
  { tradingPartner: '3F1HARBORPINE', vendor: '40127', customer: 'HARBORPINE', role: 'customer', acceptsCredits: 'yes' },
  { tradingPartner: '3F1PINEMILL', customer: 'PINEMILL', role: 'vendor' },
  { tradingPartner: '3F1COLDQUAY3PL', customer: 'COLDQUAY' },
]

const locations: Row[] = [
  { kind: 'ship-to', tradingPartner: '3F1HARBORPINE', code: '0417', location: 'HP-DC-0417' },
  {
    kind: 'warehouse',
    code: 'JS-W1',
    location: 'WH',
    name: 'Juniper & Slate Warehouse 1',
    address1: '14 Kiln Street',
    city: 'Red Wing',
    state: 'MN',
    postalCode: '55066',
    country: 'USA',
  },
  { kind: 'remit-to', code: 'JS-AR', name: 'Juniper & Slate Goods LLC', address1: 'PO Box 4410', city: 'Red Wing' },
]

const items: Row[] = [
  { item: 'JS-MUG-12', upc: '614141001217', caseGtin: '10614141001214', caseSize: '24' },
  { item: 'JS-BWL-06', upc: '614141001385', caseSize: '12' },
  { item: 'JS-TRY-LG', upc: '614141001521', caseSize: '6' },
  { tradingPartner: '3F1HARBORPINE', buyerPart: '771204', item: 'JS-MUG-12' },
  { tradingPartner: '3F1HARBORPINE', buyerPart: '771209', item: 'JS-BWL-06' },
  { tradingPartner: '3F1HARBORPINE', buyerPart: '771233', item: 'JS-TRY-LG' },
]

const units: Row[] = [
  { x12: 'EA', unit: 'Units', eaches: '1' },
  { x12: 'CA', unit: 'Units', perUnit: 'case', eaches: 'case' },
  { x12: 'CA', unit: 'Case of 12', eaches: '12', item: 'JS-MUG-12', tradingPartner: '3F1PINEMILL' },
]

const carriers: Row[] = [
  { scac: 'ODFL', shipVia: 'Old Dominion', method: 'M', mode: 'ltl' },
  { scac: 'UPSN', shipVia: 'Ground', method: 'M', mode: 'parcel' },
]

const codes: Row[] = [
  { kind: 'countryIn', code: 'USA', value: 'US' },
  { kind: 'countryOut', code: 'US', value: 'USA' },
  { kind: 'weightUnit', code: 'kg', value: 'KG' },
]

const sample: Record<string, Row[]> = { partners, locations, items, units, carriers, codes }

/** Tables of one retailer, one supplier and one warehouse; `edit` gives back those it wants otherwise. */
export function tablesOf(edit: (rows: Record<string, Row[]>) => Record<string, Row[]> = () => ({})): Tables {
  const rows = { ...sample, ...edit(structuredClone(sample)) }
  return Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [name, { name, version: tableVersion(list), rows: list }]),
  )
}

/** The sample tables with other wishes of one partner. */
export const withPartner = (tradingPartner: string, wishes: Row): Tables =>
  tablesOf(() => ({
    partners: partners.map((row) => (row.tradingPartner === tradingPartner ? { ...row, ...wishes } : row)),
  }))

/** The sample tables with further rows. */
export const withRows = (more: Record<string, Row[]>): Tables =>
  tablesOf((rows) =>
    Object.fromEntries(Object.entries(more).map(([name, added]) => [name, [...(rows[name] ?? []), ...added]])),
  )
