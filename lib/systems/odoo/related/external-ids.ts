import { type Bundle, externalIdModel } from '../bundle.ts'
import { ownNames } from '../external-ids.ts'
import type { Odoo } from '../rpc.ts'

const models = [
  'sale.order',
  'sale.order.line',
  'purchase.order',
  'purchase.order.line',
  'purchase.requisition',
  'purchase.requisition.line',
]

/** Adds the external ids of orders and their lines to bundles, as far as they are ours. */
export async function readExternalIds(odoo: Odoo, bundles: readonly Bundle[]): Promise<void> {
  for (const model of models) {
    const ids = [...new Set(bundles.flatMap((bundle) => (bundle[model] ?? []).map(({ id }) => id)))]
    const names = await ownNames(odoo, model, ids)
    for (const bundle of bundles) {
      const rows = (bundle[model] ?? []).flatMap(({ id }) => {
        const name = names.get(id)
        return name === undefined ? [] : [{ id, model, res_id: id, name }]
      })
      if (rows.length > 0) bundle[externalIdModel] = [...(bundle[externalIdModel] ?? []), ...rows]
    }
  }
}
