import type { Clock } from '../core/exchange.ts'
import type { Observability } from './ports.ts'
import type { ConnectionState, StateStore } from './state.ts'

type Context = Observability & { state: Pick<StateStore, 'connection' | 'setConnection'>; clock: Clock }

const minuteMs = 60_000
/** The wait before a connection is tried again that was tried before in vain; doubles from one trial to the next. */
const trialMs = { first: 5 * minuteMs, longest: 60 * minuteMs }

/**
 * A connection that cannot work (refused credentials, wrong endpoint, unreachable) is recorded once, and the
 * keeper switches its queue off: messages wait there instead of using up their receives.
 * @param by whether reading or writing found it
 */
export async function connectionDown(
  context: Context,
  name: string,
  by: 'read' | 'write',
  fault: { code: string; message: string; signIn?: boolean },
): Promise<void> {
  const before = await context.state.connection(name)
  context.metrics.count('ConnectionDown', 1, { connection: name })
  if (fault.signIn) context.metrics.count('TokenFailures', 1, { connection: name })
  if (before?.status === 'down' && before.code === fault.code) return
  await context.state.setConnection(name, {
    status: 'down',
    since: new Date(context.clock.now()).toISOString(),
    code: fault.code,
    message: fault.message,
    by,
    ...(before?.trials ? { trials: before.trials } : {}),
  })
  context.notices.connection('ConnectionDown', name, fault.code, fault.message)
}

/**
 * A poll or a probe found the connection working: the keeper switches the queue on. What a poll found broken only a
 * poll can prove; what a write found broken is tried again later and later, because a system may read and not write.
 */
export async function connectionWorks(context: Context, name: string, found: 'poll' | 'probe'): Promise<void> {
  const state = await context.state.connection(name)
  if (state?.status !== 'down') return
  if (state.by === 'read' && found === 'probe') return
  const now = context.clock.now()
  if (state.by === 'write' && now < nextTrial(state)) return
  const trials = state.by === 'write' ? { trials: (state.trials ?? 0) + 1 } : {}
  await context.state.setConnection(name, { status: 'up', since: new Date(now).toISOString(), ...trials })
  context.notices.connection('ConnectionUp', name, 'UP', 'the connection works again')
}

/** A write that had failed before was delivered: the next fault is a new one, and its first trial is at once. */
export async function writingWorks(context: Context, name: string): Promise<void> {
  const state = await context.state.connection(name)
  if (state?.status === 'up' && state.trials)
    await context.state.setConnection(name, { status: 'up', since: state.since })
}

/** Epoch milliseconds before which a connection that a write found broken is not tried again. */
function nextTrial({ since, trials = 0 }: ConnectionState): number {
  const wait = trials === 0 ? 0 : Math.min(trialMs.longest, trialMs.first * 2 ** (trials - 1))
  return Date.parse(since) + wait
}

/** A probe follows the outage: every few minutes at first, at last twice an hour. */
const probeMs = { shortest: minuteMs, longest: 30 * minuteMs }

/** True where a connection that is down should be asked again whether it works, by the one who writes to it. */
export function isProbeDue(state: ConnectionState | undefined, now: number): boolean {
  if (state?.status !== 'down' || state.by === 'read') return false
  const since = Date.parse(state.since)
  const last = Math.max(since, state.probedAt === undefined ? 0 : Date.parse(state.probedAt))
  return now - last >= Math.min(probeMs.longest, Math.max(probeMs.shortest, (now - since) / 4))
}
