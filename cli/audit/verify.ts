import { sha256 } from '../../lib/core/hash.ts'
import {
  blockKey,
  blockName,
  fromItem,
  isBlock,
  itemHash,
  namedPlace,
  placeOf,
} from '../../lib/pipeline/ledger/audit/block.ts'
import type { Head } from '../../lib/pipeline/ledger/audit/heads.ts'
import type { BlobStore, Item } from '../../lib/pipeline/ledger/items.ts'
import { isOfAgenda } from '../../lib/pipeline/ledger/keys.ts'
import { isAsSpilled } from '../../lib/pipeline/ledger/pack.ts'
import type { AuditedStores, Deployment } from '../deployment/deployment.ts'
import { type Evidence, openEvidence } from './evidence.ts'
import { type Finding, findings } from './findings.ts'
import { excuse } from './young.ts'

/** What a verification found. */
export interface Verification {
  items: number
  documents: number
  blocks: number
  chains: number
  /** ISO date-times of the first and the last block; null where there is none. */
  first: string | null
  last: string | null
  /** Each thing that was changed or removed. */
  findings: (Finding & { document?: string })[]
  /** Items so young that their worker may still be at it, and nothing else is wrong with them. */
  pending: (Finding & { document?: string })[]
  /** The last block of every chain: kept outside, they prove later that nothing up to here was rewritten. */
  heads: Head[]
  /** One hash over all of them, for a minute book. */
  seal: string
}

/** Where more is suspicious than a pipeline at work explains, nothing is looked up again. */
const mostLookedUp = 2_000

/**
 * Reads the whole ledger and holds every item against the audit blocks, and the blocks against each other and their
 * noted heads. Memory stays flat. What looks wrong is looked up again before it is said, since the pipeline may be at
 * work meanwhile. What it cannot notice: somebody who rewrites items, every block after them and the noted heads; only
 * heads kept outside (`against`) show that.
 * @param given `youngMs`: for so long an unattested item is pending and no finding; `now`: epoch milliseconds
 */
export async function verifyAudit(
  { audit, ledger }: Pick<Deployment, 'audit' | 'ledger'>,
  given: { youngMs: number; now: number; against?: readonly Head[] },
): Promise<Verification> {
  const evidence = openEvidence()
  try {
    const payloads: Finding[] = []
    for await (const item of audit.items.scan()) await take(item, evidence, audit, payloads)
    for await (const head of audit.heads.all()) evidence.head(head)
    for (const head of given.against ?? []) evidence.head(head)
    const suspicious = [...findings(evidence)]
    if (suspicious.length > 0 && suspicious.length <= mostLookedUp) await lookAgain(suspicious, evidence, audit)
    const result: Pick<Verification, 'findings' | 'pending'> = { findings: [], pending: [] }
    for (const finding of [...findings(evidence), ...payloads]) {
      const excused = await excuse(finding, { audit, ledger, ...given })
      const document = documentOf(finding.sk)
      if (excused !== 'attested') result[excused].push({ ...finding, ...(document ? { document } : {}) })
    }
    const heads = [...evidence.lasts()].map((head) => ({ ...head }))
    return {
      ...evidence.counts(),
      ...result,
      heads,
      seal: sha256(heads.map((h) => `${blockName(h)} ${h.hash}\n`).join('')),
    }
  } finally {
    evidence.close()
  }
}

async function take(item: Item, evidence: Evidence, audit: AuditedStores, payloads: Finding[]): Promise<void> {
  if (isBlock(item)) await takeBlock(item, evidence, audit.blobs)
  // What is to be looked after later says nothing of what was done, and ends by itself.
  else if (!isOfAgenda(item)) {
    evidence.item(rowOf(item))
    if (item.spilled !== undefined) payloads.push(...(await payloadFinding(item, audit.blobs)))
  }
}

const rowOf = (item: Item) => {
  const { pk, sk, revision, block = '' } = item
  return { pk, sk, revision, hash: itemHash(item), named: String(block) }
}

async function takeBlock(item: Item, evidence: Evidence, blobs: BlobStore): Promise<void> {
  const known = new Set(['pk', 'sk', 'revision', 'hash', 'body', 'encoding', 'spilled'])
  try {
    if (item.revision !== 1 || Object.keys(item).some((name) => !known.has(name))) throw new Error('not as written')
    evidence.block(await fromItem(item, blobs))
  } catch {
    evidence.unreadable(placeOf(item), String(item.hash))
  }
}

/** A payload in the bucket is as it was when the hash in its name, which the item attests, is that of its bytes. */
async function payloadFinding({ pk, sk, spilled }: Item, blobs: BlobStore): Promise<Finding[]> {
  const key = String(spilled)
  try {
    const bytes = await blobs.get(key)
    if (isAsSpilled(key, bytes)) return []
    return [{ kind: 'payload-altered', pk, sk, message: `its payload ${key} in the bucket was altered` }]
  } catch (error) {
    const why = (error as Error).message
    return [{ kind: 'payload-missing', pk, sk, message: `its payload ${key} in the bucket cannot be read: ${why}` }]
  }
}

/** Reads again, consistently, what a scan of a ledger at work may have seen half of. */
async function lookAgain(suspicious: readonly Finding[], evidence: Evidence, audit: AuditedStores): Promise<void> {
  const { items, blobs } = audit
  const block = async (place: { chain: string; sequence: number }): Promise<boolean> => {
    const { pk, sk } = blockKey(place)
    const item = await items.get(pk, sk)
    if (item) await takeBlock(item, evidence, blobs)
    return item !== undefined
  }
  for (const { pk, sk, block: name } of suspicious) {
    const place = namedPlace(name)
    if (place) await block(place)
    if (pk === undefined || sk === undefined) continue
    const item = await items.get(pk, sk)
    if (!item) evidence.noItem(pk, sk)
    else evidence.item(rowOf(item))
    const named = namedPlace(item?.block)
    if (named && !evidence.hasBlock(named)) await block(named)
  }
  // Chains that went on while the ledger was read.
  for (const { chain, sequence } of [...evidence.lasts()])
    for (let next = sequence + 1; await block({ chain, sequence: next }); ) next += 1
}

/** The document of an item, for people. */
function documentOf(sk: string | undefined): string | undefined {
  if (sk?.startsWith('raw#')) return sk.slice('raw#'.length)
  return sk?.startsWith('doc#') ? sk.slice('doc#'.length, sk.lastIndexOf('#')) : undefined
}
