import type { Clock, SourceDocument } from '../../core/exchange.ts'
import { addRelated, bundleOf, type Reference, referenceKey, references } from './bundle.ts'
import type { Exchange } from './client.ts'
import { get } from './entities.ts'
import type { ApiRecord } from './records.ts'
import { toSourceDocument } from './source-document.ts'
import { related, type Stream } from './streams.ts'

type Loaded = Promise<ApiRecord | undefined>

/** Items and places hardly change while one invocation works. */
const masterLifeMs = 5 * 60_000
const mastersKept = 2_000

/** Masters read by one reader, for some minutes. */
export interface MasterCache {
  get(key: string, load: () => Loaded): Loaded
}

export function createMasterCache(clock: Clock): MasterCache {
  let begun = 0
  const kept = new Map<string, Loaded>()
  return {
    get: (key, load) => {
      if (clock.now() - begun > masterLifeMs || kept.size >= mastersKept) {
        kept.clear()
        begun = clock.now()
      }
      return remembered(kept, key, load)
    },
  }
}

/** One read for everyone who asks at the same time; a failed one is forgotten. */
function remembered(kept: Map<string, Loaded>, key: string, load: () => Loaded): Loaded {
  const found = kept.get(key)
  if (found) return found
  const loading = load()
  kept.set(key, loading)
  loading.catch(() => kept.delete(key))
  return loading
}

/** Reads records of one page in full, with all they refer to. Orders and original invoices are kept for that page. */
export function createFullReader(exchange: Exchange, masters: MasterCache) {
  const kept = new Map<string, Loaded>()
  const load = ({ entity, keys }: Reference): Loaded => {
    const read = () => get(exchange, entity, keys, related[entity](exchange.settings))
    const key = referenceKey({ entity, keys })
    const isMaster = entity === 'StockItem' || entity === 'CustomerLocation'
    return isMaster ? masters.get(key, read) : remembered(kept, key, read)
  }
  /**
   * The document of a record, or undefined where there is none any more: gone, or no longer in a state that is sent
   * (it comes again when it changes).
   */
  return async (stream: Stream, key: string): Promise<SourceDocument | undefined> => {
    const keys = stream.fixed ? [stream.fixed.value, key] : [key]
    const record = await get(exchange, stream.entity, keys, stream.full)
    if (!record || !stream.eligible(record)) return undefined
    const bundle = bundleOf(stream.primary, record)
    const asked = new Set<string>()
    const news = () => references(bundle).filter((reference) => !asked.has(referenceKey(reference)))
    for (let next = news(); next.length > 0; next = news())
      for (const reference of next) {
        asked.add(referenceKey(reference))
        const found = await load(reference)
        if (found) addRelated(bundle, reference.entity, found)
      }
    return toSourceDocument(bundle)
  }
}
