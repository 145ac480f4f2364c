import { randomBytes } from 'node:crypto'
import type { BlobStore, Item, ItemStore } from '../items.ts'
import type { DocumentRef } from '../ledger.ts'
import { attests, blockReader } from './attested.ts'
import { type Block, blockHash, blockName, type Entry, isBlock, itemHash, toItem } from './block.ts'
import type { HeadStore } from './heads.ts'

/** What a worker's audit trail is made of. */
export interface TrailParts {
  items: ItemStore
  blobs: BlobStore
  heads: HeadStore
  /** "map", "poll sps", "push acumatica", "command". */
  worker: string
  /** Epoch milliseconds. */
  now(): number
  /** A name no other chain has; chance where absent. */
  newChain?(): string
}

/** Attests what is written through `items`. */
export interface Trail {
  items: ItemStore
  attest(): Promise<void>
  recheck(ref: Pick<DocumentRef, 'documentId'>): void
}

/** The head of a chain that goes on is noted so often; its first block always is. */
const noteEveryMs = 5 * 60_000
/** Items read that are remembered until the next block; more only a command reads. */
const mostSeen = 5_000

/** An item another worker wrote, as it was read here. */
interface Seen {
  pk: string
  sk: string
  revision: number
  hash: string
  block: Item[string] | undefined
}

/**
 * The audit trail of one worker (an instance of a function, or a command): a chain of blocks only it appends to. An
 * item names the block that will attest it; the block is appended before the messages are acknowledged, so a worker
 * that dies in between leaves messages that come back. Whoever replaces an item of another worker, or is told to
 * recheck it, attests it as it was found where its block is not there or says otherwise.
 */
export function auditTrail(parts: TrailParts): Trail {
  const { items, blobs, now } = parts
  const newChain = parts.newChain ?? (() => randomBytes(6).toString('base64url'))
  const blocks = blockReader(items, blobs)
  let chain = { name: newChain(), before: '', notedAt: Number.NEGATIVE_INFINITY }
  let sequence = 1
  let entries = new Map<string, Entry>()
  let doubtful = new Map<string, Item>()
  let underWay = new Set<Promise<unknown>>()
  const seen = new Map<string, Seen>()
  let found = new Map<string, Seen>()
  /** What was attested for another worker: its item goes on naming the block that never came. */
  const told = new Set<string>()
  let appending: Promise<void> = Promise.resolve()

  const idOf = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>) => `${pk}\n${sk}`
  const openName = () => blockName({ chain: chain.name, sequence })

  const see = (item: Item | undefined): void => {
    if (!item || isBlock(item)) return
    const id = idOf(item)
    // The answer to a write of ours was lost: it is there all the same.
    if (item.block === openName()) {
      record(entries, item, item.revision)
      return
    }
    seen.delete(id)
    seen.set(id, { pk: item.pk, sk: item.sk, revision: item.revision, hash: itemHash(item), block: item.block })
    if (seen.size > mostSeen) seen.delete(seen.keys().next().value ?? '')
  }

  const put: ItemStore['put'] = async (item, expected) => {
    const named = { ...item, block: openName() }
    const [into, doubts] = [entries, doubtful]
    const id = idOf(item)
    const before = seen.get(id)
    const work = items.put(named, expected).catch((error: unknown) => {
      doubts.set(id, named)
      throw error
    })
    underWay.add(work)
    if (await work) {
      if (before && before.revision === expected) found.set(`${id}\n${expected}`, before)
      record(into, named, Math.min(item.revision, doubts.get(id)?.revision ?? item.revision))
      seen.delete(id)
      return true
    }
    const stored = await items.get(item.pk, item.sk)
    see(stored)
    const other = seen.get(id)
    // Somebody wrote it before and may have died over it.
    if (expected === 0 && other) found.set(id, other)
    return false
  }

  /**
   * Entries for what was found and is not attested as it was found. They speak for the revisions before as well: of
   * those that workers wrote and died over nobody knows more than that they were.
   */
  const confirm = async (some: Iterable<Seen>, into: Map<string, Entry>): Promise<void> => {
    for (const { pk, sk, revision, hash, block } of some) {
      const own = into.get(idOf({ pk, sk }))
      if (own && own.from <= revision && revision < own.to) continue
      const mark = `${idOf({ pk, sk })}\n${revision} ${hash}`
      if (told.has(mark) || attests(await blocks.read(block), { pk, sk, revision, hash })) continue
      told.add(mark)
      if (told.size > mostSeen) told.delete(told.values().next().value ?? '')
      into.set(`${idOf({ pk, sk })}\n${revision}`, { pk, sk, from: 1, to: revision, hash })
    }
  }

  const append = async (
    place: { name: string; sequence: number; before: string },
    into: Map<string, Entry>,
  ): Promise<Block> => {
    const rest = {
      chain: place.name,
      sequence: place.sequence,
      worker: parts.worker,
      at: new Date(now()).toISOString(),
      before: place.before,
      entries: [...into.values()],
    }
    const block: Block = { ...rest, hash: blockHash(rest) }
    const item = await toItem(block, blobs)
    if (!(await items.put(item, 0))) {
      const stored = await items.get(item.pk, item.sk)
      // It is ours where only the answer was lost.
      if (stored?.hash !== block.hash) throw new Error(`audit block ${blockName(block)} is there already`)
    }
    return block
  }

  const attestOnce = async (): Promise<void> => {
    // What is written from here on belongs to the next block.
    const [into, doubts, writes, finds, place] = [entries, doubtful, underWay, found, { ...chain, sequence }]
    if (into.size + doubts.size + writes.size + finds.size === 0) return seen.clear()
    entries = new Map()
    doubtful = new Map()
    underWay = new Set()
    found = new Map()
    sequence += 1
    await Promise.allSettled(writes)
    try {
      for (const item of doubts.values()) {
        const stored = await items.get(item.pk, item.sk)
        if (stored && stored.block === item.block) record(into, stored, item.revision)
      }
      await confirm(finds.values(), into)
      seen.clear()
      if (into.size + entries.size + underWay.size === 0) {
        // Nothing is to be said, and nobody has begun to use the next number.
        sequence = place.sequence
        return
      }
      const block = await append(place, into)
      blocks.know(block)
      chain.before = block.hash
      if (now() - chain.notedAt >= noteEveryMs) {
        await parts.heads.note({ chain: block.chain, sequence: block.sequence, hash: block.hash })
        chain.notedAt = now()
      }
    } catch (error) {
      // Whether the block is there is not known: nothing may follow it. What it would have said is said by the next.
      chain = { name: newChain(), before: '', notedAt: Number.NEGATIVE_INFINITY }
      sequence = 1
      for (const [id, entry] of into) if (!entries.has(id)) entries.set(id, entry)
      for (const [id, item] of doubts) if (!doubtful.has(id)) doubtful.set(id, item)
      for (const [id, one] of finds) found.set(id, one)
      throw error
    }
  }

  return {
    items: {
      put,
      scan: items.scan,
      async get(pk, sk) {
        const item = await items.get(pk, sk)
        see(item)
        return item
      },
      async query(pk, prefix) {
        const all = await items.query(pk, prefix)
        for (const item of all) see(item)
        return all
      },
    },
    attest: () => {
      appending = appending.catch(() => undefined).then(attestOnce)
      return appending
    },
    recheck({ documentId }) {
      for (const [id, one] of seen)
        if (one.sk === `raw#${documentId}` || one.sk.startsWith(`doc#${documentId}#`)) found.set(id, one)
    },
  }
}

/** Notes that an item was written; of several revisions in one block the last one's hash counts. */
function record(into: Map<string, Entry>, item: Item, from: number): void {
  const id = `${item.pk}\n${item.sk}`
  const before = into.get(id)
  if (before && before.to >= item.revision) return
  into.set(id, {
    pk: item.pk,
    sk: item.sk,
    from: Math.min(before?.from ?? from, from),
    to: item.revision,
    hash: itemHash(item),
  })
}
