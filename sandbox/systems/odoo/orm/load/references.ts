import type { Environment } from '../env.ts'
import type { Field, Value } from '../model.ts'
import { Misfit } from './convert.ts'
import { referred } from './external-ids.ts'

/** A record named in a cell: by external id, database id or name. Throws Misfit where there is none. */
export function reference(
  env: Environment,
  field: Field,
  label: string,
  how: 'id' | '.id' | 'name',
  text: string,
): number | undefined {
  const relation = field.relation ?? ''
  if (how === '.id') {
    if (!/^\d+$/.test(text))
      throw new Misfit(`Invalid database id '${text}' for the field '${label}'`, seeAll(relation, how))
    if (!env.transaction.row(relation, Number(text))) throw notFound('database id', text, label, relation)
    return Number(text)
  }
  const id = how === 'id' ? referred(env, text, relation) : byName(env, relation, text)
  if (id === undefined) throw notFound(how === 'id' ? 'external id' : 'name', text, label, relation)
  return id
}

/** The first record of that name, as name_search finds it: also by code, reference or number. */
function byName(env: Environment, relation: string, text: string): number | undefined {
  const { searchNames, recName = 'name', fields } = env.definition(relation)
  for (const name of new Set(['display_name', recName, ...(searchNames ?? [])])) {
    if (!fields[name]) continue
    const [found] = env
      .sudo()
      .model(relation)
      .search([[name, '=', text]], { limit: 1, order: 'id' })
    if (found !== undefined) return found
  }
  return undefined
}

export const notFound = (what: string, text: string, label: string, relation: string): Misfit =>
  new Misfit(`No matching record found for ${what} '${text}' in field '${label}'`, seeAll(relation, what))

function seeAll(relation: string, how: string): Value {
  const byName = how === 'name'
  return {
    name: 'Possible Values',
    type: 'ir.actions.act_window',
    target: 'new',
    view_mode: 'list,form',
    views: [
      [false, 'list'],
      [false, 'form'],
    ],
    context: { create: false },
    help: 'See all possible values',
    res_model: byName ? relation : 'ir.model.data',
    ...(byName ? {} : { domain: [['model', '=', relation]] }),
  }
}
