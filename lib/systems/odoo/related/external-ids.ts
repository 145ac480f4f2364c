import { type Bundle, externalIdModel } from '../bundle.ts'
import type { Odoo, OdooRecord } from '../rpc.ts'

/** The module part of every external id that our writer gives. */
const ownModule = 'ml_connector'

const models = [
  'sale.order',
  'sale.order.line',
  'purchase.order',
  'purchase.order.line',
  'purchase.requisition',
  'purchase.requisition.line',
]
const idsPerCall = 1000

export const isOwn = (row: OdooRecord): boolean => typeof row.name === 'string' && row.name.startsWith(`${ownModule}.`)

/**
 * Adds the external ids of orders and their lines to bundles, as far as they are ours. They come from get_metadata,
 * which everyone may call; `ir.model.data` itself is denied to others than administrators (odoo.md §2.4, §6.3).
 */
export async function readExternalIds(odoo: Odoo, bundles: readonly Bundle[]): Promise<void> {
  for (const model of models) {
    const ids = [...new Set(bundles.flatMap((bundle) => (bundle[model] ?? []).map(({ id }) => id)))]
    if (ids.length === 0) continue
    const names = new Map<number, string>()
    for (let start = 0; start < ids.length; start += idsPerCall)
      for (const [id, name] of await metadata(odoo, model, ids.slice(start, start + idsPerCall))) names.set(id, name)
    for (const bundle of bundles) {
      const rows = (bundle[model] ?? []).flatMap(({ id }) => {
        const name = names.get(id)
        return name === undefined ? [] : [{ id, model, res_id: id, name }]
      })
      if (rows.length > 0) bundle[externalIdModel] = [...(bundle[externalIdModel] ?? []), ...rows]
    }
  }
}

/** A record may have several external ids; 17 and older name only one of them. */
async function metadata(odoo: Odoo, model: string, ids: number[]): Promise<[number, string][]> {
  const answer = await odoo.call({ model, method: 'get_metadata', ids, writes: false })
  return (Array.isArray(answer) ? answer : []).flatMap((row): [number, string][] => {
    if (typeof row !== 'object' || row === null || Array.isArray(row) || typeof row.id !== 'number') return []
    const others = Array.isArray(row.xmlids) ? row.xmlids : []
    const names = [row.xmlid, ...others.map((one) => (isRecord(one) ? one.xmlid : undefined))]
    const own = names.find((name) => typeof name === 'string' && name.startsWith(`${ownModule}.`))
    return typeof own === 'string' ? [[row.id, own]] : []
  })
}

const isRecord = (value: unknown): value is { xmlid?: unknown } => typeof value === 'object' && value !== null
