import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import type { FunctionDefinition } from '../template/model.ts'
import { environmentOf, type WorkerIdentity, workerDataOf } from './environment.ts'
import type { HandlerError, InvokeMessage, WorkerMessage } from './worker.ts'

/** Why an invocation gave no result: the handler threw, its time was up, or its thread died. */
export type Outcome =
  | { payload: string }
  | { error: HandlerError; cause: 'handler' | 'initialisation' | 'timeout' | 'crash' }

/** One thread that runs one invocation at a time, as an execution environment of Lambda does. */
export interface Execution {
  readonly id: string
  /** Milliseconds its modules took to load; undefined until they are. */
  loadMs(): number | undefined
  /** False once it has died, failed to start or timed out. */
  usable(): boolean
  /** `durationMs` counts from when the handler could run: the thread's own start is `loadMs`. */
  invoke(requestId: string, event: string): Promise<{ outcome: Outcome; durationMs: number }>
  /** Ends the thread at once, whatever it is doing. */
  kill(): Promise<void>
}

export function startExecution(
  definition: FunctionDefinition,
  identity: WorkerIdentity,
  log: (line: string) => void,
): Execution {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: workerDataOf(definition, identity),
    env: environmentOf(definition, identity),
    execArgv: ['--no-warnings'],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
  })
  for (const stream of [thread.stdout, thread.stderr]) createInterface({ input: stream }).on('line', log)

  let loadMs: number | undefined
  /** Set once the thread is of no more use, and why. */
  let end: Outcome | undefined
  let waiting: ((outcome: Outcome) => void) | undefined
  const finish = (outcome: Outcome) => {
    const answer = waiting
    waiting = undefined
    answer?.(outcome)
  }
  let ready: (() => void) | undefined
  const started = new Promise<void>((done) => {
    ready = done
  })
  const die = (outcome: Outcome) => {
    end ??= outcome
    ready?.()
    finish(end)
  }
  thread.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') {
      loadMs = message.loadMs
      ready?.()
    } else if (message.kind === 'unusable') die({ error: message.error, cause: 'initialisation' })
    else if (message.kind === 'result') finish({ payload: message.payload })
    else finish({ error: message.error, cause: 'handler' })
  })
  thread.on('error', (error: unknown) => {
    const { name, message, stack } = error as Error
    die({ error: { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') }, cause: 'crash' })
  })
  thread.on('exit', (code) =>
    die({
      error: { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with exit status ${code}`, trace: [] },
      cause: 'crash',
    }),
  )

  return {
    id: identity.id,
    loadMs: () => loadMs,
    usable: () => end === undefined,
    invoke: async (requestId, event) => {
      const outcome = new Promise<Outcome>((done) => {
        waiting = done
      })
      // The time limit counts from when the handler can run; Lambda gives the start its own.
      await started
      if (end) return { outcome: end, durationMs: 0 }
      const before = performance.now()
      thread.postMessage({ requestId, event, deadline: Date.now() + definition.timeoutMs } satisfies InvokeMessage)
      const seconds = (definition.timeoutMs / 1000).toFixed(2)
      const timer = setTimeout(() => {
        const error = {
          errorType: 'Sandbox.Timedout',
          errorMessage: `Task timed out after ${seconds} seconds`,
          trace: [],
        }
        die({ error, cause: 'timeout' })
        void thread.terminate()
      }, definition.timeoutMs)
      const result = await outcome
      clearTimeout(timer)
      return { outcome: result, durationMs: performance.now() - before }
    },
    kill: async () => {
      die({ error: { errorType: 'Runtime.Killed', errorMessage: 'Runtime was killed', trace: [] }, cause: 'crash' })
      await thread.terminate()
    },
  }
}
