import type { Json, MapResult, SourceDocument, Write } from '../../core/exchange.ts'
import type { DeliveredWrite, HistoryEntry } from '../../core/flow.ts'
import type { Decision, Problem } from '../../core/problems.ts'

/** Where a document lives in the ledger: its id and the business number that is its partition. */
export interface DocumentRef {
  documentId: string
  number: string
}

/** What is known of a document from the moment it was captured; never changes. */
export interface DocumentEntry extends DocumentRef {
  connection: string
  integration: string
  flow: string
  type: string
  key: string
  /** FIFO message group: documents of one group are handled in order. */
  group: string
  version: string
  hash: string
  arrival: string
  /** ISO date-time. */
  capturedAt: string
}

/** One attempt of one stage, as the audit trail keeps it. */
export interface Attempt {
  at: string
  stage: 'map' | 'push'
  outcome: 'written' | 'adopted' | 'held' | 'rejected' | 'skipped' | 'failed'
  /** Problem or failure code. */
  code?: string
  /** Which write of the document, for the push stage. */
  step?: string
  /** Who asked and why, for a replay or a redrive. */
  by?: string
}

export type Settled = 'delivered' | 'held' | 'rejected' | 'skipped'

/** What changes while a document goes its way. Absent until something other than a plain mapping happened. */
export interface Progress {
  state: 'mapped' | 'pushing' | Settled
  /** Next write to do, "<generation>.<index>"; the last one done is the one before. */
  step: string
  /** How often each write was begun: more than once means an earlier attempt may have reached the target. */
  begun: { [step: string]: number }
  attempts: Attempt[]
  problems: Problem[]
  warnings: Problem[]
  /** The queue message that was failed on purpose, so that its remaining receives go straight to the DLQ. */
  heldMessage?: string
  targets: DeliveredWrite[]
  updatedAt: string
  /** A person's word that it is not to be sent; it waits until released. */
  hold?: PersonsWord
  /** Who sees to it. */
  assignee?: string
  /** What people wrote about it, oldest first. */
  notes?: PersonsWord[]
  /** What was written of it is being taken back, or was. */
  undo?: Undoing
}

/** The undo of a document. */
export interface Undoing extends PersonsWord {
  /** The mapping with the writes that undo. */
  generation: number
  /** ISO date-time; absent while it is under way. */
  done?: string
  /** How the document stood: where nothing can be undone it stands so again. */
  before: Pick<Progress, 'state' | 'step' | 'problems' | 'hold'>
}

/** What a person said of a document, and when (ISO date-time). */
export interface PersonsWord {
  at: string
  by: string
  text: string
}

/** A mapping as the ledger keeps it. Generation 1 is the mapping itself, 2 its follow-up; one that undoes says so. */
export interface Mapping {
  entry: DocumentEntry
  generation: number
  /** False where the mapper may add writes after the last one (an acknowledgement). */
  final: boolean
  /** True where its writes undo those of the earlier ones. */
  undoes?: boolean
  writes: Write[]
  snapshot?: Json
  /** Values this document is linked under, beside the targets' numbers: the way from an invoice to its order. */
  index?: string[]
  decisions: Decision[]
  warnings: Problem[]
  /** Version of every cross-reference table the mapping saw. */
  tables: { [name: string]: string }
  at: string
}

/** A document's whole story, for `trace`. */
export interface Story {
  entry: DocumentEntry
  raw: Json
  progress?: Progress
  mappings: Mapping[]
}

/**
 * `done`: this write was recorded before; with `underWay` the document still has more before it.
 * `settled`: it is held or rejected, and must be mapped anew before it is written.
 */
export type Claim =
  | { claimed: true; attempt: number }
  | { claimed: false; why: 'done'; underWay: boolean }
  | { claimed: false; why: 'leased' }
  | { claimed: false; why: 'settled'; progress: Progress }

/**
 * The ledger: audit trail, duplicate check, lease and replay store in one (design §2). What is written once (raw,
 * mapping) does not share an item with what changes, because DynamoDB bills an update by the whole item.
 *
 * Every method may be repeated after a crash without a different end.
 */
export interface Ledger {
  /**
   * Stores what came in. `new`: stored now. `unfinished`: it was stored before and nothing is known to have
   * happened since, so it must be enqueued (again). `known`: it is on its way or done; with `once`, an earlier
   * state of it was delivered.
   */
  capture(entry: DocumentEntry, raw: Json, options?: { once?: boolean }): Promise<'new' | 'unfinished' | 'known'>
  /** True where any state of this document was captured. */
  knows(document: Pick<DocumentEntry, 'connection' | 'type' | 'key' | 'number'>): Promise<boolean>
  /** True where it was captured and nothing is known to have happened since: it must be enqueued. */
  unfinished(ref: DocumentRef): Promise<boolean>
  read(ref: DocumentRef): Promise<{ entry: DocumentEntry; raw: Json } | undefined>
  progress(ref: DocumentRef): Promise<Progress | undefined>
  /** Progress and mappings together, in one read. */
  standing(ref: DocumentRef): Promise<{ progress?: Progress; mappings: Mapping[] }>

  saveMapping(mapping: Mapping): Promise<void>
  mapping(ref: DocumentRef, generation: number): Promise<Mapping | undefined>
  /** After a document that was held or rejected has been mapped anew: it is in flight again, at this step. */
  reopen(document: DocumentRef, step: string, attempt: Attempt): Promise<void>

  /** Takes the lease of one write. `attempt` counts from 1; over 1, an earlier one may have reached the target. */
  claim(document: DocumentRef, step: string, owner: string, until: number): Promise<Claim>
  /**
   * Records a delivered write and moves to `next`; with `done` the document is delivered, or undone. Gives the lease
   * back.
   */
  wrote(
    document: DocumentRef,
    write: {
      /** Absent where there was nothing left to undo. */
      target?: DeliveredWrite
      warnings: Problem[]
      next: string
      done: boolean
      attempt: Attempt
    },
  ): Promise<void>
  /** Records that a document is held, rejected, skipped, or delivered without a write. Gives the lease back. */
  settle(
    document: DocumentRef,
    outcome: {
      state: Settled
      step: string
      problems: Problem[]
      warnings: Problem[]
      attempt: Attempt
      heldMessage?: string
    },
  ): Promise<void>
  /** Records an attempt that changed nothing (a fault, a replay of what was delivered) and gives the lease back. */
  note(document: DocumentRef, step: string, attempt: Attempt): Promise<void>

  /**
   * Keeps a document from being sent, or with `undefined` lets it go again: it then waits to be mapped anew.
   * `sending`: it is being written at this moment; `over`: it is delivered or skipped.
   */
  hold(document: DocumentRef, word: PersonsWord | undefined): Promise<'done' | 'sending' | 'over'>
  /**
   * Begins to undo a document that is delivered, or waits for a person; the writes that undo are `generation`. False
   * where it is no longer as in `seen`.
   */
  beginUndo(document: DocumentRef, seen: Progress, generation: number, word: PersonsWord): Promise<boolean>
  /** Nothing was undone and nothing can be: the document stands as before, with this warning. Gives the lease back. */
  endUndo(document: DocumentRef, warning: Problem, attempt: Attempt): Promise<void>
  /** Adds a note, or says who sees to it. Nothing where the document is only captured. */
  remark(document: DocumentRef, remark: { note?: PersonsWord; assignee?: string }): Promise<void>

  /** Earlier states of this document (same identity at the source) that wait for a person; nothing of them is written. */
  waiting(entry: DocumentEntry): Promise<{ document: DocumentRef; progress: Progress }[]>

  /** Makes the document findable under another number (order number at the target, purchase order of a shipment). */
  link(document: DocumentRef, number: string): Promise<void>
  /** Every document found under a number, by capture time; linked ones included. */
  history(number: string): Promise<HistoryEntry[]>
  /**
   * The stories of every document found under an id: a business number of either side, a tracking number, a document id,
   * a record's own id at its source ("stock.picking/4"), an id that a target gave, our reference there, a correlation id.
   */
  stories(id: string): Promise<Story[]>
  /** Every document in which a text stands as a whole word, anywhere. Reads the whole ledger with its payloads. */
  mentioning(text: string): AsyncIterable<Story>

  /** Attests everything written since the last time (design: audit trail); before a message is acknowledged or sent. */
  attest(): Promise<void>
  /**
   * Says that an earlier worker may have died over this document: what was read of it is attested with the next
   * `attest`, where the block that should attest it is missing.
   */
  recheck(ref: Pick<DocumentRef, 'documentId'>): void
  /** The same of earlier states of the document, which that worker may have set aside for this one. */
  recheckReplaced(ref: DocumentRef): Promise<void>

  /** Every captured document, without payload: for counting and filters. Reads the whole ledger. */
  all(): AsyncIterable<{ entry: DocumentEntry; progress?: Progress; mapped: boolean }>
}

/** The state a person sees: nothing recorded beyond the raw document is "captured", a mapping alone is "mapped". */
export function stateOf(progress: Progress | undefined, mapped: boolean): HistoryEntry['state'] {
  if (progress) return progress.state === 'pushing' ? 'mapped' : progress.state
  return mapped ? 'mapped' : 'captured'
}

/** A state as people are told it. */
export type ShownState = HistoryEntry['state'] | 'undone'

/** As `stateOf`; one whose writes were all taken back is undone, not just skipped. */
export const shownState = (progress: Progress | undefined, mapped: boolean): ShownState =>
  isUndone(progress) ? 'undone' : stateOf(progress, mapped)

/** True once everything that could be taken back was. */
export const isUndone = (progress: Progress | undefined): boolean =>
  progress?.state === 'skipped' && progress.undo?.done !== undefined

/** The identity of a document at its source, and of the state in which it arrived. */
export function documentRef(connection: string, document: SourceDocument, revision: string): DocumentRef {
  return { documentId: `${connection}:${document.type}:${document.key}#${revision}`, number: document.number }
}

/** What a mapping result stores of itself; skipped, held and rejected mappings keep their decisions too. */
export function toMapping(
  entry: DocumentEntry,
  result: MapResult,
  more: Pick<Mapping, 'generation' | 'final' | 'tables' | 'at'>,
): Mapping {
  return {
    entry,
    ...more,
    writes: result.outcome === 'write' ? result.writes : [],
    ...(result.outcome === 'write' && result.snapshot !== undefined ? { snapshot: result.snapshot } : {}),
    ...(result.outcome === 'write' && result.index?.length ? { index: result.index } : {}),
    decisions: result.decisions,
    warnings: result.warnings,
  }
}
