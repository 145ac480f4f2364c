import type { Deployment } from '../deployment/deployment.ts'
import { count, tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'
import type { StreamAudit } from './audit.ts'

/** So many missing documents are named; --json names all. */
const mostNamed = 40

export function showAudit(
  name: string,
  { from, to, audits, fetched }: { from: string; to: string; audits: readonly StreamAudit[]; fetched: number },
  deployment: Deployment,
  terminal: Terminal,
): void {
  terminal.print(`${name}, documents of ${timeText(from)} to ${timeText(to)}, against ${deployment.title}:`)
  terminal.print()
  const numbers = ['at the source', 'in the ledger', 'too young', 'missing'].map((title) => ({ title, right: true }))
  const rows = audits.map(({ stream, total, known, young, missing }) => [
    stream,
    ...[total, known, young, missing.length].map(String),
  ])
  for (const line of tableLines([{ title: 'stream' }, ...numbers], rows)) terminal.print(line)
  const missing = audits.flatMap((audit) => audit.missing)
  terminal.print()
  if (missing.length === 0) {
    terminal.print('Nothing is missing.')
    return
  }
  const named = missing
    .slice(0, mostNamed)
    .map(({ stream, number, id, changedAt }) => [number, String(id), stream, timeText(changedAt)])
  const columns = [{ title: 'missing' }, { title: 'id', right: true }, { title: 'stream' }, { title: 'last change' }]
  for (const line of tableLines(columns, named)) terminal.print(line)
  if (missing.length > mostNamed) terminal.print(`… and ${missing.length - mostNamed} more; --json names all.`)
  terminal.print()
  if (fetched > 0) terminal.print(`${count(fetched, 'document')} will be read by the next polls, behind what is new.`)
  const next = fetched > 0 ? ['backfill', name, '--show'] : ['gaps', name, '--from', from, '--to', to, '--fetch']
  terminal.print(`Next: ${commandLine(...next, ...deployment.arguments)}`)
}
