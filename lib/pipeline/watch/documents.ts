import { limits } from '../../config/limits.ts'
import { type DocumentRef, type Ledger, stateOf } from '../ledger/ledger.ts'
import { parseStep } from '../messages.ts'
import { inParallel } from '../parallel.ts'
import type { StateStore } from '../state.ts'
import type { Agenda } from './agenda.ts'
import type { Finding } from './finding.ts'

/** What was seen of documents so far. */
export interface SeenDocuments {
  /** ISO date-time up to which every captured document was looked at once. */
  upTo: string
  /** Those that were under way then, and are. */
  open: Open[]
}

interface Open extends DocumentRef {
  capturedAt: string
}

export interface DocumentSources {
  agenda: Pick<Agenda, 'pages'>
  ledger: Pick<Ledger, 'progress' | 'standing' | 'read'>
  state: Pick<StateStore, 'connection' | 'paused'>
  /** True where the rest must be left to the next look. */
  timeIsUp(): boolean
}

const minuteMs = 60_000
/** So many are watched one by one; while more are late, the rest is looked at when these are over. */
const mostOpen = 200
/** Documents looked at at once. */
const width = 10

/**
 * Looks once at every document when its time is over, and then at those that are still under way until they are not.
 * One that waits for a connection that is down or paused is not late: that is told of the connection.
 * @param now epoch milliseconds
 */
export async function stuckDocuments(
  seen: SeenDocuments,
  sources: DocumentSources,
  now: number,
): Promise<{ seen: SeenDocuments; findings: Finding[] }> {
  const until = new Date(now - limits.stuckAfterMinutes * minuteMs).toISOString()
  const open = new Map<string, { of: Open; stands: Standing }>()
  const look = async (documents: readonly Open[]) => {
    const stands = await inParallel(width, documents, (document) => standingOf(document, sources))
    for (const [i, of] of documents.entries()) {
      const found = stands[i]
      if (found) open.set(of.documentId, { of, stands: found })
    }
  }
  await look(seen.open)
  let upTo = seen.upTo
  let all = true
  for await (const { at, documents } of sources.agenda.pages(seen.upTo, until)) {
    // Only between two times: what is after a time is looked at next, not what is of it.
    if (at > upTo && (open.size >= mostOpen || sources.timeIsUp())) {
      all = false
      break
    }
    await look(documents.map(({ documentId, number }) => ({ documentId, number, capturedAt: at })))
    upTo = at
  }
  if (all && until > upTo) upTo = until
  const waiting = waits(sources.state)
  const findings: Finding[] = []
  for (const { of, stands } of open.values())
    if (!(stands.target && (await waiting(stands.target)))) findings.push(finding(of, stands))
  return { seen: { upTo, open: [...open.values()].map(({ of }) => of) }, findings }
}

interface Standing {
  state: 'captured' | 'mapped'
  /** The connection that its next write is for. */
  target?: string
}

/** @returns undefined where a document came to an end, or was never captured after all */
async function standingOf(document: DocumentRef, { ledger }: DocumentSources): Promise<Standing | undefined> {
  const settled = (await ledger.progress(document))?.state
  if (settled && settled !== 'mapped' && settled !== 'pushing') return undefined
  const { progress, mappings } = await ledger.standing(document)
  const state = stateOf(progress, mappings.length > 0)
  if (state === 'captured') return (await ledger.read(document)) ? { state } : undefined
  if (state !== 'mapped') return undefined
  const { generation, index } = parseStep(progress?.step ?? '1.0')
  const target = mappings.find((m) => m.generation === generation)?.writes[index]?.connection
  return { state, ...(target ? { target } : {}) }
}

/** Whether a connection is down or paused; each is asked once. */
function waits(state: DocumentSources['state']): (connection: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  return (connection) => {
    const found =
      known.get(connection) ??
      Promise.all([state.paused(connection), state.connection(connection)]).then(
        ([paused, health]) => paused !== undefined || health?.status === 'down',
      )
    known.set(connection, found)
    return found
  }
}

const finding = ({ documentId, number, capturedAt }: Open, { state, target }: Standing): Finding => ({
  id: `DocumentStuck ${documentId}`,
  kind: 'DocumentStuck',
  since: capturedAt,
  message:
    state === 'captured'
      ? `${documentId} was captured at ${capturedAt} and never mapped`
      : `${documentId} was captured at ${capturedAt} and has not been ${target ? `written to ${target}` : 'finished'} yet`,
  document: { documentId, number },
  ...(target ? { connection: target } : {}),
})
