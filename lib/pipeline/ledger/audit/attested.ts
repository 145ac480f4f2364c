import type { BlobStore, Item, ItemStore } from '../items.ts'
import { type Block, blockKey, blockName, type Entry, fromItem, namedPlace } from './block.ts'

/** Blocks kept in memory: those of the batches before, which the next batch asks for again. */
const mostKept = 100

/** Reads blocks by the names that items give, and keeps the newest. */
export function blockReader(
  items: Pick<ItemStore, 'get'>,
  blobs: BlobStore,
): { read(name: Item[string] | undefined): Promise<Block | undefined>; know(block: Block): void } {
  const known = new Map<string, Block>()
  const know = (block: Block): void => {
    known.set(blockName(block), block)
    if (known.size > mostKept) known.delete(known.keys().next().value ?? '')
  }
  return {
    know,
    async read(name) {
      const place = namedPlace(name)
      if (!place) return undefined
      const kept = known.get(blockName(place))
      if (kept) return kept
      const { pk, sk } = blockKey(place)
      const item = await items.get(pk, sk)
      if (!item) return undefined
      const block = await fromItem(item, blobs)
      know(block)
      return block
    },
  }
}

/** True where a block says of this revision of an item that it is as given. */
export const attests = (
  block: Block | undefined,
  { pk, sk, revision, hash }: Pick<Entry, 'pk' | 'sk' | 'hash'> & { revision: number },
): boolean => block?.entries.some((e) => e.to === revision && e.hash === hash && e.pk === pk && e.sk === sk) ?? false
