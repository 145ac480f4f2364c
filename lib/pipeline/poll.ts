import type { Concern, SourceReader } from '../core/exchange.ts'
import { canonicalJson } from '../core/hash.ts'
import { type CaptureContext, type Captured, recover, takePage } from './capture.ts'
import { connectionDown, connectionWorks } from './connection-state.ts'
import { readFault } from './read-fault.ts'
import { areConcernsDue, booked, type Polled, type Polling } from './watch/polling.ts'
import { pollingRecord } from './watch/sources.ts'

export interface PollerContext extends CaptureContext {
  reader: SourceReader
  /** Unique to this invocation: owner of the lease. */
  owner: string
  /** Milliseconds this invocation has left. */
  remaining(): number
}

export interface PollResult extends Captured {
  pages: number
  /** True where time ran out; the next invocation goes on at the same place. */
  unfinished: boolean
  failures: { stream: string; code: string; message: string }[]
  /** True where a person has switched the connection off: nothing was read. */
  paused?: boolean
}

/** No page is begun with less: a page may need a minute of reads at a slow ERP. In milliseconds. */
export const pageMargin = 60_000

/** One reader of a connection at a time. */
export const pollLease = (connection: string): string => `poll#${connection}`

/**
 * Polls every stream of a connection, page by page: store each document, enqueue it, and only then move the
 * cursor. Killed anywhere, the next poll reads the page again and finds out what is new.
 * @returns undefined where another poll of the connection is running
 */
export async function poll(context: PollerContext): Promise<PollResult | undefined> {
  const { slice, state, clock, owner, log } = context
  if (await state.paused(slice.name)) {
    log.info('not polled: a person has switched the connection off', { connection: slice.name })
    return { captured: 0, known: 0, pages: 0, unfinished: false, failures: [], paused: true }
  }
  const lease = pollLease(slice.name)
  if (!(await state.lease(lease, owner, clock.now() + context.remaining()))) {
    log.info('another poll of this connection is running', { connection: slice.name })
    return undefined
  }
  const result: PollResult = { captured: 0, known: 0, pages: 0, unfinished: false, failures: [] }
  const streams: Polled['streams'] = {}
  let asked = 0
  let isBroken = false
  try {
    for (const stream of context.reader.streams()) {
      try {
        const stored = await state.cursor(slice.name, stream)
        await recover(stored, context)
        if (context.reader.idle?.(stream, stored?.cursor ?? undefined)) continue
        asked += 1
        streams[stream] = { fresh: await pollStream(stream, context, result) }
      } catch (error) {
        const fault = readFault(error)
        result.failures.push({ stream, code: fault.code, message: fault.message })
        streams[stream] = { fault }
        context.metrics.count('PollFailures', 1, { connection: slice.name })
        log.error('poll failed', { connection: slice.name, stream, code: fault.code, reason: fault.message })
        if (fault.stops) {
          isBroken = fault.down
          if (fault.down) await connectionDown(context, slice.name, 'read', fault)
          break
        }
      }
    }
    await keepBook(streams, context)
    const [first] = result.failures
    const isSilent = first !== undefined && result.failures.length === asked
    // One stream that cannot be read keeps no connection down whose others can.
    if (!isSilent && !isBroken) await connectionWorks(context, slice.name, 'poll')
    else if (isSilent && result.failures.every((f) => f.code === 'UNREACHABLE'))
      await connectionDown(context, slice.name, 'read', first)
    return result
  } finally {
    await state.release(lease, owner)
    await context.notices.flush()
  }
}

async function pollStream(stream: string, context: PollerContext, result: PollResult): Promise<number> {
  const { slice, reader, state } = context
  let fresh = 0
  for (let more = true; more; ) {
    if (context.remaining() < pageMargin) {
      result.unfinished = true
      return fresh
    }
    const before = await state.cursor(slice.name, stream)
    const page = await reader.readPage(stream, before?.cursor ?? undefined)
    fresh += await takePage(stream, page, before, context, result)
    if (page.receipt !== undefined) await reader.acknowledge?.(stream, page.receipt)
    result.pages += 1
    // A page that neither ends nor moves would be read for ever.
    more = page.more && canonicalJson(page.cursor) !== canonicalJson(before?.cursor ?? null)
  }
  return fresh
}

/** Leaves behind for whoever watches what this poll found, and once a day what its system says will end soon. */
async function keepBook(streams: Polled['streams'], context: PollerContext): Promise<void> {
  const { slice, reader, state, clock, log } = context
  const name = pollingRecord(slice.name)
  const before = await state.record<Polling>(name)
  let concerns: Concern[] | undefined
  if (reader.concerns && areConcernsDue(before, clock.now()) && context.remaining() > pageMargin)
    concerns = await reader.concerns().catch((error: Error) => {
      log.warn('what ends soon could not be asked', { connection: slice.name, reason: error.message })
      return undefined
    })
  const polled = { streams, ...(concerns ? { concerns } : {}) }
  await state.keepRecord(name, booked(before, polled, clock.now()))
}
