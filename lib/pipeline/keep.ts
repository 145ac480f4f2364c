import type { Logger } from '../core/connection.ts'
import type { StateStore } from './state.ts'

/** Switches a connection's push queue (its event source mapping) on and off. */
export interface Valve {
  isOpen(eventSourceMapping: string): Promise<boolean>
  set(eventSourceMapping: string, open: boolean): Promise<void>
}

export type Kept = 'up' | 'down' | 'paused'

/**
 * Keeps every queue as its connection is: a connection that is down has its queue switched off, so that messages
 * wait there instead of using up their receives; one that works has it on. The connection's poller is the probe:
 * it goes on by schedule, and its first success brings the connection up. One that a person has paused stays off.
 */
export async function keep(
  connections: Readonly<Record<string, { eventSourceMapping: string }>>,
  parts: { state: StateStore; valve: Valve; log: Logger },
): Promise<{ [connection: string]: Kept }> {
  const result: { [connection: string]: Kept } = {}
  for (const [name, { eventSourceMapping }] of Object.entries(connections)) {
    const paused = await parts.state.paused(name)
    const status = paused ? 'paused' : ((await parts.state.connection(name))?.status ?? 'up')
    result[name] = status
    const open = await parts.valve.isOpen(eventSourceMapping)
    if (open === (status === 'up')) continue
    await parts.valve.set(eventSourceMapping, status === 'up')
    parts.log.info(status === 'up' ? 'queue switched on' : 'queue switched off', { connection: name })
  }
  return result
}
