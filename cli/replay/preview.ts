import type { Config } from '../../lib/config/config.ts'
import type { MapResult, Write } from '../../lib/core/exchange.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { type DocumentEntry, type DocumentRef, isUndone, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { type Mapped, mapDocument, mapFollowUp } from '../../lib/pipeline/map-document.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type Difference, differencesOf } from './differences.ts'
import { mappingSources } from './sources.ts'

/** What today's mapping and tables would make of a stored document. */
export interface DocumentPreview extends DocumentRef {
  type: string
  flow: string
  /** How it stands now. */
  state: ReturnType<typeof stateOf>
  /** What today's mapping says of it. */
  outcome: MapResult['outcome']
  /** Of the records that were sent, against those of today. Empty where nothing was mapped to compare with. */
  differences: Difference[]
  /** Why it would not be written. */
  problems: Problem[]
  /** True where it would end otherwise than it did. */
  changed: boolean
  /** True where a replay would write: not for what is delivered, skipped or on its way. */
  writes: boolean
  /** Writes by connection that a replay would do. */
  calls: { [connection: string]: number }
}

/**
 * Maps a stored document with today's code, settings and tables, as if it came again: nothing is written, stored or
 * enqueued. What the ledger has learned after the document came is left out, so that it finds what it found then.
 * @returns undefined where the ledger has no such document
 */
export async function previewReplay(
  ref: DocumentRef,
  deployment: Deployment,
  config: Config,
): Promise<DocumentPreview | undefined> {
  const { ledger } = deployment
  const [stored, { progress, mappings }] = await Promise.all([ledger.read(ref), ledger.standing(ref)])
  if (!stored) return undefined
  const earlier = mappings.filter((m) => !m.undoes).toSorted((a, b) => a.generation - b.generation)
  const entry = earlier[0]?.entry ?? stored.entry
  const sources = mappingSources(deployment, config, earlier[0]?.at ?? entry.capturedAt)
  const mapped = await mapDocument(entry, stored.raw, sources)
  const follows = earlier[1] && (await followUp(entry, stored.raw, mapped, progress?.targets ?? [], sources))
  const before = earlier.flatMap((m) => m.writes)
  const after = [...writesOf(mapped), ...(follows ? writesOf(follows) : [])]
  const state = stateOf(progress, mappings.length > 0)
  const differences = before.length > 0 && mapped.result.outcome === 'write' ? differencesOf(before, after) : []
  const writes = mapped.result.outcome === 'write' && (state === 'held' || state === 'rejected')
  return {
    documentId: ref.documentId,
    number: ref.number,
    type: entry.type,
    flow: mapped.entry.flow,
    state,
    outcome: mapped.result.outcome,
    differences,
    problems: 'problems' in mapped.result ? mapped.result.problems : [],
    changed: !isUndone(progress) && (differences.length > 0 || writes || !endsAs(mapped.result.outcome, state)),
    writes,
    calls: writes ? counted(writesOf(mapped), progress?.targets.length ?? 0) : {},
  }
}

/** The second mapping of a document, from what its first writes came to. */
const followUp = (
  entry: DocumentEntry,
  raw: Parameters<typeof mapFollowUp>[1],
  { result }: Mapped,
  delivered: Parameters<typeof mapFollowUp>[3],
  sources: Parameters<typeof mapFollowUp>[4],
): ReturnType<typeof mapFollowUp> => {
  const first = result.outcome === 'write' ? result : undefined
  return mapFollowUp(entry, raw, first?.snapshot, delivered.slice(0, first?.writes.length ?? 0), sources)
}

const endsAs = (outcome: MapResult['outcome'], state: DocumentPreview['state']): boolean =>
  outcome === 'write' ? state !== 'skipped' : outcome === state

const writesOf = ({ result }: Mapped): Write[] => (result.outcome === 'write' ? result.writes : [])

/** Writes that are still to do, by connection. */
function counted(writes: readonly Write[], done: number): { [connection: string]: number } {
  const calls: { [connection: string]: number } = {}
  for (const { connection } of writes.slice(done)) calls[connection] = (calls[connection] ?? 0) + 1
  return calls
}
