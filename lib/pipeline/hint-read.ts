import type { NamedDocument } from '../core/exchange.ts'
import { Failure } from '../core/failures.ts'
import { backoffMs } from './batch.ts'
import { type Captured, type Page, recover, takePage, toEntry } from './capture.ts'
import { connectionDown } from './connection-state.ts'
import type { NamedHint, RecordsHint } from './hint.ts'
import type { Received } from './hint-message.ts'
import { type Postponed, whileBusy } from './hint-settle.ts'
import { type PollerContext, pageMargin, pollLease } from './poll.ts'
import { readFault } from './read-fault.ts'
import { deliveryDocument } from './webhook-delivery.ts'

export interface HintContext extends PollerContext {
  /** 0 <= random() < 1. */
  random(): number
  sleep(ms: number): Promise<void>
}

/**
 * The state item that holds what is being captured, as a stream's cursor does: a poller that dies between storing and
 * enqueueing leaves it there, and the hints that come back find it.
 */
const stream = 'webhook'
/**
 * Waits for another poll of the connection before hints are given back for seconds, in milliseconds: most are over in
 * less than the first time a hint stays away.
 */
const leaseWaits = [200, 400, 800, 1600]
/** Ids read at once: a list takes so many, and their details fit into the time that is left for a page. */
const idsAtOnce = 200

/** Hints whose records are read together. */
interface Slice {
  stream: string
  hints: Received<RecordsHint>[]
}

/**
 * Reads the records that hints name, few reads for many hints, captures what they gave like a page, and links it to the
 * deliveries; keeps deliveries that named none. A hint is over when its documents are on their way.
 * @returns the hints that must come back: all of them where another poll is running, and those of a read that failed
 */
export async function takeHints(hints: readonly Received<NamedHint>[], context: HintContext): Promise<Postponed[]> {
  const { slice, state, owner, log } = context
  if (hints.length === 0) return []
  if (!(await leaseSoon(context))) return hints.map(whileBusy)
  const kept: Postponed[] = []
  const result: Captured = { captured: 0, known: 0 }
  const attempt = async (some: readonly Received<NamedHint>[], work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      kept.push(...(await failed(some, error, context)))
      return !readFault(error).stops
    }
  }
  try {
    const unread = hints.filter((h) => h.hint.hint === 'unread')
    let goesOn = await attempt(hints, async () => recover(await state.cursor(slice.name, stream), context))
    if (kept.length > 0) return kept
    await attempt(unread, () =>
      capture(
        unread.flatMap(({ hint }) => deliveryOf(hint)),
        context,
        result,
      ),
    )
    for (const part of slices(hints)) {
      if (goesOn && context.remaining() >= pageMargin)
        goesOn = await attempt(part.hints, () => take(part, context, result))
      else kept.push(...part.hints.map(whileBusy))
    }
    log.info('hints taken', { connection: slice.name, hints: hints.length, ...result, postponed: kept.length })
    return kept
  } finally {
    await state.release(pollLease(slice.name), owner)
    await context.notices.flush()
  }
}

async function leaseSoon({ slice, state, clock, owner, remaining, sleep }: HintContext): Promise<boolean> {
  const leased = () => state.lease(pollLease(slice.name), owner, clock.now() + remaining())
  for (const wait of leaseWaits) {
    if (await leased()) return true
    if (remaining() < wait + pageMargin) return false
    await sleep(wait)
  }
  return leased()
}

/**
 * What is read together: of one stream, and what failed before apart from what comes for the first time, so that one
 * record that cannot be read holds up no other for long.
 */
function slices(hints: readonly Received<NamedHint>[]): Slice[] {
  const named = hints.filter((h): h is Received<RecordsHint> => h.hint.hint === 'records')
  const together = Map.groupBy(named, ({ hint, receives }) => `${receives > 1 ? 'again' : 'first'} ${hint.stream}`)
  return [...together.values()].flatMap((group) => {
    const parts: Slice[] = []
    let ids = new Set<string>()
    for (const received of group) {
      const last = parts.at(-1)
      const more = received.hint.ids.filter((id) => !ids.has(id)).length
      if (last && ids.size + more <= idsAtOnce) last.hints.push(received)
      else {
        parts.push({ stream: received.hint.stream, hints: [received] })
        ids = new Set()
      }
      for (const id of received.hint.ids) ids.add(id)
    }
    return parts
  })
}

/** Reads the records of a slice, makes each findable by the deliveries that named it, and captures them. */
async function take({ stream: named, hints }: Slice, context: HintContext, result: Captured): Promise<void> {
  const { reader, slice } = context
  if (!reader.readRecords) throw new Error(`${slice.system} names records in its webhooks and has no way to read them`)
  const found = await reader.readRecords(named, [...new Set(hints.flatMap(({ hint }) => hint.ids))])
  const deliveries = Map.groupBy(
    found.flatMap(({ id, document }) =>
      hints.flatMap(({ hint }) =>
        hint.ids.includes(id) ? [{ ...toEntry(document, slice, ''), deliveryId: hint.deliveryId }] : [],
      ),
    ),
    ({ documentId }) => documentId,
  )
  const ids = [...deliveries].map(([id, some]) => [id, [...new Set(some.map((s) => s.deliveryId))]] as const)
  await capture(found, context, result, new Map(ids))
}

async function capture(
  found: readonly NamedDocument[],
  context: HintContext,
  result: Captured,
  deliveries: Page['deliveries'] = new Map(),
): Promise<void> {
  if (found.length === 0) return
  const { slice, state } = context
  // Two of the ids may have led to one document.
  const documents = [
    ...new Map(found.map(({ document }) => [toEntry(document, slice, '').documentId, document])).values(),
  ]
  await takePage(
    stream,
    { documents, cursor: null, more: false, deliveries },
    await state.cursor(slice.name, stream),
    context,
    result,
  )
}

const deliveryOf = (hint: NamedHint): NamedDocument[] =>
  hint.hint === 'unread' ? [{ id: hint.deliveryId, document: deliveryDocument(hint) }] : []

/** A fault at the source or of our own: the hints come back later and later, each at a time of its own. */
async function failed(
  hints: readonly Received<NamedHint>[],
  error: unknown,
  context: HintContext,
): Promise<Postponed[]> {
  const { slice, log, metrics, random } = context
  const fault = readFault(error)
  metrics.count('PollFailures', 1, { connection: slice.name })
  log.error('hints could not be taken', { connection: slice.name, code: fault.code, reason: fault.message })
  if (fault.down) await connectionDown(context, slice.name, 'read', fault)
  const asked = error instanceof Failure ? (error.retryAfterMs ?? 0) : 0
  return hints.map(({ record, receives }) => ({
    record,
    afterSeconds: Math.ceil(Math.max(asked, backoffMs(receives, random)) / 1000),
  }))
}
