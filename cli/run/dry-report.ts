import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Config } from '../../lib/config/config.ts'
import { type Ledger, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { waitingDocuments } from '../exceptions/waiting.ts'
import { missingRows, writeMissing } from '../tables/missing.ts'

const columns = [
  'document',
  'number',
  'flow',
  'outcome',
  'connection',
  'operation',
  'reference',
  'code',
  'why',
  'where',
]

/**
 * What a dry run came to, as CSV: documents.csv with a line for every write that would be made and for every reason not
 * to, and missing/<integration>/<table>.csv with the rows that documents wait for, ready to fill in.
 * @returns the files written
 */
export async function writeDryReport(
  { ledger, config }: { ledger: Ledger; config: Config },
  directory: string,
): Promise<string[]> {
  mkdirSync(directory, { recursive: true })
  const lines: string[][] = []
  for await (const { entry, progress, mapped } of ledger.all()) {
    const { documentId, number, flow } = entry
    const own = [documentId, number, flow]
    const state = stateOf(progress, mapped)
    if (state === 'mapped') {
      const mapping = await ledger.mapping(entry, 1)
      for (const { connection, operation, reference } of mapping?.writes ?? [])
        lines.push([...own, 'would be sent', connection, operation, reference, '', '', ''])
    } else
      for (const { code, message, path = '' } of progress?.problems ?? [])
        lines.push([...own, state, '', '', '', code, message, path])
  }
  const file = join(directory, 'documents.csv')
  writeFileSync(file, stringify(lines, { header: true, columns }))
  return [file, ...writeMissing(missingRows(await waitingDocuments(ledger), config), join(directory, 'missing'))]
}
