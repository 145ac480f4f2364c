import { setTimeout as delay } from 'node:timers/promises'
import type { InvocationResult } from '../../sandbox/aws/index.ts'
import { type Counts, countsOf, isBalanced } from './counts.ts'
import type { Progress } from './live.ts'
import type { Workplace } from './workplace.ts'

/** A connection that could not be read in the last round. */
export interface PollFailure {
  connection: string
  code: string
  message: string
}

export interface RoundsOptions {
  /** Names of the schedules to run, each with what people call it. */
  schedules: readonly { title: string; schedule: string }[]
  /** Milliseconds after which a run that does not come to rest is ended. */
  limitMs: number
  signal: AbortSignal
  progress: Progress
}

export interface RoundsResult {
  counts: Counts
  failures: PollFailure[]
  /** False where time ran out, or the run was stopped, before everything was done. */
  quiet: boolean
}

/** A connection that cannot be read this often in a row will not be read at all; the sample may fail on purpose. */
const fruitlessRounds = { real: 2, sample: 5 }
/** How often the table is drawn while functions work. */
const drawMs = 500

/**
 * Lets the pipeline work in rounds: in the sample the morning moves on, then every connection is polled, and the
 * functions work until the queues are empty. Ends when a round brought nothing new.
 */
export async function runRounds(workplace: Workplace, options: RoundsOptions): Promise<RoundsResult> {
  const { sample, ledger, config } = workplace
  const { signal, progress } = options
  const until = performance.now() + options.limitMs
  const left = () => Math.max(1, until - performance.now())
  const stopped = new Promise<'stopped'>((done) => signal.addEventListener('abort', () => done('stopped')))
  let fruitless = 0
  let failures: PollFailure[] = []
  for (let round = 1; ; round += 1) {
    if (signal.aborted) return { counts: await countsOf(ledger, config), failures, quiet: false }
    const more = sample !== undefined && !sample.morning.done()
    if (more) sample.morning.advance()
    const drawing = draw(() => countsOf(ledger, config), `round ${round}`, progress)
    const work = pollAll(workplace, options, left)
    const polled = await Promise.race([work.catch(late), stopped]).finally(drawing.end)
    const counts = await countsOf(ledger, config)
    progress.show(counts, `round ${round}`)
    if (polled === 'stopped' || polled === 'late' || signal.aborted) return { counts, failures, quiet: false }
    failures = once(polled.failures)
    fruitless = failures.length > 0 && polled.captured === 0 ? fruitless + 1 : 0
    const done = polled.captured === 0 && !polled.unfinished && (sample === undefined || sample.morning.done())
    if (done && (failures.length === 0 || fruitless >= fruitlessRounds[sample ? 'sample' : 'real']))
      return { counts, failures, quiet: failures.length === 0 }
    if (performance.now() > until) return { counts, failures, quiet: false }
    if (fruitless > 0) await delay(1000)
  }
}

/** From now on every schedule runs at its own times, until somebody stops it. */
export async function watch(workplace: Workplace, options: RoundsOptions): Promise<RoundsResult> {
  const { embedded, ledger, config, outputs } = workplace
  embedded.startSchedules()
  const urls = outputs.connections.flatMap(({ webhook }) => (webhook ? [webhook.url] : []))
  const text = urls.length > 0 ? `watching, webhooks at ${urls.join(', ')}; Ctrl-C ends it` : 'watching; Ctrl-C ends it'
  const drawing = draw(() => countsOf(ledger, config), text, options.progress)
  await new Promise<void>((done) => {
    if (options.signal.aborted) done()
    options.signal.addEventListener('abort', () => done())
  })
  drawing.end()
  const counts = await countsOf(ledger, config)
  return { counts, failures: [], quiet: isBalanced(counts.flows) }
}

/** What `idle` throws when its time is over. */
const late = (error: Error): 'late' => {
  if (error.message.startsWith('still busy')) return 'late'
  throw error
}

/** A connection with several streams fails several times in the same words. */
const once = (failures: PollFailure[]): PollFailure[] => [
  ...new Map(failures.map((f) => [`${f.connection} ${f.code} ${f.message}`, f])).values(),
]

interface Polled {
  captured: number
  unfinished: boolean
  failures: PollFailure[]
}

/**
 * Every connection, until nothing moves. In the sample one that is told by webhook takes that first: two readings of one
 * connection wait for each other, and its poll would know everything before it is told.
 */
async function pollAll(workplace: Workplace, { schedules }: RoundsOptions, left: () => number): Promise<Polled> {
  const { embedded, sample } = workplace
  const isTold = ({ title }: RoundsOptions['schedules'][number]) => sample?.telling.includes(title) === true
  const quiet = () => embedded.idle({ timeoutMs: left() })
  const [first] = await Promise.all([
    poll(
      workplace,
      schedules.filter((one) => !isTold(one)),
    ),
    sample?.told(),
  ])
  await quiet()
  const then = await poll(workplace, schedules.filter(isTold))
  await quiet()
  return {
    captured: first.captured + then.captured,
    unfinished: first.unfinished || then.unfinished,
    failures: [...first.failures, ...then.failures],
  }
}

async function poll({ embedded }: Workplace, schedules: RoundsOptions['schedules']): Promise<Polled> {
  const results = await Promise.all(
    schedules.map(async ({ title, schedule }) => ({ title, result: await embedded.tick(schedule) })),
  )
  const polled: Polled = { captured: 0, unfinished: false, failures: [] }
  for (const { title: connection, result } of results) {
    if (!result) continue
    const { captured = 0, unfinished = false, busy = false, failures = [] } = payloadOf(result)
    polled.captured += captured
    polled.unfinished ||= unfinished || busy
    polled.failures.push(...failures.map(({ code, message }) => ({ connection, code, message })))
    if (result.error)
      polled.failures.push({ connection, code: result.error.errorType, message: result.error.errorMessage })
  }
  return polled
}

interface PollAnswer {
  captured?: number
  unfinished?: boolean
  busy?: boolean
  failures?: { code: string; message: string }[]
}
const payloadOf = ({ payload }: InvocationResult): PollAnswer => (payload ?? {}) as PollAnswer

/** Draws while functions work; never two at a time. */
function draw(counts: () => Promise<Counts>, text: string, progress: Progress): { end(): void } {
  let busy = false
  let ended = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    counts()
      .then((found) => {
        if (!ended) progress.show(found, text)
      })
      // The next drawing, or the end of the round, tells what is wrong.
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }, drawMs)
  return {
    end: () => {
      ended = true
      clearInterval(timer)
    },
  }
}
