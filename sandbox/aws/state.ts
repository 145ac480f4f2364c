import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Everything the embedded AWS remembers, in one SQLite file: what a request did is written before it is answered,
 * so a kill at any moment loses nothing that a caller was told. In memory without a directory.
 */
export interface State {
  db: DatabaseSync
  /** All or nothing, also when the process dies inside. Nested calls join the outer one. */
  transaction<T>(work: () => T): T
  /** Small records by kind and key (secrets, flags, tasks). */
  get<T>(kind: string, key: string): T | undefined
  put(kind: string, key: string, value: unknown): void
  list<T>(kind: string): { key: string; value: T }[]
  close(): void
}

export class StateInUseError extends Error {
  override readonly name = 'StateInUseError'
  constructor(directory: string) {
    super(`another run is using the state directory ${directory}; stop it first, or name another directory`)
  }
}

const schema = `
CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS items (space TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (space, key));
CREATE TABLE IF NOT EXISTS messages (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  attributes TEXT NOT NULL, group_id TEXT, dedup_id TEXT, sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL,
  received INTEGER NOT NULL DEFAULT 0, first_received_at INTEGER, receipt TEXT, dead_letter_source TEXT);
CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, sequence);
CREATE INDEX IF NOT EXISTS messages_in_flight ON messages (queue, group_id) WHERE receipt IS NOT NULL;
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (queue, visible_at);
CREATE TABLE IF NOT EXISTS deduplications (
  queue TEXT, key TEXT, message_id TEXT NOT NULL, sequence INTEGER NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (queue, key));
CREATE TABLE IF NOT EXISTS objects (
  bucket TEXT, key TEXT, body BLOB NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, headers TEXT NOT NULL,
  PRIMARY KEY (bucket, key));
CREATE TABLE IF NOT EXISTS bus_events (sequence INTEGER PRIMARY KEY AUTOINCREMENT, bus TEXT NOT NULL, event TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS invocations (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, function TEXT NOT NULL, payload TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 1, due_at INTEGER NOT NULL);
`

/**
 * @param directory where `aws.db` lives; in memory where absent
 * @param exclusive true for a run (one at a time; throws StateInUseError), false for a look from another process
 */
export function openState(directory: string | undefined, exclusive: boolean): State {
  if (directory) mkdirSync(directory, { recursive: true })
  const lock = directory && exclusive ? takeLock(directory) : undefined
  const db = new DatabaseSync(directory ? join(directory, 'aws.db') : ':memory:')
  // WAL survives a killed process without an fsync per commit; only a power cut could lose the last moments.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000')
  db.exec(schema)
  const get = db.prepare('SELECT value FROM records WHERE kind = ? AND key = ?')
  const put = db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?)')
  const list = db.prepare('SELECT key, value FROM records WHERE kind = ? ORDER BY key')
  let depth = 0
  return {
    db,
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
    get: <T>(kind: string, key: string) => {
      const row = get.get(kind, key) as { value: string } | undefined
      return row && (JSON.parse(row.value) as T)
    },
    put: (kind, key, value) => void put.run(kind, key, JSON.stringify(value)),
    list: <T>(kind: string) =>
      (list.all(kind) as { key: string; value: string }[]).map((row) => ({
        key: row.key,
        value: JSON.parse(row.value) as T,
      })),
    close: () => {
      db.close()
      lock?.close()
    },
  }
}

/** The operating system frees a SQLite lock when its process dies, however it dies: no stale lock files. */
function takeLock(directory: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'run.lock'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return lock
  } catch {
    lock.close()
    throw new StateInUseError(directory)
  }
}
