import type { SandboxRequest } from '../shared/serve.ts'

/**
 * A page of a list by opaque cursor (sps-commerce.md §5). Cursors hold "+", "/" and "=" on purpose, as real ones do;
 * undefined = the cursor is not one of ours.
 */
export function pageByCursor<T>(
  list: T[],
  request: SandboxRequest,
  options: { url: string; most: number; otherwise: number },
): { results: T[]; paging: object } | undefined {
  const limit = Math.min(options.most, Number(request.query.get('limit') ?? options.otherwise))
  const cursor = request.query.get('cursor')
  const start = cursor === null ? 0 : decode(cursor)
  if (start === undefined) return undefined
  const end = start + limit
  const next = end < list.length ? encode(end) : undefined
  return {
    results: list.slice(start, end),
    paging: {
      limit,
      next:
        next === undefined
          ? null
          : { cursor: next, url: `${options.url}?limit=${limit}&cursor=${encodeURIComponent(next)}` },
      previous: null,
    },
  }
}

const encode = (position: number): string => `${Buffer.from(`?>next:${position}`).toString('base64')}+/=`

function decode(cursor: string): number | undefined {
  if (!cursor.endsWith('+/=')) return undefined
  const match = /^\?>next:(\d+)$/.exec(Buffer.from(cursor.slice(0, -3), 'base64').toString())
  return match ? Number(match[1]) : undefined
}
