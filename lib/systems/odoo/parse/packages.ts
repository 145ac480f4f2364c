import type { ShipNotice } from '../../../documents/ship-notice.ts'
import { defined, type Reading } from './reading.ts'
import type { Part } from './shipped-parts.ts'

type Package = ShipNotice['packages'][number]

/**
 * The packages of a delivery, in the order in which they were packed. Goods that were put in no package are in none.
 * Where an SSCC is kept differs: the package's name and every field the customer added are candidates.
 */
export function packagesOf(parts: readonly Part[], picking: Reading): Package[] {
  const packed = Map.groupBy(
    parts.filter((part) => part.package !== undefined),
    (part) => part.package,
  )
  const tracking = picking.text('carrier_tracking_ref')
  // Several numbers in one text are not told apart by package: nobody says which is whose.
  const one = tracking !== undefined && !/[\s,;+]/.test(tracking) ? tracking : undefined
  return [...packed.values()].map((inside, i) => {
    const record = inside[0]?.operation.linked('stock.package', 'result_package_id')
    const name = record?.text('name') ?? inside[0]?.operation.nameOf('result_package_id')
    const weight = record?.decimal('shipping_weight')
    const weighed = weight !== undefined && Number(weight) > 0 ? weight : record?.decimal('weight')
    const known = weighed !== undefined && Number(weighed) > 0 ? weighed : undefined
    const outer = record?.nameOf('outermost_package_id')
    return {
      line: String(i + 1),
      ...defined({
        box: record?.nameOf('package_type_id', 'packaging_id'),
        tracking: one,
        weight: known,
        weightUnit: known === undefined ? undefined : record?.text('weight_uom_name'),
      }),
      references: {
        ...defined({ name, outer: outer === name ? undefined : outer }),
        ...record?.ownFields(),
      },
      contents: inside.map(({ split, item, quantity, unit, lot }) => ({
        item,
        quantity,
        split,
        ...defined({ unit, lot }),
      })),
    }
  })
}
