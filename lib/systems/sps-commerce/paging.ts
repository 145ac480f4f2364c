import { Failure } from '../../core/failures.ts'
import type { Call, Client } from './client.ts'
import { parseJson, UnreadableText } from './rsx/text.ts'

/** One page of a collection (sps-commerce.md §5). */
export interface Page {
  results: unknown[]
  /** Opaque; percent-encoded by the client, never built or decoded. Absent on the last page. */
  next?: string
  /** The query of `next.url`, for lists that page by offset. */
  nextQuery?: URLSearchParams
  /** Offset paging: where the next page begins. */
  nextOffset?: number
}

/** Reads one page. `results: null` counts as empty; an array without an envelope is the whole list. */
export async function readPage(client: Client, call: Call): Promise<Page> {
  return pageOf(readBody(call, (await client.send(call)).body))
}

/** Long integers inside a document are identifiers: they stay exact. */
export function readBody(call: Call, bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error
    throw new Failure('transient', 'SPS_ANSWER_UNREADABLE', `${call.method} ${call.path}: the answer is no JSON.`)
  }
}

type Body = { readonly [name: string]: unknown }
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

export function pageOf(body: unknown): Page {
  if (Array.isArray(body)) return { results: body }
  if (!isBody(body)) return { results: [] }
  const results = Array.isArray(body.results) ? (body.results as unknown[]) : []
  const paging = isBody(body.paging) ? body.paging : {}
  const next = isBody(paging.next) ? paging.next : {}
  const cursor = typeof next.cursor === 'string' && next.cursor !== '' ? next.cursor : undefined
  const query = typeof next.url === 'string' ? queryOf(next.url) : undefined
  const total = Number(paging.totalCount ?? paging.total_count)
  const end = Number(paging.offset) + results.length
  return {
    results,
    ...(cursor === undefined ? {} : { next: cursor }),
    ...(query === undefined ? {} : { nextQuery: query }),
    ...(cursor === undefined && results.length > 0 && end < total ? { nextOffset: end } : {}),
  }
}

const queryOf = (url: string): URLSearchParams | undefined =>
  URL.canParse(url, 'https://sps.invalid') ? new URL(url, 'https://sps.invalid').searchParams : undefined
