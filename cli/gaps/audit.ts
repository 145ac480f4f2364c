import type { AuditedRecord } from '../../lib/core/audit.ts'
import type { Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import { inParallel } from '../../lib/pipeline/parallel.ts'
import type { AuditedConnection } from '../deployment/connection.ts'

/** A stream's window at its source against the ledger. */
export interface StreamAudit {
  stream: string
  /** Documents at the source. */
  total: number
  known: number
  /** Changed so lately that no poll may have seen it. */
  young: number
  missing: AuditedRecord[]
}

/** Longer than the usual schedule, a poll and the lag together. */
const youngMs = 15 * 60_000
const lookUps = 20

/** Lists a stream and looks up each document; what is known needs no more memory than its count. */
export async function auditStream(
  { name, auditor }: AuditedConnection,
  stream: string,
  { from, to }: { from: string; to: string },
  ledger: Pick<Ledger, 'knows'>,
  now: number,
): Promise<StreamAudit> {
  const result: StreamAudit = { stream, total: 0, known: 0, young: 0, missing: [] }
  const lookUp = async (records: AuditedRecord[]) => {
    const answers = await inParallel(lookUps, records, (record) => ledger.knows({ connection: name, ...record }))
    for (const [i, record] of records.entries()) {
      result.total += 1
      if (answers[i]) result.known += 1
      else if (Date.parse(record.changedAt) > now - youngMs) result.young += 1
      else result.missing.push(record)
    }
  }
  let waiting: AuditedRecord[] = []
  for await (const record of auditor.list(stream, from, to)) {
    waiting.push(record)
    if (waiting.length < 10 * lookUps) continue
    await lookUp(waiting)
    waiting = []
  }
  await lookUp(waiting)
  // A header alone may look like a document and be none: an order that did not come through this pipeline.
  const confirmed = new Set(
    await auditor.confirm(
      stream,
      result.missing.map(({ id }) => id),
    ),
  )
  const missing = result.missing.filter(({ id }) => confirmed.has(id))
  return { ...result, total: result.total - result.missing.length + missing.length, missing }
}
