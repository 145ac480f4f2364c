import { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type { State } from '../state.ts'
import { type Item, writeUnits } from './size.ts'

/** The part of dynalite's store that its actions use. dynalite keeps its data in LevelDB; here it is SQLite. */
export interface DynaliteStore {
  options: { createTableMs: number; maxItemSize: number }
  tableDb: SubDatabase & { awsAccountId: string; awsRegion: string }
  getItemDb(table: string): SubDatabase
  getIndexDb(kind: string, table: string, index: string): SubDatabase
  getTable(name: string, checkStatus: boolean | Done<unknown>, done?: Done<unknown>): void
}

type Done<T> = (error: Error | null, value?: T) => void

interface SubDatabase {
  lock(key: string, work: (release: <T>(done: T) => T) => void): void
  get(key: string, done: Done<unknown>): void
  put(key: string, value: unknown, done: Done<void>): void
  del(key: string, done: Done<void>): void
  createValueStream(range: Range): Readable
}

interface Range {
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  reverse?: boolean
  limit?: number
}

/** What one request did to items: what it is billed by, and what a failed condition saw. */
export interface Touched {
  writeUnits: number
  /** Items read by key. */
  readItems: Item[]
  /** Items a query or scan went through, filtered or not, in its order; the last may be one too many. */
  scanned: Item[]
  /** The item as the last write found it. */
  before: Item | undefined
}

export const untouched = (): Touched => ({ writeUnits: 0, readItems: [], scanned: [], before: undefined })

/**
 * The tables of one request. Everything dynalite does in it runs without a pause, so it needs no locks, and an item
 * is written together with its index entries: in LevelDB a kill in between would leave them apart.
 */
export function requestStore(state: State, definitions: Map<string, unknown>, touched: Touched): DynaliteStore {
  const statements = prepared(state)
  let pending: (() => void)[] = []

  const read = (space: string, key: string): Item | undefined => {
    const row = statements.get.get(space, key) as { value: string } | undefined
    return row && (JSON.parse(row.value) as Item)
  }
  const write = (space: string, key: string, value: Item | undefined) => {
    if (value) statements.put.run(space, key, JSON.stringify(value))
    else statements.remove.run(space, key)
  }
  const range = (space: string, options: Range): Item[] => {
    const low = options.gte ?? options.gt ?? ''
    const high = options.lte ?? options.lt ?? '\u{10ffff}'
    const rows = statements.range(options).all(space, low, high, options.limit ?? -1) as { value: string }[]
    const items = rows.map((row) => JSON.parse(row.value) as Item)
    touched.scanned.push(...items)
    return items
  }
  const lock: SubDatabase['lock'] = (_key, work) => work((done) => done)

  const itemDb = (space: string): SubDatabase => {
    const change = (key: string, after: Item | undefined, done: Done<void>) => {
      const before = read(space, key)
      touched.writeUnits += writeUnits(before, after)
      state.transaction(() => {
        for (const index of pending) index()
        write(space, key, after)
      })
      pending = []
      done(null)
    }
    return {
      lock,
      get: (key, done) => {
        const item = read(space, key)
        touched.before = item
        if (item) touched.readItems.push(item)
        done(null, item)
      },
      put: (key, value, done) => change(key, value as Item, done),
      del: (key, done) => change(key, undefined, done),
      createValueStream: (options) => Readable.from(range(space, options)),
    }
  }
  /** Entries wait for their item's write. One that stays as it is costs nothing; a changed one is a write of its own. */
  const indexDb = (space: string): SubDatabase => {
    const change = (key: string, after: Item | undefined, done: Done<void>) => {
      const before = read(space, key)
      const stored = after && (JSON.parse(JSON.stringify(after)) as Item)
      if (!isDeepStrictEqual(before, stored)) {
        touched.writeUnits += writeUnits(before, stored)
        pending.push(() => write(space, key, stored))
      }
      done(null)
    }
    return {
      lock,
      get: (key, done) => done(null, read(space, key)),
      put: (key, value, done) => change(key, value as Item, done),
      del: (key, done) => change(key, undefined, done),
      createValueStream: (options) => Readable.from(range(space, options)),
    }
  }
  const unused = () => {
    throw new Error('the embedded DynamoDB makes its tables from the template')
  }

  return {
    options: { createTableMs: 0, maxItemSize: 400 * 1024 },
    tableDb: {
      awsAccountId: '',
      awsRegion: '',
      lock,
      get: (key, done) => done(null, definitions.get(key)),
      put: unused,
      del: unused,
      createValueStream: unused,
    },
    getItemDb: (table) => itemDb(`item/${table}`),
    getIndexDb: (kind, table, index) => indexDb(`index/${kind.toLowerCase()}/${table}/${index}`),
    getTable: (name, checkStatus, done) => {
      const callback = typeof checkStatus === 'function' ? checkStatus : (done as Done<unknown>)
      const table = definitions.get(name)
      if (table) return callback(null, table)
      callback(
        Object.assign(new Error('not found'), {
          statusCode: 400,
          body: {
            __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
            message: 'Requested resource not found',
          },
        }),
      )
    },
  }
}

type Statements = ReturnType<typeof prepare>
const byState = new WeakMap<State, Statements>()

function prepared(state: State): Statements {
  const found = byState.get(state) ?? prepare(state)
  byState.set(state, found)
  return found
}

function prepare(state: State) {
  const ranges = new Map<string, ReturnType<State['db']['prepare']>>()
  return {
    get: state.db.prepare('SELECT value FROM items WHERE space = ? AND key = ?'),
    put: state.db.prepare('INSERT OR REPLACE INTO items VALUES (?, ?, ?)'),
    remove: state.db.prepare('DELETE FROM items WHERE space = ? AND key = ?'),
    range: ({ gte, lte, reverse }: Range) => {
      const low = gte === undefined ? '>' : '>='
      const high = lte === undefined ? '<' : '<='
      const sql = `SELECT value FROM items WHERE space = ? AND key ${low} ? AND key ${high} ? ORDER BY key ${reverse ? 'DESC' : 'ASC'} LIMIT ?`
      const statement = ranges.get(sql) ?? state.db.prepare(sql)
      ranges.set(sql, statement)
      return statement
    },
  }
}
