import type { Json } from '../core/exchange.ts'

/** Where a stream stands. `revision` is the condition of the next write: two pollers cannot both move it. */
export interface StoredCursor {
  cursor: Json
  revision: number
  /** Arrivals on the page read last: a source whose last page is read again costs nothing for what is known. */
  seen?: string[]
  /**
   * What the page being taken is about to capture. A poller that dies between storing and enqueueing leaves it here:
   * the source may show another state of the record by the next poll, and nobody would enqueue this one.
   */
  pending?: { documentId: string; number: string; group: string; deliveries?: readonly string[] }[]
  /** ISO date-times: last successful page, last page that held a document. */
  polledAt: string
  lastDocumentAt?: string
}

/** A connection as its workers see it. `down` waits for a person, or for a poll or a probe that works again. */
export interface ConnectionState {
  status: 'up' | 'down'
  since: string
  /** Failure code and message of what took it down. */
  code?: string
  message?: string
  /** Whether reading or writing found it down. */
  by?: 'read' | 'write'
  /** How often it was taken for working since a write failed, and no write has been delivered since. */
  trials?: number
  /** ISO date-time of the last probe that failed. */
  probedAt?: string
}

/** A person has switched a connection off: nothing is read from it or written to it. */
export interface Pause {
  /** ISO date-time. */
  since: string
  by: string
  why: string
}

/**
 * The pipeline's small mutable state: cursors, leases, pauses, connection states. One item each, no history.
 * Leases end by themselves: a worker that dies holds nobody up for longer than its time limit.
 */
export interface StateStore {
  cursor(connection: string, stream: string): Promise<StoredCursor | undefined>
  /** False where somebody else moved it meanwhile. */
  moveCursor(connection: string, stream: string, cursor: StoredCursor, expected: number): Promise<boolean>
  /** Every stream's cursor of a connection, for status. */
  cursors(connection: string, streams: string[]): Promise<Record<string, StoredCursor>>

  /** True where the lease is ours until `until` (epoch milliseconds). */
  lease(name: string, owner: string, until: number): Promise<boolean>
  release(name: string, owner: string): Promise<void>

  pausedUntil(connection: string): Promise<number>
  /** Never shortens a pause. */
  pause(connection: string, until: number): Promise<void>

  connection(name: string): Promise<ConnectionState | undefined>
  setConnection(name: string, state: ConnectionState): Promise<void>

  /** Absent where nobody has paused the connection. */
  paused(connection: string): Promise<Pause | undefined>
  setPaused(connection: string, pause: Pause | undefined): Promise<void>

  /** Something small that one worker keeps for itself or for another, by name. Whoever writes it is alone in doing so. */
  record<T extends object>(name: string): Promise<T | undefined>
  keepRecord(name: string, value: object): Promise<void>
}
