import { verifyAudit } from '../../cli/audit/verify.ts'
import type { Deployment } from '../../cli/deployment/deployment.ts'
import { fromItem, isBlock } from '../../lib/pipeline/ledger/audit/block.ts'
import type { Item, ItemStore } from '../../lib/pipeline/ledger/items.ts'
import { isOfAgenda } from '../../lib/pipeline/ledger/keys.ts'

/** An item as it was found, or as somebody changed it; undefined where somebody removed it. */
export type Tampering = (item: Item, n: number) => Item | undefined

export const removed: Tampering = () => undefined

/** Changes one attribute a little, another one for every item; what names it (its keys) stays. */
export const altered: Tampering = (item, n) => {
  const names = Object.keys(item).filter((name) => name !== 'pk' && name !== 'sk')
  const name = names[n % names.length] ?? ''
  return { ...item, [name]: different(item[name]) }
}

/** An attribute that was not there. */
export const extended: Tampering = (item) => ({ ...item, approved: 'yes' })

function different(value: Item[string] | undefined): Item[string] {
  if (typeof value === 'number') return value + 1
  if (value instanceof Uint8Array) return Uint8Array.from([...value.slice(0, -1), (value.at(-1) ?? 0) ^ 1])
  const text = String(value)
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
}

/**
 * Tampers with every item of a ledger, some at a time, and gives those that a verification did not name. Items and
 * blocks apart and never two neighbours in a chain: each is named for what happened to it alone.
 * @param blocks true for the audit blocks, false for everything they attest
 */
export async function unnoticed(
  { audit, ledger }: Pick<Deployment, 'audit' | 'ledger'>,
  tamper: Tampering,
  blocks: boolean,
  rounds: number,
): Promise<string[]> {
  const items = (await Array.fromAsync(audit.items.scan())).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  // The agenda says nothing of what was done, and is not attested.
  const isVictim = (item: Item) => isBlock(item) === blocks && !isOfAgenda(item)
  const missed: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const victims = items.filter(isVictim).filter((_, i) => i % rounds === round)
    const now = new Map(items.map((item) => [idOf(item), item]))
    for (const [n, victim] of victims.entries()) {
      const after = tamper(victim, n + round)
      if (after) now.set(idOf(victim), after)
      else now.delete(idOf(victim))
    }
    const tampered = { audit: { ...audit, items: view(now) }, ledger }
    const { findings } = await verifyAudit(tampered, { youngMs: 0, now: Date.now() + 86_400_000 })
    const named = new Set(findings.flatMap((f) => [`${f.pk} ${f.sk}`, ...(f.block ? [blockId(f.block)] : [])]))
    for (const victim of victims) {
      // A removed block is named itself, or by what nothing attests any more.
      const entries = blocks ? (await fromItem(victim, audit.blobs)).entries : []
      if (![victim, ...entries].some((one) => named.has(idOf(one)))) missed.push(idOf(victim))
    }
  }
  return missed
}

const idOf = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>) => `${pk} ${sk}`

const blockId = (name: string) => {
  const [chain, sequence = ''] = name.split('.')
  return `audit#${chain} ${sequence.padStart(8, '0')}`
}

/** A ledger's items to be read only. */
function view(items: ReadonlyMap<string, Item>): ItemStore {
  const all = [...items.values()]
  return {
    get: async (pk, sk) => items.get(`${pk} ${sk}`),
    put: async () => {
      throw new Error('a verification writes nothing')
    },
    query: async (pk, prefix) => all.filter((i) => i.pk === pk && i.sk.startsWith(prefix)),
    async *scan() {
      yield* all
    },
  }
}
