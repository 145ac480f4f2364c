import type { Decision } from '../../lib/core/problems.ts'
import { cut, tableLines } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** Decisions as a table: which output field, by which rule, from what input and which row of which table's version. */
export function decisionsText(decisions: readonly Decision[], terminal: Terminal): string[] {
  if (decisions.length === 0) return []
  const rows = decisions.map((d) => [
    cut(d.field, 40),
    cut(d.value ?? '', 24),
    d.rule,
    cut(d.input ?? '', 48),
    d.table ? `${d.table.name} ${d.table.row}@${d.table.version}` : '',
  ])
  const titles = ['field', 'value', 'rule', 'because of', 'table row@version']
  // In a file or a pipe nothing is lost; on a terminal a line that breaks would be hard to read.
  const fitted = (line: string) => (terminal.live ? cut(line, terminal.width - 4) : line)
  const [header = '', ...lines] = tableLines(
    titles.map((title) => ({ title })),
    rows,
  )
  return ['  decisions', `    ${terminal.style('dim', fitted(header))}`, ...lines.map((line) => `    ${fitted(line)}`)]
}
