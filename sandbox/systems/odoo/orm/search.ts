import { compile, fieldsOf, required } from './domain.ts'
import type { Environment } from './env.ts'
import { OdooError } from './errors.ts'
import type { Domain } from './model.ts'
import { parseOrder, sortIds } from './order.ts'
import { isComputed, isStored } from './registry.ts'
import { checkAccess } from './rights.ts'

export interface SearchOptions {
  order?: string | undefined
  limit?: number | undefined
  offset?: number | undefined
}

/** Ids of the records that meet a domain and that the caller may see. */
export function search(env: Environment, model: string, domain: Domain, options: SearchOptions = {}): number[] {
  checkAccess(env, model, 'read')
  const test = compile(env, model, domain)
  if (options.order) parseOrder(env, model, options.order)
  if ((options.limit ?? 0) < 0)
    throw new OdooError('psycopg2.errors.InvalidRowCountInLimitClause', 'LIMIT must not be negative\n')
  if ((options.offset ?? 0) < 0)
    throw new OdooError('psycopg2.errors.InvalidRowCountInResultOffsetClause', 'OFFSET must not be negative\n')
  const hidden = hides(env, model, domain)
  const found: number[] = []
  for (const id of candidates(env, model, domain)) if (test(id) && !hidden(id)) found.push(id)
  const sorted = sortIds(env, model, found, options.order)
  const from = options.offset ?? 0
  return options.limit ? sorted.slice(from, from + options.limit) : from ? sorted.slice(from) : sorted
}

/** Records a caller does not get to see: archived ones, and those of companies he did not ask for. */
function hides(env: Environment, model: string, domain: Domain): (id: number) => boolean {
  const { fields, companyRule } = env.definition(model)
  const archived = fields.active && env.context.active_test !== false && !fieldsOf(domain).has('active')
  const byCompany = !env.su && companyRule !== false && fields.company_id?.relation === 'res.company'
  const companies = env.companies
  return (id) => {
    if (!archived && !byCompany) return false
    const record = env.record(model, id)
    if (archived && record.get('active') === false) return true
    const company = byCompany ? record.get('company_id') : false
    return typeof company === 'number' && !companies.includes(company)
  }
}

/** A condition on an id or an indexed field spares the walk over all records. */
function candidates(env: Environment, model: string, domain: Domain): Iterable<number> {
  const { fields } = env.definition(model)
  let best: number[] | undefined
  for (const [name, operator, value] of required(domain)) {
    const list = operator === 'in' && Array.isArray(value) ? value : operator === '=' ? [value] : undefined
    if (!list?.length || typeof name !== 'string' || list.length > 20_000) continue
    const field = fields[name]
    let ids: number[] | undefined
    if (name === 'id')
      ids = list.filter((id): id is number => typeof id === 'number' && env.transaction.row(model, id) !== undefined)
    else if (field && isIndexable(field.type) && isStored(field) && !isComputed(field) && !field.translate)
      if (!field.companyDependent && list.every((item) => item && typeof item !== 'object' && item !== true))
        if (field.type !== 'many2one' || list.every((item) => typeof item === 'number'))
          ids = list.flatMap((item) => env.transaction.lookup(model, name, item ?? false))
    if (ids && (!best || ids.length < best.length)) best = ids
  }
  return best ? new Set(best) : all(env, model)
}

const isIndexable = (type: string): boolean => type === 'many2one' || type === 'char'

function* all(env: Environment, model: string): Iterable<number> {
  for (const row of env.transaction.rows(model)) yield row.id
}
