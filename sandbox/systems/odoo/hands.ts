import type { Kernel } from './kernel.ts'
import { Environment } from './orm/env.ts'
import type { Context, Domain, Value, Values } from './orm/model.ts'
import { isStored } from './orm/registry.ts'
import { Transaction } from './orm/transaction.ts'

/** A record with its fields, many2one as bare ids. */
export type SandboxRecord = { id: number; [field: string]: Value }

/** What somebody in the company can do, with all rights; no request is made. */
export interface Hands {
  create(model: string, values: Values, context?: Context): number
  write(model: string, ids: number | readonly number[], values: Values): void
  unlink(model: string, ids: number | readonly number[]): void
  /** Presses a button: any method by its parameter names. */
  call(
    model: string,
    method: string,
    ids?: number | readonly number[],
    args?: Values,
    context?: Context,
  ): Value | undefined
}

/** A transaction that others do not see until its commit; its rows carry the moment it began (odoo.md §4.3). */
export interface OpenTransaction extends Hands {
  commit(): void
  rollback(): void
}

const many = (ids: number | readonly number[]): readonly number[] => (typeof ids === 'number' ? [ids] : ids)

/** @param run runs work in an environment: one transaction for each call, or one for all */
export function handsOn(run: <T>(work: (env: Environment) => T) => T): Hands {
  return {
    create: (model, values, context = {}) => run((env) => env.with(context).model(model).create(values).id),
    write: (model, ids, values) => run((env) => env.model(model).write(many(ids), values)),
    unlink: (model, ids) => run((env) => env.model(model).unlink(many(ids))),
    call: (model, method, ids = [], args = {}, context = {}) =>
      run((env) => env.with(context).model(model).call(method, many(ids), args)),
  }
}

export function openTransaction(kernel: Kernel): OpenTransaction {
  const transaction = new Transaction(kernel.database)
  const env = new Environment(kernel.version, kernel.registry, transaction, { uid: kernel.adminUid, su: true })
  return {
    ...handsOn((work) => work(env)),
    commit: () => kernel.finish(transaction),
    rollback: () => transaction.rollback(),
  }
}

/** All records of a model, archived ones too, or those that meet a domain; stored fields unless others are named. */
export function recordsOf(
  env: Environment,
  model: string,
  domain: Domain,
  fields?: readonly string[],
): SandboxRecord[] {
  const definition = env.definition(model)
  const names =
    fields ??
    Object.keys(definition.fields).filter((name) => {
      const field = definition.fields[name]
      return (
        field && (isStored(field) || (field.type === 'one2many' && field.inverse && !field.compute) || field.related)
      )
    })
  const all = env.with({ active_test: false })
  return search(all, model, domain).map((id) => {
    const record = all.record(model, id)
    const row: SandboxRecord = { id }
    for (const name of names) row[name] = record.get(name)
    return row
  })
}

const search = (env: Environment, model: string, domain: Domain): number[] =>
  env.model(model).search(domain, { order: 'id' })
