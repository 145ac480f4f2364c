import { readFileSync } from 'node:fs'
import type { Json, SourceDocument, Write, WriteContext } from '../../../lib/core/exchange.ts'
import { parse } from '../../../lib/systems/sps-commerce/parse.ts'
import { createReader } from '../../../lib/systems/sps-commerce/reader.ts'
import { type Settings, settings } from '../../../lib/systems/sps-commerce/settings.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import {
  type SpsSandbox,
  type SpsSandboxOptions,
  sandboxKeys,
  start,
} from '../../../sandbox/systems/sps-commerce/index.ts'
import { memoryConnection } from '../../support/connection.ts'

export type Style = Settings['apiStyle']
export const styles: Style[] = ['fulfillment', 'transactions']

const folder = new URL('../../fixtures/sps-commerce/', import.meta.url)
export const fixtureText = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
// biome-ignore lint/suspicious/noExplicitAny: a fixture is looked into freely
export const fixture = (name: string): any => JSON.parse(fixtureText(name))

const everyType = [
  'purchase-order',
  'purchase-order-change',
  'acknowledgement',
  'advance-ship-notice',
  'warehouse-receipt',
  'product-activity',
  'inventory-advice',
]

/** Sandbox and connection of one style, of a deployment that takes every type. Small waits: the jitter is drawn near zero. */
export async function startSps(
  style: Style,
  given: Record<string, unknown> = {},
  options: Omit<SpsSandboxOptions, 'clock'> = {},
) {
  const clock = createSandboxClock(undefined, Date.parse('2026-10-05T12:00:00Z'))
  const sps = await start({ clock, ...options })
  const connect = (over: Record<string, unknown> = {}) =>
    memoryConnection<Settings>(
      settings.parse({
        apiStyle: style,
        baseUrl: sps.url,
        tokenUrl: `${sps.url}${style === 'fulfillment' ? '/authorization/v1/token' : '/oauth/token'}`,
        ...given,
        ...over,
      }),
      { ...sandboxKeys },
      { clock, random: () => 0.002, wanted: everyType },
    )
  return { sps, clock, connection: connect(), connect }
}

/** Polls every stream until nothing more is there, as the pipeline does: acknowledge a page, then keep its cursor. */
export async function pollAll(
  connection: Parameters<typeof createReader>[0],
  cursors: Map<string, Json> = new Map(),
): Promise<SourceDocument[]> {
  const reader = createReader(connection)
  const documents: SourceDocument[] = []
  for (const stream of reader.streams())
    for (let more = true, pages = 0; more; pages += 1) {
      if (pages > 50) throw new Error(`the walk of ${stream} does not end`)
      const page = await reader.readPage(stream, cursors.get(stream))
      documents.push(...page.documents)
      cursors.set(stream, page.cursor)
      if (page.receipt !== undefined) await reader.acknowledge?.(stream, page.receipt)
      more = page.more
    }
  return documents
}

/** The canonical document of a raw one; fails the test with its problems. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents freely
export function parsed(type: string, raw: unknown): { document: any; warnings: { code: string; message: string }[] } {
  const result = parse(type, raw as Json)
  if ('problems' in result) throw new Error(`refused: ${JSON.stringify(result.problems)}`)
  return result as never
}

export const problemsOf = (type: string, raw: unknown) => {
  const result = parse(type, raw as Json)
  return 'problems' in result ? result.problems : []
}

export const shipNotice = (over: Partial<Write> = {}): Write => ({
  connection: 'sps',
  operation: 'send-ship-notice',
  reference: 'SHJS-SHP-0031877',
  record: fixture('shipment-856.json'),
  ...over,
})

export const attempt = (over: Partial<WriteContext> = {}): WriteContext => ({
  documentId: 'acumatica:ship-notice:JS-SHP-0031877#1',
  correlationId: 'c',
  mayHaveWritten: false,
  deadline: Number.POSITIVE_INFINITY,
  ...over,
})

export type { SpsSandbox }
