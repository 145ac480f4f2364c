import type { Config } from '../../lib/config/config.ts'
import type { DocumentPreview } from './preview.ts'

/** What writes at a connection cost, nearly. */
export interface Effort {
  connection: string
  writes: number
  /** Requests to the system, look-ups included. */
  requests: number
  seconds: number
}

/**
 * Of one write: requests with its look-ups, and seconds of one request, as a quiet system of the kind answers. An account
 * with a limit of its own says so.
 */
const usual: Readonly<Record<string, { requests: number; seconds: number; perMinute?: number }>> = {
  acumatica: { requests: 3, seconds: 0.8 },
  odoo: { requests: 9, seconds: 0.15 },
  'sps-commerce': { requests: 2, seconds: 0.4 },
  // 150 requests a minute for the whole account (shipbob.md §3.2).
  shipbob: { requests: 4, seconds: 0.4, perMinute: 150 },
}

/** What a replay costs each connection, and how long it takes at that account's rate and number of writers. */
export function effortOf(previews: readonly DocumentPreview[], config: Config): Effort[] {
  const writes = new Map<string, number>()
  for (const { calls } of previews)
    for (const [connection, n] of Object.entries(calls)) writes.set(connection, (writes.get(connection) ?? 0) + n)
  return [...writes].map(([connection, n]) => {
    const configured = config.connections[connection]
    const one = usual[configured?.system ?? ''] ?? { requests: 3, seconds: 0.5 }
    const requests = n * one.requests
    const own = configured?.settings.requestsPerMinute
    const perMinute = typeof own === 'number' ? own : (one.perMinute ?? Number.POSITIVE_INFINITY)
    const working = (requests * one.seconds) / (configured?.writers ?? 1)
    return { connection, writes: n, requests, seconds: Math.ceil(Math.max(working, (requests / perMinute) * 60)) }
  })
}
