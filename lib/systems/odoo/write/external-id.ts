import { Refusal } from '../../../core/failures.ts'
import { sha256 } from '../../../core/hash.ts'
import { ownModule } from '../external-ids.ts'
import type { Odoo } from '../rpc.ts'

/** "ml_connector.<name>", as `load` takes it. */
export const qualified = (name: string): string => `${ownModule}.${name}`

/**
 * The external id of what a reference names: readable, and with a hash, since different references may look the same
 * once they are spelled in letters that a name may have.
 */
export function nameOfReference(reference: string): string {
  const readable = reference
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 60)
  return `${readable}_${sha256(reference, 8)}`
}

const separator = '__'

/** The external id of a line: its number stays readable, and can be read back. */
export const nameOfLine = (order: string, line: string): string =>
  `${order}${separator}${encodeURIComponent(line).replace(/_/g, '%5F')}`

/** The number in a line's external id; undefined where the line belongs to another order or to nobody of ours. */
export function lineOfName(order: string, name: string): string | undefined {
  const begin = `${ownModule}.${order}${separator}`
  return name.startsWith(begin) ? decodeURIComponent(name.slice(begin.length)) : undefined
}

/** The record of an external id; undefined where there is none (odoo.md §6.3). Names another module's where given whole. */
export async function findRecord(odoo: Odoo, name: string): Promise<{ model: string; id: number } | undefined> {
  const at = name.indexOf('.')
  const args = at < 0 ? { module: ownModule, xml_id: name } : { module: name.slice(0, at), xml_id: name.slice(at + 1) }
  try {
    const found = await odoo.call({ model: 'ir.model.data', method: 'check_object_reference', args, writes: false })
    const [model, id] = Array.isArray(found) ? found : []
    if (typeof model === 'string' && typeof id === 'number') return { model, id }
  } catch (error) {
    if (error instanceof Refusal && error.message.includes('External ID not found')) return undefined
    throw error
  }
  throw new Refusal(403, [
    { code: 'ODOO_FORBIDDEN', message: `The record ${name} stands in Odoo, but this user may not see it.` },
  ])
}
