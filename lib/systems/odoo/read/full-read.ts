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
  const { documents, failed } = await byHalves(work, ids)
  const [first] = failed
  // No record at all may be read in full: a right is missing, and that has to be seen.
  if (first && failed.length === ids.length && codeOf(first.error) === 'ODOO_FORBIDDEN') throw first.error
  for (const { id, error } of failed)
    work.log.warn('a record cannot be read and is tried again later', {
      model: work.stream.model,
      id,
      reason: error.message,
    })
  return { documents, failed: failed.map(({ id }) => id) }
}

interface Halves {
  documents: FullRead['documents']
  failed: { id: number; error: Error }[]
}

async function byHalves(work: Work, ids: readonly number[], again = true): Promise<Halves> {
  try {
    return { documents: byRecord(work, ids, await work.stream.readFull(work.odoo, ids)), failed: [] }
  } catch (error) {
    if (!(error instanceof Error) || !aboutRecords.has(codeOf(error) ?? '')) throw error
    const [id] = ids
    if (ids.length === 1 && id !== undefined)
      return again ? byHalves(work, ids, false) : { documents: new Map(), failed: [{ id, error }] }
    const half = Math.ceil(ids.length / 2)
    const first = await byHalves(work, ids.slice(0, half))
    const second = await byHalves(work, ids.slice(half))
    return {
      documents: new Map([...first.documents, ...second.documents]),
      failed: [...first.failed, ...second.failed],
    }
  }
}

/** A rule that hides a related record, one that is gone, a computed field that fails: others can be read all the same. */
const aboutRecords = new Set([
  'ODOO_FORBIDDEN',
  'ODOO_RECORD_GONE',
  'ODOO_REFUSED',
  'ODOO_REQUEST_INVALID',
  'ODOO_FAULT',
])

const codeOf = (error: unknown): string | undefined =>
  error instanceof Refusal ? error.problems[0]?.code : error instanceof Failure ? error.code : undefined

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
