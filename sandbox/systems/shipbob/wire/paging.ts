import type { SandboxResponse } from '../../shared/serve.ts'
import type { Call } from '../call.ts'
import { badRequest } from './errors.ts'

/** The five ways in which ShipBob pages (shipbob.md §3.3). Rows are rendered by the caller, those of the page alone. */
type Page = <T>(call: Call, rows: readonly T[], render: (row: T) => object) => SandboxResponse

const least = (value: number | undefined, otherwise: number, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(value ?? otherwise)))

const headersOf = (page: number, size: number, total: number) => ({
  'page-number': String(page),
  'page-size': String(size),
  'total-count': String(total),
  'total-pages': String(Math.max(1, Math.ceil(total / size))),
})

/** Page and Limit; a bare array with headers (receiving, order). */
export const numbered: Page = (call, rows, render) => {
  const size = least(call.query.number('Limit'), 50, 250)
  const page = least(call.query.number('Page'), 1, 1_000_000)
  const some = rows.slice((page - 1) * size, page * size)
  const more = page * size < rows.length
  const filters = new URLSearchParams({ ...call.query.filters(), Page: String(page + 1), Limit: String(size) })
  return {
    status: 200,
    headers: { ...headersOf(page, size, rows.length), ...(more ? { 'next-page': `${call.path}?${filters}` } : {}) },
    body: some.map(render),
  }
}

/** Cursor is the number of a page; absolute links and headers (return). */
export const numberCursor: Page = (call, rows, render) => {
  const size = least(call.query.number('Limit'), 50, 250)
  const page = least(call.query.number('Cursor'), 1, 1_000_000)
  const last = Math.max(1, Math.ceil(rows.length / size))
  const link = (n: number) =>
    `${call.origin}/${call.version.name}${call.path}?${new URLSearchParams({ ...call.query.filters(), Cursor: String(n), Limit: String(size) })}`
  return {
    status: 200,
    headers: headersOf(page, size, rows.length),
    body: {
      first: link(1),
      items: rows.slice((page - 1) * size, page * size).map(render),
      last: link(last),
      next: page < last ? link(page + 1) : null,
      prev: page > 1 ? link(page - 1) : null,
    },
  }
}

/** What an opaque cursor says: where to go on, and with which filters, since a link repeats none. */
interface Position {
  o: number
  f?: Record<string, string>
}
const encode = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url')
export function decode(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Position
  } catch {
    throw badRequest()
  }
}

/** The filters of a request; of a page that a cursor leads to, those the list began with. */
export function filtersOf(call: Call): URLSearchParams {
  const position = decode(call.query.text('Cursor'))
  return new URLSearchParams(position?.f ?? call.query.filters())
}

/** PageSize and a cursor in a relative link that lacks the version (product, inventory). */
export const linked: Page = (call, rows, render) => {
  const size = least(call.query.number('PageSize'), 50, 250)
  const { o: at = 0, f: kept } = decode(call.query.text('Cursor')) ?? {}
  const filters = kept ?? call.query.filters()
  const f = Object.keys(filters).length > 0 ? { f: filters } : {}
  const link = (o: number) => `${call.path}?pageSize=${size}${o > 0 ? `&cursor=${encode({ o, ...f })}` : ''}`
  const end = at + size
  const lastAt = Math.floor(Math.max(0, rows.length - 1) / size) * size
  return {
    status: 200,
    body: {
      first: rows.length > 0 ? link(0) : null,
      items: rows.slice(at, end).map(render),
      last: end < rows.length ? link(lastAt) : null,
      next: end < rows.length ? link(end) : null,
      prev: at > 0 ? link(Math.max(0, at - size)) : null,
    },
  }
}

/** RecordsPerPage and a link with the version (channel, webhook). */
export const records: Page = (call, rows, render) => {
  const size = least(call.query.number('RecordsPerPage'), 50, 250)
  const at = decode(call.query.text('Cursor'))?.o ?? 0
  const link = (o: number) => `/${call.version.name}${call.path}?RecordsPerPage=${size}&Cursor=${encode({ o })}`
  return {
    status: 200,
    body: {
      items: rows.slice(at, at + size).map(render),
      next: at + size < rows.length ? link(at + size) : null,
      prev: at > 0 ? link(Math.max(0, at - size)) : null,
    },
  }
}

/** Bare tokens, which stand for all filters (invoices, transactions). */
export const tokens =
  (size: number | undefined): Page =>
  (call, rows, render) => {
    const { o: at = 0, f: kept } = decode(call.query.text('Cursor')) ?? {}
    const most = least(Number(kept?.pageSize ?? size), 100, 1_000)
    const token = (o: number) => encode({ o, f: { ...(kept ?? call.filters()), pageSize: String(most) } })
    return {
      status: 200,
      body: {
        first: token(0),
        items: rows.slice(at, at + most).map(render),
        last: token(Math.floor(Math.max(0, rows.length - 1) / most) * most),
        next: at + most < rows.length ? token(at + most) : null,
        prev: at > 0 ? token(Math.max(0, at - most)) : null,
      },
    }
  }
