import type { Odoo } from '../../rpc.ts'
import { textOf } from '../work.ts'

/**
 * Internal locations by barcode, complete name ("WH/Stock/Shelf A") or plain name; the exact ones where some are. One is
 * what a caller wants: none and several are its to tell.
 */
export async function findLocations(odoo: Odoo, name: string, companyId: number): Promise<number[]> {
  const rows = await odoo.searchRead(
    'stock.location',
    [
      ['usage', '=', 'internal'],
      ['company_id', 'in', [false, companyId]],
      '|',
      '|',
      ['barcode', '=', name],
      ['complete_name', '=', name],
      ['name', '=', name],
    ],
    { fields: ['complete_name', 'barcode'], order: 'id' },
  )
  const exact = rows.filter((row) => textOf(row.complete_name) === name || textOf(row.barcode) === name)
  return (exact.length > 0 ? exact : rows).map(({ id }) => id)
}
