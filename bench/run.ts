import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunReport } from '../cli/run/summary.ts'
import { prices } from '../sandbox/aws/prices.ts'
import type { Figure } from './figures.ts'

/** What the sample run took, and what its requests would cost on AWS. Throws where the run does not balance. */
export async function runFigures(): Promise<Figure[]> {
  const state = mkdtempSync(join(tmpdir(), 'ml-connector-bench-'))
  try {
    const main = join(import.meta.dirname, '..', 'cli', 'main.ts')
    const stdout = execFileSync(process.execPath, [main, 'run', '--json', '--state', state], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return figuresOf(JSON.parse(stdout) as RunReport)
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
}

function figuresOf({ flows, aws, seconds, documentsPerSecond }: RunReport): Figure[] {
  const sum = (field: 'captured' | 'delivered') => flows.reduce((n, flow) => n + flow[field], 0)
  const perDelivered = sum('captured') / sum('delivered')
  const writeUnits = ((aws.breakdown.dynamodbWriteUnit ?? 0) / 1e6 / prices.dynamodbWriteUnit) * perDelivered
  const requests = Object.values(aws.requestsPerDocument).reduce((total, n) => total + n, 0)
  return [
    { name: 'sample run', value: `${sum('captured')} documents in ${seconds.toFixed(0)} s`, budget: 'a minute' },
    { name: 'documents a second, from start to end', value: documentsPerSecond.toFixed(1), budget: '' },
    { name: 'AWS requests a document', value: requests.toFixed(1), budget: '' },
    { name: 'AWS, a million documents', value: `$${aws.dollarsPerMillion.toFixed(2)}`, budget: '$3.50' },
    { name: 'DynamoDB write units a delivered document', value: writeUnits.toFixed(1), budget: '5, aim 3' },
  ]
}
