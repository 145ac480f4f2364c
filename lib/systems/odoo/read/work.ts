import type { ConnectionContext } from '../../../core/connection.ts'
import type { Json, SourceDocument, SourcePage } from '../../../core/exchange.ts'
import type { Odoo } from '../rpc.ts'
import type { Stream } from '../streams.ts'
import type { PollingSettings } from './polling-settings.ts'

/** One page's work. */
export interface Work {
  odoo: Odoo
  stream: Stream
  settings: PollingSettings
  /** Ends a page by time; what rows are old is told by the server's clock. */
  clock: ConnectionContext<unknown>['clock']
  log: ConnectionContext<unknown>['log']
}

/** Archived records change too, and are asked for by name or not at all (odoo.md §4.4). */
export const withArchived = { active_test: false } as const

/** A page ends after this time even if it has few documents, so that the poller can store how far it came. */
export const pageMs = 30_000

/** As many rows as will do: most of a longer page would be read again for the next one. */
export const rowsFor = (room: number, { pageSize }: PollingSettings): number =>
  Math.min(pageSize, Math.max(100, 2 * room))

export const page = (documents: SourceDocument[], cursor: Json, more: boolean): SourcePage => ({
  documents,
  cursor,
  more,
})

/** The id in a many2one as Odoo returns it: [id, "name"], a bare id, or false. */
export function idIn(value: Json | undefined): number | undefined {
  const id = Array.isArray(value) ? value[0] : value
  return typeof id === 'number' ? id : undefined
}
