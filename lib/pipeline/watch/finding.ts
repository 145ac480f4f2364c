import type { DocumentRef } from '../ledger/ledger.ts'

/** What did not happen, or soon will not: each is an event of this name on the bus, and a value of a metric. */
export const watchKinds = [
  /** A document that was captured and came to no end. */
  'DocumentStuck',
  /** What should have followed a document by now did not. */
  'DeadlineMissed',
  /** A stream that gave documents gives none any more. */
  'SourceSilent',
  /** A connection is not polled any more. */
  'PollerStopped',
  /** A system does not tell us any more that something changed. */
  'WebhookOff',
  /** A key, token or API version ends soon. */
  'KeyExpiring',
  /** A field that mappings need is not there any more. */
  'SchemaDrift',
] as const
export type WatchKind = (typeof watchKinds)[number]

/** One thing that is late, for as long as it is. */
export interface Finding {
  /** The same as long as it lasts: told once. */
  id: string
  kind: WatchKind
  /** ISO date-time since when it is late. */
  since: string
  /** For people. */
  message: string
  document?: DocumentRef
  connection?: string
  stream?: string
}
