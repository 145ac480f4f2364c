import { canonicalJson, sha256 } from '../../../core/hash.ts'
import type { BlobStore, Item } from '../items.ts'
import { pack, unpack } from '../pack.ts'

/** What a block says of one item: the revisions its worker wrote, and the hash of the last of them. */
export interface Entry {
  pk: string
  sk: string
  from: number
  to: number
  hash: string
}

/** Where a block stands: which chain, and the how manyth of it, from 1. */
export interface BlockPlace {
  chain: string
  sequence: number
}

/** What one invocation of a worker wrote to the ledger. */
export interface Block extends BlockPlace {
  /** "map", "poll sps", "push acumatica", "command". */
  worker: string
  /** ISO date-time of the append. */
  at: string
  /** Hash of the block before; "" for the first of a chain. */
  before: string
  entries: Entry[]
  /** Over everything above. */
  hash: string
}

const prefix = 'audit#'

/** Where the blocks of a chain are; no document's partition begins like this. */
export const blockKey = ({ chain, sequence }: BlockPlace): { pk: string; sk: string } => ({
  pk: `${prefix}${chain}`,
  sk: String(sequence).padStart(8, '0'),
})

export const isBlock = (item: Pick<Item, 'pk'>): boolean => item.pk.startsWith(prefix)

export const placeOf = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): BlockPlace => ({
  chain: pk.slice(prefix.length),
  sequence: Number(sk),
})

/** How an item names the block that will attest it: its attribute `block`. */
export const blockName = ({ chain, sequence }: BlockPlace): string => `${chain}.${sequence}`

/** Undefined where an item names none. */
export function namedPlace(name: Item[string] | undefined): BlockPlace | undefined {
  const [, chain, sequence] = /^([\w-]+)\.(\d+)$/.exec(String(name ?? '')) ?? []
  return chain === undefined ? undefined : { chain, sequence: Number(sequence) }
}

/** SHA-256 over every attribute of an item, keys included, whatever their order: base64url, 43 characters. */
export const itemHash = (item: Item): string =>
  digest(
    canonicalJson(
      Object.fromEntries(
        Object.entries(item).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value,
        ]),
      ),
    ),
  )

/** SHA-256 over a block without its own hash. */
export const blockHash = ({ hash: _, ...block }: Omit<Block, 'hash'> & { hash?: string }): string =>
  digest(canonicalJson(block))

const digest = (text: string): string => Buffer.from(sha256(text), 'hex').toString('base64url')

/** A block as an item: packed as everything in the ledger is, in the bucket where a page of thousands makes it large. */
export async function toItem(block: Block, blobs: BlobStore): Promise<Item> {
  const { chain, sequence: _, hash, entries, ...rest } = block
  const rows = entries.map(({ pk, sk, from, to, hash: of }) => [pk, sk, from, to, of])
  const key = `ledger/${prefix}${chain}`
  return { ...blockKey(block), revision: 1, hash, ...(await pack({ ...rest, entries: rows }, key, blobs)) }
}

/**
 * The block of an item. Throws where it cannot be read; whether it still has its hash is the caller's question.
 */
export async function fromItem(item: Item, blobs: BlobStore): Promise<Block> {
  const { entries, ...rest } = await unpack<
    Pick<Block, 'worker' | 'at' | 'before'> & { entries: [string, string, number, number, string][] }
  >(item, blobs)
  return {
    ...placeOf(item),
    ...rest,
    entries: entries.map(([pk, sk, from, to, hash]) => ({ pk, sk, from, to, hash })),
    hash: String(item.hash),
  }
}
