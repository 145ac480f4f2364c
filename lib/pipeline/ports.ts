import type { Logger } from '../core/connection.ts'
import type { DocumentMessage, PushMessage } from './messages.ts'

/** Sends to the documents queue and the push queues. Throws where SQS did not take every message. */
export interface Outbox {
  /** `thread` is the FIFO group: documents of one thread stay in order. */
  toMapper(messages: { thread: string; message: DocumentMessage; nonce?: string }[]): Promise<void>
  toPusher(
    connection: string,
    messages: { thread: string; message: Omit<PushMessage, 'thread'>; nonce?: string }[],
  ): Promise<void>
}

/** What a customer can subscribe to on the event bus. */
export interface DocumentNotice {
  kind: 'DocumentsDelivered' | 'DocumentsHeld' | 'DocumentsFailed' | 'DocumentsUndone'
  documentId: string
  number: string
  integration: string
  flow: string
  type: string
  targetNumbers?: string[]
  codes?: string[]
}

export interface Notices {
  add(notice: DocumentNotice): void
  connection(kind: 'ConnectionDown' | 'ConnectionUp', connection: string, code: string, message: string): void
  /** Sends what was collected: one event a kind and invocation. Never fails the work it reports on. */
  flush(): Promise<void>
}

export type MetricName =
  | 'DocumentsCaptured'
  | 'DocumentsDelivered'
  | 'DocumentsHeld'
  | 'DocumentsSkipped'
  | 'AttemptsFailed'
  | 'PollFailures'
  | 'TokenFailures'
  | 'ConnectionDown'
  /** What did not happen, by kind of finding (watch/finding.ts). */
  | 'Late'

export interface Metrics {
  count(name: MetricName, value: number, dimensions: Record<string, string>): void
}

export interface Observability {
  log: Logger
  metrics: Metrics
  notices: Notices
}
