import { limits } from '../config/limits.ts'
import type { Clock, MapResult } from '../core/exchange.ts'
import type { Undo } from '../core/undo.ts'
import { backoffMs, type Received, type Verdict } from './batch.ts'
import {
  type Attempt,
  type DocumentEntry,
  type Ledger,
  type Mapping,
  type Progress,
  toMapping,
} from './ledger/ledger.ts'
import { type Mapped, type MappingSources, mapDocument, mapFollowUp } from './map-document.ts'
import { type DocumentMessage, parseStep, stepOf } from './messages.ts'
import type { Observability, Outbox } from './ports.ts'
import { alreadyHeld, giveUp, notice } from './settle.ts'
import { beginUndo, undoUnderWay } from './undo-document.ts'
import type { Agenda } from './watch/agenda.ts'

export interface MapperContext extends Observability {
  ledger: Ledger
  agenda: Pick<Agenda, 'expect'>
  sources: MappingSources
  /** What undoes writes, by system. */
  undo: Readonly<Record<string, Undo>>
  outbox: Outbox
  clock: Clock
  random(): number
}

/**
 * Handles one message of the documents queue: maps a document, or finds its next write. Every step may run twice:
 * what it stores is the same, and what it enqueues twice is claimed once.
 */
export async function handleDocument(received: Received<DocumentMessage>, context: MapperContext): Promise<Verdict> {
  const { message } = received
  try {
    const { progress, mappings } = await context.ledger.standing(message)
    if (wasHandled(received, progress, mappings)) {
      context.ledger.recheck(message)
      await context.ledger.recheckReplaced(message)
    }
    if (message.task === 'undo' && progress?.undo === undefined)
      return progress ? await undo(received, progress, mappings, context) : { verdict: 'done' }
    if (progress?.state === 'delivered' || progress?.state === 'skipped')
      return await alreadyDone(received, progress, context)
    if (progress?.hold || (progress && alreadyHeld(progress, received))) return { verdict: 'dead-letter' }

    const stored = await context.ledger.read(message)
    if (!stored) throw new Error(`the ledger has no document ${message.documentId}`)
    const { raw } = stored
    // As the last mapping routed it; the source only knows what came in.
    const entry = mappings[0]?.entry ?? stored.entry
    const { generation, index } = parseStep(progress?.step ?? stepOf(1, 0))

    // It was mapped before and is on its way (this message is a repeat): mapping it anew could end differently by
    // now, while its write is being done. What waits for a person is mapped anew, with today's tables.
    const waits = progress?.state === 'held' || progress?.state === 'rejected'
    if (progress?.undo) {
      const known = await undoUnderWay({ entry, progress, mappings }, context)
      return known ? await goOn(entry, progress.step, waits, received, context) : { verdict: 'done' }
    }
    const underWay = !waits && mappings.some((m) => m.generation === generation && m.writes.length > index)
    if (index > 0 || underWay) return await goOn(entry, stepOf(generation, index), waits, received, context)
    const mapped =
      generation === 1
        ? await mapDocument(entry, raw, context.sources)
        : await mapFollowUp(entry, raw, snapshotOf(mappings), (progress as Progress).targets, context.sources)
    if (!mapped) return await finish(entry, progress, received, context)
    return await take(mapped, generation, progress, received, context)
  } catch (error) {
    context.log.error('mapping failed', { documentId: message.documentId, reason: (error as Error).message })
    context.metrics.count('AttemptsFailed', 1, { stage: 'map' })
    if (received.receiveCount < limits.maxReceives)
      return { verdict: 'retry', afterMs: backoffMs(received.receiveCount, context.random) }
    await giveUp(message, 'map', error as Error, received, context)
    return { verdict: 'dead-letter' }
  }
}

/** Somebody asked for what was written to be taken back. */
async function undo(
  received: Received<DocumentMessage>,
  progress: Progress,
  mappings: readonly Mapping[],
  context: MapperContext,
): Promise<Verdict> {
  const [first] = mappings
  const known = first && (await beginUndo({ entry: first.entry, progress, mappings }, received, context))
  return known ? goOn(known.entry, known.progress.step, false, received, context) : { verdict: 'done' }
}

/** True where an earlier worker got some way with this message, and may have died before it attested what it wrote. */
function wasHandled(
  { message, receiveCount }: Received<DocumentMessage>,
  progress: Progress | undefined,
  mappings: readonly Mapping[],
): boolean {
  if (receiveCount > 1 || message.task !== 'next') return progress !== undefined || mappings.length > 0
  // Whoever recorded its end did so for a message like this one.
  if (progress && !['mapped', 'pushing'].includes(progress.state)) return true
  const { generation, index } = parseStep(progress?.step ?? stepOf(1, 0))
  return index === 0 && mappings.some((m) => m.generation === generation)
}

/** A repeat of a message that was handled, or a replay: recorded where somebody asked for it, never written again. */
async function alreadyDone(
  received: Received<DocumentMessage>,
  progress: Progress,
  context: MapperContext,
): Promise<Verdict> {
  const { message } = received
  if (message.by) {
    const at = new Date(context.clock.now()).toISOString()
    const attempt: Attempt = { at, stage: 'map', outcome: 'skipped', code: 'ALREADY_DONE', by: message.by }
    await context.ledger.note(message, progress.step, attempt)
  }
  return { verdict: 'done' }
}

/** Goes on with a document of which some writes are done; one that was held in between is in flight again. */
async function goOn(
  entry: DocumentEntry,
  step: string,
  waits: boolean,
  received: Received<DocumentMessage>,
  context: MapperContext,
): Promise<Verdict> {
  if (waits) {
    const at = new Date(context.clock.now()).toISOString()
    await context.ledger.reopen(entry, step, { at, stage: 'map', outcome: 'written', step })
  }
  return enqueue(entry, step, received, context)
}

/** Stores a mapping's result and sends the document on its way. */
async function take(
  mapped: Mapped,
  generation: number,
  progress: Progress | undefined,
  received: Received<DocumentMessage>,
  context: MapperContext,
): Promise<Verdict> {
  const { ledger, agenda } = context
  const { entry, result } = mapped
  const at = new Date(context.clock.now()).toISOString()
  // Links before the mapping: a repeat that finds the mapping makes none.
  for (const number of result.outcome === 'write' ? (result.index ?? []) : []) await ledger.link(entry, number)
  await ledger.saveMapping(
    toMapping(entry, result, { generation, final: !mapped.mayFollow, tables: mapped.tables, at }),
  )
  if (entry.version !== '' && generation === 1 && result.outcome !== 'skipped') await supersede(entry, at, context)
  // One that is past is looked at with those of now: earlier ones are not looked at any more.
  for (const one of ('expect' in result && result.expect) || [])
    await agenda.expect(entry, one.by < at ? { ...one, by: at } : one)
  const step = stepOf(generation, 0)
  const attempt = attemptOf(result, at, received.message.by)

  if (result.outcome === 'write') {
    if (result.writes.length > 0) {
      if (progress?.state === 'held' || progress?.state === 'rejected') await ledger.reopen(entry, step, attempt)
      return await enqueue(entry, step, received, context)
    }
    await ledger.settle(entry, { state: 'delivered', step, problems: [], warnings: result.warnings, attempt })
    context.notices.add(notice('DocumentsDelivered', entry))
    context.metrics.count('DocumentsDelivered', 1, { flow: entry.flow })
    return { verdict: 'done' }
  }
  const held = result.outcome !== 'skipped'
  await ledger.settle(entry, {
    state: result.outcome,
    step,
    problems: result.problems,
    warnings: result.warnings,
    attempt,
    ...(held ? { heldMessage: received.messageId } : {}),
  })
  context.metrics.count(held ? 'DocumentsHeld' : 'DocumentsSkipped', 1, { flow: entry.flow })
  if (!held) return { verdict: 'done' }
  const kind = result.outcome === 'held' ? 'DocumentsHeld' : 'DocumentsFailed'
  context.notices.add(notice(kind, entry, { codes: [...new Set(result.problems.map((p) => p.code))] }))
  return { verdict: 'dead-letter' }
}

/** The source has a newer state of a document that waits for a person: the older one is not waited for any more. */
async function supersede(entry: DocumentEntry, at: string, { ledger }: MapperContext): Promise<void> {
  for (const { document, progress } of await ledger.waiting(entry))
    await ledger.settle(document, {
      state: 'skipped',
      step: progress.step,
      problems: [{ code: 'SUPERSEDED', message: `a newer state came: ${entry.documentId}` }],
      warnings: progress.warnings,
      attempt: { at, stage: 'map', outcome: 'skipped', code: 'SUPERSEDED' },
    })
}

/** Puts one write of a document on its connection's push queue. */
async function enqueue(
  entry: DocumentEntry,
  step: string,
  received: Received<DocumentMessage>,
  context: MapperContext,
): Promise<Verdict> {
  const { generation, index } = parseStep(step)
  const write = (await context.ledger.mapping(entry, generation))?.writes[index]
  if (!write) throw new Error(`${entry.documentId} has no write ${step}`)
  const { documentId, number } = entry
  const by = received.message.by ? { by: received.message.by } : {}
  // The message's id makes a repeat after a redrive a new message, and a repeat of this receive the same one.
  await context.outbox.toPusher(write.connection, [
    { thread: entry.group, message: { documentId, number, step, ...by }, nonce: received.messageId },
  ])
  return { verdict: 'done' }
}

/** All writes are done and nothing follows. */
async function finish(
  entry: DocumentEntry,
  progress: Progress | undefined,
  received: Received<DocumentMessage>,
  context: MapperContext,
): Promise<Verdict> {
  const at = new Date(context.clock.now()).toISOString()
  await context.ledger.settle(entry, {
    state: 'delivered',
    step: progress?.step ?? stepOf(1, 0),
    problems: [],
    warnings: progress?.warnings ?? [],
    attempt: { at, stage: 'map', outcome: 'written', ...(received.message.by ? { by: received.message.by } : {}) },
  })
  context.notices.add(
    notice('DocumentsDelivered', entry, { targetNumbers: progress?.targets.flatMap((t) => t.numbers) ?? [] }),
  )
  context.metrics.count('DocumentsDelivered', 1, { flow: entry.flow })
  return { verdict: 'done' }
}

const snapshotOf = (mappings: Mapping[]) => mappings.find((m) => m.generation === 1)?.snapshot

const attemptOf = (result: MapResult, at: string, by: string | undefined): Attempt => ({
  at,
  stage: 'map',
  outcome: result.outcome === 'write' ? 'written' : result.outcome,
  ...(result.outcome === 'write' ? {} : { code: result.problems[0]?.code ?? '' }),
  ...(by ? { by } : {}),
})
