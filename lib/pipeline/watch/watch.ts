import type { Clock } from '../../core/exchange.ts'
import type { Metrics } from '../ports.ts'
import type { StateStore } from '../state.ts'
import { type Finding, watchKinds } from './finding.ts'
import { type LookContext, look, type Memory, watchRecord } from './look.ts'

/** What is told of a finding: when it begins, and when it is over. */
export interface Tiding {
  finding: Finding
  status: 'begun' | 'over'
}

export interface WatchContext extends Omit<LookContext, 'state'> {
  state: LookContext['state'] & Pick<StateStore, 'keepRecord' | 'lease' | 'release'>
  metrics: Metrics
  /** Throws where a tiding may not have arrived. */
  tell(tidings: readonly Tiding[]): Promise<void>
  clock: Clock
  owner: string
  /** Milliseconds this invocation has left. */
  remaining(): number
}

export interface Watched {
  late: number
  begun: number
  over: number
}

/**
 * Looks for what did not happen and tells each of it once, and once that it is over. What is told is remembered only
 * after it was sent: a look that dies in between tells it again, with the same id.
 * @returns undefined where another look is under way
 */
export async function watch(context: WatchContext): Promise<Watched | undefined> {
  const { state, clock, owner, metrics } = context
  if (!(await state.lease(watchRecord, owner, clock.now() + context.remaining()))) return undefined
  try {
    const before = await state.record<Memory>(watchRecord)
    const { findings, memory } = await look(before, context, clock.now())
    const now = new Map(findings.map((finding) => [finding.id, finding]))
    const tidings: Tiding[] = [
      ...findings.filter(({ id }) => !(id in memory.told)).map((finding) => ({ finding, status: 'begun' as const })),
      ...Object.values(memory.told)
        .filter(({ id }) => !now.has(id))
        .map((finding) => ({ finding, status: 'over' as const })),
    ]
    if (tidings.length > 0) await context.tell(tidings)
    await state.keepRecord(watchRecord, { ...memory, told: Object.fromEntries(now) } satisfies Memory)
    // A metric that is sent costs something, one that is missing is no alarm.
    for (const kind of watchKinds) {
      const count = findings.filter((finding) => finding.kind === kind).length
      if (count > 0) metrics.count('Late', count, { kind })
    }
    const begun = tidings.filter(({ status }) => status === 'begun').length
    return { late: findings.length, begun, over: tidings.length - begun }
  } finally {
    await state.release(watchRecord, owner)
  }
}
