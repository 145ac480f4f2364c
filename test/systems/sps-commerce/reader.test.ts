import type { Json, SourceDocument } from '../../../lib/core/exchange.ts'
import { ConfigurationError, Failure } from '../../../lib/core/failures.ts'
import { createReader } from '../../../lib/systems/sps-commerce/reader.ts'
import { fixture, fixtureText, parsed, pollAll, problemsOf, type SpsSandbox, startSps, styles } from './support.ts'

let sps: SpsSandbox
afterEach(() => sps.close())
const begin = async (...parameters: Parameters<typeof startSps>) => {
  const started = await startSps(...parameters)
  sps = started.sps
  return started
}
const orderNumber = (number: string) => {
  const order = fixture('order-850-minimal.json')
  order.Header.OrderHeader.PurchaseOrderNumber = number
  return order
}
const numbers = (documents: { number: string }[]) => documents.map((d) => d.number)
const identity = ({ type, key, group, version, hash }: SourceDocument) => ({ type, key, group, version, hash })

describe.each(styles)('%s', (style) => {
  it('gives every document that the retailers put in, of every kind, in pages', async () => {
    const { connection } = await begin(style, { pageSize: 2, filesPerPage: 2 })
    const files = [
      'order-850.json',
      'order-850-minimal.json',
      'order-850-multistore.json',
      'order-change-860.json',
      'product-activity-852.json',
      'inventory-846.json',
    ]
    for (const file of files) sps.deliver(fixture(file))
    sps.deliver(fixtureText('order-850.xml').replace('4500187734', '4500187799'))
    const documents = await pollAll(connection)
    expect(documents.map((d) => d.key).sort()).toEqual([
      '3F1HARBORPINE/2026-10-11/2026-10-17',
      '3F1HARBORPINE/4500187734/',
      '3F1HARBORPINE/4500187734//1',
      '3F1HARBORPINE/4500187735/',
      '3F1HARBORPINE/4500187799/',
      '3F1HARBORPINE/4500187801/',
      '3F1HARBORPINE/IB-20261019-0600',
    ])
    for (const document of documents) expect(problemsOf(document.type, document.raw)).toEqual([])
  })

  it('gives what suppliers and warehouses put in: answers, then goods, then receipts, in JSON and XML', async () => {
    const { connection } = await begin(style)
    for (const file of ['warehouse-receipt-944.json', 'shipment-856-pallet.json', 'ack-855.json'])
      sps.deliver(fixture(file))
    sps.deliver(fixtureText('shipment-856.xml'))
    const documents = await pollAll(connection)
    expect(documents.map((d) => [d.type, d.number])).toEqual([
      ['acknowledgement', '4500187734'],
      ['advance-ship-notice', 'JS-SHP-0031902'],
      ['advance-ship-notice', 'JS-SHP-0031877'],
      ['warehouse-receipt', 'CQ-RCV-77120'],
    ])
    for (const document of documents) expect(problemsOf(document.type, document.raw)).toEqual([])
  })

  it('a broken answer is kept as one, and refused with its reason', async () => {
    const { connection } = await begin(style)
    sps.deliver('<OrderAcks><OrderAck>', { kind: 'acknowledgement' })
    sps.deliver(fixture('ack-855.json'))
    const documents = await pollAll(connection)
    expect(documents.map((d) => d.type)).toEqual(['acknowledgement', 'acknowledgement'])
    expect(documents.flatMap((d) => problemsOf(d.type, d.raw)).map((p) => p.code)).toEqual(['SPS_UNREADABLE'])
  })

  it('an order comes before its change, whatever the names say', async () => {
    const { connection } = await begin(style)
    sps.deliver(fixture('order-change-860.json'), { path: 'out/AA-first.json' })
    sps.deliver(fixture('order-850.json'), { path: 'out/ZZ-last.json' })
    expect((await pollAll(connection)).map((d) => d.type)).toEqual(['purchase-order', 'purchase-order-change'])
  })

  it('a bad document stops neither its page nor the others', async () => {
    const { connection } = await begin(style)
    sps.deliver(orderNumber('1'))
    sps.deliver('<Orders><Order>', { kind: 'order' })
    sps.deliver(orderNumber('2'))
    const documents = await pollAll(connection)
    expect(documents).toHaveLength(3)
    const bad = documents.find((d) => d.key.startsWith('unreadable/'))
    expect(bad?.type).toBe('purchase-order')
    expect(problemsOf('purchase-order', bad?.raw)[0]?.code).toBe('SPS_UNREADABLE')
  })

  it('a kind of document nobody handles is given as unknown', async () => {
    const { connection } = await begin(style)
    sps.deliver(fixture('warehouse-ship-advice-945.json'), { kind: 'order', path: 'out/SW1.json' })
    const documents = await pollAll(connection)
    expect(documents.map((d) => [d.type, d.number])).toEqual([['unknown', 'CQ-SHP-55120']])
  })

  it('a token that ends in the middle of a walk loses nothing', async () => {
    const { connection } = await begin(style, { pageSize: 2, filesPerPage: 2 })
    for (const n of ['1', '2', '3', '4', '5']) sps.deliver(orderNumber(n))
    const reader = createReader(connection)
    const [stream = ''] = reader.streams()
    const first = await reader.readPage(stream, undefined)
    sps.expireTokens()
    const second = await reader.readPage(stream, first.cursor)
    expect(numbers([...first.documents, ...second.documents])).toEqual(['1', '2', '3', '4'])
  })

  it('bursts of 429 and truncated bodies lose nothing', async () => {
    const { connection, clock } = await begin(style, { pageSize: 2, filesPerPage: 2 })
    connection.gate.pause = async (until) => clock.advance(Math.max(0, until - clock.now()))
    for (const n of ['1', '2', '3', '4', '5']) sps.deliver(orderNumber(n))
    sps.faults.add({ match: { method: 'GET' }, times: 2, fault: { kind: 'status', status: 429 } })
    sps.faults.add({ match: { method: 'GET' }, times: 1, fault: { kind: 'truncate' } })
    sps.faults.add({ match: { method: 'GET' }, times: 1, fault: { kind: 'drop-after' } })
    expect(numbers(await pollAll(connection))).toEqual(['1', '2', '3', '4', '5'])
  })

  it('the same document read again is the same arrival', async () => {
    const { connection } = await begin(style)
    sps.deliver(orderNumber('1'), { path: 'out/PO1.json' })
    const reader = createReader(connection)
    const [stream = ''] = reader.streams()
    const [first] = (await reader.readPage(stream, undefined)).documents
    const [again] = (await reader.readPage(stream, undefined)).documents
    expect(again).toEqual(first)
  })
})

it('both styles give documents of the same identity and content', async () => {
  const seen = []
  for (const style of styles) {
    const { connection } = await begin(style)
    const others = ['ack-855.json', 'shipment-856.json', 'shipment-856-pallet.json', 'warehouse-receipt-944.json']
    for (const file of [
      'order-850.json',
      'order-850-dropship.json',
      'order-change-860.json',
      'inventory-846.json',
      ...others,
    ])
      sps.deliver(fixture(file))
    sps.deliver(fixtureText('order-850.xml').replace('4500187734', '4500187799'))
    const documents = (await pollAll(connection)).sort((a, b) => (a.key < b.key ? -1 : 1))
    seen.push(documents.map((d) => [identity(d), parsed(d.type, d.raw).document]))
    if (style !== styles.at(-1)) await sps.close()
  }
  expect(seen[0]).toEqual(seen[1])
})

describe('fulfillment: cursors', () => {
  const page = async (connection: Parameters<typeof createReader>[0], cursor?: Json) =>
    createReader(connection).readPage('purchase-orders', cursor)

  it('the last page is read again at the next poll, and with it what came since', async () => {
    const { connection } = await begin('fulfillment', { pageSize: 2, streams: ['purchase-orders'] })
    const cursors = new Map<string, Json>()
    for (const n of ['1', '2', '3']) sps.deliver(orderNumber(n))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['1', '2', '3'])
    expect(numbers(await pollAll(connection, cursors))).toEqual(['3'])
    for (const n of ['4', '5', '6']) sps.deliver(orderNumber(n))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['3', '4', '5', '6'])
  })

  it('a cursor with + / and = comes back as it was given', async () => {
    const { connection } = await begin('fulfillment', { pageSize: 1 })
    sps.deliver(orderNumber('1'))
    sps.deliver(orderNumber('2'))
    const first = await page(connection)
    expect(JSON.stringify(first.cursor)).toContain('+/=')
    expect(numbers((await page(connection, first.cursor)).documents)).toEqual(['2'])
  })

  it('a refused cursor begins again without it, with a warning', async () => {
    const { connection } = await begin('fulfillment')
    const warnings: unknown[] = []
    connection.log.warn = (_message, fields) => void warnings.push(fields?.code)
    sps.deliver(orderNumber('1'))
    expect(numbers((await page(connection, { cursor: 'of another day' })).documents)).toEqual(['1'])
    expect(warnings).toEqual(['SPS_CURSOR_REFUSED'])
  })

  it('a next cursor that is the current one stops the walk, and the page is not lost', async () => {
    const { connection } = await begin('fulfillment')
    const errors: unknown[] = []
    connection.log.error = (_message, fields) => void errors.push(fields?.code)
    const body = { results: [orderNumber('1')], paging: { next: { cursor: 'A' } } }
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 200, body } })
    const result = await page(connection, { cursor: 'A' })
    expect(numbers(result.documents)).toEqual(['1'])
    expect(result).toMatchObject({ more: false, cursor: { cursor: 'A' } })
    expect(errors).toEqual(['SPS_CURSOR_LOOP'])
  })

  it.each([
    ['results null', { results: null, paging: { next: { cursor: 'B' } } }, true],
    ['empty results with a next', { results: [], paging: { next: { cursor: 'B' } } }, true],
    ['no paging at all', { results: [] }, false],
    ['next null', { results: [], paging: { next: null } }, false],
  ])('%s: more = %s', async (_name, body, more) => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 200, body } })
    expect(await page(connection, { cursor: 'A' })).toEqual({
      documents: [],
      more,
      cursor: { cursor: more ? 'B' : 'A' },
    })
  })

  it('an answer that is no JSON is a fault, not an empty page', async () => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 200 } })
    await expect(page(connection)).rejects.toMatchObject({ class: 'transient', code: 'SPS_ANSWER_UNREADABLE' })
  })

  it('a collection the account does not have is named, with the setting', async () => {
    const { connect } = await begin('fulfillment')
    const connection = connect({ paths: { purchaseOrders: '/fulfillment/v1/nothing' } })
    const error = (await page(connection).catch((e: unknown) => e)) as Failure
    expect(error).toBeInstanceOf(Failure)
    expect(error.code).toBe('SPS_READ_REFUSED')
    expect(error.message).toContain('paths.purchaseOrders')
  })

  it('only streams of which a flow takes something are read, in an order that keeps threads', async () => {
    const { connection } = await begin('fulfillment')
    const streamsFor = (...wanted: string[]) => createReader({ ...connection, wanted }).streams()
    expect(streamsFor('purchase-order', 'purchase-order-change', 'product-activity', 'inventory-advice')).toEqual([
      'purchase-orders',
      'order-changes',
      'product-activity',
      'inventory',
    ])
    expect(streamsFor('warehouse-receipt', 'advance-ship-notice', 'acknowledgement')).toEqual([
      'acknowledgements',
      'shipments',
      'warehouse-receipts',
    ])
    expect(streamsFor('purchase-order-change')).toEqual(['purchase-orders', 'order-changes'])
    expect(streamsFor()).toEqual([])
  })

  it('streams can be left out, and paths set', async () => {
    const { connection } = await begin('fulfillment', {
      streams: ['inventory'],
      paths: { inventory: '/fulfillment/v1/inventory' },
    })
    sps.deliver(orderNumber('1'))
    sps.deliver(fixture('inventory-846.json'))
    expect((await pollAll(connection)).map((d) => d.type)).toEqual(['inventory-advice'])
  })
})

describe('fulfillment: the stock', () => {
  const stock = (item: string, quantity: number, at: string) => ({
    ...fixture('http/inventory-items.json').results[0],
    item: { vendorPartNumber: item },
    availableQuantity: quantity,
    quantityLastUpdated: at,
  })

  it('is walked as a whole at every poll, and gives what changed since the last', async () => {
    const { connection } = await begin('fulfillment', { streams: ['inventory'], pageSize: 2 })
    const cursors = new Map<string, Json>()
    for (const item of ['A', 'B', 'C']) sps.deliver(stock(item, 1, '2026-10-05T06:00:00Z'))
    sps.deliver(stock('D', 1, '2026-10-05T10:00:00Z'))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['A@JS-W1', 'B@JS-W1', 'C@JS-W1', 'D@JS-W1'])
    // D again: it is within the overlap of an hour.
    sps.deliver(stock('B2', 5, '2026-10-05T10:30:00Z'))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['D@JS-W1', 'B2@JS-W1'])
  })
})

describe('transactions: files', () => {
  it('are deleted after the page is stored, not before; a missing one is fine', async () => {
    const { connection } = await begin('transactions')
    sps.deliver(orderNumber('1'))
    const reader = createReader(connection)
    const page = await reader.readPage('files', undefined)
    expect(sps.files()).toEqual(['out/PO/PO000000001.json'])
    await reader.acknowledge?.('files', page.receipt ?? [])
    expect(sps.files()).toEqual([])
    await reader.acknowledge?.('files', page.receipt ?? [])
  })

  it('that could not be deleted are given again at the next poll, as the same arrival', async () => {
    const { connection } = await begin('transactions', { filesPerPage: 1 })
    sps.deliver(orderNumber('1'))
    sps.deliver(orderNumber('2'))
    const reader = createReader(connection)
    const first = await reader.readPage('files', undefined)
    const second = await reader.readPage('files', first.cursor)
    expect(numbers([...first.documents, ...second.documents])).toEqual(['1', '2'])
    expect(second.more).toBe(false)
    const again = await reader.readPage('files', second.cursor)
    expect(again.documents).toEqual(first.documents)
  })

  it('kept by setting, are read once', async () => {
    const { connection } = await begin('transactions', { afterReading: 'keep' })
    const cursors = new Map<string, Json>()
    sps.deliver(orderNumber('1'))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['1'])
    sps.deliver(orderNumber('2'))
    expect(numbers(await pollAll(connection, cursors))).toEqual(['2'])
    expect(sps.files()).toHaveLength(2)
    expect(JSON.stringify(cursors.get('files')).length).toBeLessThan(100)
  })

  it('that are broken stay where they are, all others are taken', async () => {
    const { connection } = await begin('transactions')
    sps.deliver(orderNumber('1'))
    sps.deliver('{"Header":', { kind: 'order', path: 'out/PO-broken.json' })
    sps.deliver('ISA*00*', { kind: 'order', path: 'out/FA-ack.edi' })
    const documents = await pollAll(connection)
    expect(documents.map((d) => d.type).sort()).toEqual(['purchase-order', 'purchase-order', 'unknown'])
    expect(sps.files()).toEqual(['out/PO-broken.json'])
  })

  it('taken by another worker between listing and reading are gone, not an error', async () => {
    const { connection } = await begin('transactions')
    sps.deliver(orderNumber('1'))
    sps.deliver(orderNumber('2'))
    sps.faults.add({ match: { path: /PO000000001/ }, fault: { kind: 'status', status: 404 } })
    expect(numbers(await pollAll(connection))).toEqual(['2'])
  })

  it('behind one that fails wait, so that nothing overtakes; at the next poll it is passed over', async () => {
    const { connection } = await begin('transactions', { filesPerPage: 10 })
    for (const n of ['1', '2', '3']) sps.deliver(orderNumber(n))
    sps.faults.add({ match: { path: /PO000000002/ }, fault: { kind: 'status', status: 500 } })
    const cursors = new Map<string, Json>()
    expect(numbers(await pollAll(connection, cursors))).toEqual(['1'])
    expect(numbers(await pollAll(connection, cursors))).toEqual(['3'])
    sps.faults.clear()
    expect(numbers(await pollAll(connection, cursors))).toEqual(['2'])
  })

  it('that all fail are a fault of the connection', async () => {
    const { connection } = await begin('transactions')
    sps.deliver(orderNumber('1'))
    sps.faults.add({ match: { path: /PO000000001/ }, fault: { kind: 'status', status: 500 } })
    await expect(pollAll(connection)).rejects.toMatchObject({ class: 'transient' })
  })

  it('names with blanks, # and umlauts are found', async () => {
    const { connection } = await begin('transactions')
    sps.deliver(orderNumber('1'), { path: 'out/PO 4#5 ü+%.json' })
    expect(numbers(await pollAll(connection))).toEqual(['1'])
    expect(sps.files()).toEqual([])
  })

  it('long listings are followed by cursor, subdirectories included', async () => {
    const { connection } = await begin('transactions', { pageSize: 2, filesPerPage: 3 })
    for (let n = 1; n <= 7; n += 1) sps.deliver(orderNumber(String(n)), { path: `out/deep/er/PO${n}.json` })
    expect(numbers(await pollAll(connection)).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })

  it('in a directory the account does not have: the message says what it has', async () => {
    const { connection } = await begin('transactions', {}, { directories: ['testin/', 'testout/'] })
    const error = (await pollAll(connection).catch((e: unknown) => e)) as ConfigurationError
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error.problems[0]).toEqual({
      code: 'SPS_DIRECTORY_NOT_FOUND',
      message: 'there is no directory out/ on this account; it has testin/, testout/',
      path: 'directories.out',
    })
  })

  it('in the test directories are read where the settings say so', async () => {
    const { connection } = await begin(
      'transactions',
      { directories: { out: 'testout/', in: 'testin/' } },
      { directories: ['testin/', 'testout/'] },
    )
    sps.deliver(orderNumber('1'), { path: 'testout/PO1.json' })
    expect(numbers(await pollAll(connection))).toEqual(['1'])
  })
})
