import { trackingIndex } from '../../core/tracking.ts'
import { isIdOf, numbersIn } from './ids.ts'
import type { BlobStore, Item, ItemStore } from './items.ts'
import { isOfDocument, keys } from './keys.ts'
import type { DocumentEntry, DocumentRef, Story } from './ledger.ts'
import { unpack } from './pack.ts'

type Read = (ref: DocumentRef) => Promise<Story | undefined>

/**
 * The stories of the documents that an id means, by capture time: those under the number itself, else those that carry
 * the tracking number, else those of which a part of the id is the number, and that have this very id. A few queries;
 * a document id of an older release, which says nothing of its number, reads the whole table.
 */
export async function storiesOf(id: string, items: ItemStore, read: Read): Promise<Story[]> {
  const told = async (refs: readonly DocumentRef[]): Promise<Story[]> => {
    const once = [...new Map(refs.map((ref) => [ref.documentId, ref])).values()]
    const stories = await Promise.all(once.map(read))
    return stories
      .filter((story) => story !== undefined)
      .sort((a, b) => (a.entry.capturedAt < b.entry.capturedAt ? -1 : 1))
  }
  const under = (number: string) => referencesUnder(number, items)
  const direct = await told([...(await under(id)), ...(await under(trackingIndex(id)))])
  if (direct.length > 0) return direct
  const near = await told((await Promise.all(numbersIn(id).map(under))).flat())
  const meant = near.filter((story) => isIdOf(id, story))
  return meant.length > 0 || !id.includes('#') ? meant : told(await scanned(keys.raw(id), items))
}

/** The documents at home under a number, captured or further, and those linked to it. */
async function referencesUnder(number: string, items: ItemStore): Promise<DocumentRef[]> {
  const pk = keys.partition(number)
  const [captured, further] = await Promise.all([items.query(pk, 'raw#'), items.query(pk, 'doc#')])
  return [
    ...captured.map(entryOf),
    ...further.map(({ sk, home }) => ({ documentId: documentIn(sk), number: String(home ?? number) })),
  ]
}

const entryOf = (item: Item): DocumentEntry => JSON.parse(String(item.entry))

/** Of a sort key, whose document id may hold the same sign as the key. */
const documentIn = (sk: string): string =>
  sk.startsWith('raw#') ? sk.slice('raw#'.length) : sk.slice('doc#'.length, sk.lastIndexOf('#'))

async function scanned(sk: string, items: ItemStore): Promise<DocumentRef[]> {
  const found: DocumentRef[] = []
  for await (const item of items.scan()) if (item.sk === sk) found.push(entryOf(item))
  return found
}

/**
 * Every document in which a text stands as a whole word: what came in, what was decided, sent and answered. Reads and
 * unpacks the whole table.
 */
export async function* mentioning(text: string, items: ItemStore, blobs: BlobStore, read: Read): AsyncIterable<Story> {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(text)}(?![\\p{L}\\p{N}])`, 'u')
  const seen = new Set<string>()
  for await (const item of items.scan()) {
    if (!isOfDocument(item)) continue
    const documentId = documentIn(item.sk)
    if (seen.has(documentId) || item.sk.endsWith('#link')) continue
    const about = `${item.sk} ${String(item.entry ?? '')} ${JSON.stringify(await unpack(item, blobs))}`
    if (!word.test(about)) continue
    seen.add(documentId)
    const story = await read({ documentId, number: item.pk.slice(keys.partition('').length) })
    if (story) yield story
  }
}
