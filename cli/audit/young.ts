import type { Item } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Mapping, Progress } from '../../lib/pipeline/ledger/ledger.ts'
import { unpack } from '../../lib/pipeline/ledger/pack.ts'
import type { Deployment } from '../deployment/deployment.ts'
import type { Finding } from './findings.ts'

/** How far a worker's clock may be ahead of ours. */
const aheadMs = 5 * 60_000

/**
 * What an unattested item comes to: attested all the same where it is a link that its document names; pending where it
 * is so young that its worker may not be through, or its message not back; else a finding like any other.
 */
export async function excuse(
  { kind, pk, sk }: Finding,
  given: Pick<Deployment, 'audit' | 'ledger'> & { youngMs: number; now: number },
): Promise<'findings' | 'pending' | 'attested'> {
  if (kind !== 'item-unattested' || pk === undefined || sk === undefined) return 'findings'
  const item = await given.audit.items.get(pk, sk)
  if (!item) return 'findings'
  if (sk.endsWith('#link')) return (await isNamed(item, given)) ? 'attested' : 'findings'
  const at = await timeOf(item, given)
  if (at === undefined) return 'findings'
  const age = given.now - Date.parse(at)
  return age < given.youngMs && age > -aheadMs ? 'pending' : 'findings'
}

/** True where a link is one that its document says it has: the worker that made it died before its block. */
async function isNamed(link: Item, { ledger }: Pick<Deployment, 'ledger'>): Promise<boolean> {
  const { pk, sk, revision, home, block, ...more } = link
  if (revision !== 1 || block === undefined || Object.keys(more).length > 0) return false
  const documentId = sk.slice('doc#'.length, -'#link'.length)
  const { progress, mappings } = await ledger.standing({ documentId, number: String(home) })
  const names = [...mappings.flatMap((m) => m.index ?? []), ...(progress?.targets.flatMap((t) => t.numbers) ?? [])]
  const { key } = mappings[0]?.entry ?? { key: /^[^:]+:[^:]+:(.*)#[^#]*$/.exec(documentId)?.[1] ?? '' }
  return [key, ...names].some((number) => pk === `N#${number}`)
}

/** ISO date-time of what an item says; undefined where it cannot be read. */
async function timeOf(item: Item, { audit }: Pick<Deployment, 'audit'>): Promise<string | undefined> {
  try {
    if (item.sk.startsWith('raw#')) return (JSON.parse(String(item.entry)) as DocumentEntry).capturedAt
    if (item.sk.endsWith('#state')) return (await unpack<Progress>(item, audit.blobs)).updatedAt
    return (await unpack<Mapping>(item, audit.blobs)).at
  } catch {
    return undefined
  }
}
