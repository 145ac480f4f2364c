import type { TableDefinition } from '../core/flow.ts'
import type { Decision } from '../core/problems.ts'
import { type Column, may, must } from '../core/table-columns.ts'
import { cell } from '../core/table-index.ts'
import type { Row, Tables } from '../core/tables.ts'
import { type PolicyName, policies } from './policies.ts'

const anyPartner = may('tradingPartner', 'TradingPartnerId the row is for; blank = every partner.')
const addressColumns = ['name', 'address1', 'address2', 'city', 'state', 'postalCode', 'country'].map((name) =>
  may(name, `The place's ${name}, where it is not taken from the ERP.`),
)

/** How an ERP calls what the tables name. */
export interface ErpWords {
  /** "Acumatica". */
  erp: string
  /** What a cell holds: "CustomerID in Acumatica". */
  customer: string
  /** What a trading partner is there: "customer of Acumatica". */
  party: string
  orderType: string
  /** The values it may have, where they are few. */
  orderTypes?: readonly string[]
  location: string
  warehouse: string
  item: string
  unit: string
  shipVia: string
  /** Where a package's SSCC stands where the partner's row does not say. */
  sscc: string
  /** What shipTo of a partner may hold besides the retailer's codes. */
  shipTo?: string
  /** Policies that mean something else there. */
  policies?: Partial<Record<PolicyName, string>>
  /** Columns that only this ERP's partners have. */
  partners?: Column[]
}

/** The cross-reference tables and their columns. Cells are text; leading zeros matter. */
export const ediTables = (words: ErpWords): TableDefinition[] => [
  {
    name: 'partners',
    description: `Which ${words.party} a trading partner is, and what it wants. The first match decides: vendor and ship-to narrow a partner that is several.`,
    key: keyOf('partners'),
    columns: [
      must('tradingPartner', 'TradingPartnerId, issued by SPS Commerce.'),
      may('vendor', 'Vendor number the retailer gave you; blank = any. Returned on every answer.'),
      may('shipTo', `Ship-to, mark-for or buyer location code this row is for${words.shipTo ?? ''}; blank = any.`),
      must('customer', `${words.customer}.`),
      may('name', 'For people.'),
      may(
        'orderType',
        `${words.orderType}. The codes table's for the order's type comes first; blank = ${words.orderTypes ? 'by the role' : 'the setting orderType'}.`,
        words.orderTypes && [...words.orderTypes],
      ),
      may('location', `${words.location}, for orders without a mapped ship-to; blank = the default of the customer.`),
      may('warehouse', `${words.warehouse}; blank = the setting warehouse, else what ${words.erp} fills in.`),
      may('currency', "The partner's usual currency; an order in another one is held. Blank = not checked."),
      may(
        'priceTolerance',
        'How far a price may be off: an amount per ordered unit ("0.05") or a percentage ("2%"). Blank = 0.',
      ),
      ...Object.entries(policies).map(([name, p]) =>
        may(name, words.policies?.[name as PolicyName] ?? p.description, [...p.values]),
      ),
      may(
        'acknowledgeWithinHours',
        'Hours from an order until its 855 must be out, or somebody is told. Blank = not watched.',
      ),
      may('ssccField', `Field of the package that holds the SSCC. Blank = ${words.sscc}.`),
      may('weightUnit', 'Unit of package weights that come without one. Blank = LB.'),
      may('remitTo', 'Code of the remit-to place in the locations table; blank = the first one.'),
      may('senderId', 'Our id in the envelope of what we send; blank = as the order had it.'),
      may('senderName', 'Our name there.'),
      may('receiverId', "The partner's id there."),
      may('receiverName', "The partner's name there."),
      ...(words.partners ?? []),
    ],
  },
  {
    name: 'locations',
    description:
      'Places by the number others use for them: ship-to places of retailers, own warehouses, remit-to addresses.',
    key: keyOf('locations'),
    columns: [
      must('kind', 'What the place is.', ['ship-to', 'warehouse', 'remit-to']),
      anyPartner,
      must('code', "The retailer's store or DC number (ship-to), or our own number for the place."),
      may('location', `Of a ship-to: ${words.location}. Of a warehouse: ${words.warehouse}.`),
      may('customer', 'Customer the location belongs to; blank = the customer of the partner.'),
      may('qualifier', 'LocationCodeQualifier; blank = 92 for ship-to, 91 for own places.'),
      ...addressColumns,
    ],
  },
  {
    name: 'items',
    description:
      'Stock items by the numbers trading partners use. A row without partner and customer holds what is true for everyone.',
    key: keyOf('items'),
    columns: [
      anyPartner,
      may('customer', 'Customer whose part number this is, under any of its trading partners; blank = any.'),
      may('buyerPart', "The trading partner's own part number."),
      must('item', `${words.item}.`),
      may('upc', 'UPC or EAN of the unit.'),
      may('gtin', 'A further GTIN of the unit.'),
      may('caseGtin', 'GTIN or case code of the case.'),
      may('barcode', 'Any other barcode.'),
      may('alias', 'A further number that everyone uses for the item.'),
      may('caseSize', 'How many base units one case holds.'),
      may('price', 'Agreed price, per priceUnit.'),
      may('priceUnit', `What the price is for: ${words.unit}. Blank = the base unit.`),
      may('status', 'inactive: orders for it are held.', ['active', 'inactive']),
      may('description', 'For people.'),
    ],
  },
  {
    name: 'units',
    description: `X12 units of measure and units in ${words.erp}. On the way out the first row with the ERP unit decides.`,
    key: keyOf('units'),
    columns: [
      anyPartner,
      may('item', `Which item the row is for: ${words.item}. Blank = every item.`),
      must('x12', 'Unit on the EDI document (EA, CA, DZ ...).'),
      must('unit', `${words.unit}. The item must have it.`),
      may(
        'perUnit',
        'How many ERP units one X12 unit is (a dozen ordered as 12 EA); "case" = the caseSize of the item. Blank = 1.',
      ),
      may('eaches', 'How many base units one X12 unit is; "case" = the caseSize of the item. Blank = unknown.'),
    ],
  },
  {
    name: 'carriers',
    description: `Carriers: SCAC and routing of EDI documents, carriers of ${words.erp}.`,
    key: keyOf('carriers'),
    columns: [
      anyPartner,
      must('scac', 'Standard carrier code.'),
      may('routing', 'CarrierRouting; tells services of one carrier apart.'),
      must('shipVia', `${words.shipVia}.`),
      may('method', 'CarrierTransMethodCode on ship notices.'),
      may('mode', 'How tracking numbers are read: one a carton, or one PRO number for the load.', ['parcel', 'ltl']),
    ],
  },
  {
    name: 'codes',
    description: 'Reference codes by kind.',
    key: keyOf('codes'),
    columns: [
      must('kind', 'Which list.', [
        'orderType',
        'shippingRule',
        'countryIn',
        'countryOut',
        'weightUnit',
        'taxType',
        'allowance',
        'charge',
      ]),
      anyPartner,
      must('code', 'Code as it comes.'),
      must('value', 'Code as it is sent.'),
    ],
  },
]

const keys: Readonly<Record<string, readonly string[]>> = {
  partners: ['tradingPartner', 'vendor', 'shipTo'],
  locations: ['kind', 'tradingPartner', 'code'],
  items: ['tradingPartner', 'customer', 'buyerPart', 'item'],
  units: ['tradingPartner', 'item', 'x12'],
  carriers: ['tradingPartner', 'scac', 'routing', 'shipVia'],
  codes: ['kind', 'tradingPartner', 'code'],
}

const keyOf = (table: string): string[] => [...(keys[table] ?? [])]

/** A row as the audit trail names it: table, key columns, version. */
export function source(data: Tables, table: string, row: Row): NonNullable<Decision['table']> {
  const key = keyOf(table).map((column) => cell(row, column))
  return { name: table, row: key.join('/'), version: data[table]?.version ?? '' }
}
