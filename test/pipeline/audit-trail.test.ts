import { verifyAudit } from '../../cli/audit/verify.ts'
import { fromItem, isBlock } from '../../lib/pipeline/ledger/audit/block.ts'
import { memoryHeads } from '../../lib/pipeline/ledger/audit/heads.ts'
import { auditTrail } from '../../lib/pipeline/ledger/audit/trail.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { type Item, type ItemStore, memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry } from '../../lib/pipeline/ledger/ledger.ts'

const entryOf = (number: string): DocumentEntry => ({
  documentId: `shop:order:${number}#1`,
  number,
  connection: 'shop',
  integration: 'toy',
  flow: 'orders',
  type: 'order',
  key: number,
  group: number,
  version: '1',
  hash: 'h',
  arrival: 'a',
  capturedAt: '2026-03-02T09:00:00.000Z',
})
const attempt = { at: '2026-03-02T09:00:01.000Z', stage: 'map', outcome: 'held', code: 'NO_ROW' } as const
const held = { state: 'held' as const, step: '1.0', problems: [], warnings: [], attempt }

/** A ledger's parts, and workers that share them. `fail` makes the next writes lose their answer. */
function parts() {
  const stored = memoryItems()
  const blobs = memoryBlobs()
  const heads = memoryHeads()
  let time = Date.parse('2026-03-02T09:00:00Z')
  let chains = 0
  const lost: string[] = []
  const items: ItemStore = {
    ...stored,
    async put(item, expected) {
      const done = await stored.put(item, expected)
      const at = lost.indexOf(isBlock(item) ? 'block' : 'item')
      if (at === -1) return done
      lost.splice(at, 1)
      // As DynamoDB's client has it: the repeat of a write that arrived does not meet its condition.
      return false
    },
  }
  const worker = (newChain = () => `chain${++chains}`) => {
    const now = () => time
    return createLedger(items, blobs, now, auditTrail({ items, blobs, heads, worker: 'test', now, newChain }))
  }
  const verify = (youngMs = 0, now = time + 86_400_000) =>
    verifyAudit({ audit: { items, blobs, heads }, ledger: worker() }, { youngMs, now })
  const blocks = async () =>
    Promise.all((await Array.fromAsync(stored.scan())).filter(isBlock).map((item) => fromItem(item, blobs)))
  return {
    stored,
    items,
    blobs,
    heads,
    worker,
    verify,
    blocks,
    lost,
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('a batch of many writes is one block, and its items name it', async () => {
  const { worker, blocks, stored, verify } = parts()
  const ledger = worker()
  for (const number of ['A', 'B', 'C']) await ledger.capture(entryOf(number), { number })
  await ledger.attest()
  const [block, ...more] = await blocks()
  expect(more).toEqual([])
  expect(block?.entries.map((e) => e.sk)).toEqual(['A', 'B', 'C'].map((n) => `raw#shop:order:${n}#1`))
  for await (const item of stored.scan()) if (!isBlock(item)) expect(item.block).toBe('chain1.1')
  expect(await verify()).toMatchObject({ items: 3, documents: 3, blocks: 1, chains: 1, findings: [], pending: [] })
})

test('an invocation that wrote nothing appends nothing', async () => {
  const { worker, blocks } = parts()
  const ledger = worker()
  await ledger.capture(entryOf('A'), {})
  await ledger.attest()
  expect(await ledger.capture(entryOf('A'), {})).toBe('unfinished')
  await ledger.stories('A')
  await ledger.attest()
  await ledger.attest()
  expect(await blocks()).toHaveLength(1)
})

test('several writes of one item are one entry, and every revision is in it', async () => {
  const { worker, blocks } = parts()
  const ledger = worker()
  await ledger.claim(entryOf('A'), '1.0', 'me', 0)
  await ledger.settle(entryOf('A'), held)
  await ledger.attest()
  expect((await blocks())[0]?.entries).toEqual([expect.objectContaining({ from: 1, to: 2 })])
})

test('a write whose answer was lost is attested by its own block', async () => {
  const { worker, lost, verify, blocks } = parts()
  const ledger = worker()
  lost.push('item')
  await ledger.capture(entryOf('A'), {})
  await ledger.attest()
  expect((await blocks())[0]?.entries).toHaveLength(1)
  expect((await verify()).findings).toEqual([])
})

test('a block whose answer was lost is not appended twice, and the chain goes on', async () => {
  const { worker, lost, verify } = parts()
  const ledger = worker()
  await ledger.capture(entryOf('A'), {})
  lost.push('block')
  await ledger.attest()
  await ledger.capture(entryOf('B'), {})
  await ledger.attest()
  expect(await verify()).toMatchObject({ blocks: 2, chains: 1, findings: [] })
})

test('where an append fails, the next one says what it would have said, in a chain of its own', async () => {
  const { worker, items, stored, verify, blocks } = parts()
  const ledger = worker()
  await ledger.capture(entryOf('A'), {})
  const put = items.put
  items.put = async () => {
    throw new Error('throttled')
  }
  await expect(ledger.attest()).rejects.toThrow('throttled')
  items.put = put
  await ledger.capture(entryOf('B'), {})
  await ledger.attest()
  expect((await blocks()).map((b) => [b.chain, b.sequence, b.entries.length])).toEqual([['chain2', 1, 2]])
  expect((await verify()).findings).toEqual([])
  expect(await stored.get('N#A', 'raw#shop:order:A#1')).toMatchObject({ block: 'chain1.1' })
})

test('what a dead worker left is attested by whoever meets it again, and once by each', async () => {
  const { worker, blocks, verify } = parts()
  await worker().capture(entryOf('A'), {})
  expect((await verify()).findings).toMatchObject([{ kind: 'item-unattested', document: 'shop:order:A#1' }])
  const second = worker()
  expect(await second.capture(entryOf('A'), {})).toBe('unfinished')
  await second.attest()
  await second.capture(entryOf('A'), {})
  await second.attest()
  expect(await blocks()).toHaveLength(1)
  expect((await verify()).findings).toEqual([])
})

test('an item that was altered before it is replaced is named: two blocks say two things of it', async () => {
  const { worker, stored, verify } = parts()
  const first = worker()
  await first.settle(entryOf('A'), held)
  await first.attest()
  const found = await stored.get('N#A', 'doc#shop:order:A#1#state')
  if (!found) throw new Error('no state')
  await stored.put({ ...found, approved: 'yes' } as Item, 1)
  const second = worker()
  await second.remark(entryOf('A'), { assignee: 'kim' })
  await second.attest()
  expect((await verify()).findings).toMatchObject([{ kind: 'attested-differently', document: 'shop:order:A#1' }])
})

test('a chain that is cut off behind its noted head is named, items and all', async () => {
  const { worker, stored, heads, verify, pass } = parts()
  const ledger = worker()
  await ledger.capture(entryOf('A'), {})
  await ledger.attest()
  pass(10 * 60_000)
  await ledger.capture(entryOf('B'), {})
  await ledger.attest()
  expect(await Array.fromAsync(heads.all())).toMatchObject([{ chain: 'chain1', sequence: 2 }])
  const kept = (await Array.fromAsync(stored.scan())).filter((i) => i.pk !== 'N#B' && i.sk !== '00000002')
  const cut = memoryItems()
  for (const item of kept) await cut.put(item, 0)
  const { findings } = await verifyAudit(
    { audit: { items: cut, blobs: memoryBlobs(), heads }, ledger: worker() },
    { youngMs: 0, now: 0 },
  )
  expect(findings).toMatchObject([{ kind: 'head-missing', block: 'chain1.2' }])
  expect((await verify()).findings).toEqual([])
})

test('a whole rewritten chain is named by a seal that was kept outside', async () => {
  const one = parts()
  const ledger = one.worker()
  await ledger.capture(entryOf('A'), { amount: 1 })
  await ledger.attest()
  const { heads } = await one.verify()
  const forged = parts()
  const other = forged.worker()
  await other.capture(entryOf('A'), { amount: 2 })
  await other.attest()
  const { items, blobs, heads: noted } = forged
  const given = { youngMs: 0, now: 0, against: heads }
  const { findings } = await verifyAudit({ audit: { items, blobs, heads: noted }, ledger: other }, given)
  expect(findings).toMatchObject([{ kind: 'chain-broken', block: 'chain1.1' }])
})

test('what is younger than a worker may need is pending, and named as that', async () => {
  const { worker, verify } = parts()
  await worker().capture(entryOf('A'), {})
  const soon = Date.parse('2026-03-02T09:10:00Z')
  const { findings, pending } = await verify(90 * 60_000, soon)
  expect(findings).toEqual([])
  expect(pending).toMatchObject([{ document: 'shop:order:A#1' }])
  expect((await verify(5 * 60_000, soon)).findings).toHaveLength(1)
})

test('a payload in the bucket that is gone or another one is named', async () => {
  const { worker, stored, blobs, heads } = parts()
  const ledger = worker()
  const large = { text: Array.from({ length: 90_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 0).join(' ') }
  await ledger.capture(entryOf('A'), large)
  await ledger.attest()
  const item = await stored.get('N#A', 'raw#shop:order:A#1')
  expect(item?.spilled).toBeDefined()
  const verify = (get: typeof blobs.get) =>
    verifyAudit({ audit: { items: stored, blobs: { ...blobs, get }, heads }, ledger }, { youngMs: 0, now: 0 })
  expect((await verify(blobs.get)).findings).toEqual([])
  expect((await verify(async () => Buffer.from('other'))).findings).toMatchObject([{ kind: 'payload-altered' }])
  const gone = async (): Promise<Uint8Array> => {
    throw new Error('NoSuchKey')
  }
  expect((await verify(gone)).findings).toMatchObject([{ kind: 'payload-missing', document: 'shop:order:A#1' }])
})

test('readers of the ledger never see a block', async () => {
  const { worker } = parts()
  const ledger = worker()
  await ledger.capture(entryOf('A'), {})
  await ledger.attest()
  expect(await Array.fromAsync(ledger.all())).toMatchObject([{ entry: { number: 'A' } }])
  expect(await ledger.stories('shop:order:A#1')).toHaveLength(1)
})
