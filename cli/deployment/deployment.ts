import type { Clock } from '../../lib/core/exchange.ts'
import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import type { HeadStore } from '../../lib/pipeline/ledger/audit/heads.ts'
import type { BlobStore, ItemStore } from '../../lib/pipeline/ledger/items.ts'
import type { Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import type { StateStore } from '../../lib/pipeline/state.ts'
import type { TableStore } from '../../lib/pipeline/tables.ts'
import type { Agenda } from '../../lib/pipeline/watch/agenda.ts'

/** A queue with its dead-letter queue. */
export interface QueuePair {
  url: string
  deadLettersUrl: string
}

/** What a command works on: a run on this machine or a deployed stack, alike. */
export interface Deployment {
  /** For people: "the run in .ml-connector/last-run", "stack ml-connector-acme-prod". */
  title: string
  /** True for a run on this machine: reading its whole ledger costs nothing. */
  local: boolean
  /** The configuration it was made of, where that is known here. */
  configFile?: string
  /** The time of a sample's systems, which is their own. */
  time?: Clock
  /** The arguments by which another command means the same one. */
  arguments: string[]
  ledger: Ledger
  /** The ledger's items as they are stored, and the noted heads of its audit chains. */
  audit: AuditedStores
  agenda: Agenda
  tables: TableStore
  state: StateStore
  aws: AwsApi
  documents: QueuePair
  /** Push queue, system and secret by connection. */
  connections: Readonly<Record<string, DeployedConnection>>
  /**
   * Lets the functions work on what waits in the queues, until nothing moves; a deployed stack does that by itself,
   * and false is returned.
   */
  settle(): Promise<boolean>
  close(): Promise<void>
}

/** What `audit verify` reads, past everything that would make sense of it. */
export interface AuditedStores {
  items: ItemStore
  blobs: BlobStore
  heads: HeadStore
}

/** A connection as its deployment made it. */
export interface DeployedConnection extends QueuePair {
  system: string
  /** The event source mapping that has the pusher work on its queue. */
  eventSourceMapping: string
  /** Name of the schedule that polls it; absent where nothing is read from it. */
  schedule?: string
  secretArn: string
  /** Where the tokens are that the system issued; absent where it stores none. */
  tokenSecretArn?: string
  /** Absent where its system cannot tell us that something changed. */
  webhook?: { url: string; secretArn: string }
}

/** Where a command is told to work. */
export interface Where {
  state?: string
  stack?: string
  outputs?: string
  profile?: string
  region?: string
}
