import { changed } from './compute.ts'
import type { Environment } from './env.ts'
import { PythonError } from './errors.ts'
import type { Field, Value, Values } from './model.ts'
import { shownLines } from './record.ts'

export const isToMany = (field: Field): boolean => field.type === 'one2many' || field.type === 'many2many'

/**
 * Commands of a relation to many (odoo.md §3.1): [0,0,{}] create, [1,id,{}] update, [2,id] delete, [3,id] unlink,
 * [4,id] link, [5] clear, [6,0,[ids]] replace. A plain list of ids replaces, as Odoo takes it.
 */
export function applyCommands(env: Environment, model: string, id: number, name: string, value: Value): void {
  const field = env.definition(model).fields[name]
  if (!field?.relation) return
  if (value === false || value === null) value = [[5, 0, 0]]
  if (!Array.isArray(value)) throw new PythonError('ValueError', `Wrong value for ${model}.${name}: ${value}`)
  const commands = value.every((item) => typeof item === 'number') && value.length ? [[6, 0, value]] : value
  for (const command of commands) {
    const [code, target, extra] = Array.isArray(command) ? command : [undefined]
    if (typeof code !== 'number' || code < 0 || code > 6)
      throw new PythonError('ValueError', `Wrong value for ${model}.${name}: ${JSON.stringify(command)}`)
    if (field.type === 'one2many') lines(env, field, id, code, Number(target), extra)
    else links(env, model, name, id, code, Number(target), extra)
  }
}

function lines(
  env: Environment,
  field: Field,
  id: number,
  code: number,
  target: number,
  extra: Value | undefined,
): void {
  const relation = field.relation ?? ''
  const inverse = field.inverse ?? ''
  const related = env.with({}).model(relation)
  const present = () => shownLines(env, field, env.transaction.lookup(relation, inverse, id))
  const release = (ids: number[]) => {
    if (!ids.length) return
    // A line cannot stand without its parent: taking it out deletes it.
    const link = env.definition(relation).fields[inverse]
    if (link?.ondelete === 'cascade' || link?.required) related.unlink(ids)
    else related.write(ids, { [inverse]: false })
  }
  if (code === 0) related.create({ ...(extra as Values), [inverse]: id })
  else if (code === 1) related.write([target], extra as Values)
  else if (code === 2) related.unlink([target])
  else if (code === 3) release([target])
  else if (code === 4) related.write([target], { [inverse]: id })
  else if (code === 5) release(present())
  else {
    const wanted = Array.isArray(extra) ? (extra as number[]) : []
    release(present().filter((line) => !wanted.includes(line)))
    const missing = wanted.filter((line) => !present().includes(line))
    if (missing.length) related.write(missing, { [inverse]: id })
  }
}

function links(
  env: Environment,
  model: string,
  name: string,
  id: number,
  code: number,
  target: number,
  extra: Value | undefined,
): void {
  const relation = env.definition(model).fields[name]?.relation ?? ''
  const row = env.transaction.row(model, id)
  if (!row) return
  let ids = Array.isArray(row[name]) ? [...(row[name] as number[])] : []
  if (code === 0) ids.push(env.model(relation).create(extra as Values).id)
  else if (code === 1) env.model(relation).write([target], extra as Values)
  else if (code === 2) env.model(relation).unlink([target])
  else if (code === 4) ids.push(target)
  else if (code === 6) ids = Array.isArray(extra) ? [...(extra as number[])] : []
  if (code === 2 || code === 3) ids = ids.filter((one) => one !== target)
  else if (code === 5) ids = []
  ids = [...new Set(ids)]
  env.check(relation, ids)
  const now = env.transaction.row(model, id)
  if (now) env.transaction.put(model, { ...now, [name]: ids })
  mirror(env, model, name, id, ids)
  changed(env, model, [id], [name])
}

/** The other side of a many2many shows the same links. */
function mirror(env: Environment, model: string, name: string, id: number, ids: number[]): void {
  const field = env.definition(model).fields[name]
  const other = field?.inverse
  const relation = field?.relation ?? ''
  if (!other) return
  for (const row of [...env.transaction.rows(relation)]) {
    const theirs = Array.isArray(row[other]) ? (row[other] as number[]) : []
    const has = theirs.includes(id)
    if (has === ids.includes(row.id)) continue
    env.transaction.put(relation, { ...row, [other]: has ? theirs.filter((one) => one !== id) : [...theirs, id] })
    changed(env, relation, [row.id], [other])
  }
}
