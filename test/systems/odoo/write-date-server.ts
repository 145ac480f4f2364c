import type { Json } from '../../../lib/core/exchange.ts'
import type { Domain, Odoo, OdooRecord, Search } from '../../../lib/systems/odoo/rpc.ts'

/** A transaction: its stamp is its beginning, its rows show when it is committed (odoo.md §4.3). */
export interface Transaction {
  /** Milliseconds after which it commits. */
  takes: number
  /** Rows to write; an id that is not there yet is made. */
  writes: { model: string; id: number; values: { [field: string]: Json } }[]
  /** Rows to take out. */
  deletes?: { model: string; id: number }[]
}

interface Row {
  /** Epoch milliseconds with a fraction: Odoo keeps microseconds. */
  stamp: number
  created: number
  values: { [field: string]: Json }
}

/**
 * The part of Odoo that a poll depends on: stamps that are kept finer than they are told, rows that appear late and
 * below what was read, and a comparison that is another one in 19 (odoo.md §4.1).
 */
export class WriteDateServer implements Odoo {
  readonly companies = [1]
  readonly version: number
  requests = 0
  /** Milliseconds that a request takes: what is planned happens meanwhile. */
  latency = 0
  now: number
  readonly #tables = new Map<string, Map<number, Row>>()
  #planned: { at: number; run(): void }[] = []

  constructor(version: 18 | 19, now: number) {
    this.version = version
    this.now = now
  }

  /** Begins a transaction `after` milliseconds from now. */
  plan(after: number, transaction: Transaction): void {
    this.#at(this.now + after, () => this.#begin(transaction))
  }

  /** Time goes on, and everything planned until then happens in its order. */
  advance(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const next = this.#planned.reduce((a, b) => (b.at < a.at ? b : a), { at: Infinity, run: () => {} })
      if (next.at > until) break
      this.#planned = this.#planned.filter((one) => one !== next)
      this.now = Math.max(this.now, next.at)
      next.run()
    }
    this.now = until
  }

  rows(model: string): OdooRecord[] {
    return [...this.#table(model)].map(([id, row]) => this.#told(id, row)).sort((a, b) => a.id - b.id)
  }

  /** By id, or by `write_date`, which is by what is kept in every version. */
  async searchRead(model: string, domain: Domain, { limit = Infinity, order }: Search): Promise<OdooRecord[]> {
    this.#request()
    const stampOf = ({ id }: OdooRecord) =>
      (order.startsWith('write_date') ? this.#table(model).get(id)?.stamp : 0) ?? 0
    const found = this.#matching(model, domain)
    return found.sort((a, b) => stampOf(a) - stampOf(b)).slice(0, limit)
  }

  async search(model: string, domain: Domain, { limit = Infinity } = {}): Promise<number[]> {
    this.#request()
    return this.#matching(model, domain)
      .slice(0, limit)
      .map(({ id }) => id)
  }

  async searchCount(model: string, domain: Domain): Promise<number> {
    this.#request()
    return this.#matching(model, domain).length
  }

  async serverNow(): Promise<number> {
    this.#request()
    return Math.floor(this.now / 1000) * 1000
  }

  async read(model: string, ids: readonly number[]): Promise<OdooRecord[]> {
    this.#request()
    return this.rows(model).filter(({ id }) => ids.includes(id))
  }

  hasModel = async (): Promise<boolean> => true
  fields = async (): Promise<Record<string, { type: string }>> => ({ date: { type: 'date' } })
  call = (): never => {
    throw new Error('no method of this server is needed')
  }

  #request(): void {
    this.requests += 1
    this.advance(this.latency)
  }

  #at(at: number, run: () => void): void {
    this.#planned.push({ at, run })
  }

  #begin(transaction: Transaction): void {
    const begun = this.now
    this.#at(begun + transaction.takes, () => {
      const rows = transaction.writes.map(({ model, id }) => this.#table(model).get(id))
      // A row that was written since cannot be serialised: the server begins the transaction anew.
      if (rows.some((row) => row && row.stamp > begun)) return this.#begin({ ...transaction, takes: 0 })
      for (const { model, id, values } of transaction.writes) {
        const row = this.#table(model).get(id)
        this.#table(model).set(id, {
          stamp: begun,
          created: row?.created ?? begun,
          values: { ...row?.values, ...values },
        })
      }
      for (const { model, id } of transaction.deletes ?? []) this.#table(model).delete(id)
    })
  }

  #table(model: string): Map<number, Row> {
    const found = this.#tables.get(model) ?? new Map<number, Row>()
    this.#tables.set(model, found)
    return found
  }

  #told(id: number, { stamp, created, values }: Row): OdooRecord {
    return { id, ...values, write_date: second(stamp), create_date: second(created) }
  }

  #matching(model: string, domain: Domain): OdooRecord[] {
    return [...this.#table(model)]
      .filter(([id, row]) => allOf(domain, (leaf) => this.#holds(id, row, leaf)))
      .map(([id, row]) => this.#told(id, row))
      .sort((a, b) => a.id - b.id)
  }

  #holds(id: number, row: Row, [field, operator, value]: Leaf): boolean {
    if (field === 'write_date' || field === 'create_date')
      return this.#compare(field === 'write_date' ? row.stamp : row.created, operator, String(value))
    const own = (field === 'id' ? id : row.values[field]) ?? false
    if (operator === 'in') return (value as Json[]).includes(own)
    if (operator === 'not in') return !(value as Json[]).includes(own)
    return holds(own as string | number, operator, value as string | number)
  }

  /** 18 compares what is kept with the text, 19 the seconds of both (odoo.md §4.1). */
  #compare(stamp: number, operator: string, value: string): boolean {
    const given = Date.parse(`${value.replace(' ', 'T')}Z`)
    return holds(this.version === 18 ? stamp : Math.floor(stamp / 1000) * 1000, operator, given)
  }
}

type Leaf = [field: string, operator: string, value: Json]

/** A domain in prefix notation; what stands side by side is joined by "and". */
function allOf(domain: Domain, holdsLeaf: (leaf: Leaf) => boolean): boolean {
  const rest = [...domain]
  const next = (): boolean => {
    const token = rest.shift()
    if (token !== '|' && token !== '&') return holdsLeaf(token as Leaf)
    const [a, b] = [next(), next()]
    return token === '|' ? a || b : a && b
  }
  let all = true
  while (rest.length > 0) all = next() && all
  return all
}

function holds(own: string | number, operator: string, value: string | number): boolean {
  switch (operator) {
    case '=':
      return own === value
    case '!=':
      return own !== value
    case '>':
      return own > value
    case '>=':
      return own >= value
    case '<':
      return own < value
    case '<=':
      return own <= value
    default:
      throw new Error(`this server does not know ${operator}`)
  }
}

const second = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
