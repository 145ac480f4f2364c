import type { BlockPlace } from './block.ts'

/** A block that a chain has for certain, noted outside the ledger table: what comes after it may be missing, it may not. */
export interface Head extends BlockPlace {
  hash: string
}

/** Where heads of chains are noted: apart from the ledger, so that whoever cuts a chain off would have to write here too. */
export interface HeadStore {
  /** Never goes back: an earlier block of the chain than the one noted changes nothing. */
  note(head: Head): Promise<void>
  all(): AsyncIterable<Head>
}

/** In memory, for tests. */
export function memoryHeads(): HeadStore {
  const heads = new Map<string, Head>()
  return {
    note: async (head) => {
      if ((heads.get(head.chain)?.sequence ?? 0) < head.sequence) heads.set(head.chain, head)
    },
    async *all() {
      yield* heads.values()
    },
  }
}
