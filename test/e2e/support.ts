import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../../cli/run/prepare.ts'
import { type RoundsResult, runRounds } from '../../cli/run/rounds.ts'
import type { ApiStyle, OdooVersion, SampleSystems } from '../../cli/run/sample.ts'
import { openWorkplace, type Workplace } from '../../cli/run/workplace.ts'
import { stateOf } from '../../lib/pipeline/ledger/ledger.ts'

/** The sample at work, in a state directory of its own. */
export interface Sample {
  work: Workplace & { sample: SampleSystems }
  /** Rounds until nothing moves. */
  rounds(): Promise<RoundsResult>
  close(): Promise<void>
}

export async function startSample(
  given: { apiStyle?: ApiStyle; odooVersion?: OdooVersion; hurry?: boolean } = {},
): Promise<Sample> {
  const stateDir = mkdtempSync(join(tmpdir(), 'ml-connector-'))
  const { signal } = new AbortController()
  const work = await openWorkplace({ stateDir, signal, hurry: true, ...given, say: () => undefined })
  const { sample } = work
  if (!sample) throw new Error('the sample did not start')
  await prepare(work, {})
  const schedules = work.outputs.connections.flatMap(({ name, schedule }) =>
    schedule ? [{ title: name, schedule }] : [],
  )
  const progress = { say: () => undefined, show: () => undefined, end: () => undefined }
  return {
    work: { ...work, sample },
    rounds: () => runRounds(work, { schedules, limitMs: 90_000, signal, progress }),
    close: async () => {
      await work.close()
      rmSync(stateDir, { recursive: true, force: true })
    },
  }
}

/** Every document in the ledger with its end. */
export async function endings({ ledger }: Workplace) {
  const found: { flow: string; number: string; outcome: string; codes: string[] }[] = []
  for await (const { entry, progress, mapped } of ledger.all())
    found.push({
      flow: entry.flow,
      number: entry.number,
      outcome: stateOf(progress, mapped),
      codes: progress?.problems.map((p) => p.code) ?? [],
    })
  return found
}

/** Detail types of everything that was put on the bus. */
export const eventKinds = ({ embedded }: Workplace): string[] =>
  embedded.events().map(({ event }) => String((event as unknown as Record<string, unknown>)['detail-type']))

/** References of our orders in both ERPs, cancelled ones included; each must stand once. */
export const orderReferences = ({ systems }: SampleSystems): string[] =>
  [
    ...systems.acumatica.orders().map((o) => String((o.ExternalRef as { value?: string } | undefined)?.value ?? '')),
    ...systems.odoo.records('sale.order', [], ['origin']).map((o) => String(o.origin)),
  ].filter((reference) => reference.startsWith('SPS:'))

export const twice = (values: readonly string[]): string[] => values.filter((v, i) => values.indexOf(v) !== i)
