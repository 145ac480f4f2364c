import type { Json, SourceDocument, SourceReader } from '../../../lib/core/exchange.ts'
import { createReader } from '../../../lib/systems/shipbob/reader.ts'
import { connect, type Reply, type Seen, serve } from './server.ts'

export type Row = { [field: string]: Json }

/** An account of ShipBob with no more than what the reader asks of it. */
export interface Account {
  url: string
  seen: Seen[]
  orders: Row[]
  receiving: Row[]
  boxes: Map<string, Json[]>
  returns: Row[]
  unidentified: Row[]
  invoices: Row[]
  transactions: Row[]
  subscriptions: Row[]
  /** Rows of a page at most, whatever is asked for. */
  pageSize: number
  /** The order of lists. */
  sort(rows: Row[]): Row[]
  /** Called before each answer: what happens meanwhile. */
  meanwhile(seen: Seen): void
  /** An answer in place of the account's own. */
  instead(seen: Seen): Reply | undefined
  /** Epoch milliseconds by ShipBob's clock. */
  now: number
}

export const minute = 60_000
export const at = (time: number): string => new Date(time).toISOString()
const fields = (value: Json | undefined): Row => (value as Row | undefined) ?? {}
const listed = (query: URLSearchParams, name: string): string[] | undefined => query.get(name)?.split(',')
const since = (value: Json | undefined, from: string | null): boolean =>
  from === null || (typeof value === 'string' && Date.parse(value) >= Date.parse(from))
const shipments = (order: Row): Row[] => order.shipments as Row[]

const filters: { [path: string]: (row: Row, query: URLSearchParams) => boolean } = {
  '/order': (order, query) =>
    (listed(query, 'IDs')?.includes(String(order.id)) ?? true) &&
    (query.get('HasTracking') === null || shipments(order).some(({ tracking }) => tracking !== null)) &&
    shipments(order).some((one) => since(one.last_tracking_update_at, query.get('LastTrackingUpdateStartDate'))) &&
    shipments(order).some((one) => since(one.last_update_at, query.get('LastUpdateStartDate'))),
  '/receiving': (order, query) =>
    (listed(query, 'IDs')?.includes(String(order.id)) ?? true) &&
    (listed(query, 'Statuses')?.includes(String(order.status)) ?? true) &&
    (query.get('ExternalSync') === null || order.external_sync_timestamp === null),
  '/return': (row, query) =>
    (listed(query, 'Ids')?.includes(String(row.id)) ?? true) &&
    since(row.completed_date, query.get('CompletedStartDate')) &&
    since(row.insert_date, query.get('StartDate')),
  '/unidentified-receiving-order': () => true,
  '/invoices': ({ invoice_date }, query) =>
    since(invoice_date, query.get('FromDate')) &&
    Date.parse(String(invoice_date)) <= Date.parse(query.get('ToDate') ?? '9999-01-01'),
}

/** A page by number: the dialects differ in how they tell of the next one. */
function pageOf(of: Account, path: string, all: Row[], query: URLSearchParams): Reply {
  const asked = Number(query.get('Limit') ?? query.get('PageSize') ?? 50)
  const size = Math.min(asked, of.pageSize)
  const number = Number(query.get('Page') ?? query.get('Cursor')?.replace('token-', '') ?? 1)
  const pages = Math.max(1, Math.ceil(all.length / size))
  const rows = all.slice((number - 1) * size, number * size)
  const headers = {
    date: new Date(of.now).toUTCString(),
    'page-number': String(number),
    'page-size': String(size),
    'total-pages': String(pages),
    'total-count': String(all.length),
  }
  if (!['/return', '/invoices', '/webhook'].includes(path)) return { headers, body: rows }
  const token =
    path === '/invoices' ? `token-${number + 1}` : `https://elsewhere.example.com${path}?Cursor=${number + 1}`
  return { headers: { date: headers.date }, body: { items: rows, next: number < pages ? token : null, prev: null } }
}

function answer(of: Account, { url }: Seen): Reply {
  const { pathname, searchParams } = new URL(url, 'http://shipbob.example.com')
  const path = pathname.replace(/^\/[^/]+/, '')
  const lists: { [path: string]: Row[] } = {
    '/order': of.orders,
    '/receiving': of.receiving,
    '/return': of.returns,
    '/unidentified-receiving-order': of.unidentified,
    '/invoices': of.invoices,
    '/webhook': of.subscriptions,
  }
  const list = lists[path]
  if (list) {
    const filter = filters[path] ?? (() => true)
    return pageOf(of, path, of.sort(list.filter((row) => filter(row, searchParams))), searchParams)
  }
  const [, kind, id, part] = path.split('/')
  const found =
    part === 'boxes'
      ? of.boxes.get(id ?? '')
      : part === 'transactions'
        ? { items: of.transactions.filter((one) => String(one.invoice_id) === id), next: null }
        : kind === 'shipment'
          ? of.orders.flatMap(shipments).find((one) => String(one.id) === id)
          : undefined
  const headers = { date: new Date(of.now).toUTCString() }
  return found === undefined ? { status: 404, headers, body: { title: 'Not Found' } } : { headers, body: found }
}

/** An account with nothing in it, at nine in the morning. */
export async function openAccount(): Promise<Account> {
  const of: Account = {
    ...{ url: '', seen: [], orders: [], receiving: [], boxes: new Map(), returns: [], unidentified: [], invoices: [] },
    ...{ transactions: [], subscriptions: [], pageSize: 1_000 },
    sort: (rows) => rows,
    meanwhile: () => {},
    instead: () => undefined,
    now: Date.parse('2026-09-21T09:00:00Z'),
  }
  const server = await serve((seen) => {
    of.meanwhile(seen)
    return of.instead(seen) ?? answer(of, seen)
  })
  of.url = server.url
  of.seen = server.seen
  return of
}

export const allTypes = ['shipment', 'receiving-progress', 'unidentified-receipt', 'customer-return', 'service-invoice']

/** A reader of an account, with ShipBob's clock and without a limit to its requests. */
export const readerOf = (
  of: Account,
  given: Record<string, unknown> = {},
  over: Parameters<typeof connect>[2] = {},
): SourceReader =>
  createReader(
    connect(of.url, given, {
      wanted: allTypes,
      clock: { now: () => of.now },
      limiter: { take: async () => {} },
      ...over,
    }),
  )

/** What a poller does: pages until there are no more; cursors by stream. */
export interface Poller {
  reader: SourceReader
  cursors: Map<string, Json>
  captured: Map<string, SourceDocument>
}

export const poller = (reader: SourceReader): Poller => ({ reader, cursors: new Map(), captured: new Map() })

/** As the ledger tells one arrival from another. */
export const idOf = ({ type, key, version, hash, arrival }: SourceDocument): string =>
  [type, key, version, hash, arrival].join('|')

/** Polls one stream and gives what is new, as the ledger would find. */
export async function poll({ reader, cursors, captured }: Poller, stream: string): Promise<SourceDocument[]> {
  const news: SourceDocument[] = []
  if (reader.idle?.(stream, cursors.get(stream))) return news
  for (let more = true; more; ) {
    const page = await reader.readPage(stream, cursors.get(stream))
    for (const document of page.documents) {
      if (!captured.has(idOf(document))) news.push(document)
      captured.set(idOf(document), document)
    }
    // A cursor is stored as JSON.
    cursors.set(stream, JSON.parse(JSON.stringify(page.cursor)) as Json)
    more = page.more
  }
  return news
}

export const namesOf = (documents: readonly SourceDocument[]): string[] => documents.map(({ key }) => key)

/** An order with one shipment in a state, as of a time. */
export function orderOf(id: number, status: string, time: number, more: Row = {}): Row {
  const tracked = status === 'LabeledCreated' || status === 'Completed'
  const shipment = {
    ...{ id: id * 10, order_id: id, status, status_details: [], created_date: '2026-09-20T08:00:00Z' },
    ...{ last_update_at: at(time), last_tracking_update_at: tracked ? at(time) : null, delivery_date: null },
    tracking: tracked ? { carrier: 'UPS', tracking_number: `1Z${id}` } : null,
    products: [{ id: 1, sku: 'MUG-BLU-01', inventory_items: [{ id: 21705372, quantity: 1 }] }],
    ...fields(more.shipment),
  }
  const { shipment: _, ...rest } = more
  return { id, reference_id: `SO-${id}`, channel: { id: 318204 }, shipments: [shipment], ...rest }
}
