import type { Odoo } from './rpc.ts'

/** The module part of every external id given here. It need not be installed (odoo.md §6.2). */
export const ownModule = 'ml_connector'

/** Whether an external id with its module ("ml_connector.po_1") was given by us. */
export const isOwnName = (name: unknown): name is string => typeof name === 'string' && name.startsWith(`${ownModule}.`)

const idsPerCall = 1000

/**
 * External ids of records, as far as they are ours: id → name with module. From get_metadata, which everyone may call;
 * `ir.model.data` itself is denied to others than administrators (odoo.md §2.4, §6.3).
 */
export async function ownNames(odoo: Odoo, model: string, ids: readonly number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>()
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const some = ids.slice(start, start + idsPerCall)
    const rows = await odoo.call({ model, method: 'get_metadata', ids: some, writes: false })
    for (const row of Array.isArray(rows) ? rows : []) {
      if (!isObject(row) || typeof row.id !== 'number') continue
      // A record may have several external ids; 17 and older name only one of them.
      const others = Array.isArray(row.xmlids) ? row.xmlids : []
      const own = [row.xmlid, ...others.map((one) => (isObject(one) ? one.xmlid : undefined))].find(isOwnName)
      if (own !== undefined) names.set(row.id, own)
    }
  }
  return names
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
