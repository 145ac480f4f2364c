import { blockName } from '../../lib/pipeline/ledger/audit/block.ts'
import type { Attested, Evidence } from './evidence.ts'

export type FindingKind =
  | 'item-missing'
  | 'item-set-back'
  | 'item-altered'
  | 'item-unattested'
  | 'revision-unattested'
  | 'attested-differently'
  | 'payload-missing'
  | 'payload-altered'
  | 'item-unreadable'
  | 'block-altered'
  | 'block-missing'
  | 'chain-broken'
  | 'head-missing'

/** One thing that is not as it was written. */
export interface Finding {
  kind: FindingKind
  /** The item's keys in the ledger table, where it is about one. */
  pk?: string
  sk?: string
  /** "kX3f9aQz.17", where it is about a block. */
  block?: string
  message: string
}

/** Everything about blocks, then everything about items, in the order of their keys. */
export function* findings(evidence: Evidence): Generator<Finding> {
  yield* ofChains(evidence)
  let group: Attested[] = []
  for (const row of evidence.attested()) {
    if (group[0] && (group[0].pk !== row.pk || group[0].sk !== row.sk)) {
      yield* ofItem(group)
      group = []
    }
    group.push(row)
  }
  yield* ofItem(group)
}

function* ofChains(evidence: Evidence): Generator<Finding> {
  for (const { chain, sequence, before, sound, previous, previousHash } of evidence.linked()) {
    const block = blockName({ chain, sequence })
    const expected = (previous ?? 0) + 1
    for (let missing = expected; missing < sequence; missing += 1) {
      const name = blockName({ chain, sequence: missing })
      yield { kind: 'block-missing', block: name, message: `audit block ${name} was removed: later ones are there` }
    }
    if (!sound)
      yield { kind: 'block-altered', block, message: `audit block ${block} was altered: it has not the hash it names` }
    else if (expected === sequence && before !== (previousHash ?? ''))
      yield {
        kind: 'chain-broken',
        block,
        message: `audit block ${block} does not follow the one before it: one of the two was altered`,
      }
  }
  for (const { chain, sequence, hash } of evidence.lostHeads()) {
    const block = blockName({ chain, sequence })
    yield evidence.hasBlock({ chain, sequence })
      ? { kind: 'chain-broken', block, message: `audit block ${block} was replaced: its hash was noted as ${hash}` }
      : { kind: 'head-missing', block, message: `audit block ${block} was removed: it was noted as written` }
  }
}

/** Everything wrong with one item. @param rows all that is known of it, by revision */
function* ofItem(rows: readonly Attested[]): Generator<Finding> {
  const [first] = rows
  if (!first) return
  const { pk, sk, revision, hash, named } = first
  const said = rows.flatMap(({ low, high, said: of, block }) =>
    low === null || high === null || of === null ? [] : [{ low, high, hash: of, block: block ?? '' }],
  )
  const finding = (kind: FindingKind, message: string, block?: string | null): Finding => ({
    kind,
    pk,
    sk,
    ...(block ? { block } : {}),
    message,
  })
  const hashes = new Map<number, { hash: string; block: string }>()
  let reached = 0
  for (const one of said) {
    if (one.low > reached + 1)
      yield finding(
        'revision-unattested',
        `nothing attests ${revisions(reached + 1, one.low - 1)} of it any more: the audit block that did was removed`,
      )
    reached = Math.max(reached, one.high)
    const other = hashes.get(one.high)
    if (other && other.hash !== one.hash)
      yield finding(
        'attested-differently',
        `revision ${one.high} was one thing for audit block ${other.block} and another for ${one.block}: it was altered in between`,
        one.block,
      )
    hashes.set(one.high, one)
  }
  if (revision === null || hash === null) {
    yield finding('item-missing', `it was removed: ${blockOf(hashes, reached)} attests revision ${reached}`)
    return
  }
  const attested = said.filter((one) => one.high === revision)
  if (revision < reached)
    yield finding('item-set-back', `it stands at revision ${revision}; ${blockOf(hashes, reached)} attests ${reached}`)
  else if (revision > reached)
    yield finding('item-unattested', `nothing attests ${revisions(reached + 1, revision)} of it${naming(named)}`, named)
  if (attested.length > 0 && !attested.some((one) => one.hash === hash))
    yield finding('item-altered', `it was altered: it is not what audit block ${attested[0]?.block} attests`)
}

const blockOf = (hashes: ReadonlyMap<number, { block: string }>, revision: number) =>
  `audit block ${hashes.get(revision)?.block ?? ''}`

const revisions = (from: number, to: number) => (from >= to ? `revision ${to}` : `revisions ${from} to ${to}`)

const naming = (block: string | null) => (block ? `; it names audit block ${block}` : '')
