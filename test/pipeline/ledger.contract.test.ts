import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'
import { createAwsApi } from '../../lib/pipeline/aws/api.ts'
import { dynamoItems } from '../../lib/pipeline/aws/items.ts'
import { dynamoState } from '../../lib/pipeline/aws/state.ts'
import { dynamoTables } from '../../lib/pipeline/aws/tables.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { type BlobStore, type ItemStore, memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Mapping } from '../../lib/pipeline/ledger/ledger.ts'

const entry = (id: string, number: string): DocumentEntry => ({
  documentId: `sps:purchase-order:3F1/${number}/#${id}`,
  number,
  connection: 'sps',
  integration: 'acumatica-sps-commerce',
  flow: 'purchase-order',
  type: 'purchase-order',
  key: `3F1/${number}/`,
  group: `sps/order/${number}`,
  version: '',
  hash: `hash ${id}`,
  arrival: id,
  capturedAt: `2026-10-05T11:00:0${id.length % 10}.000Z`,
})

const mapping = (of: DocumentEntry): Mapping => ({
  entry: of,
  generation: 1,
  final: false,
  writes: [{ connection: 'acumatica', operation: 'create-order', reference: 'SPS:1', record: { a: 'ü – 漢字' } }],
  snapshot: { lines: ['1'] },
  decisions: [],
  warnings: [],
  tables: { partners: 'abc' },
  at: '2026-10-05T11:00:01.000Z',
})

const at = '2026-10-05T11:00:02.000Z'
const written = { at, stage: 'push', outcome: 'written' } as const

let server: ReturnType<typeof dynalite>
let api: ReturnType<typeof createAwsApi>
const credentials = () => ({ accessKeyId: 'test', secretAccessKey: 'test' })

beforeAll(async () => {
  server = dynalite({ createTableMs: 0 })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  api = createAwsApi({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials })
  const table = (name: string, ...keys: string[]) =>
    api.call('dynamodb', 'CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((k) => ({ AttributeName: k, AttributeType: 'S' })),
      KeySchema: keys.map((k, i) => ({ AttributeName: k, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
    })
  await Promise.all([table('ledger', 'pk', 'sk'), table('state', 'pk'), table('tables', 'pk', 'sk')])
})
afterAll(() => new Promise<void>((done) => server.close(() => done())))

const stores: [string, () => ItemStore][] = [
  ['in memory', memoryItems],
  ['in DynamoDB', () => dynamoItems(api, 'ledger')],
]

describe.each(stores)('the ledger %s', (name, makeItems) => {
  let time = Date.parse('2026-10-05T11:00:00Z')
  let blobs: BlobStore
  let ledger: ReturnType<typeof createLedger>
  const number = (n: number) => `${name} ${n}`
  beforeEach(() => {
    blobs = memoryBlobs()
    ledger = createLedger(makeItems(), blobs, () => time)
  })

  test('knows an arrival it has seen, and whether anything happened to it since', async () => {
    const order = entry('a1', number(1))
    expect(await ledger.capture(order, { po: number(1) })).toBe('new')
    expect(await ledger.capture(order, { po: number(1) })).toBe('unfinished')
    await ledger.saveMapping(mapping(order))
    expect(await ledger.capture(order, { po: number(1) })).toBe('known')
    expect(await ledger.read(order)).toEqual({ entry: order, raw: { po: number(1) } })
  })

  test('gives one worker the write, and a second one only when the first one’s time is over', async () => {
    const order = entry('b1', number(2))
    await ledger.capture(order, {})
    await ledger.saveMapping(mapping(order))
    const other = createLedger(makeItems(), blobs, () => time)
    // In memory, two stores are two worlds; only DynamoDB is shared.
    const second = name === 'in memory' ? ledger : other
    expect(await ledger.claim(order, '1.0', 'one', time + 1000)).toEqual({ claimed: true, attempt: 1 })
    expect(await second.claim(order, '1.0', 'two', time + 1000)).toEqual({ claimed: false, why: 'leased' })
    time += 2000
    expect(await second.claim(order, '1.0', 'two', time + 1000)).toEqual({ claimed: true, attempt: 2 })
  })

  test('records a delivered write once, and finds the document by the target’s number', async () => {
    const order = entry('c1', number(3))
    const soNumber = `SO-${number(3)}`
    await ledger.capture(order, {})
    await ledger.saveMapping(mapping(order))
    await ledger.claim(order, '1.0', 'one', time + 1000)
    const write = {
      target: {
        operation: 'create-order',
        connection: 'acumatica',
        targetId: 'SO/1',
        numbers: [soNumber],
        adopted: false,
        result: { orderNbr: soNumber },
        at,
      },
      warnings: [],
      next: '2.0',
      done: false,
      attempt: written,
    }
    await ledger.link(order, soNumber)
    await ledger.wrote(order, write)
    await ledger.wrote(order, write)
    expect((await ledger.progress(order))?.targets.length).toBe(1)
    expect(await ledger.claim(order, '1.0', 'two', time + 1000)).toEqual({
      claimed: false,
      why: 'done',
      underWay: true,
    })
    const [found] = await ledger.history(soNumber)
    expect(found).toMatchObject({ documentId: order.documentId, targetNumbers: [soNumber], snapshot: { lines: ['1'] } })
    expect((await ledger.stories(soNumber))[0]?.entry).toEqual(order)
    expect((await ledger.stories(order.documentId))[0]?.mappings[0]?.writes[0]?.record).toEqual({ a: 'ü – 漢字' })
  })

  test('never turns a delivered document into anything else', async () => {
    const order = entry('d1', number(4))
    await ledger.capture(order, {})
    const settled = {
      step: '1.0',
      problems: [],
      warnings: [],
      attempt: { at, stage: 'map', outcome: 'written' },
    } as const
    await ledger.settle(order, { ...settled, state: 'delivered', problems: [], warnings: [] })
    await ledger.settle(order, { ...settled, state: 'held', problems: [{ code: 'X', message: 'x' }], warnings: [] })
    expect((await ledger.progress(order))?.state).toBe('delivered')
  })

  test('keeps a payload over the item limit elsewhere, and gives it back whole', async () => {
    const order = entry('e1', number(5))
    let seed = 7
    const noise = Array.from({ length: 60_000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed.toString(36)
    })
    await ledger.capture(order, noise)
    expect((await ledger.read(order))?.raw).toEqual(noise)
  })

  test('counts every captured document', async () => {
    const order = entry('f1', number(6))
    await ledger.capture(order, {})
    const all = await Array.fromAsync(ledger.all())
    expect(all.find((d) => d.entry.documentId === order.documentId)).toEqual({ entry: order, mapped: false })
  })
})

describe('the state in DynamoDB', () => {
  let time = 1000
  const state = () => dynamoState(api, 'state', () => time)

  test('lets one poller at a time move a cursor', async () => {
    const cursor = { cursor: { page: 2 }, revision: 0, polledAt: at }
    expect(await state().moveCursor('sps', 'orders', cursor, 0)).toBe(true)
    expect(await state().moveCursor('sps', 'orders', cursor, 0)).toBe(false)
    expect(await state().cursor('sps', 'orders')).toMatchObject({ cursor: { page: 2 }, revision: 1 })
  })

  test('gives a lease to one owner until its time is over or it is released', async () => {
    expect(await state().lease('poll', 'a', 2000)).toBe(true)
    expect(await state().lease('poll', 'b', 2000)).toBe(false)
    await state().release('poll', 'b')
    expect(await state().lease('poll', 'b', 2000)).toBe(false)
    await state().release('poll', 'a')
    expect(await state().lease('poll', 'b', 2000)).toBe(true)
    time = 3000
    expect(await state().lease('poll', 'c', 4000)).toBe(true)
  })

  test('never shortens a pause', async () => {
    await state().pause('sps', 9000)
    await state().pause('sps', 5000)
    expect(await state().pausedUntil('sps')).toBe(9000)
  })
})

describe('the cross-reference tables in DynamoDB', () => {
  test('keep every version and give the current one', async () => {
    const tables = dynamoTables(api, 'tables', memoryBlobs())
    const first = await tables.save('a', 'items', [{ item: '007' }])
    const second = await tables.save('a', 'items', [{ item: '008' }])
    await tables.save('a', 'units', [{ code: 'EA' }])
    const loaded = await tables.load('a')
    expect(loaded.items).toEqual(second)
    expect(loaded.units?.rows).toEqual([{ code: 'EA' }])
    expect((await tables.read('a', 'items', first.version))?.rows).toEqual([{ item: '007' }])
  })
})
