import { DatabaseSync } from 'node:sqlite'

/** Records of a sandbox system, by collection and key. On disk it survives a kill at any moment. */
export interface Store {
  get<T>(collection: string, key: string): T | undefined
  put(collection: string, key: string, value: unknown): void
  delete(collection: string, key: string): void
  /** Ordered by key. */
  list<T>(collection: string): { key: string; value: T }[]
  /** The next number of a sequence, from 1. */
  next(sequence: string): number
  /** All or nothing, also when the process dies inside. */
  transaction<T>(work: () => T): T
  close(): void
}

/** @param file path of the database; in memory where absent. */
export function createStore(file?: string): Store {
  const db = new DatabaseSync(file ?? ':memory:')
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec('CREATE TABLE IF NOT EXISTS records (collection TEXT, key TEXT, value TEXT, PRIMARY KEY (collection, key))')
  const get = db.prepare('SELECT value FROM records WHERE collection = ? AND key = ?')
  const put = db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM records WHERE collection = ? AND key = ?')
  const list = db.prepare('SELECT key, value FROM records WHERE collection = ? ORDER BY key')
  let depth = 0
  const store: Store = {
    get: <T>(collection: string, key: string) => {
      const row = get.get(collection, key) as { value: string } | undefined
      return row && (JSON.parse(row.value) as T)
    },
    put: (collection, key, value) => void put.run(collection, key, JSON.stringify(value)),
    delete: (collection, key) => void remove.run(collection, key),
    list: <T>(collection: string) =>
      (list.all(collection) as { key: string; value: string }[]).map((r) => ({
        key: r.key,
        value: JSON.parse(r.value) as T,
      })),
    next: (sequence) => {
      const value = (store.get<number>('sequences', sequence) ?? 0) + 1
      store.put('sequences', sequence, value)
      return value
    },
    transaction: (work) => {
      if (depth > 0) return work()
      depth += 1
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      } finally {
        depth -= 1
      }
    },
    close: () => db.close(),
  }
  return store
}
