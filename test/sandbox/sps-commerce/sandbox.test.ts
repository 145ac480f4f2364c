import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandboxClock, type SandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import {
  type SpsSandbox,
  type SpsSandboxOptions,
  sandboxKeys,
  start,
} from '../../../sandbox/systems/sps-commerce/index.ts'

// What stands on the wire, compared with the recorded and worked examples of the fact sheet.
const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/sps-commerce/${name}`, import.meta.url), 'utf8'))

let sps: SpsSandbox
let clock: SandboxClock
let bearer = ''
afterEach(() => sps.close())

async function begin(options: Partial<SpsSandboxOptions> = {}) {
  clock = options.clock ?? createSandboxClock(undefined, Date.parse('2026-10-21T20:41:12.310Z'))
  sps = await start({ ...options, clock })
  await signIn()
}
const tokenRequest = (body: object, path = '/oauth/token') =>
  fetch(`${sps.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const keys = {
  grant_type: 'client_credentials',
  client_id: sandboxKeys.clientId,
  client_secret: sandboxKeys.clientSecret,
  audience: 'https://spscommerce.com',
}
async function signIn() {
  const answer = (await (await tokenRequest(keys)).json()) as { access_token: string }
  bearer = answer.access_token
}
const call = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`${sps.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    ...(body === undefined ? {} : { body }),
  })
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
const json = async (response: Promise<Response>): Promise<any> => (await response).json()
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.slice(0, 1).map(shape)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((k) => [k, shape((value as Record<string, unknown>)[k])]),
        )
      : typeof value

describe('tokens', () => {
  it('have the documented shape, from both endpoints and in both body forms', async () => {
    await begin()
    expect(shape(await json(tokenRequest(keys)))).toEqual(shape(example('http/token-response.json')))
    const form = await fetch(`${sps.url}/authorization/v1/token`, { method: 'POST', body: new URLSearchParams(keys) })
    expect(form.status).toBe(200)
  })

  it('are refused as documented: wrong keys, wrong audience, a web application', async () => {
    await begin()
    expect((await tokenRequest({ ...keys, client_secret: 'x' })).status).toBe(401)
    expect((await tokenRequest({ ...keys, audience: 'api://api.spscommerce.com/' })).status).toBe(403)
    sps.changeApplication({ type: 'web' })
    const refused = await tokenRequest(keys)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual(example('http/token-error-403.json'))
  })

  it('end when their time is over', async () => {
    await begin()
    expect((await call('GET', '/auth-check')).status).toBe(204)
    clock.advance(3600_000)
    const answer = await call('GET', '/auth-check')
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ title: example('http/problem-401.json').title })
  })
})

describe('collections', () => {
  it('page like the example', async () => {
    await begin()
    const [one, two] = [example('order-850.json'), example('order-850-minimal.json')]
    for (const order of [one, two, example('order-850-multistore.json')]) sps.deliver(order)
    const first = await json(call('GET', '/fulfillment/v1/purchaseorders?limit=2'))
    expect(first.results).toEqual([one, two])
    expect(shape(first.paging)).toEqual(shape(example('http/fulfillment-purchaseorders-page-1.json').paging))
    const next = encodeURIComponent(first.paging.next.cursor)
    const last = await json(call('GET', `/fulfillment/v1/purchaseorders?limit=2&cursor=${next}`))
    expect(last.results).toEqual([example('order-850-multistore.json')])
    expect(last.paging.next).toBeNull()
    expect((await call('GET', '/fulfillment/v1/purchaseorders?cursor=made-up')).status).toBe(400)
  })

  it('the stock is at both paths, in the shape of the Inventory API', async () => {
    await begin()
    sps.deliver(example('http/inventory-items.json').results[0])
    const answer = await json(call('GET', '/inventory'))
    expect(answer).toEqual(example('http/inventory-items.json'))
    expect(await json(call('GET', '/fulfillment/v1/inventory'))).toEqual(answer)
  })

  it('answers, ship notices and receipts of others are in collections of their own; posts are not among them', async () => {
    await begin()
    const files = {
      orderacks: 'ack-855.json',
      shipments: 'shipment-856.json',
      warehousereceipts: 'warehouse-receipt-944.json',
    }
    for (const file of Object.values(files)) sps.deliver(example(file))
    await call('POST', '/fulfillment/v1/shipments', JSON.stringify(example('shipment-856-pallet.json')))
    for (const [collection, file] of Object.entries(files))
      expect((await json(call('GET', `/fulfillment/v1/${collection}`))).results).toEqual([example(file)])
    expect(sps.files()).toEqual(['out/PR000000001.json', 'out/RE000000003.json', 'out/SH000000002.json'])
    expect(sps.sent('ship-notice')).toEqual([example('shipment-856-pallet.json')])
  })

  it.each([
    ['purchaseorders', 'order-850.json', 'purchase-order'],
    ['orderchanges', 'order-change-860.json', 'purchase-order-change'],
    ['inventoryadvice', 'inventory-846.json', 'inventory'],
    ['itemregistries', 'inventory-846.json', 'inventory'],
  ] as const)('a post to %s is taken, and is in no list', async (collection, file, type) => {
    await begin()
    expect((await call('POST', `/fulfillment/v1/${collection}`, JSON.stringify(example(file)))).status).toBe(201)
    expect(sps.sent(type)).toEqual([example(file)])
    expect(sps.files()).toEqual([])
    const incomplete = { ...example(file), Header: {} }
    expect((await call('POST', `/fulfillment/v1/${collection}`, JSON.stringify(incomplete))).status).toBe(400)
    expect((await call('POST', '/fulfillment/v1/warehousereceipts', '{}')).status).toBe(404)
  })

  it('a post without its identifiers is refused as in the example', async () => {
    await begin()
    const shipment = example('shipment-856.json')
    delete shipment.Header.ShipmentHeader.ShipmentIdentification
    const answer = await call('POST', '/fulfillment/v1/shipments', JSON.stringify(shipment))
    expect(answer.status).toBe(400)
    const body = (await answer.json()) as { context: unknown }
    expect(body.context).toEqual(example('http/problem-400.json').context)
  })

  it('two posts without a key are two documents; with one key they are one', async () => {
    await begin()
    const body = JSON.stringify(example('invoice-810.json'))
    const post = (headers?: Record<string, string>, text = body) =>
      call('POST', '/fulfillment/v1/invoices', text, headers)
    const key = { 'sps-idempotency-key': 'invoice-inv-104482-abcdef' }
    expect([(await post(key)).status, (await post(key)).status]).toEqual([201, 200])
    expect((await post(key, JSON.stringify(example('invoice-810-minimal.json')))).status).toBe(409)
    expect(sps.received().map((r) => r.count)).toEqual([1])
    await post()
    expect(sps.received().map((r) => r.count)).toEqual([2, 2])
  })
})

describe('the Transaction API', () => {
  it('lists like the example: directories, files, cursors, prefixes', async () => {
    await begin()
    sps.deliver(example('order-850.json'), { path: 'out/PO4500187734.json' })
    sps.deliver(example('order-850-multistore.json'), { path: 'out/PO4500187801.json' })
    const first = await json(call('GET', '/transactions/v5/data/out/?limit=2'))
    const wanted = example('http/transactions-list-page-1.json')
    const paths = (page: { results: { path: string; type: string }[] }) => page.results.map((r) => [r.path, r.type])
    expect(paths(first)).toEqual(paths(wanted))
    expect(shape(first)).toEqual(shape(wanted))
    const cursor = encodeURIComponent(first.paging.next.cursor)
    expect(paths(await json(call('GET', `/transactions/v5/data/out/?limit=2&cursor=${cursor}`)))).toEqual(
      paths(example('http/transactions-list-page-2.json')),
    )
    expect((await json(call('GET', '/transactions/v5/data/out/?entryNamePrefix=PO45001878'))).results).toHaveLength(1)
    expect(paths(await json(call('GET', '/transactions/v5/data/')))).toEqual([
      ['/in/', 'directory'],
      ['/out/', 'directory'],
    ])
  })

  it('a directory without its slash, a missing one, and a missing file answer 404', async () => {
    await begin()
    expect((await call('GET', '/transactions/v5/data/out')).status).toBe(404)
    expect(await json(call('GET', '/transactions/v5/data/testin/'))).toEqual(
      example('http/transactions-error-404.json'),
    )
    expect((await call('POST', '/transactions/v5/data/testin/SH1.json', '{}')).status).toBe(404)
    expect((await call('DELETE', '/transactions/v5/data/out/none.json')).status).toBe(404)
  })

  it('a file is read, then deleted', async () => {
    await begin()
    const path = sps.deliver('<Orders/>', { kind: 'order' })
    expect(await (await call('GET', `/transactions/v5/data/${path}`)).text()).toBe('<Orders/>')
    expect((await call('DELETE', `/transactions/v5/data/${path}`)).status).toBe(204)
    expect(sps.files()).toEqual([])
  })

  it('an upload is taken and deleted after a while; the history says so, as in the example', async () => {
    await begin()
    const path = '/transactions/v5/data/in/SHJS-SHP-0031877.json'
    const uploaded = await call('POST', path, JSON.stringify(example('shipment-856.json')))
    expect(uploaded.status).toBe(201)
    expect(shape(await uploaded.json())).toEqual(shape(example('http/transactions-upload-response.json')))
    expect(sps.files()).toEqual(['in/SHJS-SHP-0031877.json'])
    clock.advance(3_000)
    const history = await json(call('GET', '/transactions/v5/history'))
    const wanted = example('http/transactions-history.json')
    expect(history.results[0].status_log.map((s: { status: string }) => s.status)).toEqual([
      'uploaded',
      'downloaded',
      'deleted',
    ])
    expect(shape(history)).toEqual(shape(wanted))
    expect(sps.files()).toEqual([])
  })

  it('the same name before it is taken overwrites, after that it is a second document', async () => {
    await begin()
    const upload = () => call('POST', '/transactions/v5/data/in/IN1.json', JSON.stringify(example('invoice-810.json')))
    await upload()
    await upload()
    expect(sps.received().map((r) => r.count)).toEqual([1])
    await upload()
    expect(sps.received().map((r) => r.count)).toEqual([2, 2])
  })

  it('the history lags', async () => {
    await begin({ historyLagMs: 300_000 })
    await call('POST', '/transactions/v5/data/in/IN1.json', '{}')
    expect((await json(call('GET', '/transactions/v5/history'))).results).toEqual([])
    clock.advance(300_000)
    expect((await json(call('GET', '/transactions/v5/history'))).results).toHaveLength(1)
  })
})

it('everything survives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sps-'))
  const file = join(folder, 'sps.db')
  await begin({ file })
  sps.deliver(example('order-850.json'))
  await call('POST', '/fulfillment/v1/invoices', JSON.stringify(example('invoice-810.json')))
  await sps.close()
  sps = await start({ file, clock })
  expect((await json(call('GET', '/fulfillment/v1/purchaseorders'))).results).toHaveLength(1)
  expect(sps.received().map((r) => r.number)).toEqual(['INV-104482'])
  rmSync(folder, { recursive: true })
})
