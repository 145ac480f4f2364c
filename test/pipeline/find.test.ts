import fc from 'fast-check'
import type { Json, Write } from '../../lib/core/exchange.ts'
import { numbersIn } from '../../lib/pipeline/ledger/ids.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Ledger } from '../../lib/pipeline/ledger/ledger.ts'

const at = '2026-03-02T09:00:00.000Z'

/** A ledger that counts how often the whole table is read. */
function counting() {
  const items = memoryItems()
  const read = { whole: 0, items }
  const scan = items.scan
  items.scan = () => {
    read.whole += 1
    return scan()
  }
  return { ledger: createLedger(items, memoryBlobs(), () => Date.parse(at)), read }
}

async function stored(
  ledger: Ledger,
  given: { connection: string; type: string; key: string; number: string; group?: string; raw?: Json },
): Promise<DocumentEntry> {
  const { connection, type, key, number, group = `${connection}/${key}`, raw = {} } = given
  const documentId = `${connection}:${type}:${key}#d3db48422f`
  const common = { integration: 'i', flow: type, version: '', hash: '', arrival: 'a', capturedAt: at }
  const entry = { documentId, connection, type, key, number, group, ...common }
  await ledger.capture(entry, raw)
  return entry
}

/** Delivers one write of a document, which the target gave this id. */
async function delivered(ledger: Ledger, entry: DocumentEntry, reference: string, targetId: string): Promise<void> {
  const write: Write = { connection: 'erp', operation: 'create-order', reference, record: {} }
  const mapping = { entry, generation: 1, final: true, writes: [write], decisions: [], warnings: [], tables: {}, at }
  await ledger.saveMapping(mapping)
  await ledger.claim(entry, '1.0', 'a worker', 0)
  await ledger.wrote(entry, {
    target: { operation: 'create-order', connection: 'erp', targetId, numbers: [], adopted: false, result: {}, at },
    warnings: [],
    next: '2.0',
    done: true,
    attempt: { at, stage: 'push', outcome: 'written', step: '1.0' },
  })
}

const found = async (ledger: Ledger, id: string) => (await ledger.stories(id)).map((s) => s.entry.documentId)

describe('a document is found', () => {
  const order = {
    connection: 'sps',
    type: 'purchase-order',
    key: '3F1HARBORPINE/4500187734/',
    number: '4500187734',
    group: 'sps/order/3F1HARBORPINE/4500187734/',
  }

  test.each([
    ['its number', '4500187734'],
    ['its document id', 'sps:purchase-order:3F1HARBORPINE/4500187734/#d3db48422f'],
    ['the correlation id of its thread', 'sps/order/3F1HARBORPINE/4500187734/'],
    ['our reference at the target', 'SPS:3F1HARBORPINE:4500187734'],
    ['the id that the target gave', 'SO/4500187734'],
  ])('by %s, without reading the whole ledger', async (_what, id) => {
    const { ledger, read } = counting()
    const entry = await stored(ledger, order)
    await delivered(ledger, entry, 'SPS:3F1HARBORPINE:4500187734', 'SO/4500187734')
    expect([await found(ledger, id), read.whole]).toEqual([[entry.documentId], 0])
  })

  test.each([
    ['the database id of its record in Odoo', 'odoo', 'ship-notice', 'stock.picking/4', 'WH/OUT/00002'],
    ['the id of its shipment at ShipBob', 'shipbob', 'shipment', '108345', 'SO-2026-1187'],
    ['the id of its receiving order at ShipBob', 'shipbob', 'receiving-progress', '442190', 'P00012'],
  ])(
    'by %s, also before it is mapped, without reading the whole ledger',
    async (_what, connection, type, key, number) => {
      const { ledger, read } = counting()
      const { documentId } = await stored(ledger, { connection, type, key, number })
      for (const id of [number, key, documentId]) expect(await found(ledger, id)).toEqual([documentId])
      expect(read.whole).toBe(0)
    },
  )

  test('by its record’s id after a poller died between storing it and linking it', async () => {
    const items = memoryItems()
    const put = items.put
    let dies = true
    items.put = async (item, expected) => {
      if (item.sk.endsWith('#link') && dies) throw new Error('killed')
      return put(item, expected)
    }
    const ledger = createLedger(items, memoryBlobs(), () => Date.parse(at))
    const picking = { connection: 'odoo', type: 'ship-notice', key: 'stock.picking/4', number: 'WH/OUT/00002' }
    await expect(stored(ledger, picking)).rejects.toThrow('killed')
    dies = false
    const { documentId } = await stored(ledger, picking)
    expect(await found(ledger, 'stock.picking/4')).toEqual([documentId])
  })

  test('by a tracking number it is linked under', async () => {
    const { ledger, read } = counting()
    const entry = await stored(ledger, { connection: 'acumatica', type: 'ship-notice', key: 'S1', number: 'S1' })
    await ledger.link(entry, 'tracking/1Z999AA10123456784')
    expect([await found(ledger, '1Z999AA10123456784'), read.whole]).toEqual([[entry.documentId], 0])
  })

  test('only by an id that is its own, not by one that shares a part with it', async () => {
    const { ledger } = counting()
    await stored(ledger, order)
    expect(await found(ledger, 'sps/order/3F1OTHER/4500187734/')).toEqual([])
    expect(await found(ledger, 'SO/4500187734')).toEqual([])
  })

  test('wherever a word stands in what came, and nowhere by a part of a word', async () => {
    const { ledger } = counting()
    const { documentId } = await stored(ledger, { ...order, raw: { carrier: { pro: 'PRO 77120-4' } } })
    await stored(ledger, { ...order, key: 'other', number: 'other' })
    const mentioned = async (text: string) =>
      (await Array.fromAsync(ledger.mentioning(text))).map((s) => s.entry.documentId)
    expect(await mentioned('77120-4')).toEqual([documentId])
    expect(await mentioned('7712')).toEqual([])
    expect(await mentioned('.*')).toEqual([])
  })
})

test('every document is found by its document id without reading the whole ledger, whatever its key and number look like', async () => {
  const text = fc.stringMatching(/^[A-Z0-9 ./:#-]{1,40}$/)
  await fc.assert(
    fc.asyncProperty(text, text, fc.boolean(), async (key, other, same) => {
      const { ledger, read } = counting()
      const number = same ? (key.split('/').find((part) => part !== '') ?? key) : other
      const { documentId } = await stored(ledger, { connection: 'sps', type: 'purchase-order', key, number })
      expect([await found(ledger, documentId), read.whole]).toEqual([[documentId], 0])
      expect(numbersIn(documentId).length).toBeLessThanOrEqual(12)
    }),
  )
})
