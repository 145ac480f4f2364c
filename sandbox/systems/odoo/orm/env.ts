import { MissingError } from './errors.ts'
import type { Context, Env, Field, ModelApi, Version } from './model.ts'
import { bindModel } from './model-api.ts'
import { RecordView } from './record.ts'
import type { Definition, Registry } from './registry.ts'
import { seconds, stamp } from './stamps.ts'
import type { Transaction } from './transaction.ts'

/** Who asks, in which transaction. */
export class Environment implements Env {
  readonly version: Version
  readonly registry: Registry
  readonly transaction: Transaction
  readonly uid: number
  readonly context: Context
  /** All rights. */
  readonly su: boolean
  /** Microsecond stamp of the transaction's start: write_date of what it writes. */
  readonly stamp: string
  private readonly models = new Map<string, ModelApi>()
  private root: Environment | undefined

  constructor(
    version: Version,
    registry: Registry,
    transaction: Transaction,
    who: { uid: number; context?: Context; su?: boolean },
  ) {
    this.version = version
    this.registry = registry
    this.transaction = transaction
    this.uid = who.uid
    this.context = who.context ?? {}
    this.su = who.su ?? false
    this.stamp = stamp(transaction.start)
  }

  get user(): RecordView {
    return this.sudo().record('res.users', this.uid)
  }

  get companies(): readonly number[] {
    const allowed = this.context.allowed_company_ids
    if (Array.isArray(allowed) && allowed.length) return allowed as number[]
    const row = this.transaction.row('res.users', this.uid)
    const own = row?.company_ids
    const all = Array.isArray(own) ? (own as number[]) : []
    const first = typeof row?.company_id === 'number' ? row.company_id : (all[0] ?? 1)
    return [first, ...all.filter((id) => id !== first)]
  }

  get companyId(): number {
    return this.companies[0] ?? 1
  }

  get company(): RecordView {
    return this.sudo().record('res.company', this.companyId)
  }

  get lang(): string {
    return typeof this.context.lang === 'string' ? this.context.lang : 'en_US'
  }

  now(): string {
    return seconds(this.stamp)
  }

  today(): string {
    return this.stamp.slice(0, 10)
  }

  definition(model: string): Definition {
    const definition = this.registry.get(model)
    if (!definition) throw new Error(`no model ${model}`)
    return definition
  }

  /** The field at the end of a path of names. */
  fieldAt(model: string, path: string): Field | undefined {
    let at: Field | undefined
    let owner = model
    for (const step of path.split('.')) {
      at = this.registry.get(owner)?.fields[step]
      owner = at?.relation ?? ''
    }
    return at
  }

  record(model: string, id: number): RecordView {
    return new RecordView(this, model, id)
  }

  model(name: string): ModelApi {
    let api = this.models.get(name)
    if (!api) {
      api = bindModel(this, this.definition(name))
      this.models.set(name, api)
    }
    return api
  }

  has(model: string): boolean {
    return this.registry.has(model)
  }

  hasField(model: string, field: string): boolean {
    return this.registry.get(model)?.fields[field] !== undefined
  }

  with(context: Context): Environment {
    return this.as({ uid: this.uid, context: { ...this.context, ...context }, su: this.su })
  }

  sudo(): Environment {
    if (this.su) return this
    this.root ??= this.as({ uid: this.uid, context: this.context, su: true })
    return this.root
  }

  inCompany(company: number): Environment {
    return this.with({ allowed_company_ids: [company, ...this.companies.filter((id) => id !== company)] })
  }

  ref(externalId: string): RecordView | undefined {
    const dot = externalId.indexOf('.')
    const [module, name] = [externalId.slice(0, dot), externalId.slice(dot + 1)]
    for (const id of this.transaction.lookup('ir.model.data', 'name', name)) {
      const row = this.transaction.row('ir.model.data', id)
      if (row?.module === module && typeof row.res_id === 'number' && typeof row.model === 'string')
        return this.record(row.model, row.res_id)
    }
    return undefined
  }

  setExternalId(externalId: string, record: { id: number; model: string }): void {
    const dot = externalId.indexOf('.')
    this.sudo()
      .model('ir.model.data')
      .create({
        module: externalId.slice(0, dot),
        name: externalId.slice(dot + 1),
        model: record.model,
        res_id: record.id,
        noupdate: this.context.noupdate === true,
      })
  }

  next(sequence: string): number {
    return this.transaction.database.next(sequence)
  }

  /** Throws MissingError where one of the records is gone. */
  check(model: string, ids: readonly number[]): void {
    const gone = ids.filter((id) => !this.transaction.row(model, id))
    if (gone.length) throw new MissingError(model, gone, this.uid)
  }

  private as(who: { uid: number; context: Context; su: boolean }): Environment {
    return new Environment(this.version, this.registry, this.transaction, who)
  }
}
