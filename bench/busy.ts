import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { causesOf, waitingDocuments } from '../cli/exceptions/waiting.ts'
import { prepare } from '../cli/run/prepare.ts'
import { runRounds } from '../cli/run/rounds.ts'
import { openWorkplace, type Workplace } from '../cli/run/workplace.ts'
import { buildOrder } from '../sandbox/scenario/order.ts'
import { harborPine } from '../sandbox/scenario/retailers/harbor-pine.ts'
import { cases, eaches } from '../sandbox/scenario/sketch.ts'
import { costFigures, type Figure } from './figures.ts'

/** Orders that stand at the network when the morning begins, beside its own. */
const orders = 300

/**
 * The sample morning with a backlog: every order is acknowledged, shipped and invoiced, so three documents come of it.
 * With many documents at a time, queues and functions work in full batches, as they would at a supplier of some size.
 */
export async function busyFigures(): Promise<Figure[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'ml-connector-bench-'))
  const { signal } = new AbortController()
  const work = await openWorkplace({ stateDir, signal, say: () => undefined })
  try {
    return await measure(work, signal)
  } finally {
    await work.close()
    rmSync(stateDir, { recursive: true, force: true })
  }
}

async function measure(work: Workplace, signal: AbortSignal): Promise<Figure[]> {
  if (!work.sample) throw new Error('the sample did not start')
  await prepare(work, {})
  const day = new Date(work.sample.systems.acumatica.clock.now()).toISOString().slice(0, 10)
  const lines = [eaches('JS-MUG-12', 24), eaches('JS-BWL-06', 12), cases('JS-TRY-LG', 2)]
  for (let i = 0; i < orders; i += 1) {
    const sketch = { number: `BUSY-${i}`, wave: 0, to: '0417', lines: lines.slice(0, 1 + (i % lines.length)) }
    work.sample.systems.sps.deliver(buildOrder(harborPine, sketch, day, 50_000 + i))
  }
  const schedules = work.outputs.connections.flatMap(({ name, schedule }) =>
    schedule ? [{ title: name, schedule }] : [],
  )
  const progress = { say: () => undefined, show: () => undefined, end: () => undefined }
  const started = performance.now()
  const { counts, quiet } = await runRounds(work, { schedules, limitMs: 240_000, signal, progress })
  if (!quiet) throw new Error('the busy morning did not come to rest')
  const seconds = (performance.now() - started) / 1000
  const aws = work.embedded.counter.report(counts.captured)
  const asked = performance.now()
  const causes = causesOf(await waitingDocuments(work.ledger))
  const took = (performance.now() - asked) / 1000
  return [
    ...costFigures('busy morning', { flows: counts.flows, aws, seconds }),
    {
      name: `busy morning: ${causes.length} causes found among ${counts.captured} documents`,
      value: `${took.toFixed(1)} s`,
      budget: '2 s',
    },
  ]
}
