/*
 * How a model of the simulated Odoo is described, and what its code may ask of the database. Everything is synchronous:
 * one call of the outside is one transaction, and nothing else runs inside it.
 */

import type { Json } from '../../../../lib/core/exchange.ts'

export type Version = 18 | 19

/** As Odoo's Python sees it over the wire: null of any type is `false`. */
export type Value = Json
export type Values = { [field: string]: Value }
export type Context = { readonly [key: string]: Value }
/** Prefix notation: ['|', ['a', '=', 1], ['b', '>', 2]]. */
export type Domain = Value[]

export type FieldType =
  | 'char'
  | 'text'
  | 'html'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'many2one'
  | 'one2many'
  | 'many2many'
  | 'binary'
  | 'json'

export interface Field {
  type: FieldType
  /** Label in English; made from the name where absent. */
  string?: string
  /** Model at the other end. */
  relation?: string
  /** one2many: the many2one of `relation` that points here. many2many: the many2many there that mirrors this one. */
  inverse?: string
  /** one2many: which of the records that point here are shown; commands may add any. */
  filter?(line: Rec): boolean
  /** Refused when empty, at create and write. A function decides by version. */
  required?: boolean | ((version: Version) => boolean)
  /** Shown by fields_get; writing is not refused, as in Odoo. */
  readonly?: boolean
  selection?: readonly (readonly [key: string, label: string])[]
  /** For a create that leaves the field out. */
  default?: Value | ((env: Env) => Value)
  /**
   * The value from other fields. With `store` it is kept and brought up to date when what it `depends` on changes
   * (which bumps write_date, as in Odoo); without, it is computed at every read, can be searched but not sorted by.
   * A stored compute that was given in create or write keeps the given value until a dependency changes.
   */
  compute?(record: Rec, env: Env): Value
  /** Paths: 'price_unit', 'order_line.price_subtotal', 'product_id.uom_id'. Needed with compute and store. */
  depends?: readonly string[]
  /** Default: true without compute and related, false with. */
  store?: boolean
  /** Computed from a path of many2ones: 'move_id.state'. Writing it writes the record at the end of the path. */
  related?: string
  /** Writing a computed field runs this instead of storing. */
  write?(record: Rec, value: Value, env: Env): void
  /** Versions that have the field, both inclusive. */
  since?: Version
  until?: Version
  /** A value per language of the context. */
  translate?: boolean
  /** A value per company. */
  companyDependent?: boolean
  /** Digits after the point a number is rounded to at write, by version; none where absent. */
  digits?: number | ((version: Version) => number | undefined)
  /** What deleting the record at the other end of a many2one does. Default: 'set null', 'restrict' where required. */
  ondelete?: 'cascade' | 'restrict' | 'set null'
  /** Left out by copy. */
  copy?: false
}

export interface Call {
  /** Records the method is called on; empty for a method of the model. */
  ids: number[]
  /** By parameter name; what was left out is absent. */
  args: Values
  /** The model the method was called on. */
  model: string
}

export interface Method {
  /** 'model' for a method that takes no records: JSON-2 refuses ids, positional arguments begin with the parameters. */
  on?: 'records' | 'model'
  /** Parameter names in order; those that may be left out end in "?". */
  params?: readonly string[]
  /** `undefined` is Python's None (XML-RPC fault 1 after the commit, JSON-2 null). */
  run(env: Env, call: Call): Value | undefined
}

/** A right to a model by operation: the groups (keys of `groups` in rights.ts) that have it; absent = every user. */
export type Access = { [operation in 'read' | 'write' | 'create' | 'unlink']?: readonly string[] }

export interface Model {
  name: string
  /** "Purchase Order": named in error messages. */
  description: string
  since?: Version
  until?: Version
  fields: { readonly [name: string]: Field }
  /** Default order: 'name, id desc'. */
  order?: string
  /** Field shown as display_name; 'name' where absent. */
  recName?: string
  displayName?(record: Rec, env: Env): string
  /** Fields that name_search and `load` by name look into; recName where absent. */
  searchNames?: readonly string[]
  /** Fields of another model that this one has through a many2one, made with the record (product.product → template). */
  inherits?: { [model: string]: { field: string; context?: Context } }
  methods?: { readonly [name: string]: Method }
  /** Values of a create before defaults; what is returned is used. */
  beforeCreate?(env: Env, values: Values): Values
  /** After the records of one create stand, before constraints. */
  onCreate?(env: Env, records: Rec[]): void
  /** Before a write; what is returned is written. Throw to refuse. */
  beforeWrite?(env: Env, records: Rec[], values: Values): Values
  onWrite?(env: Env, records: Rec[], values: Values): void
  beforeUnlink?(env: Env, records: Rec[]): void
  /** Run after create and after a write that touches one of `fields`. Throw to refuse. */
  constraints?: readonly { fields: readonly string[]; check(env: Env, record: Rec): void }[]
  /** Refused with `message` ({field} stands for a value) when two records have the same (non-empty) values. */
  unique?: readonly { fields: readonly string[]; message: string }[]
  access?: Access
  /** Default true: records of companies that the caller did not allow are hidden, by company_id, where that field exists. */
  companyRule?: boolean
}

/** A record seen from code: always current, within the transaction, with all rights. */
export interface Rec {
  readonly id: number
  readonly model: string
  exists(): boolean
  /** Raw: many2one as id or false, one2many and many2many as ids. */
  get(field: string): Value
  /** '' where empty. */
  str(field: string): string
  /** 0 where empty. */
  num(field: string): number
  bool(field: string): boolean
  /** Record of a many2one. */
  one(field: string): Rec | undefined
  /** Records of a one2many or many2many. */
  many(field: string): Rec[]
  /** As write with all rights: hooks, constraints and recomputes run. */
  set(values: Values): void
  displayName(): string
}

export interface ModelApi {
  readonly name: string
  readonly definition: Model
  /** Archived records are left out unless context active_test is false or the domain names `active`. */
  search(domain: Domain, options?: { order?: string; limit?: number; offset?: number }): number[]
  count(domain: Domain): number
  /** search and browse in one. */
  find(domain: Domain, options?: { order?: string; limit?: number }): Rec[]
  browse(ids: readonly number[]): Rec[]
  /** Throws MissingError where it is gone. */
  get(id: number): Rec
  create(values: Values): Rec
  createMany(values: Values[]): Rec[]
  write(ids: readonly number[], values: Values): void
  unlink(ids: readonly number[]): void
  /** As search reads: many2one as [id, name]. */
  read(ids: readonly number[], fields: readonly string[]): Values[]
  /** Calls a method of the model as the outside would. */
  call(method: string, ids: readonly number[], args?: Values): Value | undefined
  /** Marks records as written now, without any change. */
  touch(ids: readonly number[]): void
}

/** Whom code runs for: user, companies, language, and the transaction it runs in. Hooks run with all rights. */
export interface Env {
  readonly version: Version
  readonly uid: number
  /** Record of res.users. */
  readonly user: Rec
  /** First of allowed_company_ids, else the user's default company. */
  readonly company: Rec
  readonly companies: readonly number[]
  readonly lang: string
  readonly context: Context
  /** Start of the transaction, 'YYYY-MM-DD HH:MM:SS'. */
  now(): string
  today(): string
  model(name: string): ModelApi
  has(model: string): boolean
  hasField(model: string, field: string): boolean
  /** The same transaction with a changed context (added to this one). */
  with(context: Context): Env
  /** With all rights. */
  sudo(): Env
  inCompany(company: number): Env
  /** Record of an external id: 'base.us'. */
  ref(externalId: string): Rec | undefined
  setExternalId(externalId: string, record: Rec): void
  /** Next number of a sequence, from 1, kept even when the transaction fails. */
  next(sequence: string): number
}

/** Types of the record literal are checked, its shape is kept. */
export const model = (definition: Model): Model => definition

/** Adds to a model defined elsewhere: fields and methods by name (a later one replaces), hooks and constraints besides. */
export type Extension = { extends: string } & Partial<
  Pick<
    Model,
    | 'fields'
    | 'methods'
    | 'beforeCreate'
    | 'onCreate'
    | 'beforeWrite'
    | 'onWrite'
    | 'beforeUnlink'
    | 'constraints'
    | 'unique'
    | 'displayName'
    | 'searchNames'
    | 'access'
  >
>

/** Types of the extension literal are checked, its shape is kept. */
export const extension = (definition: Extension): Extension => definition

/** What business/index.ts exports: `models`, and `seed`, run once in a new database after the base data. */
export interface Business {
  models: readonly (Model | Extension)[]
  seed(env: Env): void
}
