import { eventSource } from '../../config/limits.ts'
import type { Logger } from '../../core/connection.ts'
import type { DocumentNotice, Notices } from '../ports.ts'
import type { AwsApi } from './api.ts'

/** An entry may be 256 KB; this many documents stay well below it. */
const documentsPerEvent = 100
const entriesPerCall = 10

interface Entry {
  kind: string
  detail: object
}

/** Puts events on the bus. Throws where one of them was not taken; others may have been. */
export async function putEvents(api: AwsApi, bus: string, entries: readonly Entry[]): Promise<void> {
  for (let i = 0; i < entries.length; i += entriesPerCall) {
    const { FailedEntryCount = 0 } = await api.call<{ FailedEntryCount?: number }>('events', 'PutEvents', {
      Entries: entries.slice(i, i + entriesPerCall).map(({ kind, detail }) => ({
        EventBusName: bus,
        Source: eventSource,
        DetailType: kind,
        Detail: JSON.stringify(detail),
      })),
    })
    if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} events were not taken`)
  }
}

/**
 * Events on the deployment's bus: detail types DocumentsDelivered, DocumentsHeld, DocumentsFailed and DocumentsUndone with a
 * list of documents (one event a kind and invocation: a tenth of the price of one each), ConnectionDown and ConnectionUp.
 * They are notifications, sent after the ledger was written; one that cannot be sent is logged, not repeated.
 */
export function busNotices(api: AwsApi, bus: string, log: Logger): Notices {
  let documents: DocumentNotice[] = []
  let connections: { kind: string; detail: object }[] = []
  return {
    add: (notice) => void documents.push(notice),
    connection: (kind, connection, code, message) =>
      void connections.push({ kind, detail: { connection, code, message } }),
    async flush() {
      const entries: Entry[] = connections.map(({ kind, detail }) => ({ kind, detail }))
      for (const [kind, notices] of Map.groupBy(documents, (d) => d.kind))
        for (let i = 0; i < notices.length; i += documentsPerEvent) {
          const part = notices.slice(i, i + documentsPerEvent).map(({ kind: _, ...rest }) => rest)
          entries.push({ kind, detail: { documents: part } })
        }
      documents = []
      connections = []
      if (entries.length === 0) return
      try {
        await putEvents(api, bus, entries)
      } catch (error) {
        log.error('events were not sent', { count: entries.length, reason: (error as Error).message })
      }
    },
  }
}
