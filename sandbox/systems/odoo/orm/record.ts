import { freshen } from './compute.ts'
import type { Environment } from './env.ts'
import type { Field, Rec, Value, Values } from './model.ts'
import { sortIds } from './order.ts'
import { isComputed, isStored } from './registry.ts'
import { empty } from './values.ts'

/** A record in an environment: nothing is kept here, every look goes to the transaction. */
export class RecordView implements Rec {
  readonly env: Environment
  readonly model: string
  readonly id: number

  constructor(env: Environment, model: string, id: number) {
    this.env = env
    this.model = model
    this.id = id
  }

  exists(): boolean {
    return this.env.transaction.row(this.model, this.id) !== undefined
  }

  get(name: string): Value {
    const definition = this.env.definition(this.model)
    const field = definition.fields[name]
    if (!field) throw new Error(`no field ${name} on ${this.model}`)
    if (name === 'id') return this.id
    if (isStored(field)) {
      if (isComputed(field)) freshen(this.env, this.model, name, this.id)
      const value = this.env.transaction.row(this.model, this.id)?.[name]
      return this.shown(field, value)
    }
    if (field.compute) return field.compute(this, this.env) ?? false
    if (field.related) return this.follow(field.related)
    return this.lines(field)
  }

  str(name: string): string {
    const value = this.get(name)
    return typeof value === 'string' ? value : value === false || value === null ? '' : String(value)
  }

  num(name: string): number {
    const value = this.get(name)
    return typeof value === 'number' ? value : 0
  }

  bool(name: string): boolean {
    return this.get(name) === true
  }

  one(name: string): RecordView | undefined {
    const value = this.get(name)
    const relation = this.env.definition(this.model).fields[name]?.relation
    return typeof value === 'number' && relation ? this.env.record(relation, value) : undefined
  }

  many(name: string): RecordView[] {
    const value = this.get(name)
    const relation = this.env.definition(this.model).fields[name]?.relation ?? ''
    return Array.isArray(value) ? value.map((id) => this.env.record(relation, id as number)) : []
  }

  set(values: Values): void {
    this.env.sudo().model(this.model).write([this.id], values)
  }

  displayName(): string {
    const definition = this.env.definition(this.model)
    if (definition.displayName) return definition.displayName(this, this.env)
    const name = definition.recName ?? (definition.fields.name ? 'name' : undefined)
    return name ? this.str(name) : `${this.model},${this.id}`
  }

  /** The value at the end of a path; over relations to many, all of them. */
  follow(path: string): Value {
    const [step = '', ...rest] = path.split('.')
    if (!rest.length) return this.get(step)
    const field = this.env.definition(this.model).fields[step]
    if (field?.type === 'many2one') {
      const next = this.one(step)
      if (next) return next.follow(rest.join('.'))
      const end = this.env.fieldAt(this.model, path)
      return end ? empty(end) : false
    }
    return this.many(step).flatMap((next) => next.follow(rest.join('.')))
  }

  private shown(field: Field, value: Value | undefined): Value {
    if (field.translate && isKeyed(value)) return value[this.env.lang] ?? value.en_US ?? false
    if (field.companyDependent) return (isKeyed(value) ? value[`${this.env.companyId}`] : value) ?? empty(field)
    if (value === undefined || value === null) return empty(field)
    if (field.type === 'many2many' && Array.isArray(value)) return this.visible(field, value as number[])
    if (value === false) return empty(field)
    return value
  }

  private lines(field: Field): Value {
    const all = this.env.transaction.lookup(field.relation ?? '', field.inverse ?? '', this.id)
    const { filter } = field
    const ids = filter ? all.filter((id) => filter(this.env.record(field.relation ?? '', id))) : all
    return this.visible(field, shownLines(this.env, field, ids))
  }

  /** Archived targets are left out, unless the context says otherwise; in the order of their model. */
  private visible(field: Field, ids: number[]): number[] {
    const relation = field.relation ?? ''
    const { transaction, context } = this.env
    const hidesArchived = context.active_test !== false && this.env.definition(relation).fields.active !== undefined
    const left = ids.filter((id) => {
      const row = transaction.row(relation, id)
      return row && !(hidesArchived && row.active === false)
    })
    return left.length > 1 ? sortIds(this.env, relation, left) : left
  }
}

/** The records of a one2many that it wants to show. */
export const shownLines = (env: Environment, field: Field, ids: number[]): number[] =>
  field.filter ? ids.filter((id) => field.filter?.(env.sudo().record(field.relation ?? '', id))) : ids

export const isKeyed = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
