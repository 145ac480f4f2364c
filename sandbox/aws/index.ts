import { availableParallelism } from 'node:os'
import type { Denial } from './access/authorize.ts'
import type { Usage } from './access/usage.ts'
import type { Counter } from './counter.ts'
import { dataOf, type EmbeddedData, region } from './data.ts'
import { type Interceptor, startEndpoint } from './endpoint.ts'
import { type Gateway, startGateway } from './http-api/gateway.ts'
import { type IdleOptions, untilIdle } from './idle.ts'
import { createFunctions, type Functions, type Invocation } from './lambda/functions.ts'
import { createLater, type Later } from './lambda/later.ts'
import { createMappings, type Mappings } from './lambda/mappings.ts'
import type { HandlerError } from './lambda/worker.ts'
import { createLogs, type LogLine } from './logs.ts'
import { createParts, type Parts } from './parts.ts'
import { createSchedules } from './scheduler/schedules.ts'
import { openState, type State } from './state.ts'
import { checkDeployment } from './template/check.ts'
import { deploy } from './template/deploy.ts'
import type { Deployment } from './template/model.ts'
import { readSynthesised, type Synthesised } from './template/read.ts'

export { type ClientConfig, type EmbeddedData, openEmbeddedData } from './data.ts'
export type { Interceptor, Interruption } from './endpoint.ts'
export { StateInUseError } from './state.ts'
export { TemplateError } from './template/read.ts'

const account = '123456789012'
/** How often items whose time to live is over are looked for, in milliseconds. */
const expiryMs = 30_000

/** What an invocation gave back. */
export interface InvocationResult {
  requestId: string
  durationMs: number
  initMs: number
  payload?: unknown
  error?: HandlerError
}

export interface EmbeddedAws extends EmbeddedData {
  /** Invokes a function by logical id, name or ARN. Its own error is a result, not an exception. */
  invoke(reference: string, event: unknown): Promise<InvocationResult>
  /** Runs a schedule's target now; undefined where the schedule is switched off. */
  tick(schedule: string): Promise<InvocationResult | undefined>
  /** Runs all schedules that are on, at once; results by logical id. */
  tickAll(): Promise<Record<string, InvocationResult>>
  /** From now on the schedules run at their own times. */
  startSchedules(): void
  /** Resolves when no message is visible or in flight, no invocation runs and none is due. */
  idle(options?: IdleOptions): Promise<void>
  /** Lets running batches end and receives nothing more. */
  pauseSources(): void
  resumeSources(): void
  /** Kills a function's threads in the middle of whatever they do. */
  kill(reference: string): Promise<void>
  /** Asked at every call; undefined ends it. For tests that kill a function between two calls. */
  intercept(interceptor: Interceptor | undefined): void
  /** Messages in flight become visible now, as if their visibility timeouts were over. */
  releaseInFlight(): void
  /** Deletes items whose time to live ended before `now` (epoch milliseconds). Returns how many. */
  expire(now?: number): Promise<number>
  counter: Counter
  usage: Usage
  /** Calls that the roles did not allow. */
  denials(): Denial[]
  /** Milliseconds each function's modules took to load, by logical id. */
  loadTimes(): Record<string, number[]>
}

export interface EmbeddedAwsOptions {
  /** The cloud assembly that `cdk synth` wrote. */
  cdkOut: string
  /** Needed where the assembly holds several stacks. */
  stack?: string
  /** Keeps everything over a restart or a kill. In memory where absent. */
  stateDir?: string
  /** Every line a function writes. With a state directory it is in `logs/` there too. */
  log?: (entry: LogLine) => void
  /** Threads one function, and batches one mapping, may have at once. By default two to eight, as the machine has cores. */
  maxWorkers?: number
  /** No mapping waits longer than this for more messages, whatever its batching window is, in milliseconds. */
  longestWindowMs?: number
  /** Waits before the second and third attempt of an asynchronous invocation. AWS waits one and two minutes. */
  asyncRetryMs?: readonly [number, number]
  now?: () => number
  /** Where the template's HTTP API listens, unless another process does; the port it had before where absent, or any. */
  apiPort?: number
}

/**
 * Runs a synthesised stack on this machine: no account, no container, no network.
 * Throws TemplateError for what a deployment would refuse, StateInUseError where another run has the directory.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { maxWorkers = usualWorkers(), asyncRetryMs = [1000, 2000], now = Date.now } = options
  const { longestWindowMs = Number.POSITIVE_INFINITY } = options
  const synthesised = readSynthesised(options.cdkOut, options.stack)
  const state = openState(options.stateDir, true)
  const endpoint = await startEndpoint()
  const url = endpoint.url
  const gateway = await gatewayFor(synthesised, state, options.apiPort)
  const undo = async (error: unknown): Promise<never> => {
    await gateway?.close()
    await endpoint.close()
    state.close()
    throw error
  }
  try {
    const apiUrl = gateway?.url
    const deployment = deploy(synthesised, {
      ...{ stack: synthesised.stack, region, account, url },
      ...(apiUrl === undefined ? {} : { apiUrl }),
    })
    state.put('deployment', 'current', { url, deployment })
    const logs = createLogs(options.stateDir, options.log)
    let interceptor: Interceptor | undefined
    let mappings: Mappings | undefined

    const functions: Functions = createFunctions({
      definitions: deployment.functions,
      region,
      endpoint: url,
      maxWorkers,
      log: (definition, line) => logs({ function: definition.id, line }),
      started: (definition, worker) => void writeLog(parts, definition, worker),
      finished: (definition, { durationMs, initMs }) =>
        parts.counter.invocation(definition.id, durationMs + initMs, definition.memoryMb),
    })
    const later: Later = createLater(state, functions, now, asyncRetryMs)
    const parts: Parts = createParts({
      state,
      deployment,
      endpoint,
      now,
      invoker: { invoke: functions.invoke, invokeLater: later.add },
      kill: (worker) => functions.kill({ worker }),
      intercept: (call) => interceptor?.(call),
      switched: () => mappings?.refresh(),
    })
    await checkDeployment(deployment, parts.access)
    const { queues, switches, access, counter } = parts
    mappings = createMappings({
      deployment,
      queues,
      functions,
      switches,
      access,
      counter,
      maxWorkers,
      longestWindowMs,
    })
    const schedules = createSchedules(deployment, switches, functions, access, counter)

    if (deployment.httpApi) gateway?.serve({ deployment, api: deployment.httpApi, functions, counter, log: logs, now })

    // Whoever was working on them died with the process before this one.
    queues.recover()
    parts.moves.resume()
    mappings.refresh()
    later.start()
    const expiry = setInterval(() => void parts.dynamo.expire(now()), expiryMs).unref()

    const known = <T>(found: T | undefined, what: string): T => {
      if (found === undefined) throw new Error(`there is no ${what} in the stack ${deployment.stack}`)
      return found
    }
    return {
      ...dataOf(url, parts),
      counter,
      usage: access.usage,
      denials: access.denials,
      loadTimes: functions.loadTimes,
      invoke: async (reference, event) => {
        const definition = known(functions.find(reference), `function ${reference}`)
        return resultOf(await functions.invoke(definition, JSON.stringify(event) ?? 'null'))
      },
      tick: async (reference) => {
        const invocation = await schedules.tick(known(schedules.find(reference), `schedule ${reference}`))
        return invocation && resultOf(invocation)
      },
      tickAll: async () => {
        const results = await Promise.all(
          deployment.schedules.map(async (s) => [s.id, await schedules.tick(s)] as const),
        )
        return Object.fromEntries(
          results.flatMap(([id, invocation]) => (invocation ? [[id, resultOf(invocation)]] : [])),
        )
      },
      startSchedules: schedules.start,
      idle: (idleOptions) => untilIdle({ queues, functions, mappings: mappings as Mappings, later }, idleOptions),
      pauseSources: () => mappings?.pause(),
      resumeSources: () => mappings?.resume(),
      kill: (reference) => functions.kill({ function: known(functions.find(reference), `function ${reference}`).id }),
      intercept: (given) => {
        interceptor = given
      },
      releaseInFlight: queues.release,
      expire: (time) => parts.dynamo.expire(time ?? now()),
      close: async () => {
        clearInterval(expiry)
        await gateway?.close()
        schedules.stop()
        mappings?.stop()
        later.stop()
        parts.moves.close()
        queues.close()
        await functions.close()
        await endpoint.close()
        state.close()
      },
    }
  } catch (error) {
    return undo(error)
  }
}

/** Only for a template with an HTTP API. Where a run goes on, its URL stays what people were told, if it can. */
async function gatewayFor(
  { template }: Synthesised,
  state: State,
  port: number | undefined,
): Promise<Gateway | undefined> {
  if (!Object.values(template.Resources).some(({ Type }) => Type === 'AWS::ApiGatewayV2::Api')) return undefined
  const before = state.get<{ deployment: Deployment }>('deployment', 'current')?.deployment.httpApi
  return startGateway(before ? Number(new URL(before.url).port) : (port ?? 0))
}

const usualWorkers = (): number => Math.min(8, Math.max(2, availableParallelism()))

const resultOf = ({ requestId, durationMs, initMs, outcome }: Invocation): InvocationResult => ({
  requestId,
  durationMs,
  initMs,
  ...('payload' in outcome ? { payload: JSON.parse(outcome.payload) } : { error: outcome.error }),
})

/** Lambda writes a function's log with the function's role, one stream for each execution environment. */
async function writeLog({ access, deployment }: Parts, definition: Deployment['functions'][number], worker: string) {
  const { role, id, logGroup, tracing } = definition
  const stream = `arn:aws:logs:${deployment.region}:${deployment.account}:log-group:${logGroup}:log-stream:${worker}`
  for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
    await access.use(role, id, { action, resource: stream })
  if (!tracing) return
  for (const action of ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
    await access.use(role, id, { action, resource: '*' })
}
