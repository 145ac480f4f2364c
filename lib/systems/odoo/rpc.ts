import type { Json } from '../../core/exchange.ts'

/** A record as Odoo returns it: many2one as [id, name] or false, one2many as ids, null of any type as false. */
export type OdooRecord = { id: number; [field: string]: Json }

/** A search domain in Odoo's prefix notation: ["|", ["a", "=", 1], ["b", ">", 2]]. */
export type Domain = Json[]

/** One method call. Arguments are named; a protocol without names puts them in the order of the method's signature. */
export interface Call {
  model: string
  method: string
  /** The records of a record method; absent for a method of the model itself. */
  ids?: readonly number[]
  args?: { readonly [name: string]: Json }
  /** Added to what is always sent: lang and allowed_company_ids. */
  context?: { readonly [key: string]: Json }
  /** True where a lost answer leaves open whether something was written. */
  writes: boolean
}

/** How records are searched. `fields` and `order` are always named: the defaults are every field and the model's own order. */
export interface Search {
  fields: readonly string[]
  order: string
  limit?: number
  context?: Call['context']
}

/** A signed-in session with one database. Faults are thrown: Failure, Refusal (business rules), ConfigurationError. */
export interface Odoo {
  /** Major version, 14 to 19. */
  readonly version: number
  /** Companies sent as allowed_company_ids; the first is the current one. */
  readonly companies: readonly number[]
  /** `null` where the method returned nothing, whatever the protocol makes of that. */
  call(call: Call): Promise<Json>
  searchRead(model: string, domain: Domain, search: Search): Promise<OdooRecord[]>
  search(model: string, domain: Domain, options?: { order?: string; limit?: number }): Promise<number[]>
  searchCount(model: string, domain: Domain): Promise<number>
  /** Records that are gone are left out, in no promised order. */
  read(model: string, ids: readonly number[], fields: readonly string[]): Promise<OdooRecord[]>
  /** Fields of a model that this user may see: name → type, relation, required, readonly. Cached. */
  fields(model: string): Promise<Readonly<Record<string, FieldInfo>>>
  /** False where the model is not installed or not to be seen by this user. Cached. */
  hasModel(model: string): Promise<boolean>
  /** The server's time as epoch milliseconds, whole seconds, from the Date header of a cheap call made now. */
  serverNow(): Promise<number>
}

export interface FieldInfo {
  type: string
  relation?: string
  required?: boolean
  readonly?: boolean
}
