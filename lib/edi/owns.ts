import { cell, rowsBy } from '../core/table-index.ts'
import type { Tables } from '../core/tables.ts'

/** True where the partners table has a row for the document's trading partner that its vendor number does not exclude. */
export function ownsPartner(document: unknown, tables: Tables): boolean {
  const { tradingPartner, vendor } = document as { tradingPartner?: unknown; vendor?: unknown }
  if (typeof tradingPartner !== 'string') return true
  return rowsBy(tables.partners, 'tradingPartner', tradingPartner).some(
    (row) => typeof vendor !== 'string' || ['', vendor].includes(cell(row, 'vendor')),
  )
}
