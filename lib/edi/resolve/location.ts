import type { Decision } from '../../core/problems.ts'
import { cell, mostSpecific, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'
import type { RsxAddress } from '../../systems/sps-commerce/records.ts'
import { source } from '../tables.ts'

export interface Place {
  code: string
  qualifier: string
  /** LocationID or WarehouseID in the ERP. */
  location: string
  row: Row
  source: NonNullable<Decision['table']>
}

type Kind = 'ship-to' | 'warehouse' | 'remit-to'

interface Wanted {
  kind: Kind
  tradingPartner: string
  customer?: string | undefined
}

const choose = (data: Tables, rows: readonly Row[], { kind, tradingPartner, customer }: Wanted): Place | undefined => {
  const ofKind = rows.filter((row) => cell(row, 'kind') === kind)
  const [row] = mostSpecific(ofKind, { customer, tradingPartner })
  return (
    row && {
      code: cell(row, 'code'),
      qualifier: cell(row, 'qualifier') || (kind === 'ship-to' ? '92' : '91'),
      location: cell(row, 'location'),
      row,
      source: source(data, 'locations', row),
    }
  )
}

/** The place a partner calls `code`. */
export const placeByCode = (data: Tables, wanted: Wanted, code: string): Place | undefined =>
  choose(data, rowsBy(data.locations, 'code', code), wanted)

/** The place that is `location` in the ERP. */
export const placeByLocation = (data: Tables, wanted: Wanted, location: string): Place | undefined =>
  choose(data, rowsBy(data.locations, 'location', location), wanted)

/** The first place of a kind. */
export const firstPlace = (data: Tables, wanted: Wanted): Place | undefined =>
  choose(data, rowsBy(data.locations, 'kind', wanted.kind), wanted)

/** A place of the table as an address section. */
export const toAddress = (role: string, { row, code, qualifier }: Place): RsxAddress => ({
  AddressTypeCode: role,
  LocationCodeQualifier: qualifier,
  AddressLocationNumber: code,
  AddressName: cell(row, 'name'),
  Address1: cell(row, 'address1'),
  Address2: cell(row, 'address2'),
  City: cell(row, 'city'),
  State: cell(row, 'state'),
  PostalCode: cell(row, 'postalCode'),
  Country: cell(row, 'country'),
})
