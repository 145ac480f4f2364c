import { compare, type Decimal, subtract, withCents } from '../../lib/core/decimal.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { count, tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'
import type { Reconciliation } from './reconcile.ts'

/** So many differences are named; --json and --csv name all. */
const mostNamed = 40

export function showReconciliation(found: Reconciliation, deployment: Deployment, terminal: Terminal): void {
  const { from, to, days, agrees, differences } = found
  terminal.print(`${deployment.title}, captured ${timeText(from)} to ${timeText(to)} UTC:\n`)
  if (days.length === 0) {
    terminal.print('No document was captured in this time.')
    return
  }
  showDays(found, terminal)
  showSources(found, terminal)
  showTotals(found, terminal)
  showDifferences(found, terminal)
  const missing = found.sources.find((s) => s.missing.length > 0)
  terminal.print(
    agrees
      ? `${terminal.style('green', 'Reconciled:')} every document is accounted for, and both sides have the same figures.`
      : terminal.style('red', 'Not reconciled.'),
  )
  const [first] = differences
  if (first) terminal.print(`Next: ${commandLine('trace', first.documentId, ...deployment.arguments)}`)
  else if (missing)
    terminal.print(
      `Next: ${commandLine('gaps', missing.connection, '--from', from, '--to', to, '--fetch', ...deployment.arguments)}`,
    )
}

const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }))

function showDays({ days }: Reconciliation, terminal: Terminal): void {
  const columns = [
    { title: 'day' },
    { title: 'flow' },
    ...right('captured', 'delivered', 'held', 'rejected', 'skipped', 'in flight'),
  ]
  const rows = days.map((d) => [
    d.day,
    `${d.integration}/${d.flow}`,
    ...[d.captured, d.delivered, d.held, d.rejected, d.skipped, d.inFlight].map(String),
  ])
  for (const line of tableLines(columns, rows)) terminal.print(line)
  terminal.print()
}

function showSources({ sources }: Reconciliation, terminal: Terminal): void {
  if (sources.length === 0) return
  const columns = [{ title: 'source' }, ...right('holds', 'in the ledger', 'too young', 'missing')]
  const rows = sources.map(({ connection, stream, total, known, young, missing, error }) =>
    error === undefined
      ? [`${connection} ${stream}`, ...[total, known, young, missing.length].map(String)]
      : [`${connection} ${stream}`, '?', '?', '?', '?'],
  )
  for (const line of tableLines(columns, rows)) terminal.print(line)
  for (const { connection, stream, missing, error } of sources) {
    if (error !== undefined) terminal.print(`${connection} ${stream} could not be asked: ${error}`)
    for (const { number, changedAt } of missing.slice(0, mostNamed))
      terminal.print(`  ${terminal.style('red', 'missing')} ${number}, last changed ${timeText(changedAt)}`)
  }
  terminal.print()
}

function showTotals({ totals }: Reconciliation, terminal: Terminal): void {
  if (totals.length === 0) return
  const columns = [
    { title: 'delivered' },
    ...right('documents', 'at the source', 'at the target', 'difference'),
    { title: 'currency' },
    ...right('quantity', 'at the target', 'difference'),
  ]
  const rows = totals.map((t) => [
    `${t.integration}/${t.flow}`,
    String(t.documents),
    ...sides(t.sourceAmount, t.targetAmount, withCents),
    t.currency,
    ...sides(t.sourceQuantity, t.targetQuantity, (value) => value),
  ])
  for (const line of tableLines(columns, rows)) terminal.print(line)
  terminal.print()
}

/** Both sides and what the target has more (or less, with a minus). */
function sides(source: Decimal | undefined, target: Decimal | undefined, show: (value: Decimal) => string): string[] {
  if (source === undefined || target === undefined) return ['', '', '']
  const more = subtract(target, source)
  return [show(source), show(target), compare(more, '0') === 0 ? '0' : show(more)]
}

function showDifferences({ differences }: Reconciliation, terminal: Terminal): void {
  if (differences.length === 0) return
  terminal.print(`${count(differences.length, 'difference')}:`)
  const columns = [
    { title: 'document' },
    { title: 'flow' },
    { title: 'at the target' },
    { title: 'field' },
    ...right('source', 'target'),
  ]
  const rows = differences
    .slice(0, mostNamed)
    .map((d) => [d.number, `${d.integration}/${d.flow}`, d.targetNumber, d.field, d.source, d.target])
  for (const line of tableLines(columns, rows)) terminal.print(line)
  if (differences.length > mostNamed) terminal.print(`… and ${differences.length - mostNamed} more; --json names all.`)
  terminal.print()
}
