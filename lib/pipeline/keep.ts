import type { Logger } from '../core/connection.ts'
import type { Clock } from '../core/exchange.ts'
import { isProbeDue } from './connection-state.ts'
import type { StateStore } from './state.ts'

/** Switches a connection's push queue (its event source mapping) on and off. */
export interface Valve {
  isOpen(eventSourceMapping: string): Promise<boolean>
  set(eventSourceMapping: string, open: boolean): Promise<void>
}

export type Kept = 'up' | 'down' | 'paused'

/** What the keeper must know of a connection. */
export interface KeptConnection {
  eventSourceMapping: string
  /** Name of the function that writes to it, and that can ask it whether it works. */
  pusher: string
}

export interface KeepContext {
  state: Pick<StateStore, 'paused' | 'connection'>
  valve: Valve
  /** Has a connection's pusher probe it; what it finds is in the connection's state later. */
  probe(pusher: string): Promise<void>
  clock: Clock
  log: Logger
}

/**
 * Keeps every queue as its connection is: a connection that is down has its queue switched off, so that messages
 * wait there instead of using up their receives; one that works has it on. What brings it up is its poller, which goes
 * on by schedule, and a probe by its pusher, ever more seldom. One that a person has paused stays off, unprobed.
 */
export async function keep(
  connections: Readonly<Record<string, KeptConnection>>,
  { state, valve, probe, clock, log }: KeepContext,
): Promise<{ [connection: string]: Kept }> {
  const result: { [connection: string]: Kept } = {}
  for (const [name, { eventSourceMapping, pusher }] of Object.entries(connections)) {
    const paused = await state.paused(name)
    const health = paused ? undefined : await state.connection(name)
    const status = paused ? 'paused' : (health?.status ?? 'up')
    result[name] = status
    const open = await valve.isOpen(eventSourceMapping)
    if (open !== (status === 'up')) {
      await valve.set(eventSourceMapping, status === 'up')
      log.info(status === 'up' ? 'queue switched on' : 'queue switched off', { connection: name })
    }
    if (isProbeDue(health, clock.now())) await probe(pusher)
  }
  return result
}
