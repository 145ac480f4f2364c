import { createHash } from 'node:crypto'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { allScopes } from '../../../sandbox/systems/shipbob/account.ts'
import { addProducts, ask, closeAll, createRecorded, recording, startShipBob } from './story.ts'

afterEach(closeAll)

const get = (path: string) => ({ method: 'GET', path: `/{version}${path}` })
const create = (over: object = {}, boxes?: object[]) => {
  const { body } = recording('receiving.create.json').request
  return { method: 'POST', path: '/{version}/receiving', body: { ...body, ...over, ...(boxes ? { boxes } : {}) } }
}

test('only versions that are supported answer, and only a known token gets in', async () => {
  const sandbox = await startShipBob()
  const statuses = await Promise.all(
    ['2026-07', '2026-01', '2025-07', '1.0', '2031-01'].map((version) => ask(sandbox, get('/channel'), version)),
  )
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 410, 410, 404])
  const stranger = await ask(sandbox, { ...get('/channel'), headers: { authorization: 'Bearer x' } })
  expect(stranger).toMatchObject({ status: 401, body: null })
  sandbox.people.addProduct({ sku: 'A' })
  const replaced = sandbox.replacePersonalToken()
  expect((await ask(sandbox, get('/product'))).status).toBe(401)
  const answer = await ask(sandbox, { ...get('/product'), headers: { authorization: `Bearer ${replaced}` } })
  expect(answer.body.items).toHaveLength(1)
})

test('four calls need a channel, and a channel narrows reads of orders', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  sandbox.people.placeOrder({ reference: 'A-1', lines: [{ sku: 'TEE-ETE-M', quantity: 1 }] })
  for (const path of ['/order', '/order:estimate', '/return', '/shipment:batchCancel'])
    expect((await ask(sandbox, { method: 'POST', path: `/{version}${path}`, body: {} })).status).toBe(400)
  const of = (channel: number) => ask(sandbox, { ...get('/order'), headers: { shipbob_channel_id: String(channel) } })
  const { own, shop } = sandbox.channels
  expect((await ask(sandbox, get('/order'))).body).toHaveLength(1)
  expect([(await of(own)).body.length, (await of(shop)).body.length, (await of(99)).status]).toEqual([0, 1, 400])
})

test('the 151st request of a minute is refused until the window has moved on', async () => {
  let now = 0
  const sandbox = await startShipBob({ limit: { now: () => now } })
  const left = []
  for (let i = 0; i < 150; i += 1) left.push((await ask(sandbox, get('/channel'))).headers.get('x-remaining-calls'))
  expect([left[0], left[149]]).toEqual(['149', '0'])
  now = 35_000
  const refused = await ask(sandbox, get('/channel'))
  const { throttled } = recording('rate-limit.json')
  expect(refused).toMatchObject({ status: throttled.status, body: throttled.body })
  expect(refused.headers.get('x-retry-after')).toBe('25')
  now = 60_001
  expect((await ask(sandbox, get('/channel'))).status).toBe(200)
})

test('a receiving order is refused in the shape of its version, with everything that is wrong', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const wrong = create({ expected_arrival_date: '2026-08-01T00:00:00Z', fulfillment_center: { id: 5 } }, [
    { tracking_number: 'X', box_items: [{ inventory_id: 21_705_365, quantity: 0 }] },
  ])
  const fields = ['boxes[0].box_items[0].lot_number', 'boxes[0].box_items[0].quantity']
  const all = [...fields, 'expected_arrival_date', 'fulfillment_center.id']
  const older = await ask(sandbox, wrong, '2026-01')
  expect([older.status, Object.keys(older.body).toSorted()]).toEqual([400, all])
  const newer = await ask(sandbox, wrong)
  expect([newer.status, Object.keys(newer.body.errors).toSorted()]).toEqual([422, all])
  const day = create({ expected_arrival_date: '2026-10-01' })
  expect([(await ask(sandbox, day)).status, (await ask(sandbox, day, '2026-01')).status]).toEqual([422, 201])
})

test('what came with 2026-07 is not in 2026-01: SKUs in boxes, freight, PATCH, unidentified receiving orders', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const bySku = [{ tracking_number: 'X', box_items: [{ sku: 'MUG-BLU-01', quantity: 1 }] }]
  expect((await ask(sandbox, create({}, bySku), '2026-01')).status).toBe(400)
  const made = await ask(sandbox, create({ freight: { carrier: 'Example' } }, bySku))
  expect(made.body.freight).toEqual({ carrier: 'Example' })
  const patch = { method: 'PATCH', path: `/{version}/receiving/${made.body.id}`, body: { purchase_order_number: 'B' } }
  expect([(await ask(sandbox, patch, '2026-01')).status, (await ask(sandbox, patch)).status]).toEqual([404, 200])
  expect((await ask(sandbox, get('/unidentified-receiving-order'), '2026-01')).status).toBe(404)
})

test('nothing makes a second receiving order of the same number fail', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const ids = [await createRecorded(sandbox), await createRecorded(sandbox)]
  const { body } = await ask(sandbox, get('/receiving?PurchaseOrderNumbers=P00042'))
  expect(body.map(({ id }: { id: number }) => id)).toEqual(ids)
})

test('only what is awaited can be cancelled or changed', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const id = await createRecorded(sandbox)
  sandbox.people.arrive(id)
  const cancel = await ask(sandbox, { method: 'POST', path: `/{version}/receiving/${id}:cancel` })
  expect(cancel).toMatchObject({
    status: 422,
    body: { Status: ['Receiving order cannot be cancelled in status Arrived'] },
  })
  const patch = (body: object) => ask(sandbox, { method: 'PATCH', path: `/{version}/receiving/${id}`, body })
  expect((await patch({ expected_arrival_date: '2026-10-01T00:00:00Z' })).status).toBe(422)
  expect((await patch({ purchase_order_number: 'P00042-R1' })).body.purchase_order_number).toBe('P00042-R1')
  sandbox.people.complete(id)
  expect((await patch({ purchase_order_number: 'P00042-R2' })).status).toBe(422)
})

test('in a hub region the answer names the hub', async () => {
  const sandbox = await startShipBob({ habits: { hubs: { 10: 301 } } })
  addProducts(sandbox)
  const { body } = await ask(sandbox, create())
  expect([body.fulfillment_center.id, body.final_destination_fulfillment_center_id]).toEqual([301, 10])
})

test('a SKU, a reference of an order and one of a return are taken once', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const again = await ask(sandbox, recording('product.create.json').request)
  expect(again).toMatchObject({ status: 422, body: recording('product.create.json').duplicate_sku.body })
  const order = {
    method: 'POST',
    path: '/{version}/order',
    headers: { shipbob_channel_id: String(sandbox.channels.own) },
    body: { reference_id: 'A-1', products: [{ sku: 'TEE-ETE-M', quantity: 1 }] },
  }
  expect((await ask(sandbox, order)).status).toBe(201)
  expect(await ask(sandbox, order)).toMatchObject({ status: 422, body: recording('errors.json').cases[3].body })
  const back = recording('return.create.json')
  expect((await ask(sandbox, back.request)).status).toBe(201)
  expect(await ask(sandbox, back.request)).toMatchObject({ status: 422, body: back.duplicate.body })
})

test('lists page in their dialects, and a broken cursor leads to where it came from', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  const skus = ({ body }: { body: { items: { variants: { sku: string }[] }[] } }) =>
    body.items.map(({ variants }) => variants[0]?.sku)
  const first = await ask(sandbox, get('/product?PageSize=3&SKU=any:cof-lr-340,TEE-ETE-M,MUG-BLU-01,BND-GIFT-01'))
  expect(first.body.next).toMatch(/^\/product\?pageSize=3&cursor=/)
  expect(skus(await ask(sandbox, get(first.body.next)))).toEqual(['BND-GIFT-01'])
  sandbox.habits.repeatsPages = true
  expect(skus(await ask(sandbox, get(first.body.next)))).toEqual(skus(first))
})

test('an app gets in by PKCE; a code and a refresh token are for one use, an access token for an hour', async () => {
  const sandbox = await startShipBob({ clock: createSandboxClock(undefined, Date.parse('2026-09-01T00:00:00Z')) })
  const { clientId, clientSecret, redirectUri } = sandbox.credentials
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: `offline_access ${allScopes.join(' ')}`,
    state: 's1',
    nonce: 'n1',
    code_challenge: createHash('sha256').update('verifier').digest('base64url'),
    code_challenge_method: 'S256',
  })
  const authorize = (mode: string) =>
    fetch(`${sandbox.url}/connect/authorize?${query}&response_mode=${mode}`, { redirect: 'manual' })
  expect((await authorize('fragment')).headers.get('location')).toMatch(/#code=/)
  expect(await (await authorize('form_post')).text()).toContain('name="code"')
  const location = new URL((await authorize('query')).headers.get('location') ?? '')
  expect(location.searchParams.get('state')).toBe('s1')
  const token = async (form: Record<string, string>) => {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form })
    const response = await fetch(`${sandbox.url}/connect/token`, { method: 'POST', body })
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }
  const code = {
    grant_type: 'authorization_code',
    code: location.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: 'verifier',
  }
  const issued = await token(code)
  expect(issued.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer' })
  expect(await token(code)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
  const headers = { authorization: `Bearer ${issued.body.access_token}` }
  expect((await ask(sandbox, { ...get('/channel'), headers })).status).toBe(200)
  sandbox.clock.advance(3_600_000)
  expect((await ask(sandbox, { ...get('/channel'), headers })).status).toBe(401)
  const refresh = { grant_type: 'refresh_token', refresh_token: issued.body.refresh_token ?? '' }
  const renewed = await token(refresh)
  expect(renewed.body.refresh_token).not.toBe(issued.body.refresh_token)
  expect(await token(refresh)).toEqual({ status: 400, body: { error: 'invalid_grant' } })
  expect((await token({ ...refresh, client_secret: 'x' })).body).toEqual({ error: 'invalid_client' })
})

test('a create whose answer is lost has happened all the same', async () => {
  const sandbox = await startShipBob()
  addProducts(sandbox)
  sandbox.faults.add({ match: { method: 'POST', path: /\/receiving$/ }, times: 1, fault: { kind: 'drop-after' } })
  await expect(ask(sandbox, create())).rejects.toThrow()
  expect(sandbox.account.receiving.all()).toHaveLength(1)
})
