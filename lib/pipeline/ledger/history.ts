import type { HistoryEntry } from '../../core/flow.ts'
import type { BlobStore, Item, ItemStore } from './items.ts'
import { keys } from './keys.ts'
import { type DocumentEntry, type Mapping, type Progress, stateOf } from './ledger.ts'
import { unpack } from './pack.ts'

interface Found {
  mappings: Mapping[]
  progress?: Progress
}

/** Every mapped document found under a number: those at home there and those linked to it, oldest first. */
export async function historyOf(number: string, items: ItemStore, blobs: BlobStore): Promise<HistoryEntry[]> {
  const here = await items.query(keys.partition(number), 'doc#')
  const links = here.filter((i) => i.sk.endsWith('#link'))
  const away = await Promise.all(
    links.map((link) => items.query(keys.partition(String(link.home)), link.sk.slice(0, -'link'.length))),
  )
  const byDocument = new Map<string, Found>()
  for (const item of [...here, ...away.flat()]) await collect(item, byDocument, blobs)
  return [...byDocument.values()]
    .flatMap(({ mappings, progress }) => (mappings[0] ? [toEntry(mappings[0].entry, mappings, progress)] : []))
    .sort((a, b) => (a.capturedAt < b.capturedAt ? -1 : a.capturedAt > b.capturedAt ? 1 : 0))
}

async function collect(item: Item, into: Map<string, Found>, blobs: BlobStore): Promise<void> {
  if (item.sk.endsWith('#link')) return
  const id = item.sk.slice('doc#'.length, item.sk.lastIndexOf('#'))
  const document = into.get(id) ?? { mappings: [] }
  into.set(id, document)
  if (item.sk.endsWith('#state')) {
    document.progress = await unpack<Progress>(item, blobs)
    return
  }
  document.mappings.push(await unpack<Mapping>(item, blobs))
}

function toEntry(entry: DocumentEntry, mappings: Mapping[], progress: Progress | undefined): HistoryEntry {
  const snapshot = mappings.find((m) => m.snapshot !== undefined)?.snapshot
  return {
    documentId: entry.documentId,
    connection: entry.connection,
    type: entry.type,
    key: entry.key,
    number: entry.number,
    version: entry.version,
    hash: entry.hash,
    flow: entry.flow,
    state: stateOf(progress, mappings.length > 0),
    targetNumbers: progress?.targets.flatMap((t) => t.numbers) ?? [],
    ...(snapshot === undefined ? {} : { snapshot }),
    targets: progress?.targets ?? [],
    capturedAt: entry.capturedAt,
  }
}
