import type { Json } from '../../../core/exchange.ts'

/**
 * Positional order of the arguments of methods whose names differ between versions or must come by position. JSON-2
 * takes names; the older protocols take what is listed here by position and everything else by name (odoo.md §3.5).
 */
const positional: Readonly<Record<string, readonly string[]>> = {
  search: ['domain'],
  search_count: ['domain'],
  search_read: ['domain'],
  read: ['fields'],
  fields_get: ['allfields', 'attributes'],
  create: ['vals_list'],
  write: ['vals'],
  unlink: [],
  load: ['fields', 'data'],
  name_search: ['name'],
  get_metadata: [],
  has_access: ['operation'],
  check_access_rights: ['operation', 'raise_exception'],
  has_group: ['group_ext_id'],
  check_object_reference: ['module', 'xml_id'],
  web_search_read: ['domain', 'specification'],
  read_group: ['domain', 'fields', 'groupby'],
}

/** The arguments of `execute_kw` and `call_kw`: ids first where it is a method of records. */
export function toPositional(
  method: string,
  ids: readonly number[] | undefined,
  args: { readonly [name: string]: Json },
): { args: Json[]; kwargs: { [name: string]: Json } } {
  const order = positional[method] ?? []
  const given = { ...args }
  const list: Json[] = ids === undefined ? [] : [[...ids]]
  for (const name of order) {
    const value = given[name]
    if (value === undefined) break
    list.push(value)
    delete given[name]
  }
  return { args: list, kwargs: given }
}
