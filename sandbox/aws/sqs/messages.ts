import type { State } from '../state.ts'

/** A message as it lies in its queue. Times in epoch milliseconds. */
export interface Message {
  /** Orders the messages of a queue; a message that changes its queue gets a new one. */
  sequence: number
  queue: string
  id: string
  body: string
  /** Message attributes in wire form. */
  attributes: Record<string, unknown>
  group: string | null
  deduplication: string | null
  sentAt: number
  visibleAt: number
  /** How often it was received. */
  received: number
  firstReceivedAt: number | null
  /** Receipt handle of the last receive; null while it was never received, or was given back. */
  receipt: string | null
  /** ARN of the queue whose redrive policy moved it here. */
  deadLetterSource: string | null
}

/** What a queue holds now. In flight: received, neither deleted nor visible again. Delayed: not yet visible at all. */
export interface Depth {
  visible: number
  inFlight: number
  delayed: number
}

interface Row {
  sequence: number
  queue: string
  id: string
  body: string
  attributes: string
  group_id: string | null
  dedup_id: string | null
  sent_at: number
  visible_at: number
  received: number
  first_received_at: number | null
  receipt: string | null
  dead_letter_source: string | null
}

/** The messages of all queues in SQLite: single steps, to be joined in transactions. */
export interface MessageStore {
  /** Returns the sequence given. */
  insert(message: Omit<Message, 'sequence' | 'receipt'>): number
  remove(sequence: number): void
  removeAll(queue: string): void
  /** In order; in a FIFO queue without the groups that have a message in flight. */
  visible(queue: string, fifo: boolean, now: number, limit: number): Message[]
  /** Stores receives, receipt and visibility of a message received or given back. */
  update(message: Message): void
  byReceipt(queue: string, receipt: string): Message | undefined
  /** When the next message that is not visible now will be. */
  nextVisible(queue: string, now: number): number
  depth(queue: string, now: number): Depth
  all(queue: string): Message[]
  /** Makes every message in flight visible, as if it had been received `uncount` times less. */
  release(now: number, uncount: 0 | 1): void
  /** The earlier message of a deduplication id that still counts. */
  duplicate(queue: string, key: string, now: number): Pick<Message, 'id' | 'sequence'> | undefined
  remember(queue: string, key: string, message: Pick<Message, 'id' | 'sequence'>, now: number, until: number): void
}

export function createMessageStore({ db }: State): MessageStore {
  const insert = db.prepare(
    `INSERT INTO messages (queue, id, body, attributes, group_id, dedup_id, sent_at, visible_at, received,
       first_received_at, dead_letter_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const remove = db.prepare('DELETE FROM messages WHERE sequence = ?')
  const removeAll = db.prepare('DELETE FROM messages WHERE queue = ?')
  const visible = db.prepare('SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY sequence LIMIT ?')
  const visibleInOrder = db.prepare(
    `SELECT * FROM messages WHERE queue = ?1 AND visible_at <= ?2 AND group_id NOT IN (
       SELECT group_id FROM messages WHERE queue = ?1 AND receipt IS NOT NULL AND visible_at > ?2)
     ORDER BY sequence LIMIT ?3`,
  )
  const update = db.prepare(
    'UPDATE messages SET received = ?, first_received_at = ?, receipt = ?, visible_at = ? WHERE sequence = ?',
  )
  const byReceipt = db.prepare('SELECT * FROM messages WHERE sequence = ? AND queue = ? AND receipt = ?')
  const next = db.prepare('SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND visible_at > ?')
  const depth = db.prepare(
    `SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible,
       count(*) FILTER (WHERE visible_at > ?1 AND receipt IS NOT NULL) AS inFlight,
       count(*) FILTER (WHERE visible_at > ?1 AND receipt IS NULL) AS delayed FROM messages WHERE queue = ?2`,
  )
  const all = db.prepare('SELECT * FROM messages WHERE queue = ? ORDER BY sequence')
  const release = db.prepare(
    `UPDATE messages SET visible_at = ?1, receipt = NULL, received = received - ?2
     WHERE receipt IS NOT NULL AND visible_at > ?1`,
  )
  const duplicate = db.prepare(
    'SELECT message_id AS id, sequence FROM deduplications WHERE queue = ? AND key = ? AND until > ?',
  )
  const forget = db.prepare('DELETE FROM deduplications WHERE until <= ?')
  const remember = db.prepare('INSERT OR REPLACE INTO deduplications VALUES (?, ?, ?, ?, ?)')

  return {
    insert: (m) => {
      const { lastInsertRowid } = insert.run(
        m.queue,
        m.id,
        m.body,
        JSON.stringify(m.attributes),
        m.group,
        m.deduplication,
        m.sentAt,
        m.visibleAt,
        m.received,
        m.firstReceivedAt,
        m.deadLetterSource,
      )
      return Number(lastInsertRowid)
    },
    remove: (sequence) => void remove.run(sequence),
    removeAll: (queue) => void removeAll.run(queue),
    visible: (queue, fifo, now, limit) => rows((fifo ? visibleInOrder : visible).all(queue, now, limit)),
    update: (m) => void update.run(m.received, m.firstReceivedAt, m.receipt, m.visibleAt, m.sequence),
    byReceipt: (queue, receipt) => rows(byReceipt.all(Number.parseInt(receipt, 10) || 0, queue, receipt))[0],
    nextVisible: (queue, now) => (next.get(queue, now) as { at: number | null }).at ?? Number.POSITIVE_INFINITY,
    depth: (queue, now) => ({ ...(depth.get(now, queue) as unknown as Depth) }),
    all: (queue) => rows(all.all(queue)),
    release: (now, uncount) => void release.run(now, uncount),
    duplicate: (queue, key, now) => duplicate.get(queue, key, now) as Pick<Message, 'id' | 'sequence'> | undefined,
    remember: (queue, key, { id, sequence }, now, until) => {
      forget.run(now)
      remember.run(queue, key, id, sequence, until)
    },
  }
}

const rows = (found: unknown[]): Message[] =>
  (found as Row[]).map((row) => ({
    sequence: row.sequence,
    queue: row.queue,
    id: row.id,
    body: row.body,
    attributes: JSON.parse(row.attributes) as Record<string, unknown>,
    group: row.group_id,
    deduplication: row.dedup_id,
    sentAt: row.sent_at,
    visibleAt: row.visible_at,
    received: row.received,
    firstReceivedAt: row.first_received_at,
    receipt: row.receipt,
    deadLetterSource: row.dead_letter_source,
  }))
