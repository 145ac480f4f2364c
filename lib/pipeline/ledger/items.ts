/** An item of a key-value table with partition and sort key. Bytes stay bytes. */
export interface Item {
  pk: string
  sk: string
  /** Counts the writes of this item; the condition of every later write. */
  revision: number
  [attribute: string]: string | number | Uint8Array
}

/** The few table operations the ledger needs; DynamoDB in AWS, a Map in `preview`. Reads are consistent. */
export interface ItemStore {
  get(pk: string, sk: string): Promise<Item | undefined>
  /** Writes where the stored revision is `expected` (0 = no such item yet); false where it is not. */
  put(item: Item, expected: number): Promise<boolean>
  /** Every item of a partition whose sort key begins with `prefix`, by sort key. */
  query(pk: string, prefix: string): Promise<Item[]>
  scan(): AsyncIterable<Item>
}

/** Where payloads go that are too large for an item. */
export interface BlobStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array>
}

/** In memory, for `preview` and tests: the same conditions, no network. */
export function memoryItems(): ItemStore {
  const items = new Map<string, Item>()
  const id = (pk: string, sk: string) => `${pk}\u0000${sk}`
  return {
    get: async (pk, sk) => items.get(id(pk, sk)),
    put: async (item, expected) => {
      if ((items.get(id(item.pk, item.sk))?.revision ?? 0) !== expected) return false
      items.set(id(item.pk, item.sk), { ...item })
      return true
    },
    query: async (pk, prefix) =>
      [...items.values()].filter((i) => i.pk === pk && i.sk.startsWith(prefix)).sort((a, b) => (a.sk < b.sk ? -1 : 1)),
    async *scan() {
      yield* items.values()
    },
  }
}

export function memoryBlobs(): BlobStore {
  const blobs = new Map<string, Uint8Array>()
  return {
    put: async (key, bytes) => void blobs.set(key, bytes),
    get: async (key) => {
      const bytes = blobs.get(key)
      if (!bytes) throw new Error(`no payload ${key}`)
      return bytes
    },
  }
}
