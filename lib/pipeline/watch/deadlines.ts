import type { HistoryEntry } from '../../core/flow.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { inParallel } from '../parallel.ts'
import { type Agenda, agendaDays, type Due } from './agenda.ts'
import type { Finding } from './finding.ts'

/** What was seen of deadlines so far. */
export interface SeenDeadlines {
  /** ISO date-time up to which every deadline was looked at. */
  upTo: string
  /** Those that had passed unfulfilled, and are. */
  missed: Due[]
}

export interface DeadlineSources {
  agenda: Pick<Agenda, 'due'>
  ledger: Pick<Ledger, 'history'>
  /** True where the rest must be left to the next look. */
  timeIsUp(): boolean
}

/** A deadline of this minute may be written a moment after its time. */
const marginMs = 60_000
/** So many are watched one by one. */
const mostMissed = 200
const width = 10

/**
 * Looks at every deadline when it has passed, and then at the missed ones until they are met, the document is gone, or
 * two weeks are over.
 * @param now epoch milliseconds
 */
export async function missedDeadlines(
  seen: SeenDeadlines,
  { agenda, ledger, timeIsUp }: DeadlineSources,
  now: number,
): Promise<{ seen: SeenDeadlines; findings: Finding[] }> {
  const until = new Date(now - marginMs).toISOString()
  const oldest = new Date(now - agendaDays * 24 * 60 * marginMs).toISOString()
  const missed = new Map<string, Due>()
  const look = async (due: readonly Due[]) => {
    const open = await inParallel(width, due, async (one) => isOpen(one, await ledger.history(one.number)))
    for (const [i, one] of due.entries()) if (open[i]) missed.set(idOf(one), one)
  }
  await look(seen.missed.filter(({ by }) => by > oldest))
  let upTo = seen.upTo
  let all = true
  for await (const one of agenda.due(seen.upTo, until)) {
    // Only between two times: many documents have the same deadline.
    if (one.by > upTo && (missed.size >= mostMissed || timeIsUp())) {
      all = false
      break
    }
    await look([one])
    upTo = one.by
  }
  if (all && until > upTo) upTo = until
  return { seen: { upTo, missed: [...missed.values()] }, findings: [...missed.values()].map(finding) }
}

const idOf = ({ documentId, what }: Due): string => `DeadlineMissed ${what} ${documentId}`

/**
 * False once something under the same number has done what was expected since the document came, and where the document
 * asks for nothing any more: it was skipped, or a newer state of it was taken, with deadlines of its own.
 */
function isOpen({ documentId, met }: Due, history: readonly HistoryEntry[]): boolean {
  const own = history.find((one) => one.documentId === documentId)
  const since = own?.capturedAt ?? ''
  const delivered = history.flatMap(({ targets }) => targets)
  if (delivered.some(({ operation, at }) => met.includes(operation) && at >= since)) return false
  if (!own) return true
  return own.state !== 'skipped' && !history.some((one) => replaces(one, own))
}

const replaces = (one: HistoryEntry, own: HistoryEntry): boolean =>
  one.connection === own.connection &&
  one.type === own.type &&
  one.key === own.key &&
  one.capturedAt > own.capturedAt &&
  (one.state === 'mapped' || one.state === 'delivered')

const finding = (one: Due): Finding => ({
  id: idOf(one),
  kind: 'DeadlineMissed',
  since: one.by,
  message: `${one.number}: ${one.what} was due by ${one.by} and was not delivered`,
  document: { documentId: one.documentId, number: one.number },
})
