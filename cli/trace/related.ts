import type { Ledger, Story } from '../../lib/pipeline/ledger/ledger.ts'

/** A thread is a handful of documents; an item or a partner may have thousands of reports. */
const most = 50
/** What is shorter stands in every other document. */
const shortest = 4
/** Under these hang all documents about an item or a partner, or in one parcel: no way from one document to another. */
const gathering = /^(item|partner|tracking)\//

/**
 * The documents meant by an id and those that belong with them: whatever is found under their own numbers, the
 * numbers the targets gave (the order of a purchase order) and those they are linked under (the order of a shipment),
 * oldest first.
 * @param options `everywhere` where an id that is nobody's may stand anywhere in a document; reads the whole ledger then
 * @returns `found` are those under the id itself
 */
export async function relatedStories(
  id: string,
  ledger: Ledger,
  { everywhere = false } = {},
): Promise<{ found: Story[]; others: Story[] }> {
  const known = await ledger.stories(id)
  const found = known.length > 0 || !everywhere ? known : await mentioning(id, ledger)
  const stories = new Map(found.map((s) => [s.entry.documentId, s]))
  const asked = new Set([id])
  const waiting = found.flatMap(numbersOf)
  for (let number = waiting.shift(); number !== undefined && stories.size < most; number = waiting.shift()) {
    if (asked.has(number)) continue
    asked.add(number)
    for (const story of await ledger.stories(number)) {
      if (stories.has(story.entry.documentId)) continue
      stories.set(story.entry.documentId, story)
      waiting.push(...numbersOf(story))
    }
  }
  const own = new Set(found.map((s) => s.entry.documentId))
  const others = [...stories.values()].filter((s) => !own.has(s.entry.documentId)).sort(byTime)
  return { found: found.toSorted(byTime), others }
}

/** The first documents in which the id stands somewhere. */
async function mentioning(id: string, ledger: Ledger): Promise<Story[]> {
  const found: Story[] = []
  if (id.length < shortest) return found
  for await (const story of ledger.mentioning(id)) {
    found.push(story)
    if (found.length >= most) break
  }
  return found
}

const numbersOf = ({ entry, progress, mappings }: Story): string[] =>
  [
    entry.number,
    ...(progress?.targets.flatMap((t) => t.numbers) ?? []),
    ...mappings.flatMap((m) => m.index ?? []),
  ].filter((number) => !gathering.test(number))

const byTime = (a: Story, b: Story): number =>
  a.entry.capturedAt < b.entry.capturedAt ? -1 : a.entry.capturedAt > b.entry.capturedAt ? 1 : 0
