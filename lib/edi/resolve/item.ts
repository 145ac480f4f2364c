import type { Decimal } from '../../core/decimal.ts'
import { toDecimal } from '../../core/decimal.ts'
import type { Decision, Problem } from '../../core/problems.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'
import type { ItemNumbers } from '../../documents/parts.ts'
import { source } from '../tables.ts'

type Source = NonNullable<Decision['table']>

/** How an item was found: by which number, in which step of acumatica.md §8, in which row. */
export interface ItemHit {
  item: string
  step: string
  input: string
  source: Source
  row: Row
}

export type ItemResolution =
  | { found: ItemHit /** Items that other numbers of the line stand for. */; others: string[] }
  | { ambiguous: ItemHit[] }
  | { unknown: true }

/** The row of the items table that a line's numbers need; the item itself is for a person to fill in. */
export function missingItem(
  { buyerPart, upc, ean, gtin, caseUpc }: ItemNumbers,
  tradingPartner: string,
): NonNullable<Problem['row']> {
  const cells = Object.entries({ tradingPartner, buyerPart, upc: upc ?? ean, gtin, caseGtin: caseUpc })
  return { table: 'items', cells: Object.fromEntries(cells.flatMap(([name, cell]) => (cell ? [[name, cell]] : []))) }
}

/** A UPC, EAN or GTIN of 8 to 14 digits as 14 digits; anything else stays as it is. */
export function gtin14(code: string): string {
  const digits = code.trim()
  return /^\d{8,14}$/.test(digits) ? digits.padStart(14, '0') : digits
}

interface Whose {
  tradingPartner: string
  customer?: string | undefined
}

/**
 * The stock item of a line's numbers, in the order of acumatica.md §8: the partner's part number, the customer's,
 * GTIN and UPC (compared as 14 digits), barcode, the number everyone uses, our own number. The first step with a hit
 * decides; several items in it are ambiguous. Two GTINs of one item are one hit.
 */
export function resolveItem(data: Tables, numbers: ItemNumbers, whose: Whose): ItemResolution {
  const steps = [...searches(data, numbers, whose)].filter((hits) => hits.length > 0)
  const [first] = steps
  if (!first) return { unknown: true }
  const distinct = [...new Map(first.map((hit) => [hit.item, hit])).values()]
  const [found] = distinct
  if (!found || distinct.length > 1) return { ambiguous: distinct }
  const others = new Set(steps.slice(1).flatMap((hits) => hits.map((hit) => hit.item)))
  others.delete(found.item)
  return { found, others: [...others] }
}

function* searches(data: Tables, numbers: ItemNumbers, { tradingPartner, customer }: Whose): Generator<ItemHit[]> {
  const { items } = data
  const ours = (row: Row) =>
    [tradingPartner, ''].includes(cell(row, 'tradingPartner')) && [customer ?? '', ''].includes(cell(row, 'customer'))
  const search = (
    step: string,
    column: string,
    inputs: [string, string | undefined][],
    fits = ours,
    keyOf?: typeof gtin14,
  ) =>
    inputs.flatMap(([name, value]) => {
      const key = value && (keyOf ? keyOf(value) : value.trim())
      if (!key) return []
      return rowsBy(items, column, key, keyOf)
        .filter(fits)
        .map((row) => ({
          item: cell(row, 'item'),
          step,
          input: `${name}=${value}`,
          source: source(data, 'items', row),
          row,
        }))
    })
  const buyer: [string, string | undefined][] = [['BuyerPartNumber', numbers.buyerPart]]
  const others = (numbers.other ?? []).map((o): [string, string] => [`ProductID ${o.qualifier}`, o.id])
  const codes: [string, string | undefined][] = [
    ['GTIN', numbers.gtin],
    ['ConsumerPackageCode', numbers.upc],
    ['EAN', numbers.ean],
    ['UPCCaseCode', numbers.caseUpc],
  ]
  const vendor: [string, string | undefined][] = [['VendorPartNumber', numbers.vendorPart]]

  yield search('partner', 'buyerPart', buyer, (row) => ours(row) && cell(row, 'tradingPartner') === tradingPartner)
  yield search(
    'customer',
    'buyerPart',
    buyer,
    (row) => cell(row, 'tradingPartner') === '' && customer !== undefined && cell(row, 'customer') === customer,
  )
  yield ['upc', 'gtin', 'caseGtin'].flatMap((column) => search('gtin', column, codes, ours, gtin14))
  yield search('barcode', 'barcode', [...codes, ...others])
  yield search('global', 'alias', [...vendor, ...buyer, ...others])
  yield search('own number', 'item', vendor)
}

/** What the items table knows of an item: the partner's own row first, then everyone's. */
export interface ItemFacts {
  caseSize?: Decimal
  price?: Decimal
  priceUnit?: string
  active: boolean
  source(column: 'caseSize' | 'price' | 'status'): Source | undefined
}

export function itemFacts(data: Tables, item: string, { tradingPartner, customer }: Whose): ItemFacts {
  const rank = (row: Row): number =>
    (cell(row, 'tradingPartner') === tradingPartner ? 2 : 0) + (customer && cell(row, 'customer') === customer ? 1 : 0)
  const rows = rowsBy(data.items, 'item', item)
    .filter(
      (row) =>
        [tradingPartner, ''].includes(cell(row, 'tradingPartner')) &&
        [customer ?? '', ''].includes(cell(row, 'customer')),
    )
    .toSorted((a, b) => rank(b) - rank(a))
  const holding = (column: string) => rows.find((row) => cell(row, column) !== '')
  const text = (column: string) => {
    const row = holding(column)
    return row && cell(row, column)
  }
  const caseSize = toDecimal(text('caseSize'))
  const price = toDecimal(text('price'))
  const priceUnit = holding('price') && cell(holding('price') as Row, 'priceUnit')
  return {
    ...(caseSize === undefined ? {} : { caseSize }),
    ...(price === undefined ? {} : { price }),
    ...(priceUnit ? { priceUnit } : {}),
    active: text('status') !== 'inactive',
    source: (column) => {
      const row = holding(column)
      return row && source(data, 'items', row)
    },
  }
}
