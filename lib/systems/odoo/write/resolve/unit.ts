import type { Decimal } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { createRecords, type Reading } from '../../parse/reading.ts'
import { inUnit } from '../../parse/units.ts'
import type { Odoo } from '../../rpc.ts'

/** Every unit of measure of the database: a few dozen rows, in one call. */
export interface Units {
  /** Ids of units with this name; exactly as it stands, else without regard to case. */
  named(name: string): number[]
  nameOf(id: number): string
  /** A quantity of one unit in another; undefined where they measure different things (odoo.md §12). */
  convert(quantity: Decimal, from: number, to: number): Decimal | undefined
}

const wanted = [
  'name',
  'category_id',
  'uom_type',
  'factor',
  'factor_inv',
  'relative_factor',
  'relative_uom_id',
  'parent_path',
]

/** Names are en_US whatever language the connection speaks. */
export async function readUnits(odoo: Odoo): Promise<Units> {
  const known = await odoo.fields('uom.uom')
  const rows = await odoo.searchRead('uom.uom', [], {
    fields: wanted.filter((field) => known[field]),
    order: 'id',
    context: { lang: 'en_US' },
  })
  const units = new Map<number, Reading>(
    createRecords({ 'uom.uom': rows as Json }, 'UTC')
      .all('uom.uom')
      .map((unit) => [unit.record.id, unit]),
  )
  const at = (id: number) => ({ id, name: units.get(id)?.text('name'), record: units.get(id) })
  const ids = (fits: (name: string) => boolean) =>
    [...units].flatMap(([id, unit]) => (fits(unit.text('name') ?? '') ? [id] : []))
  return {
    named: (name) => {
      const exact = ids((one) => one === name.trim())
      return exact.length > 0 ? exact : ids((one) => one.toLowerCase() === name.trim().toLowerCase())
    },
    nameOf: (id) => units.get(id)?.text('name') ?? String(id),
    convert: (quantity, from, to) => inUnit(quantity, at(from), at(to)),
  }
}
