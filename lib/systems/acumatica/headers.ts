import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { Exchange } from './client.ts'
import { shift } from './cursor.ts'
import { list } from './entities.ts'
import { all, moment, quoted } from './odata.ts'
import { type ApiRecord, identifier, lastModified } from './records.ts'
import type { Stream } from './streams.ts'

/** A row of a header-only read: what decides whether the record is read in full. */
export interface Header {
  key: string
  stamp: string
  record: ApiRecord
}

/** As far as the cursor knows: `upper` is fixed by the window's first page. */
export interface Position {
  watermark: string
  window?: { from: string; upper?: string | undefined } | undefined
  /** Key after which to go on. */
  last?: string | undefined
}

export interface Headers {
  /** In ascending order of their keys, none later than `upper`. */
  rows: Header[]
  upper: string
  /** The last key looked at, rows left to the next poll included. */
  last: string | undefined
  /** False where another page follows. */
  complete: boolean
}

/**
 * One page of a window by key, never by $skip, which shifts when rows change meanwhile. undefined where the site does
 * not return ascending keys: then the window has to be read with `readUnsorted` (acumatica.md §5, step 3).
 */
export async function readByKey(exchange: Exchange, stream: Stream, at: Position): Promise<Headers | undefined> {
  const { pageSize } = exchange.settings
  const after = at.last === undefined ? undefined : `${stream.keyField} gt ${quoted(at.last)}`
  const page = await list(exchange, stream.entity, {
    filter: all(windowFilter(stream, at, at.window?.upper), after),
    ...stream.header,
    top: pageSize,
  })
  const rows = page.rows.map((record) => toHeader(record, stream))
  const keys = [...(at.last === undefined ? [] : [at.last]), ...rows.map((row) => row.key)]
  if (keys.some((key, i) => i > 0 && order(keys[i - 1] ?? '', key) >= 0)) return undefined
  const upper = at.window?.upper ?? upperOf(exchange, page.serverTime)
  return {
    rows: rows.filter((row) => row.stamp <= upper),
    upper,
    last: rows.at(-1)?.key ?? at.last,
    complete: rows.length < pageSize,
  }
}

/** How often an unsorted window is read at most until two readings agree. */
const readings = 6

/** A whole window with $skip, until a page is empty, and again until two readings agree: rows move while it is read. */
export async function readUnsorted(exchange: Exchange, stream: Stream, at: Position): Promise<Headers> {
  const upper = at.window?.upper ?? upperOf(exchange, await serverNow(exchange, stream))
  const filter = windowFilter(stream, at, upper)
  let before: string | undefined
  for (let reading = 0; reading < readings; reading += 1) {
    const found = new Map<string, Header>()
    for (let skip = 0; ; skip += exchange.settings.pageSize) {
      const query = { filter, ...stream.header, top: exchange.settings.pageSize, ...(skip > 0 ? { skip } : {}) }
      const page = await list(exchange, stream.entity, query)
      if (page.rows.length === 0) break
      for (const record of page.rows) {
        const row = toHeader(record, stream)
        found.set(row.key, row)
      }
    }
    const rows = [...found.values()].sort((a, b) => order(a.key, b.key))
    const picture = rows.map((row) => `${row.key}@${row.stamp}`).join('\n')
    if (picture === before) {
      const rest = rows.filter((row) => at.last === undefined || order(at.last, row.key) < 0)
      return { rows: rest, upper, last: rest.at(-1)?.key ?? at.last, complete: true }
    }
    before = picture
  }
  throw new Failure(
    'transient',
    'ACUMATICA_UNSETTLED',
    `${stream.entity} changed all the time while it was read, and the site does not sort by key.`,
  )
}

/** The server's time now, by its own clock. */
export async function serverNow(exchange: Exchange, stream: Stream): Promise<number | undefined> {
  const filter = fixedFilter(stream)
  const query = { select: [stream.keyField], top: 1, ...(filter === undefined ? {} : { filter }) }
  return (await list(exchange, stream.entity, query)).serverTime
}

/** Rows younger than the lag may belong to transactions still under way: they wait for the next poll. */
const upperOf = (exchange: Exchange, serverTime: number | undefined): string =>
  shift(new Date(serverTime ?? exchange.now()).toISOString(), -exchange.settings.lagSeconds * 1000)

const fixedFilter = (stream: Stream): string | undefined =>
  stream.fixed && `${stream.fixed.field} eq ${quoted(stream.fixed.value)}`

/** `ge`, not `gt`: with `gt`, rows that share the boundary's stamp are lost. */
const windowFilter = (stream: Stream, at: Position, upper: string | undefined): string =>
  all(
    fixedFilter(stream),
    `${stream.changed} ge ${moment(at.window?.from ?? at.watermark)}`,
    upper === undefined ? undefined : `${stream.changed} le ${moment(upper)}`,
  )

const order = (a: string, b: string): number => {
  const [left, right] = [a.toUpperCase(), b.toUpperCase()]
  return left < right ? -1 : left > right ? 1 : 0
}

function toHeader(record: ApiRecord, stream: Stream): Header {
  const key = identifier(record, stream.keyField)
  const stamp = lastModified(record)
  if (key !== undefined && stamp !== undefined) return { key, stamp, record }
  const lacking = key === undefined ? stream.keyField : 'its last modification'
  throw new ConfigurationError([
    {
      code: 'ACUMATICA_ENDPOINT',
      message: `The endpoint does not return ${lacking} of a ${stream.entity}. Add the field to it, or set basedOn.`,
      path: 'settings.endpoint',
    },
  ])
}
