import type { Findings } from '../../core/findings.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'

/** A fulfilment centre and its places in Odoo, as the centres table has them. */
export interface Centre {
  id: string
  warehouse: string
  stock?: string
  quarantine?: string
  scrap?: string
}

/**
 * The row of a fulfilment centre; held and undefined where the table has none.
 * @param path where the centre stands in the document, for messages
 */
export function centreOf(
  { centres }: Tables,
  { id, name }: { id: string; name?: string | undefined },
  find: Findings,
  path: string,
): Centre | undefined {
  const [row] = rowsBy(centres, 'centre', id)
  if (row) return toCentre(row)
  return find.hold(
    'CENTRE_UNKNOWN',
    `Fulfilment centre ${id}${name === undefined ? '' : ` (${name})`} is not in the centres table.`,
    path,
  )
}

/**
 * The centre that receives what is ordered for a warehouse. undefined where the warehouse is none of ShipBob's, or where
 * the table does not decide (held).
 */
export function receivingCentre({ centres }: Tables, warehouse: string, find: Findings): number | undefined {
  const rows = rowsBy(centres, 'warehouse', warehouse).filter((row) => cell(row, 'receives') !== 'no')
  const chosen = rows.length > 1 ? rows.filter((row) => cell(row, 'receives') === 'yes') : rows
  const [row, ...others] = chosen
  if (rows.length === 0) return undefined
  if (!row || others.length > 0)
    return find.hold(
      'CENTRE_AMBIGUOUS',
      `Warehouse ${warehouse} has the centres ${rows.map((r) => cell(r, 'centre')).join(', ')}; the table does not say which one receives.`,
      'warehouse',
    )
  const id = cell(row, 'centre')
  if (!/^[1-9]\d{0,8}$/.test(id))
    return find.hold('CENTRE_INVALID', `"${id}" in the centres table is no number of a fulfilment centre.`, 'warehouse')
  return Number(id)
}

function toCentre(row: Row): Centre {
  const place = (column: 'stock' | 'quarantine' | 'scrap'): Partial<Centre> => {
    const text = cell(row, column)
    return text === '' ? {} : { [column]: text }
  }
  return {
    id: cell(row, 'centre'),
    warehouse: cell(row, 'warehouse'),
    ...place('stock'),
    ...place('quarantine'),
    ...place('scrap'),
  }
}
