import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Reconciliation } from './reconcile.ts'

/**
 * Writes a reconciliation as four tables: balance.csv, sources.csv, totals.csv, differences.csv. Amounts as exact
 * decimals, empty where a side has none.
 * @returns the files
 */
export function writeReconciliation(directory: string, found: Reconciliation): string[] {
  mkdirSync(directory, { recursive: true })
  const write = (name: string, columns: readonly string[], rows: readonly object[]): string => {
    const file = join(directory, `${name}.csv`)
    writeFileSync(file, stringify([...rows], { header: true, columns: [...columns] }))
    return file
  }
  const flow = ['integration', 'flow']
  return [
    write('balance', ['day', ...flow, 'captured', 'delivered', 'held', 'rejected', 'skipped', 'inFlight'], found.days),
    write(
      'sources',
      ['connection', 'stream', 'atSource', 'inLedger', 'young', 'missing', 'error'],
      found.sources.map(({ total, known, missing, ...one }) => ({
        ...one,
        atSource: total,
        inLedger: known,
        missing: missing.map(({ number }) => number).join(' '),
      })),
    ),
    write(
      'totals',
      [...flow, 'currency', 'documents', 'sourceAmount', 'targetAmount', 'sourceQuantity', 'targetQuantity'],
      found.totals,
    ),
    write(
      'differences',
      ['documentId', 'number', 'targetNumber', ...flow, 'currency', 'field', 'source', 'target'],
      found.differences,
    ),
  ]
}
