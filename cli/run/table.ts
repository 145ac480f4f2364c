import { tableLines } from '../layout.ts'
import type { Terminal } from '../terminal.ts'
import type { FlowCount } from './counts.ts'

const columns = ['captured', 'delivered', 'held', 'rejected', 'skipped', 'inFlight'] as const

/** The flows with their numbers; a zero is a dot, so that what matters stands out. */
export function flowLines(flows: readonly FlowCount[], terminal: Terminal): string[] {
  const several = new Set(flows.map((f) => f.integration)).size > 1
  const name = (f: FlowCount) => (several ? `${f.integration}/${f.flow}` : f.flow)
  const cell = (f: FlowCount, column: (typeof columns)[number]) => {
    const n = f[column]
    if (n === 0) return '·'
    if (column === 'delivered') return terminal.style('green', String(n))
    if (column === 'held' || column === 'rejected') return terminal.style('yellow', String(n))
    return column === 'inFlight' ? terminal.style('cyan', String(n)) : String(n)
  }
  const total: FlowCount = {
    integration: '',
    flow: 'all',
    captured: 0,
    delivered: 0,
    held: 0,
    rejected: 0,
    skipped: 0,
    inFlight: 0,
  }
  for (const flow of flows) for (const column of columns) total[column] += flow[column]
  const rows = [
    ...flows.map((f) => [name(f), ...columns.map((c) => cell(f, c))]),
    ['', ...columns.map((c) => cell(total, c))],
  ]
  const titles = ['flow', 'captured', 'delivered', 'held', 'rejected', 'skipped', 'in flight']
  const [header = '', ...lines] = tableLines(
    titles.map((title, i) => ({ title, right: i > 0 })),
    rows,
  )
  return [terminal.style('bold', header), ...lines]
}
