import type { State } from '../state.ts'
import type { FunctionDefinition } from '../template/model.ts'
import type { Functions } from './functions.ts'

/** Asynchronous invocations: kept until they succeeded or were tried often enough, over restarts too. */
export interface Later {
  add(definition: FunctionDefinition, event: string): void
  /** Runs what is due, and from now on whatever comes. */
  start(): void
  /** Due or running now, and waiting for another try. */
  pending(): { due: number; waiting: number }
  stop(): void
}

/** Stores an asynchronous invocation; a run on this state carries it out, now or at its next start. */
export const storeInvocation = (state: State, now: () => number) => {
  const insert = state.db.prepare('INSERT INTO invocations (function, payload, due_at) VALUES (?, ?, ?)')
  return (definition: FunctionDefinition, event: string): void => void insert.run(definition.id, event, now())
}

interface Row {
  sequence: number
  function: string
  payload: string
  attempt: number
}

/**
 * @param retryMs wait before the second and the third attempt; a minute and two on AWS, shorter here so that a run
 *   ends in its time
 */
export function createLater(
  state: State,
  functions: Functions,
  now: () => number,
  retryMs: readonly [number, number],
): Later {
  const store = storeInvocation(state, now)
  const due = state.db.prepare('SELECT * FROM invocations WHERE due_at <= ? ORDER BY sequence')
  const next = state.db.prepare('SELECT min(due_at) AS at FROM invocations WHERE due_at > ?')
  const count = state.db.prepare('SELECT count(*) AS n FROM invocations WHERE due_at > ?')
  const postpone = state.db.prepare('UPDATE invocations SET attempt = attempt + 1, due_at = ? WHERE sequence = ?')
  const remove = state.db.prepare('DELETE FROM invocations WHERE sequence = ?')
  const running = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  const run = async (row: Row): Promise<void> => {
    const definition = functions.find(row.function)
    if (!definition) return void remove.run(row.sequence)
    running.add(row.sequence)
    const { outcome } = await functions.invoke(definition, row.payload)
    running.delete(row.sequence)
    if (stopped) return
    if ('payload' in outcome || row.attempt > definition.asyncRetries) remove.run(row.sequence)
    else postpone.run(now() + (retryMs[row.attempt - 1] ?? retryMs[1]), row.sequence)
    wake()
  }
  const wake = (): void => {
    if (stopped) return
    clearTimeout(timer)
    for (const row of due.all(now()) as unknown as Row[]) if (!running.has(row.sequence)) void run(row)
    const { at } = next.get(now()) as { at: number | null }
    if (at !== null) timer = setTimeout(wake, Math.max(1, at - now()))
  }
  return {
    add: (definition, event) => {
      store(definition, event)
      setImmediate(wake)
    },
    start: () => {
      stopped = false
      wake()
    },
    pending: () => ({
      due: (due.all(now()) as unknown[]).length,
      waiting: (count.get(now()) as { n: number }).n,
    }),
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
