import { idOf } from '../bundle.ts'
import type { Odoo } from '../rpc.ts'

/** The purchase orders of transfers; a transfer of no order has none. */
export async function ofTransfers(odoo: Odoo, transfers: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await odoo.searchRead('stock.picking', [['id', 'in', [...transfers]]], {
    fields: ['purchase_id'],
    order: 'id asc',
    context: { active_test: false },
  })
  return new Map(
    rows.flatMap((row) => {
      const order = idOf(row.purchase_id)
      return order === undefined ? [] : [[row.id, [order]] as const]
    }),
  )
}
