import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SandboxShipBob } from '../../../sandbox/systems/shipbob/index.ts'
import { messageId, signatureOf } from '../../../sandbox/systems/shipbob/webhooks/sign.ts'
import { fixture } from '../../systems/shipbob/server.ts'
import { differences } from './shape.ts'
import { addProducts, ask, billWeek, closeAll, createRecorded, receiveShort, shipSplit, startShipBob } from './story.ts'

interface Got {
  topic: string
  id: string
  signature: string
  timestamp: string
  body: string
}

/** Takes deliveries and answers as it is told; 200 otherwise. */
async function startReceiver() {
  const got: Got[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name])
      got.push({
        topic: header('x-webhook-topic'),
        id: header('webhook-id'),
        signature: header('webhook-signature'),
        timestamp: header('webhook-timestamp'),
        body,
      })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const close = () => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(closed))
  }
  return { got, answers, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, close }
}

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await closeAll()
  await receiver.close()
})

const secret = 'whsec_wfE5aZSrGA3HbpT3kBDBWWMmn8rRtB0k'
const topicsOf = (sandbox: SandboxShipBob, topics: string[]) =>
  ask(sandbox, {
    method: 'POST',
    path: '/{version}/webhook',
    body: { url: receiver.url, topics, secret, description: 'test' },
  })
const everything = [
  'order.shipped',
  'order.delivered',
  'order.shipment.delivered',
  'order.shipment.exception',
  'order.shipment.on_hold',
  'order.shipment.cancelled',
  'order.shipment.tracking.updated',
  'order.shipment.tracking_received',
  'order.shipment.address.updated',
  'order.shipment.line_item.updated',
  'return.created',
  'return.updated',
  'return.completed',
  'wro.created',
  'wro.updated',
  'wro.completed',
  'wro.box.arrived',
  'wro.box.scanned',
  'wro.box.stowed',
  'billing.charge.created',
  'billing.refund.created',
  'billing.credit.created',
]

/** A day of the account, with something for every topic. */
async function liveThrough(sandbox: SandboxShipBob): Promise<void> {
  const { people } = sandbox
  addProducts(sandbox)
  receiveShort(sandbox, await createRecorded(sandbox))
  shipSplit(sandbox)
  people.correctAddress(352_900_411, { address1: '16 Sample Rd' })
  people.deliver(352_900_411)
  people.deliver(352_900_412)
  const { id } = people.placeOrder({ reference: 'SO-2026-1190', lines: [{ sku: 'BND-GIFT-01', quantity: 1 }] })
  const [shipment = 0] = sandbox.account.shipments.all().flatMap((one) => (one.order === id ? one.id : []))
  people.repack(shipment, { 'MUG-BLU-01': 1 })
  people.outOfStock(shipment, 'MUG-BLU-01')
  people.putOnHold(shipment)
  people.cancelShipment(shipment)
  const back = people.announceReturn({ reference: 'RMA-1', shipment: 352_900_411, units: { 'COF-LR-340': 2 } })
  people.completeReturn(back.id)
  billWeek(sandbox)
  people.refund({ fee: 'Per Pick Fee', amount: -0.52, referenceType: 'Shipment', referenceId: 352_900_411 })
  await sandbox.webhooks.settled()
}

test('every topic is told in its recorded shape, signed over id, time and body', async () => {
  const sandbox = await startShipBob()
  await topicsOf(sandbox, everything)
  await liveThrough(sandbox)
  expect([...new Set(receiver.got.map(({ topic }) => topic))].toSorted()).toEqual(everything.toSorted())
  for (const { topic, body, id, timestamp, signature } of receiver.got) {
    expect(signature).toBe(signatureOf(secret, id, timestamp, body))
    const recorded = JSON.parse(fixture(`webhooks/${topic}.json`).request.body_raw)
    // Lists may be empty, details are an open set or were recorded in two lengths.
    const wrong = differences([recorded], JSON.parse(body)).filter((one) => !/in the list$|_details/.test(one))
    expect({ topic, wrong }).toEqual({ topic, wrong: [] })
  }
})

test('the signature is the one that was recorded', () => {
  const { request, secret: key } = fixture('webhooks/order.shipped.json')
  const { headers, body_raw: body } = request
  expect(signatureOf(key, headers['webhook-id'], headers['webhook-timestamp'], body)).toBe(headers['webhook-signature'])
  expect(messageId('any')).toMatch(/^msg_[0-9A-Za-z]{27}$/)
})

test('two subscriptions get an event each, with ids of their own; a deleted one gets none', async () => {
  const sandbox = await startShipBob()
  const first = await topicsOf(sandbox, ['wro.created'])
  await topicsOf(sandbox, ['wro.created', 'wro.completed'])
  addProducts(sandbox)
  await createRecorded(sandbox)
  await sandbox.webhooks.settled()
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(2)
  await ask(sandbox, { method: 'DELETE', path: `/{version}/webhook/${first.body.id}` })
  await createRecorded(sandbox)
  await sandbox.webhooks.settled()
  expect(receiver.got).toHaveLength(3)
})

test('what is not taken is repeated: at once, then after ever longer pauses, with the same id and a new signature', async () => {
  let time = 1_789_372_800_000
  const sandbox = await startShipBob({ webhooks: { signingTime: () => time } })
  await topicsOf(sandbox, ['wro.created'])
  receiver.answers.push(503, 500, 503)
  addProducts(sandbox)
  await createRecorded(sandbox)
  await sandbox.webhooks.settled()
  expect(receiver.got).toHaveLength(2)
  time += 60_000
  await sandbox.webhooks.pump()
  expect(receiver.got).toHaveLength(2)
  sandbox.clock.advance(5_000)
  await sandbox.webhooks.pump()
  sandbox.clock.advance(5 * 60_000)
  await sandbox.webhooks.pump()
  expect(receiver.got).toHaveLength(4)
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1)
  expect(new Set(receiver.got.map(({ signature }) => signature)).size).toBe(2)
  expect(sandbox.webhooks.waiting()).toEqual([])
})

test('after days of failures an endpoint is switched off, and told nothing more', async () => {
  const sandbox = await startShipBob()
  await topicsOf(sandbox, ['wro.created'])
  receiver.answers.push(...Array.from({ length: 40 }, () => 500))
  addProducts(sandbox)
  for (let day = 0; day < 7; day += 1) {
    sandbox.clock.advance(86_400_000)
    await sandbox.webhooks.send('wro.created', { id: day })
  }
  expect(sandbox.account.subscriptions.all()).toMatchObject([{ enabled: false }])
  const listed = await ask(sandbox, { method: 'GET', path: '/{version}/webhook' })
  expect(listed.body.items).toMatchObject([{ enabled: false, topics: ['wro.created'] }])
  expect(listed.body.items[0]).not.toHaveProperty('secret')
})

test('deliveries are held, sent out of order, repeated, and lost on demand', async () => {
  const sandbox = await startShipBob()
  await topicsOf(sandbox, ['wro.created', 'wro.updated', 'wro.completed'])
  addProducts(sandbox)
  sandbox.webhooks.hold()
  const id = await createRecorded(sandbox)
  sandbox.people.arrive(id)
  sandbox.people.complete(id)
  expect(sandbox.webhooks.lose(({ topic }) => topic === 'wro.updated')).toBe(1)
  await sandbox.webhooks.release((a, b) => b.serial - a.serial)
  expect(receiver.got.map(({ topic }) => topic)).toEqual(['wro.completed', 'wro.created'])
  await sandbox.webhooks.repeat(({ topic }) => topic === 'wro.created')
  expect(receiver.got[2]?.id).toBe(receiver.got[1]?.id)
  sandbox.webhooks.delayBy(3_600_000)
  await createRecorded(sandbox)
  await sandbox.webhooks.settled()
  expect(receiver.got).toHaveLength(3)
  sandbox.clock.advance(3_600_000)
  await sandbox.webhooks.pump()
  expect(receiver.got).toHaveLength(4)
})

test('order.shipped may come before anybody knows the tracking number', async () => {
  const sandbox = await startShipBob()
  await topicsOf(sandbox, ['order.shipped', 'order.shipment.tracking.updated'])
  addProducts(sandbox)
  sandbox.people.placeOrder({ reference: 'A-1', lines: [{ sku: 'TEE-ETE-M', quantity: 1 }] })
  sandbox.people.label(352_900_411, { trackingLater: true })
  sandbox.people.track(352_900_411, { tracking: '1Z1' })
  await sandbox.webhooks.settled()
  const [shipped, tracked] = receiver.got.map(({ body }) => JSON.parse(body))
  expect(shipped.shipments[0].tracking).toBeNull()
  expect(tracked.tracking.tracking_number).toBe('1Z1')
})

test('topics are those of the version, secrets those of the pattern, URLs https', async () => {
  const sandbox = await startShipBob()
  const create = (body: object, version?: string) =>
    ask(sandbox, { method: 'POST', path: '/{version}/webhook', body }, version)
  const { request, unknown_topic: refused } = fixture('rest/webhook.subscription.json').create
  expect((await create(request.body)).status).toBe(201)
  const older = await create(request.body, '2026-01')
  expect(older.status).toBe(refused.status)
  expect(older.body.value.Topics).toContain('wro.completed is not a valid topic')
  const wrong = await create({ topics: ['order.shipped'], url: 'http://hooks.example.com', secret: 'whsec_short' })
  expect(Object.keys(wrong.body.value).toSorted()).toEqual(['Secret', 'Url'])
  expect((await create({ topics: ['order.shipped'], url: receiver.url })).body.secret).toMatch(
    /^whsec_[A-Za-z0-9+/]{32}$/,
  )
})

test('a simulated shipment moves on by itself, after its minutes', async () => {
  const sandbox = await startShipBob()
  await topicsOf(sandbox, ['order.shipped', 'order.shipment.delivered'])
  addProducts(sandbox)
  sandbox.people.placeOrder({ reference: 'A-1', lines: [{ sku: 'TEE-ETE-M', quantity: 1 }] })
  const simulation = { action: 'ShipOrder', delay: 0, next: { action: 'DeliverOrder', delay: 5 } }
  const body = { shipment_id: 352_900_411, simulation }
  expect((await ask(sandbox, { method: 'POST', path: '/{version}/simulate/shipment', body })).status).toBe(200)
  sandbox.clock.advance(5 * 60_000)
  const { body: shipment } = await ask(sandbox, { method: 'GET', path: '/{version}/shipment/352900411' })
  await sandbox.webhooks.settled()
  expect(shipment.status_details[0].name).toBe('Delivered')
  expect(receiver.got.map(({ topic }) => topic)).toEqual(['order.shipped', 'order.shipment.delivered'])
})
