import { genericMethods } from './methods.ts'
import type { Extension, Field, Method, Model, Version } from './model.ts'

/** A model as it is at one version, with everything that extensions and the ORM itself add. */
export interface Definition extends Model {
  fields: { [name: string]: Field }
  methods: { [name: string]: Method }
  /** Stored computes that depend on a field of this model: field → dependents, with the way back to them. */
  triggers: Map<string, Trigger[]>
}

export interface Trigger {
  model: string
  field: string
  /** Relations from the dependent to the changed record, first to last: ['order_line']. */
  path: string[]
}

export type Registry = Map<string, Definition>

const magic: Record<string, Field> = {
  id: { type: 'integer', string: 'ID', readonly: true },
  display_name: { type: 'char', string: 'Display Name', readonly: true, compute: (record) => record.displayName() },
  create_uid: { type: 'many2one', relation: 'res.users', string: 'Created by', readonly: true, copy: false },
  create_date: { type: 'datetime', string: 'Created on', readonly: true, copy: false },
  write_uid: { type: 'many2one', relation: 'res.users', string: 'Last Updated by', readonly: true, copy: false },
  write_date: { type: 'datetime', string: 'Last Updated on', readonly: true, copy: false },
}

/** All models of one version. Definitions are given in any order; an extension of a model that is absent is an error. */
export function createRegistry(version: Version, given: readonly (Model | Extension)[]): Registry {
  const registry: Registry = new Map()
  const here = (it: { since?: Version; until?: Version }) =>
    (it.since ?? version) <= version && (it.until ?? version) >= version
  const present = (fields: Model['fields']) => Object.fromEntries(Object.entries(fields).filter(([, f]) => here(f)))
  for (const model of given)
    if ('name' in model && here(model))
      registry.set(model.name, {
        ...model,
        fields: { ...magic, ...present(model.fields) },
        methods: { ...genericMethods(version), ...model.methods },
        triggers: new Map(),
      })
  for (const extension of given) {
    if (!('extends' in extension)) continue
    const base = registry.get(extension.extends)
    if (!base) throw new Error(`no model ${extension.extends} to extend`)
    extend(base, extension, present)
  }
  for (const definition of registry.values()) inherit(registry, definition)
  for (const definition of registry.values()) addTriggers(registry, definition)
  return registry
}

type Present = (fields: Model['fields']) => { [name: string]: Field }

function extend(base: Definition, more: Extension, present: Present): void {
  Object.assign(base.fields, present(more.fields ?? {}))
  Object.assign(base.methods, more.methods)
  base.constraints = [...(base.constraints ?? []), ...(more.constraints ?? [])]
  base.unique = [...(base.unique ?? []), ...(more.unique ?? [])]
  for (const key of ['displayName', 'searchNames', 'access'] as const)
    if (more[key]) Object.assign(base, { [key]: more[key] })
  const { beforeCreate, onCreate, beforeWrite, onWrite, beforeUnlink } = base
  if (more.beforeCreate)
    base.beforeCreate = (env, values) => more.beforeCreate?.(env, beforeCreate?.(env, values) ?? values) ?? values
  if (more.beforeWrite)
    base.beforeWrite = (env, records, values) =>
      more.beforeWrite?.(env, records, beforeWrite?.(env, records, values) ?? values) ?? values
  if (more.onCreate)
    base.onCreate = (env, records) => {
      onCreate?.(env, records)
      more.onCreate?.(env, records)
    }
  if (more.onWrite)
    base.onWrite = (env, records, values) => {
      onWrite?.(env, records, values)
      more.onWrite?.(env, records, values)
    }
  if (more.beforeUnlink)
    base.beforeUnlink = (env, records) => {
      beforeUnlink?.(env, records)
      more.beforeUnlink?.(env, records)
    }
}

/** Fields of an inherited model become related ones. */
function inherit(registry: Registry, definition: Definition): void {
  for (const [parent, { field: link }] of Object.entries(definition.inherits ?? {}))
    for (const [name, field] of Object.entries(registry.get(parent)?.fields ?? {}))
      if (!definition.fields[name]) {
        const { compute: _, depends: __, store: ___, default: ____, write: _____, inverse: ______, ...shape } = field
        definition.fields[name] = {
          ...shape,
          ...(field.inverse ? { inverse: field.inverse } : {}),
          related: `${link}.${name}`,
        }
      }
}

function addTriggers(registry: Registry, definition: Definition): void {
  for (const [name, field] of Object.entries(definition.fields))
    if (isComputed(field) && isStored(field))
      for (const path of dependencies(field))
        follow(registry, definition, [], path.split('.'), (at, step, way) =>
          add(at.triggers, step, { model: definition.name, field: name, path: way }),
        )
}

type Visit = (at: Definition, field: string, way: string[]) => void

/** Visits every stored field a path goes over, what is computed on the way by what that depends on. */
function follow(registry: Registry, at: Definition, way: string[], path: string[], visit: Visit): void {
  const [step = '', ...rest] = path
  const field = at.fields[step]
  if (!field) return
  if (isComputed(field) && !isStored(field)) {
    for (const next of dependencies(field))
      follow(registry, at, way, [...next.split('.'), ...(field.related ? rest : [])], visit)
    return
  }
  visit(at, step, way)
  // A line that comes, goes or moves to another parent changes what its parents have.
  const lines = field.type === 'one2many' ? registry.get(field.relation ?? '') : undefined
  if (lines && field.inverse) visit(lines, field.inverse, [...way, step])
  const target = field.relation && rest.length ? registry.get(field.relation) : undefined
  if (target) follow(registry, target, [...way, step], rest, visit)
}

const dependencies = (field: Field): readonly string[] => field.depends ?? (field.related ? [field.related] : [])

function add(triggers: Map<string, Trigger[]>, field: string, trigger: Trigger): void {
  triggers.set(field, [...(triggers.get(field) ?? []), trigger])
}

export const isComputed = (field: Field): boolean => Boolean(field.compute ?? field.related)
export const isStored = (field: Field): boolean => field.store ?? (!isComputed(field) && field.type !== 'one2many')
