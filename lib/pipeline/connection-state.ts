import type { Clock } from '../core/exchange.ts'
import type { Observability } from './ports.ts'
import type { StateStore } from './state.ts'

type Context = Observability & { state: Pick<StateStore, 'connection' | 'setConnection'>; clock: Clock }

/**
 * A connection that cannot work (refused credentials, wrong endpoint, unreachable) is recorded once, and the
 * keeper switches its queue off: messages wait there instead of using up their receives.
 */
export async function connectionDown(
  context: Context,
  name: string,
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
  })
  context.notices.connection('ConnectionDown', name, fault.code, fault.message)
}

/** The first poll that works again tells the keeper to switch the queue on. */
export async function connectionWorks(context: Context, name: string): Promise<void> {
  if ((await context.state.connection(name))?.status !== 'down') return
  await context.state.setConnection(name, { status: 'up', since: new Date(context.clock.now()).toISOString() })
  context.notices.connection('ConnectionUp', name, 'UP', 'the connection works again')
}
