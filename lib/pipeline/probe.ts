import type { TargetWriter } from '../core/exchange.ts'
import { ConfigurationError, Failure } from '../core/failures.ts'
import { connectionWorks } from './connection-state.ts'
import type { PusherContext } from './push.ts'

/** Kept back of the invocation to record what the probe found, in milliseconds. */
const recordMargin = 10_000

/**
 * Asks a system whether it works at all.
 * @param deadline epoch milliseconds
 * @returns what no write would pass; undefined where it answers, be it that it was asked too often, or cannot be probed
 */
export async function probed(
  writer: TargetWriter,
  deadline: number,
): Promise<Failure | ConfigurationError | undefined> {
  try {
    await writer.probe?.(deadline)
    return undefined
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    return error instanceof Failure && error.class !== 'rate-limited' ? error : undefined
  }
}

export type Probed = 'up' | 'works' | 'down' | 'unknown'

/**
 * Asks a connection that is down whether it works again, where no poll of it would: one that is only written to, or
 * that is read once a day. That it does not is recorded, so that the next probe can wait longer.
 * @returns `up`: it was not down; `unknown`: its system cannot be probed
 */
export async function probeConnection(
  context: Pick<
    PusherContext,
    'connection' | 'writer' | 'state' | 'clock' | 'remaining' | 'log' | 'metrics' | 'notices'
  >,
): Promise<Probed> {
  const { connection, writer, state, clock, log } = context
  const before = await state.connection(connection)
  if (before?.status !== 'down') return 'up'
  if (!writer.probe) return 'unknown'
  const fault = await probed(writer, clock.now() + context.remaining() - recordMargin)
  if (fault) {
    log.info('still down', { connection, reason: fault.message })
    await state.setConnection(connection, { ...before, probedAt: new Date(clock.now()).toISOString() })
    return 'down'
  }
  await connectionWorks(context, connection, 'probe')
  await context.notices.flush()
  return 'works'
}
