import type { EventEmitter } from 'node:events'

/** Resolves at the queue's next change, when `ms` are over, or when the caller gives up. */
export function waitForChange(
  changes: EventEmitter<{ change: [queue: string] }>,
  queue: string,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer)
      changes.off('change', listen)
      signal?.removeEventListener('abort', finish)
      done()
    }
    const listen = (name: string) => {
      if (name === queue) finish()
    }
    const timer = setTimeout(finish, Math.max(1, ms))
    changes.on('change', listen)
    signal?.addEventListener('abort', finish)
  })
}
