import type { Findings } from '../../core/findings.ts'
import type { Decision } from '../../core/problems.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'
import { type Policies, readPolicies } from '../policies.ts'
import { source } from '../tables.ts'

type Source = NonNullable<Decision['table']>

/** A trading partner as one row of the partners table has it: the ERP customer and the retailer's wishes. */
export interface Partner extends Policies {
  tradingPartner: string
  customer: string
  vendor?: string
  orderType?: string
  location?: string
  warehouse?: string
  currency?: string
  /** "0.05" per ordered unit, or "2%". */
  priceTolerance: string
  /** Hours from an order's capture until its acknowledgement is due. */
  acknowledgeWithinHours?: number
  /** Field of a package that holds the SSCC, where the row names one. */
  ssccField?: string
  weightUnit: string
  remitTo?: string
  envelope: { senderId?: string; senderName?: string; receiverId?: string; receiverName?: string }
  /** The row itself, for columns that only one ERP's partners have. */
  row: Row
  source: Source
}

/** What a document says about its sender; what it does not say cannot exclude a row. */
export interface PartnerClues {
  tradingPartner: string
  vendor?: string | undefined
  /** Ship-to, mark-for and buyer codes: one of them may tell which customer is meant. */
  places?: readonly string[]
  /** Outbound: the customer is known, only its row is wanted. */
  customer?: string | undefined
}

/**
 * The row for a document (acumatica.md §8: trading partner, vendor number, ship-to or mark-for code). Holds where no
 * row fits or where the rows that fit best name several customers.
 */
export function resolvePartner(data: Tables, clues: PartnerClues, find: Findings, path?: string): Partner | undefined {
  const { tradingPartner, vendor, customer } = clues
  const missing = { table: 'partners', cells: { tradingPartner, ...(vendor === undefined ? {} : { vendor }) } }
  const known = rowsBy(data.partners, 'tradingPartner', tradingPartner)
  if (known.length === 0)
    return find.hold(
      'PARTNER_UNKNOWN',
      `Trading partner ${tradingPartner} is not in the partners table. Add a row with its customer.`,
      path,
      missing,
    )
  const places = clues.places ?? []
  const fits = (row: Row) =>
    (customer === undefined || cell(row, 'customer') === customer) &&
    (vendor === undefined || ['', vendor].includes(cell(row, 'vendor'))) &&
    (places.length === 0 || ['', ...places].includes(cell(row, 'shipTo')))
  const rank = (row: Row) =>
    (places.includes(cell(row, 'shipTo')) ? 2 : 0) + (vendor !== undefined && cell(row, 'vendor') === vendor ? 1 : 0)
  const fitting = known.filter(fits)
  const top = Math.max(...fitting.map(rank))
  const best = fitting.filter((row) => rank(row) === top)
  const customers = new Set(best.map((row) => cell(row, 'customer')))
  const [row] = best
  if (!row) return find.hold('PARTNER_UNKNOWN', noRow(clues), path, missing)
  if (customers.size > 1)
    return find.hold(
      'PARTNER_AMBIGUOUS',
      `Trading partner ${tradingPartner} is several customers (${[...customers].join(', ')}), and the document's vendor number ${vendor ?? '(none)'} and places ${places.join(', ') || '(none)'} do not tell which. Fill vendor or shipTo in the partners table.`,
      path,
    )
  return readPartner(data, row, find)
}

const noRow = ({ tradingPartner, vendor, places = [], customer }: PartnerClues): string => {
  const said = [
    vendor && `vendor number ${vendor}`,
    places.length > 0 && `places ${places.join(', ')}`,
    customer && `customer ${customer}`,
  ].filter(Boolean)
  return `The partners table has no row of trading partner ${tradingPartner} for ${said.join(', ') || 'this document'}. Add one.`
}

/** Trading partners that are this customer, in the table's order. */
export const partnersOfCustomer = (data: Tables, customer: string): string[] => [
  ...new Set(rowsBy(data.partners, 'customer', customer).map((row) => cell(row, 'tradingPartner'))),
]

function readPartner(data: Tables, row: Row, find: Findings): Partner {
  const from = source(data, 'partners', row)
  const text = (column: string) => cell(row, column) || undefined
  const tolerance = cell(row, 'priceTolerance') || '0'
  if (!/^\d+(\.\d+)?%?$/.test(tolerance))
    find.hold(
      'TABLE_VALUE_INVALID',
      `Table partners, row ${from.row}: priceTolerance is "${tolerance}"; write an amount such as 0.05 or a percentage such as 2%.`,
    )
  const hours = cell(row, 'acknowledgeWithinHours')
  if (!/^(\d{1,3})?$/.test(hours) || hours === '0')
    find.hold(
      'TABLE_VALUE_INVALID',
      `Table partners, row ${from.row}: acknowledgeWithinHours is "${hours}"; write whole hours from 1 to 999, or leave it blank.`,
    )
  return {
    ...readPolicies(row, from.row, find),
    tradingPartner: cell(row, 'tradingPartner'),
    customer: cell(row, 'customer'),
    ...optional({
      vendor: text('vendor'),
      orderType: text('orderType'),
      location: text('location'),
      warehouse: text('warehouse'),
      currency: text('currency'),
      remitTo: text('remitTo'),
      ssccField: text('ssccField'),
    }),
    ...(/^[1-9]\d{0,2}$/.test(hours) ? { acknowledgeWithinHours: Number(hours) } : {}),
    priceTolerance: /^\d/.test(tolerance) ? tolerance : '0',
    weightUnit: cell(row, 'weightUnit') || 'LB',
    envelope: optional({
      senderId: text('senderId'),
      senderName: text('senderName'),
      receiverId: text('receiverId'),
      receiverName: text('receiverName'),
    }),
    row,
    source: from,
  }
}

/** The fields that have a value. */
export const optional = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
