import type { Database, Row } from './database.ts'
import { SerializationFailure } from './errors.ts'
import { FieldIndexes } from './field-indexes.ts'
import type { Value } from './model.ts'

/** Another open transaction holds a lock: what PostgreSQL waits for, the caller has to wait for outside. */
export class Blocked extends Error {
  readonly by: Transaction
  readonly key: string
  constructor(by: Transaction, key: string) {
    super('waits for another transaction')
    this.by = by
    this.key = key
  }
}

/** What happened to records, for webhooks: sent after the commit. */
export interface Happening {
  kind: 'create' | 'write' | 'unlink'
  model: string
  id: number
}

/**
 * One transaction over the committed rows: its changes are seen by itself at once, by others at commit, all or nothing
 * (odoo.md §4.3). Unlike PostgreSQL's, its reads see what others commit meanwhile.
 */
export class Transaction {
  readonly database: Database
  /** Microseconds since 1970: every row it writes carries this moment. */
  readonly start: number
  readonly happenings: Happening[] = []
  /** Settles when it is over; true where it was committed. */
  readonly over: Promise<boolean>
  /** Stored computed fields that are out of date: 'model field' → ids. */
  readonly stale = new Map<string, Set<number>>()
  /** Computed values that were given and stay as they are while their record is being made: 'model field id'. */
  readonly kept = new Set<string>()
  private readonly changes = new Map<string, Map<number, Row | undefined>>()
  private readonly indexes = new Map<string, FieldIndexes>()
  private readonly journal: (() => void)[] = []
  private readonly held = new Set<string>()
  private readonly snapshot: number
  private settle: (committed: boolean) => void = () => {}

  private readonly lost: ReadonlySet<string>

  /** @param options.lost locks that a transaction it waited for had, and won */
  constructor(database: Database, options: { lost?: ReadonlySet<string> } = {}) {
    this.database = database
    this.start = database.startOf()
    this.lost = options.lost ?? new Set()
    this.snapshot = database.begin(this)
    this.over = new Promise((done) => {
      this.settle = done
    })
  }

  row(model: string, id: number): Row | undefined {
    const mine = this.changes.get(model)
    return mine?.has(id) ? mine.get(id) : this.database.table(model).rows.get(id)
  }

  *rows(model: string): Iterable<Row> {
    const mine = this.changes.get(model)
    const committed = this.database.table(model).rows
    if (!mine) return yield* committed.values()
    for (const row of committed.values()) if (!mine.has(row.id)) yield row
    for (const row of mine.values()) if (row) yield row
  }

  /** Ids of the records whose stored field has this value, ascending. */
  lookup(model: string, field: string, value: Value): number[] {
    const found: number[] = []
    const mine = this.changes.get(model)
    for (const id of this.database.lookup(model, field, value) ?? []) if (!mine?.has(id)) found.push(id)
    if (mine) for (const id of this.indexesOf(model).lookup(field, value, mine.values()) ?? []) found.push(id)
    return found.sort((a, b) => a - b)
  }

  put(model: string, row: Row): void {
    this.change(model, row.id, row)
  }

  remove(model: string, id: number): void {
    this.change(model, id, undefined)
  }

  /** Takes a lock until the end: on a row, or on a value that has to stay unique. */
  lock(key: string): void {
    const holder = this.database.locks.get(key)
    if (holder && holder !== this) throw new Blocked(holder, key)
    if (this.lost.has(key)) throw new SerializationFailure()
    this.database.locks.set(key, this)
    this.held.add(key)
  }

  /** Runs work whose changes are all taken back when it throws. */
  savepoint<T>(work: () => T): T {
    const mark = this.journal.length
    const stale = new Map([...this.stale].map(([key, ids]) => [key, new Set(ids)]))
    try {
      return work()
    } catch (error) {
      while (this.journal.length > mark) this.journal.pop()?.()
      this.stale.clear()
      for (const [key, ids] of stale) this.stale.set(key, ids)
      throw error
    }
  }

  commit(): void {
    if (this.changes.size) this.database.commit(this.changes)
    this.end(true)
  }

  rollback(): void {
    this.end(false)
  }

  private end(committed: boolean): void {
    for (const key of this.held) this.database.locks.delete(key)
    this.held.clear()
    this.database.end(this)
    this.settle(committed)
  }

  private indexesOf(model: string): FieldIndexes {
    const known = this.indexes.get(model) ?? new FieldIndexes()
    this.indexes.set(model, known)
    return known
  }

  private change(model: string, id: number, row: Row | undefined): void {
    const key = `${model}/${id}`
    this.lock(key)
    if (this.database.isChangedSince(this.snapshot, key)) throw new SerializationFailure()
    let rows = this.changes.get(model)
    if (!rows) {
      rows = new Map()
      this.changes.set(model, rows)
    }
    const mine = rows
    const had = mine.has(id)
    const before = mine.get(id)
    const indexes = this.indexesOf(model)
    this.journal.push(() => {
      indexes.replace(mine.get(id), before)
      if (had) mine.set(id, before)
      else mine.delete(id)
    })
    indexes.replace(before, row)
    mine.set(id, row)
  }
}
