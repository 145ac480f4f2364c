import { type Decimal, toDecimal } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'

/** One record as the API sends it: ordinary fields wrapped in `{"value": …}`, system fields bare (acumatica.md §4). */
export type ApiRecord = { [field: string]: Json }

export type Scalar = string | number | boolean

/** A field as it is written. Read back it may also be `{}` (null) and `{"value": null}`. */
export type Wrapped<T extends Scalar = Scalar> = { value: T }

const isObject = (value: Json | undefined): value is ApiRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The linked entity at `path` ("ShippingSettings/ShipToAddress"); undefined where it was not expanded. */
export function linked(record: ApiRecord, path: string): ApiRecord | undefined {
  let at: Json | undefined = record
  for (const step of path.split('/')) at = isObject(at) ? at[step] : undefined
  return isObject(at) ? at : undefined
}

/**
 * The value of a field, through linked entities ("ShipToAddress/City"). The three spellings of null (`{}`,
 * `{"value": null}`, `{"value": ""}`) and a missing field are all undefined; so is anything that is no scalar.
 */
export function value(record: ApiRecord, path: string): Scalar | undefined {
  const field = linked(record, path)
  const found = field?.value
  return found === undefined || found === null || found === '' || typeof found === 'object' ? undefined : found
}

/** A field as text, unchanged but for blank text, which is absent. Numbers and booleans are spelled out. */
export function text(record: ApiRecord, path: string): string | undefined {
  const found = value(record, path)
  return found === undefined || String(found).trim() === '' ? undefined : String(found)
}

/** An identifier: text without the padding blanks Acumatica sometimes sends. */
export const identifier = (record: ApiRecord, path: string): string | undefined => text(record, path)?.trim()

/** A number as exact text; undefined where it is absent or no number. */
export const decimalOf = (record: ApiRecord, path: string): Decimal | undefined => toDecimal(value(record, path))

/** True only where the field says so. */
export const flag = (record: ApiRecord, path: string): boolean => value(record, path) === true

/** Rows of a detail; undefined where it was not expanded (missing is not empty), [] where it is empty. */
export function rows(record: ApiRecord, name: string): ApiRecord[] | undefined {
  const found = isObject(record) ? record[name] : undefined
  return Array.isArray(found) ? found.filter(isObject) : undefined
}

/** Custom fields by name, whatever view they hang on: `custom.Packages.UsrSSCC` → `UsrSSCC`. */
export function customFields(record: ApiRecord): { [name: string]: string } {
  const found: { [name: string]: string } = {}
  for (const view of Object.values(linked(record, 'custom') ?? {}))
    for (const name of Object.keys(isObject(view) ? view : {})) {
      const content = isObject(view) ? identifier(view, name) : undefined
      if (content !== undefined) found[name] = content
    }
  return found
}

/**
 * A point in time as UTC with milliseconds ("2026-10-21T20:36:41.313Z"), so that stamps compare as text. The API
 * answers UTC; a stamp without offset is taken as UTC too. undefined where it is none.
 */
export function instant(stamp: string | undefined): string | undefined {
  if (stamp === undefined) return undefined
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(stamp) ? stamp : `${stamp}Z`)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** When a record was last changed, wherever its entity and endpoint version keep it (acumatica.md §5). */
export const lastModified = (record: ApiRecord): string | undefined =>
  instant(
    text(record, 'LastModifiedDateTime') ??
      text(record, 'LastModified') ??
      text(record, 'LastModifiedDate') ??
      text(record, 'custom/Document/LastModifiedDateTime'),
  )

/** Wraps one value for writing. */
export const wrap = <T extends Scalar>(content: T): Wrapped<T> => ({ value: content })

type Optional = Scalar | undefined

/** Wraps a plain object's fields for writing; undefined and empty text are left out, so null never travels. */
export function wrapFields<T extends { [field: string]: Optional }>(
  fields: T,
): { [K in keyof T]: Wrapped<Exclude<T[K], undefined>> } {
  const kept = Object.entries(fields).filter(([, content]) => content !== undefined && content !== '')
  return Object.fromEntries(kept.map(([name, content]) => [name, { value: content }])) as {
    [K in keyof T]: Wrapped<Exclude<T[K], undefined>>
  }
}

/**
 * A sales order line as written. There is no AlternateID on purpose: sending one creates or replaces the customer's
 * cross-reference in item master data (acumatica.md §8).
 */
export type SalesOrderLinePut = {
  InventoryID?: Wrapped<string>
  OrderQty?: Wrapped<number>
  UOM?: Wrapped<string>
  UnitPrice?: Wrapped<number>
  /** True = UnitPrice stands, Acumatica does not price the line. Endpoint 22.200 or newer. */
  ManualPrice?: Wrapped<boolean>
  WarehouseID?: Wrapped<string>
  LineDescription?: Wrapped<string>
  RequestedOn?: Wrapped<string>
  ShipOn?: Wrapped<string>
  /** The buyer's line number: by it every later change finds the row. Endpoint 22.200 or newer. */
  ExternalRef?: Wrapped<string>
  note?: Wrapped<string>
  /** On a change: takes the row with this ExternalRef out of the order. */
  delete?: boolean
}

type AddressPut = {
  AddressLine1?: Wrapped<string>
  AddressLine2?: Wrapped<string>
  City?: Wrapped<string>
  State?: Wrapped<string>
  PostalCode?: Wrapped<string>
  Country?: Wrapped<string>
}

type ContactPut = {
  BusinessName?: Wrapped<string>
  Attention?: Wrapped<string>
  Email?: Wrapped<string>
  Phone1?: Wrapped<string>
}

/** The body of `PUT /SalesOrder`, and the record of the order operations. Dates are "2026-10-05T00:00:00". */
export type SalesOrderPut = {
  OrderType: Wrapped<string>
  CustomerID: Wrapped<string>
  /** Our key: the order is found by it before every write. 40 characters at most. */
  ExternalRef: Wrapped<string>
  LocationID?: Wrapped<string>
  CustomerOrder?: Wrapped<string>
  Date?: Wrapped<string>
  RequestedOn?: Wrapped<string>
  Description?: Wrapped<string>
  CurrencyID?: Wrapped<string>
  Hold?: Wrapped<boolean>
  note?: Wrapped<string>
  ShipToAddress?: AddressPut
  ShipToAddressOverride?: Wrapped<boolean>
  ShipToContact?: ContactPut
  ShipToContactOverride?: Wrapped<boolean>
  ShippingSettings?: {
    ScheduledShipmentDate?: Wrapped<string>
    CancelByDate?: Wrapped<string>
    ShipVia?: Wrapped<string>
    ShippingRule?: Wrapped<string>
    FreightPrice?: Wrapped<number>
    OverrideFreightPrice?: Wrapped<boolean>
  }
  /** Absent on a cancellation and on a change of header fields only. */
  Details?: SalesOrderLinePut[]
}

/** The record of `update-item`: the key, and plain or custom fields to set. */
export type StockItemPut = {
  InventoryID: Wrapped<string>
  custom?: { [view: string]: { [field: string]: { type: string; value: Scalar } } }
} & { [field: string]: Json }

/** `result` of a delivered order write. Decimals as text, in the order's currency and the line's unit. */
export type OrderResult = {
  orderType: string
  orderNbr: string
  status: string
  total: string
  lines: { externalRef: string; lineNbr: string; item: string; quantity: string; unit: string; price: string }[]
}
