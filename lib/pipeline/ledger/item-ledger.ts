import type { Trail } from './audit/trail.ts'
import { mentioning, storiesOf } from './find.ts'
import { historyOf } from './history.ts'
import { isInId } from './ids.ts'
import type { BlobStore, Item, ItemStore } from './items.ts'
import { isOfDocument, keys } from './keys.ts'
import type { DocumentEntry, DocumentRef, Ledger, Mapping, Progress, Story } from './ledger.ts'
import { pack, unpack } from './pack.ts'
import { progressBook } from './progress.ts'

/**
 * The ledger over a key-value table. The same code runs over DynamoDB and over memory, so `preview` cannot
 * differ from the deployed pipeline.
 * @param trail attests what is written; absent where nothing of it is kept
 */
export function createLedger(store: ItemStore, blobs: BlobStore, now: () => number, trail?: Trail): Ledger {
  const items = trail?.items ?? store
  const progress = progressBook(items, blobs, now)

  const putOnce = async (entry: DocumentRef, sk: string, value: unknown, attributes: Record<string, string> = {}) => {
    const item: Item = {
      pk: keys.partition(entry.number),
      sk,
      revision: 1,
      ...attributes,
      ...(await pack(value, `ledger/${entry.documentId}`, blobs)),
    }
    return items.put(item, 0)
  }

  const standing = async (ref: DocumentRef): Promise<{ progress?: Progress; mappings: Mapping[] }> => {
    const found = await items.query(keys.partition(ref.number), `doc#${ref.documentId}#`)
    const result: { progress?: Progress; mappings: Mapping[] } = { mappings: [] }
    for (const item of found)
      if (item.sk.endsWith('#state')) result.progress = await unpack<Progress>(item, blobs)
      else result.mappings.push(await unpack<Mapping>(item, blobs))
    return result
  }

  /** Every state of the same document at its source, this one included, by document id. */
  const states = async ({ documentId, number }: DocumentRef) => {
    const found = await items.query(
      keys.partition(number),
      `doc#${documentId.slice(0, documentId.lastIndexOf('#') + 1)}`,
    )
    return Promise.all(
      found
        .filter((item) => item.sk.endsWith('#state'))
        .map(async (item) => ({
          document: { documentId: item.sk.slice('doc#'.length, -'#state'.length), number },
          progress: await unpack<Progress>(item, blobs),
        })),
    )
  }

  const read = async (ref: DocumentRef): Promise<Pick<Story, 'entry' | 'raw'> | undefined> => {
    const item = await items.get(keys.partition(ref.number), keys.raw(ref.documentId))
    return item && { entry: JSON.parse(String(item.entry)), raw: await unpack(item, blobs) }
  }

  const storyOf = async (ref: DocumentRef): Promise<Story | undefined> => {
    const [document, stands] = await Promise.all([read(ref), standing(ref)])
    return document && { ...document, entry: stands.mappings[0]?.entry ?? document.entry, ...stands }
  }

  const link = async (document: DocumentRef, number: string): Promise<void> => {
    if (number === document.number) return
    await items.put(
      { pk: keys.partition(number), sk: keys.link(document.documentId), revision: 1, home: document.number },
      0,
    )
  }

  return {
    ...progress,

    attest: async () => trail?.attest(),
    recheck: (ref) => trail?.recheck(ref),
    async recheckReplaced(ref) {
      for (const { document, progress: p } of trail ? await states(ref) : [])
        if (p.state === 'skipped' && p.problems.some(({ code }) => code === 'SUPERSEDED')) trail?.recheck(document)
    },

    async capture(entry, raw, { once = false } = {}) {
      if (once && (await states(entry)).some(({ progress: p }) => p.state === 'delivered' || p.undo)) return 'known'
      const isNew = await putOnce(entry, keys.raw(entry.documentId), raw, { entry: JSON.stringify(entry) })
      const seen = isNew ? [] : await items.query(keys.partition(entry.number), `doc#${entry.documentId}#`)
      if (seen.length > 0) return 'known'
      // Also again, since the process may have died before: the way from a record's own id to its number.
      if (!isInId(entry.number, entry.documentId)) await link(entry, entry.key)
      return isNew ? 'new' : 'unfinished'
    },

    knows: async ({ connection, type, key, number }) =>
      (await items.query(keys.partition(number), keys.raw(`${connection}:${type}:${key}#`))).length > 0,

    unfinished: async (ref) => {
      const { progress: known, mappings } = await standing(ref)
      return !known && mappings.length === 0 && (await read(ref)) !== undefined
    },

    read,
    standing,

    async saveMapping(mapping) {
      const { entry } = mapping
      const pk = keys.partition(entry.number)
      const sk = keys.map(entry.documentId, mapping.generation)
      const packed = {
        // Beside the payload, so that documents can be counted by flow without unpacking it.
        route: JSON.stringify({ integration: entry.integration, flow: entry.flow }),
        ...(await pack(mapping, `ledger/${entry.documentId}`, blobs)),
      }
      // First mapping without a read; a mapping anew (redrive, crash) replaces the earlier one.
      if (await items.put({ pk, sk, revision: 1, ...packed }, 0)) return
      const earlier = await items.get(pk, sk)
      await items.put({ pk, sk, revision: (earlier?.revision ?? 0) + 1, ...packed }, earlier?.revision ?? 0)
    },

    async mapping(ref, generation) {
      const item = await items.get(keys.partition(ref.number), keys.map(ref.documentId, generation))
      return item && unpack<Mapping>(item, blobs)
    },

    waiting: async (entry) =>
      (await states(entry)).filter(
        ({ document, progress: p }) =>
          document.documentId !== entry.documentId &&
          (p.state === 'held' || p.state === 'rejected') &&
          p.targets.length === 0,
      ),

    link,

    history: (number) => historyOf(number, items, blobs),

    stories: (id) => storiesOf(id, items, storyOf),
    mentioning: (text) => mentioning(text, items, blobs, storyOf),

    async *all() {
      const documents = new Map<
        string,
        {
          entry?: DocumentEntry
          route?: Pick<DocumentEntry, 'integration' | 'flow'>
          progress?: Progress
          mapped: boolean
        }
      >()
      for await (const item of items.scan()) {
        // What is beside the documents (audit blocks, the agenda) is no part of any.
        if (!isOfDocument(item)) continue
        const [kind, ...rest] = item.sk.split('#')
        const id = kind === 'raw' ? rest.join('#') : rest.slice(0, -1).join('#')
        const document = documents.get(id) ?? { mapped: false }
        documents.set(id, document)
        if (kind === 'raw') document.entry = JSON.parse(String(item.entry))
        else if (item.sk.endsWith('#state')) document.progress = await unpack<Progress>(item, blobs)
        else if (!item.sk.endsWith('#link')) {
          document.mapped = true
          document.route = JSON.parse(String(item.route))
        }
      }
      for (const { entry, route, ...rest } of documents.values())
        if (entry) yield { entry: { ...entry, ...route }, ...rest }
    },
  }
}
