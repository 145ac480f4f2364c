import type { Json } from '../../core/exchange.ts'
import { Failure } from '../../core/failures.ts'
import type { Answer, Client } from './client.ts'
import type { Query } from './query.ts'

/**
 * How a list is paged (shipbob.md §3.3). numbered: `Page`, a bare array, headers (receiving, order). linked: an opaque
 * cursor in a link (product, inventory). cursor-number: `Cursor` is a page number, links (return). records:
 * `RecordsPerPage` (channel, webhook). token: a bare token in `next` (invoices, transactions; with a body the token
 * stands in the query all the same).
 */
export type Dialect = 'numbered' | 'linked' | 'cursor-number' | 'records' | 'token'

/** A request for a page. With a body it is a POST that only asks (transactions:query). */
export interface PageRequest {
  path: string
  query: Query
  body?: Json
}

/** What each dialect calls its page size, and the cursor that a bare token is put into. */
const size = {
  numbered: 'Limit',
  linked: 'PageSize',
  'cursor-number': 'Limit',
  records: 'RecordsPerPage',
  token: 'PageSize',
}
const cursor = 'Cursor'

/** The rows of a page: a bare array, or `items`. */
export function rowsOf(body: Json): Json[] {
  if (Array.isArray(body)) return body
  const items = typeof body === 'object' && body !== null ? body.items : undefined
  return Array.isArray(items) ? items : []
}

/**
 * The request for the page after an answer; undefined after the last. Links may be absolute, relative, with or without
 * the version, or a bare token: only the query of a link is used, so a request never leaves the connection's own host.
 */
export function nextRequest(dialect: Dialect, request: PageRequest, answer: Answer): PageRequest | undefined {
  if (dialect === 'numbered') return nextNumbered(request, answer)
  const { body } = answer
  const next = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.next : undefined
  const text = typeof next === 'string' || typeof next === 'number' ? String(next).trim() : ''
  const query = text === '' ? undefined : queryOf(text)
  return query === undefined ? undefined : { ...request, query: merged(request.query, query) }
}

/** Headers tell how many pages there are; without them a full page may have another after it. */
function nextNumbered(request: PageRequest, { body, headers }: Answer): PageRequest | undefined {
  const rows = rowsOf(body).length
  if (rows === 0) return undefined
  const page = numberOf(headers['page-number']) ?? numberOf(request.query.Page) ?? 1
  const pages = numberOf(headers['total-pages'])
  const asked = numberOf(headers['page-size']) ?? numberOf(request.query[size.numbered])
  const more = pages === undefined ? asked !== undefined && rows >= asked : page < pages
  return more ? { ...request, query: { ...request.query, Page: page + 1 } } : undefined
}

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'number' ? value : /^\d{1,9}$/.test(String(value).trim()) ? Number(value) : Number.NaN
  return Number.isInteger(number) && number > 0 ? number : undefined
}

/** The query of a link, or the cursor that a bare token is. A link without a query leads nowhere new. */
function queryOf(next: string): Query | undefined {
  const mark = next.indexOf('?')
  if (mark < 0) return /^https?:\/\//.test(next) ? undefined : { [cursor]: next }
  const query = Object.fromEntries(new URLSearchParams(next.slice(mark + 1).replace(/#.*$/, '')))
  return Object.keys(query).length === 0 ? undefined : query
}

/** A link's own query first: a name counts whatever its case. */
function merged(asked: Query, next: Query): Query {
  const names = new Set(Object.keys(next).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(asked).filter(([name]) => !names.has(name.toLowerCase()))), ...next }
}

/** A list longer than this is taken for one that never ends. */
const mostPages = 2_000

/**
 * A list page by page, as it is read. Ends where a page begins with a record that an earlier one began with: cursors that
 * turn in a circle were seen (shipbob.md §3.3). Throws Failure `transient` where the list said it has more rows than came
 * until then, or does not end.
 * @param pageSize rows asked for; the server's own number where absent
 */
export async function* pages(
  client: Pick<Client, 'get' | 'post'>,
  dialect: Dialect,
  first: PageRequest,
  pageSize?: number,
): AsyncGenerator<Json[]> {
  const begun = new Set<string>()
  let request: PageRequest | undefined = {
    ...first,
    query: pageSize === undefined ? first.query : { ...first.query, [size[dialect]]: pageSize },
  }
  let count = 0
  while (request) {
    const answer: Answer = await read(client, request)
    const rows = rowsOf(answer.body)
    const total = numberOf(answer.headers['total-count'])
    const key = keyOf(rows[0])
    if (key !== undefined && begun.has(key)) {
      if (total !== undefined && count < total) throw broken(request, `page repeats after ${count} of ${total} rows`)
      return
    }
    if (begun.size >= mostPages) throw broken(request, `list does not end after ${mostPages} pages`)
    if (key !== undefined) begun.add(key)
    count += rows.length
    yield rows
    request = rows.length === 0 ? undefined : nextRequest(dialect, request, answer)
  }
}

/** The same, row by row. */
export async function* rows(...list: Parameters<typeof pages>): AsyncGenerator<Json> {
  for await (const page of pages(...list)) yield* page
}

const read = (client: Pick<Client, 'get' | 'post'>, { path, query, body }: PageRequest): Promise<Answer> =>
  body === undefined ? client.get(path, { query }) : client.post(path, { query, body, reads: true })

const ids = ['id', 'transaction_id', 'invoice_id', 'inventory_id', 'inventory_audit_event_id']

/** What tells a page's first row from others. */
function keyOf(row: Json | undefined): string | undefined {
  if (row === undefined) return undefined
  const fields = typeof row === 'object' && row !== null && !Array.isArray(row) ? row : {}
  const id = ids.map((name) => fields[name]).find((value) => typeof value === 'number' || typeof value === 'string')
  return id === undefined ? JSON.stringify(row) : String(id)
}

const broken = ({ path }: PageRequest, why: string): Failure =>
  new Failure('transient', 'SHIPBOB_PAGING_BROKEN', `GET ${path}: the ${why}.`)
