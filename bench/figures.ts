import type { RunReport } from '../cli/run/summary.ts'
import { prices } from '../sandbox/aws/prices.ts'

/** One measured figure with what it should stay under. */
export interface Figure {
  name: string
  value: string
  /** Empty where there is none. */
  budget: string
}

/** Size and load time a function may have, by its name: what a start costs, paid at every cold one. */
const budgets = [
  { match: /^(poll|push)\//, kilobytes: '450 KB', load: '50 ms' },
  { match: /^webhook-/, kilobytes: '60 KB', load: '12 ms' },
  { match: /^map$/, kilobytes: '200 KB', load: '25 ms' },
]

export const budgetOf = (name: string): { kilobytes: string; load: string } =>
  budgets.find(({ match }) => match.test(name)) ?? { kilobytes: '', load: '' }

/** How fast documents went through, and what their requests would cost on AWS. */
export function costFigures(name: string, run: Pick<RunReport, 'flows' | 'aws' | 'seconds'>): Figure[] {
  const sum = (field: 'captured' | 'delivered') => run.flows.reduce((n, flow) => n + flow[field], 0)
  const [captured, delivered] = [sum('captured'), sum('delivered')]
  const writeUnits = ((run.aws.breakdown.dynamodbWriteUnit ?? 0) / 1e6 / prices.dynamodbWriteUnit) * captured
  const requests = Object.values(run.aws.requestsPerDocument).reduce((total, n) => total + n, 0)
  return [
    {
      name: `${name}: documents a second`,
      value: `${(captured / run.seconds).toFixed(0)}, of ${captured}`,
      budget: '',
    },
    { name: `${name}: AWS requests a document`, value: requests.toFixed(1), budget: '' },
    { name: `${name}: a million documents on AWS`, value: `$${run.aws.dollarsPerMillion.toFixed(2)}`, budget: '$3.50' },
    {
      name: `${name}: write units a delivered document`,
      value: (writeUnits / delivered).toFixed(1),
      budget: '5, aim 3',
    },
  ]
}

/** The middle one of several measurements, which one slow moment of the machine does not move. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Figures as a table in Markdown, aligned as the formatter wants it. */
export function table(figures: readonly Figure[]): string {
  const rows = [['what', 'measured', 'budget'], ...figures.map((f) => [f.name, f.value, f.budget])]
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...rest.map(line)].join('\n')
}

const begin = '<!-- bench:start -->'
const end = '<!-- bench:end -->'

/** A text with the part between the markers replaced. Throws where it has no markers. */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`there is no ${begin} … ${end} to write the figures into`)
  return `${text.slice(0, from + begin.length)}\n\n${figures}\n\n${text.slice(to)}`
}
