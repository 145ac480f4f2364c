import type { SourceDocument } from '../../../core/exchange.ts'
import { Failure, Refusal } from '../../../core/failures.ts'
import { idIn, type Work } from './work.ts'

/** More unreadable records than this are no longer a matter of single records. */
const mostPostponed = 50

export interface FullRead {
  /** Documents by the id of their record; none for a record that is gone or no longer eligible. */
  documents: Map<number, SourceDocument[]>
  /** Records that alone cannot be read. */
  failed: number[]
}

/**
 * Reads records in full, all at once. Where that fails because of what the records hold, halves are read until the
 * bad ones are found: they wait, and stop no other. Any other fault ends the page.
 */
export async function readFull(work: Work, ids: readonly number[]): Promise<FullRead> {
  if (ids.length === 0) return { documents: new Map(), failed: [] }
  try {
    return { documents: byRecord(work, ids, await work.stream.readFull(work.odoo, ids)), failed: [] }
  } catch (error) {
    if (!concernsRecords(error)) throw error
    if (ids.length === 1) return readAgain(work, ids)
    const half = Math.ceil(ids.length / 2)
    const first = await readFull(work, ids.slice(0, half))
    const second = await readFull(work, ids.slice(half))
    return {
      documents: new Map([...first.documents, ...second.documents]),
      failed: [...first.failed, ...second.failed],
    }
  }
}

async function readAgain(work: Work, ids: readonly number[]): Promise<FullRead> {
  try {
    return { documents: byRecord(work, ids, await work.stream.readFull(work.odoo, ids)), failed: [] }
  } catch (error) {
    if (!concernsRecords(error)) throw error
    const { model } = work.stream
    work.log.warn('a record cannot be read and is tried again later', { model, id: ids[0], reason: error.message })
    return { documents: new Map(), failed: [...ids] }
  }
}

/** The server refuses or stumbles over a record: a rule, a missing related record, a computed field that fails. */
const concernsRecords = (error: unknown): error is Error =>
  error instanceof Refusal || (error instanceof Failure && error.code === 'ODOO_FAULT')

function byRecord(
  { stream }: Work,
  ids: readonly number[],
  found: readonly SourceDocument[],
): Map<number, SourceDocument[]> {
  const documents = new Map<number, SourceDocument[]>(ids.map((id) => [id, []]))
  for (const document of found) {
    const [record] = ((document.raw as Record<string, unknown>)[stream.model] ?? []) as { id?: number }[]
    documents.get(idIn(record?.id) ?? 0)?.push(document)
  }
  return documents
}

/** The records that wait, each once. So many at once say something of the connection, not of records. */
export function postponed(ids: readonly number[], { stream }: Work): number[] {
  if (ids.length > mostPostponed)
    throw new Failure('transient', 'ODOO_FAULT', `${ids.length} records of ${stream.model} cannot be read.`)
  return [...new Set(ids)]
}
