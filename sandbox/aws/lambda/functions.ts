import { randomUUID } from 'node:crypto'
import type { FunctionDefinition } from '../template/model.ts'
import { type Execution, type Outcome, startExecution } from './execution.ts'

/** One invocation, finished. */
export interface Invocation {
  /** Logical id of the function. */
  function: string
  requestId: string
  /** What the handler took, in milliseconds. */
  durationMs: number
  /** Module load, where this invocation had to wait for it. */
  initMs: number
  outcome: Outcome
}

export interface Functions {
  readonly definitions: readonly FunctionDefinition[]
  find(idNameOrArn: string): FunctionDefinition | undefined
  /** Runs the function with an event (JSON text); waits where as many as allowed are running. Never rejects. */
  invoke(definition: FunctionDefinition, event: string): Promise<Invocation>
  /** Kills the threads of a function, or one thread, in the middle of whatever they do. */
  kill(which: { function: string } | { worker: string }): Promise<void>
  /** Invocations running or waiting to run. */
  running(): number
  /** Milliseconds that each function's modules took to load, of the starts so far. */
  loadTimes(): Record<string, number[]>
  close(): Promise<void>
}

export interface FunctionsOptions {
  definitions: FunctionDefinition[]
  region: string
  endpoint: string
  /** Threads one function may have at once; a reserved concurrency below it wins. */
  maxWorkers: number
  log(definition: FunctionDefinition, line: string): void
  /** Called when a thread starts, and after every invocation. */
  started(definition: FunctionDefinition, worker: string): void
  finished(definition: FunctionDefinition, invocation: Invocation): void
}

interface Pool {
  idle: Execution[]
  all: Set<Execution>
  waiting: ((execution: Execution) => void)[]
  loadTimes: number[]
}

/** Runs the template's functions in threads, each with its own environment and modules, reused while they live. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { definitions } = options
  const pools = new Map<string, Pool>(
    definitions.map((d) => [d.id, { idle: [], all: new Set(), waiting: [], loadTimes: [] }]),
  )
  let running = 0
  let closed = false
  const poolOf = (definition: FunctionDefinition) => pools.get(definition.id) as Pool
  const limit = ({ reservedConcurrency }: FunctionDefinition) =>
    Math.max(1, Math.min(reservedConcurrency ?? options.maxWorkers, options.maxWorkers))

  const start = (definition: FunctionDefinition): Execution => {
    const id = randomUUID()
    const identity = { id, region: options.region, endpoint: options.endpoint }
    const execution = startExecution(definition, identity, (line) => options.log(definition, line))
    poolOf(definition).all.add(execution)
    options.started(definition, id)
    return execution
  }
  const acquire = (definition: FunctionDefinition): Execution | Promise<Execution> => {
    const pool = poolOf(definition)
    for (let idle = pool.idle.pop(); idle; idle = pool.idle.pop()) {
      if (idle.usable()) return idle
      // It died after its last invocation had answered.
      pool.all.delete(idle)
    }
    if (pool.all.size < limit(definition)) return start(definition)
    return new Promise((done) => void pool.waiting.push(done))
  }
  const release = (definition: FunctionDefinition, execution: Execution) => {
    const pool = poolOf(definition)
    if (!execution.usable()) pool.all.delete(execution)
    if (closed) return
    const next = pool.waiting.shift()
    if (next) next(execution.usable() ? execution : start(definition))
    else if (execution.usable()) pool.idle.push(execution)
  }
  const end = async (pool: Pool, which: (execution: Execution) => boolean) => {
    const victims = [...pool.all].filter(which)
    pool.idle = pool.idle.filter((execution) => !victims.includes(execution))
    for (const victim of victims) pool.all.delete(victim)
    await Promise.all(victims.map((victim) => victim.kill()))
  }

  return {
    definitions,
    find: (reference) => definitions.find((d) => [d.id, d.name, d.arn].includes(reference)),
    running: () => running,
    loadTimes: () => Object.fromEntries([...pools].map(([id, pool]) => [id, pool.loadTimes])),
    invoke: async (definition, event) => {
      running += 1
      try {
        const execution = await acquire(definition)
        const isNew = execution.loadMs() === undefined
        const requestId = randomUUID()
        const { outcome, durationMs } = await execution.invoke(requestId, event)
        const loadMs = execution.loadMs()
        if (isNew && loadMs !== undefined) poolOf(definition).loadTimes.push(loadMs)
        release(definition, execution)
        const initMs = isNew ? (loadMs ?? 0) : 0
        const invocation = { function: definition.id, requestId, durationMs, initMs, outcome }
        options.finished(definition, invocation)
        return invocation
      } finally {
        running -= 1
      }
    },
    kill: async (which) => {
      if ('function' in which) {
        const pool = pools.get(which.function)
        if (pool) await end(pool, () => true)
      } else for (const pool of pools.values()) await end(pool, (execution) => execution.id === which.worker)
    },
    close: async () => {
      closed = true
      for (const pool of pools.values()) await end(pool, () => true)
    },
  }
}
