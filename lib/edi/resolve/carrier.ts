import type { Decision } from '../../core/problems.ts'
import { cell, mostSpecific, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'
import { source } from '../tables.ts'

export interface Carrier {
  scac: string
  routing: string
  shipVia: string
  method: string
  /** parcel: a number for each carton; ltl: one PRO number for the load; '' = not said. */
  mode: string
  source: NonNullable<Decision['table']>
}

/**
 * The ship via code of a SCAC. Where a carrier has several services, the routing text tells them apart (any case);
 * a routing that fits none of them decides nothing.
 */
export function carrierOfScac(
  data: Tables,
  tradingPartner: string,
  scac: string,
  routing: string | undefined,
): Carrier | undefined {
  const rows = rowsBy(data.carriers, 'scac', scac)
  const same = (row: Row) => cell(row, 'routing').toLowerCase() === routing?.trim().toLowerCase()
  const exact = rows.filter(same)
  const best = mostSpecific(exact.length > 0 ? exact : rows, { tradingPartner })
  const codes = new Set(best.map((row) => cell(row, 'shipVia')))
  return codes.size === 1 && best[0] ? read(data, best[0]) : undefined
}

/** The SCAC of a ship via code. */
export function carrierOfShipVia(data: Tables, tradingPartner: string, shipVia: string): Carrier | undefined {
  const [row] = mostSpecific(rowsBy(data.carriers, 'shipVia', shipVia), { tradingPartner })
  return row && read(data, row)
}

const read = (data: Tables, row: Row): Carrier => ({
  scac: cell(row, 'scac'),
  routing: cell(row, 'routing'),
  shipVia: cell(row, 'shipVia'),
  method: cell(row, 'method'),
  mode: cell(row, 'mode'),
  source: source(data, 'carriers', row),
})
