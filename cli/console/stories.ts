import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import { type Story, shownState } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { chainOf } from '../trace/chain.ts'
import { relatedStories } from '../trace/related.ts'
import type { StoryAnswer } from './api.ts'

/** Everything known under an id of either side, as `trace` tells it. */
export async function storyOf(id: string, { ledger, local }: Deployment): Promise<StoryAnswer> {
  const { found, others } = await relatedStories(id, ledger, { everywhere: local })
  const thread = [...found, ...others].sort((a, b) => (a.entry.capturedAt < b.entry.capturedAt ? -1 : 1))
  const codes = new Set(
    thread.flatMap(({ progress, mappings }) =>
      [...(progress?.problems ?? []), ...(progress?.warnings ?? []), ...mappings.flatMap((m) => m.warnings)].map(
        (p) => p.code,
      ),
    ),
  )
  return {
    id,
    chain: chainOf(thread),
    found: found.map((story) => ({ ...story, state: stateIn(story) })).sort(ownFirst(id)),
    related: others.map((story) => ({ ...story.entry, state: stateIn(story) })),
    remedies: Object.fromEntries(
      [...codes].flatMap((code) => (problemCodes[code] ? [[code, problemCodes[code].remedy]] : [])),
    ),
  }
}

/** The document that has the number itself comes before what was found by it. */
const ownFirst = (id: string) => (a: Story, b: Story) => Number(isOwn(b, id)) - Number(isOwn(a, id))
const isOwn = ({ entry }: Story, id: string): boolean => entry.number === id || entry.documentId === id

const stateIn = ({ progress, mappings }: Story) => shownState(progress, mappings.length > 0)
