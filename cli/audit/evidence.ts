import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { Block, BlockPlace } from '../../lib/pipeline/ledger/audit/block.ts'
import { blockHash } from '../../lib/pipeline/ledger/audit/block.ts'
import type { Head } from '../../lib/pipeline/ledger/audit/heads.ts'

export interface ItemRow {
  pk: string
  sk: string
  revision: number
  hash: string
  /** The block that it names as the one that attests it; "" for none. */
  named: string
}

/** An attested item with one of the entries that speak of it, in the order of keys and revisions. */
export interface Attested {
  pk: string
  sk: string
  /** As the ledger has it now; null where it has none. */
  revision: number | null
  hash: string | null
  named: string | null
  /** Null where no block speaks of the item. */
  low: number | null
  high: number | null
  said: string | null
  block: string | null
}

/** A block with the one before it in its chain, as far as there is one. */
export interface Linked extends BlockPlace {
  hash: string
  before: string
  sound: boolean
  previous: number | null
  previousHash: string | null
}

const schema = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE items (pk TEXT, sk TEXT, revision INTEGER, hash TEXT, named TEXT, PRIMARY KEY (pk, sk)) WITHOUT ROWID;
CREATE TABLE entries (pk TEXT, sk TEXT, low INTEGER, high INTEGER, hash TEXT, chain TEXT, sequence INTEGER,
  PRIMARY KEY (pk, sk, low, high, chain, sequence)) WITHOUT ROWID;
CREATE TABLE blocks (chain TEXT, sequence INTEGER, hash TEXT, before TEXT, sound INTEGER, at TEXT,
  PRIMARY KEY (chain, sequence)) WITHOUT ROWID;
CREATE TABLE heads (chain TEXT, sequence INTEGER, hash TEXT, PRIMARY KEY (chain, sequence, hash)) WITHOUT ROWID;
BEGIN;`

/**
 * What a verification has read, keys and hashes only, in a file of its own: a ledger of any size is joined with its
 * blocks in little memory.
 */
export function openEvidence() {
  const directory = mkdtempSync(join(tmpdir(), 'ml-connector-audit-'))
  const db = new DatabaseSync(join(directory, 'evidence.db'))
  db.exec(schema)
  const addItem = db.prepare('INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)')
  const dropItem = db.prepare('DELETE FROM items WHERE pk = ? AND sk = ?')
  const addEntry = db.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)')
  const addBlock = db.prepare('INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?, ?)')
  const addHead = db.prepare('INSERT OR REPLACE INTO heads VALUES (?, ?, ?)')
  const rows = <T>(sql: string): IterableIterator<T> =>
    db.prepare(sql).iterate() as IterableIterator<Record<string, SQLOutputValue>> as IterableIterator<T>
  const one = <T>(sql: string): T => db.prepare(sql).get() as Record<string, SQLOutputValue> as T

  return {
    item: ({ pk, sk, revision, hash, named }: ItemRow) => void addItem.run(pk, sk, revision, hash, named),
    noItem: (pk: string, sk: string) => void dropItem.run(pk, sk),
    block({ chain, sequence, entries, ...block }: Block) {
      const sound = blockHash({ chain, sequence, entries, ...block }) === block.hash
      addBlock.run(chain, sequence, block.hash, block.before, sound ? 1 : 0, block.at)
      for (const { pk, sk, from, to, hash } of entries) addEntry.run(pk, sk, from, to, hash, chain, sequence)
    },
    /** A block that is there and cannot be read. */
    unreadable: ({ chain, sequence }: BlockPlace, hash: string) => void addBlock.run(chain, sequence, hash, '', 0, ''),
    head: ({ chain, sequence, hash }: Head) => void addHead.run(chain, sequence, hash),

    /** Every item that is stored or attested, with every entry about it. */
    attested: () =>
      rows<Attested>(`
        SELECT i.pk, i.sk, i.revision, i.hash, i.named, e.low, e.high, e.hash AS said, e.chain || '.' || e.sequence AS block
        FROM items i LEFT JOIN entries e ON e.pk = i.pk AND e.sk = i.sk
        UNION ALL
        SELECT e.pk, e.sk, NULL, NULL, NULL, e.low, e.high, e.hash, e.chain || '.' || e.sequence
        FROM entries e WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.pk = e.pk AND i.sk = e.sk)
        ORDER BY 1, 2, 6, 7`),
    linked: function* (): Generator<Linked> {
      const found = rows<Omit<Linked, 'sound'> & { sound: number }>(`
        SELECT chain, sequence, hash, before, sound, LAG(sequence) OVER c AS previous, LAG(hash) OVER c AS previousHash
        FROM blocks WINDOW c AS (PARTITION BY chain ORDER BY sequence) ORDER BY chain, sequence`)
      for (const row of found) yield { ...row, sound: row.sound === 1 }
    },
    /** Noted heads that their chain does not have. */
    lostHeads: () =>
      rows<Head>(`SELECT h.chain, h.sequence, h.hash FROM heads h LEFT JOIN blocks b
        ON b.chain = h.chain AND b.sequence = h.sequence WHERE b.hash IS NULL OR b.hash <> h.hash ORDER BY 1, 2`),
    /** The last block of every chain. */
    lasts: () =>
      rows<Head>(`SELECT chain, sequence, hash FROM blocks b
        WHERE sequence = (SELECT MAX(sequence) FROM blocks x WHERE x.chain = b.chain) ORDER BY chain`),
    counts: () =>
      one<{
        items: number
        documents: number
        blocks: number
        chains: number
        first: string | null
        last: string | null
      }>(
        `SELECT (SELECT COUNT(*) FROM items) AS items, (SELECT COUNT(*) FROM items WHERE sk LIKE 'raw#%') AS documents,
        COUNT(*) AS blocks, COUNT(DISTINCT chain) AS chains, MIN(NULLIF(at, '')) AS first, MAX(at) AS last FROM blocks`,
      ),
    hasBlock: (place: BlockPlace) =>
      db.prepare('SELECT 1 FROM blocks WHERE chain = ? AND sequence = ?').get(place.chain, place.sequence) !==
      undefined,
    close() {
      db.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Evidence = ReturnType<typeof openEvidence>
