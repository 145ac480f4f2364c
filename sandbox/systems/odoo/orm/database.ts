import type { SandboxClock } from '../../shared/clock.ts'
import type { Store } from '../../shared/store.ts'
import { FieldIndexes } from './field-indexes.ts'
import type { Value } from './model.ts'
import type { Transaction } from './transaction.ts'

/** What is kept of a record: stored fields only. Never changed in place. `$` fields are not to be seen outside. */
export type Row = { readonly id: number; readonly [field: string]: Value | undefined }

/** Committed rows of one model, with an index per field that somebody looked things up by. */
export interface Table {
  rows: Map<number, Row>
  indexes: FieldIndexes
  lastId: number
}

/**
 * What is committed: in memory for speed, in the store so that it survives a kill. Transactions see it through their
 * own changes.
 */
export class Database {
  readonly clock: SandboxClock
  /** Locks on rows ("model/id") and on unique values, each held by an open transaction. */
  readonly locks = new Map<string, Transaction>()
  private readonly store: Store
  private readonly tables = new Map<string, Table>()
  /** Open transactions; while there is more than one, what each commit changes is remembered for the others. */
  private readonly open = new Set<Transaction>()
  private readonly changed = new Map<string, number>()
  private commits = 0
  private lastStart = 0

  constructor(store: Store, clock: SandboxClock) {
    this.store = store
    this.clock = clock
  }

  table(model: string): Table {
    let table = this.tables.get(model)
    if (!table) {
      table = { rows: new Map(), indexes: new FieldIndexes(), lastId: this.store.get<number>('odoo-ids', model) ?? 0 }
      for (const { value } of this.store.list<Row>(`odoo:${model}`)) table.rows.set(value.id, value)
      for (const id of table.rows.keys()) table.lastId = Math.max(table.lastId, id)
      this.tables.set(model, table)
    }
    return table
  }

  /** Committed records whose stored field has this value. */
  lookup(model: string, field: string, value: Value): ReadonlySet<number> | undefined {
    const table = this.table(model)
    return table.indexes.lookup(field, value, table.rows.values())
  }

  /** Ids are given out at once and never twice, as PostgreSQL's sequences do. */
  nextId(model: string): number {
    const table = this.table(model)
    table.lastId += 1
    return table.lastId
  }

  next(sequence: string): number {
    return this.store.next(`odoo ${sequence}`)
  }

  /** The moment a transaction starts, in microseconds: later than the one before it, as far as a millisecond reaches. */
  startOf(): number {
    const now = Math.floor(this.clock.now()) * 1000
    this.lastStart = Math.max(now, Math.min(this.lastStart + 1, now + 999))
    return this.lastStart
  }

  /** @returns what to ask `isChangedSince` with. */
  begin(transaction: Transaction): number {
    this.open.add(transaction)
    return this.commits
  }

  end(transaction: Transaction): void {
    this.open.delete(transaction)
    if (!this.open.size) this.changed.clear()
  }

  isChangedSince(commit: number, key: string): boolean {
    return (this.changed.get(key) ?? 0) > commit
  }

  commit(changes: Map<string, Map<number, Row | undefined>>): void {
    this.store.transaction(() => {
      for (const [model, rows] of changes) {
        for (const [id, row] of rows)
          if (row) this.store.put(`odoo:${model}`, String(id).padStart(9, '0'), row)
          else this.store.delete(`odoo:${model}`, String(id).padStart(9, '0'))
        this.store.put('odoo-ids', model, this.table(model).lastId)
      }
    })
    this.commits += 1
    for (const [model, rows] of changes)
      for (const [id, row] of rows) {
        this.apply(this.table(model), id, row)
        if (this.open.size > 1) this.changed.set(`${model}/${id}`, this.commits)
      }
  }

  private apply(table: Table, id: number, row: Row | undefined): void {
    table.indexes.replace(table.rows.get(id), row)
    if (row) table.rows.set(id, row)
    else table.rows.delete(id)
  }
}
