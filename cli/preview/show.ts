import { count } from '../layout.ts'
import { decisionsText } from '../show/decisions.ts'
import { problemsText } from '../show/problems.ts'
import { recordText } from '../show/record.ts'
import type { Terminal } from '../terminal.ts'
import type { Previewed } from './page.ts'

const colours = { write: 'green', held: 'yellow', rejected: 'red', skipped: 'cyan' } as const

const meaning = {
  write: 'would be written',
  held: 'held: nothing is written, it waits for a person',
  rejected: 'rejected: nothing is written, it cannot be read',
  skipped: 'skipped: recorded, nothing is written',
} as const

/** One document: what becomes of it and why, then the record exactly as it would be written. */
export function showDocument(document: Previewed, terminal: Terminal): void {
  const { outcome } = document
  const verdict = outcome === 'write' && document.writes.length === 0 ? 'kept, nothing to write' : meaning[outcome]
  terminal.print(
    `${terminal.style('bold', `${document.type} ${document.key}`)}  ${terminal.style(colours[outcome], verdict)}`,
  )
  for (const line of [
    ...problemsText('problems', document.problems, terminal),
    ...problemsText('warnings', document.warnings, terminal),
    ...decisionsText(document.decisions, terminal),
  ])
    terminal.print(line)
  for (const write of document.writes) {
    terminal.print(`  ${terminal.style('bold', `${write.operation} at ${write.connection}`)}  ${write.reference}`)
    terminal.print(recordText(write.record, '    '))
  }
  terminal.print()
}

/** "3 documents: 2 would be written, 1 held". */
export function summaryOf(documents: readonly Previewed[]): string {
  const by = Map.groupBy(documents, (d) => d.outcome)
  const parts = (['write', 'held', 'rejected', 'skipped'] as const).flatMap((outcome) => {
    const n = by.get(outcome)?.length ?? 0
    return n === 0 ? [] : [outcome === 'write' ? `${n} would be written` : `${n} ${outcome}`]
  })
  return `${count(documents.length, 'document')}: ${parts.join(', ') || 'nothing in the file'}`
}
