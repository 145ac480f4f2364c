import { compare, subtract } from '../../../core/decimal.ts'
import type { ShipNotice } from '../../../documents/ship-notice.ts'
import { defined, type Reading } from './reading.ts'
import type { Part } from './shipped-parts.ts'
import type { UnitOf } from './units.ts'

export type ShippedLine = ShipNotice['lines'][number]

/** Parts as the splits of their line. */
export const splitsOf = (parts: readonly Part[]): ShippedLine['splits'] =>
  parts.map(({ split, item, quantity, unit, lot }) => ({ split, item, quantity, ...defined({ unit, lot }) }))

/** What the order line says of a shipped line: its order, and how much is still to come. */
export function saleFields(saleLine: Reading | undefined, unit: UnitOf): Partial<ShippedLine> {
  if (!saleLine) return defined({ unit: unit.name })
  const ordered = saleLine.decimal('product_uom_qty')
  const delivered = saleLine.decimal('qty_delivered')
  const left = ordered === undefined || delivered === undefined ? undefined : subtract(ordered, delivered)
  const order = saleLine.linked('sale.order', 'order_id')
  return defined({
    orderType: 'sale.order',
    order: order?.text('name') ?? saleLine.nameOf('order_id'),
    orderLine: saleLine.id,
    ordered,
    open: left === undefined ? undefined : compare(left, '0') < 0 ? '0' : left,
    unit: unit.name,
  })
}
