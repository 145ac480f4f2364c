import * as z from 'zod'
import type { Json, SourceDocument, SourcePage } from '../../../lib/core/exchange.ts'
import { Failure } from '../../../lib/core/failures.ts'
import { contentHash } from '../../../lib/core/hash.ts'
import { type PollingSettings, pollingSettings } from '../../../lib/systems/odoo/read/polling-settings.ts'
import type { Work } from '../../../lib/systems/odoo/read/work.ts'
import type { Odoo, OdooRecord } from '../../../lib/systems/odoo/rpc.ts'
import type { Stream } from '../../../lib/systems/odoo/streams.ts'
import type { WriteDateServer } from './write-date-server.ts'

export const morning = Date.parse('2026-10-05T11:20:00.000Z')

/** Orders with lines: a line's change does not touch its order. A header does not tell the order's `value`. */
export const orders: Stream = {
  name: 'orders',
  types: ['order'],
  model: 'order',
  domain: [['state', '!=', 'draft']],
  headerFields: ['id', 'name', 'state', 'write_date'],
  children: [{ model: 'line', parent: 'order_id', domain: [] }],
  eligible: (record) => record.state === 'done',
  deletable: true,
  dateField: 'date',
  readFull: async (odoo, ids) => {
    const records = await odoo.read('order', ids, [])
    const lines = await odoo.searchRead('line', [['order_id', 'in', [...ids]]], { fields: [], order: 'id asc' })
    return records.filter((r) => r.state === 'done').map((record) => documentOf(record, lines))
  },
  deleted: (id, number) => ({ ...documentOf({ id, name: number, state: 'deleted' }, []), version: '9' }),
}

/** The same, where the server stumbles over some records. */
export const failing = (bad: readonly number[]): Stream => ({
  ...orders,
  readFull: (odoo, ids) => {
    if (ids.some((id) => bad.includes(id))) throw new Failure('transient', 'ODOO_FAULT', 'Expected singleton')
    return orders.readFull(odoo, ids)
  },
})

function documentOf(record: OdooRecord, all: readonly OdooRecord[]): SourceDocument {
  const lines = all.filter((line) => line.order_id === record.id)
  const hash = contentHash(contentOf(record, lines))
  const version =
    [record, ...lines]
      .map((r) => String(r.write_date ?? ''))
      .sort()
      .at(-1) ?? ''
  return {
    type: 'order',
    key: `order/${record.id}`,
    number: String(record.name ?? record.id),
    group: `order/${record.id}`,
    version,
    hash,
    arrival: `${record.id}@${version}+${hash}`,
    raw: { order: [record], line: lines },
  }
}

/** Orders on the server, committed at once. */
export const ordersAt = (from: number, count: number, over: { [field: string]: Json } = {}) =>
  Array.from({ length: count }, (_, i) => ({
    model: 'order',
    id: from + i,
    values: { name: `PO${String(from + i).padStart(5, '0')}`, state: 'done', value: 0, date: '2026-10-01', ...over },
  }))

/** What an order says: its own value and its lines' values. */
export const contentOf = (record: OdooRecord, lines: readonly OdooRecord[]): Json => [
  record.state ?? '',
  record.value ?? null,
  ...lines.filter((line) => line.order_id === record.id).map((line) => [line.id, line.value ?? null]),
]

export const settingsFor = (over: Partial<PollingSettings> = {}): PollingSettings => ({
  ...z.object(pollingSettings).parse({}),
  ...over,
})

export const workOn = (odoo: Odoo, over: Partial<PollingSettings> = {}, stream: Stream = orders): Work => ({
  odoo,
  stream,
  settings: settingsFor(over),
  clock: { now: () => (odoo as WriteDateServer).now },
  log: { info() {}, warn() {}, error() {} },
})

/** A poller without a ledger: keeps the cursor and what is new, like lib/pipeline/poll.ts, and may die in between. */
export class Poller {
  cursor: Json | undefined
  /** Every arrival once, in the order in which it was enqueued. */
  readonly documents: SourceDocument[] = []
  readonly #seen = new Set<string>()
  readonly #read: (cursor: Json | undefined) => Promise<SourcePage>
  constructor(read: (cursor: Json | undefined) => Promise<SourcePage>) {
    this.#read = read
  }

  /** Reads a page and stores it. True where another one is ready. */
  async page(): Promise<boolean> {
    const page = await this.#read(this.cursor)
    this.#take(page)
    this.cursor = JSON.parse(JSON.stringify(page.cursor)) as Json
    return page.more
  }

  /** Dies after the documents are stored and before the cursor is, or before both. */
  async crash(stored: boolean): Promise<void> {
    const page = await this.#read(this.cursor)
    if (stored) this.#take(page)
  }

  async poll(): Promise<SourceDocument[]> {
    const before = this.documents.length
    while (await this.page());
    return this.documents.slice(before)
  }

  /** The content enqueued last for a record. */
  last(key: string): Json | undefined {
    const raw = this.documents.findLast((document) => document.key === key)?.raw as
      | { order: OdooRecord[]; line: OdooRecord[] }
      | undefined
    return raw?.order[0] && contentOf(raw.order[0], raw.line)
  }

  get numbers(): string[] {
    return this.documents.map(({ number }) => number)
  }

  #take({ documents }: SourcePage): void {
    for (const document of documents) {
      const identity = `${document.key}#${document.version}#${document.hash}#${document.arrival}`
      if (this.#seen.has(identity)) continue
      this.#seen.add(identity)
      this.documents.push(document)
    }
  }
}
