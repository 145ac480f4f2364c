import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunReport } from '../cli/run/summary.ts'
import { costFigures, type Figure } from './figures.ts'

/** What the sample run took, and what its requests would cost on AWS. Throws where the run does not balance. */
export async function runFigures(): Promise<Figure[]> {
  const state = mkdtempSync(join(tmpdir(), 'ml-connector-bench-'))
  try {
    const main = join(import.meta.dirname, '..', 'cli', 'main.ts')
    const stdout = execFileSync(process.execPath, [main, 'run', '--json', '--state', state], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const report = JSON.parse(stdout) as RunReport
    return [
      { name: 'sample morning, from start to end', value: `${report.seconds.toFixed(0)} s`, budget: '60 s' },
      ...costFigures('sample morning', report),
    ]
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
}
