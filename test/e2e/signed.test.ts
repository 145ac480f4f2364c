import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { App } from 'aws-cdk-lib'
import { connectionOutputs } from '../../infra/outputs.ts'
import { createAwsApi } from '../../lib/pipeline/aws/api.ts'
import { type EmbeddedAws, startEmbeddedAws } from '../../sandbox/aws/index.ts'
import { sandboxSigningSecret } from '../../sandbox/scenario/connections.ts'
import { signedDoor } from '../infra/signed-door.ts'
import { signatureOf } from '../support/signed-webhook.ts'

let embedded: EmbeddedAws
let outputs: ReturnType<typeof connectionOutputs.parse>
const directory = mkdtempSync(join(tmpdir(), 'ml-connector-door-'))

beforeAll(async () => {
  const cdkOut = join(directory, 'out')
  // Its hints stay in the queue, where a test can look at them.
  const app = new App({ outdir: cdkOut })
  signedDoor(app, { enabled: false, settings: { channels: [318204], webhookSettleSeconds: 0 } })
  app.synth()
  embedded = await startEmbeddedAws({ cdkOut, stateDir: join(directory, 'state') })
  const [told] = Object.entries(embedded.outputs).filter(([name]) => name.startsWith('Connection'))
  outputs = connectionOutputs.parse(JSON.parse(told?.[1] ?? '{}'))
}, 120_000)
afterAll(async () => {
  await embedded.close()
  rmSync(directory, { recursive: true, force: true })
})

const door = () => {
  if (!outputs.webhook) throw new Error('there is no webhook')
  return outputs.webhook
}
let deliveries = 0
/** Sends what ShipBob would; a new delivery unless it has an id. */
async function post(
  over: { id?: string; body?: string; topic?: string; secret?: string; type?: string; age?: number } = {},
): Promise<number> {
  const { id = `msg_${++deliveries}`, body = `{"id":341200771,"status":"Fulfilled"}`, topic = 'order.shipped' } = over
  const timestamp = String(Math.floor(Date.now() / 1000) - (over.age ?? 0))
  const headers = {
    'content-type': over.type ?? 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(over.secret ?? sandboxSigningSecret, id, timestamp, body),
    'x-webhook-topic': topic,
  }
  return (await fetch(door().url, { method: 'POST', headers, body })).status
}
/** Takes all hints out of the queue. */
async function hints(): Promise<Record<string, unknown>[]> {
  const { region, endpoint, credentials } = embedded.clientConfig
  const api = createAwsApi({ region, endpoint, credentials: () => credentials })
  const queue = embedded.queues.find(door().hintsQueueUrl)
  if (!queue) throw new Error('there is no queue of hints')
  const found: Record<string, unknown>[] = []
  for (let waiting = true; waiting; ) {
    const input = { QueueUrl: door().hintsQueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }
    const { Messages = [] } = await api.call<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
      'sqs',
      'ReceiveMessage',
      input,
    )
    for (const { Body, ReceiptHandle } of Messages) {
      found.push(JSON.parse(Body) as Record<string, unknown>)
      await api.call('sqs', 'DeleteMessage', { QueueUrl: door().hintsQueueUrl, ReceiptHandle })
    }
    const { visible, delayed, inFlight } = embedded.queues.depth(queue)
    waiting = visible + delayed + inFlight > 0
  }
  return found
}

/** Has AWS refuse calls of an operation, those that `which` says of. */
const refuse = (operation: string, which: (call: number) => boolean = () => true) => {
  let calls = 0
  embedded.intercept((call) =>
    call.operation === operation && which(++calls)
      ? { code: 'OverLimit', message: 'asked to', status: 403 }
      : undefined,
  )
}

test('nobody is let in until a subscription is registered, and its deliveries are soon after', async () => {
  expect(await post()).toBe(401)
  embedded.setSecret(door().secretArn, JSON.stringify({ current: sandboxSigningSecret }))
  while ((await post({ id: 'msg_first' })) === 401) await delay(250)
  expect(await hints()).toEqual([expect.objectContaining({ deliveryId: 'msg_first' })])
}, 60_000)

test('a delivery is queued by the records it names, once however often it comes', async () => {
  expect(await post({ id: 'msg_a' })).toBe(202)
  expect(await post({ id: 'msg_a' })).toBe(200)
  expect(await hints()).toEqual([
    expect.objectContaining({ hint: 'records', stream: 'shipments', ids: ['341200771'], deliveryId: 'msg_a' }),
  ])
}, 30_000)

test('what is signed is the bytes, whatever their type', async () => {
  const body = '{ "id": 341200771,\n "name": "T-Shirt “Été” – Größe M 日本語" }\n'
  for (const type of ['application/json', 'application/octet-stream', 'text/plain; charset=utf-8'])
    expect(await post({ body, type })).toBe(202)
  expect(await hints()).toHaveLength(3)
}, 30_000)

test('what is not genuine leaves nothing', async () => {
  const other = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
  expect(await Promise.all([post({ secret: other }), post({ age: 301 }), post({ age: -302 })])).toEqual([401, 401, 401])
  expect((await fetch(door().url, { method: 'POST', body: '{"id":1}' })).status).toBe(401)
  expect((await fetch(`${door().url}/anything`, { method: 'POST' })).status).toBe(404)
  expect(await hints()).toEqual([])
}, 30_000)

test('what names no record of ours is kept with its reason', async () => {
  const foreign = '{"id":341200771,"channel":{"id":127733}}'
  expect(await post({ topic: 'stock.moved' })).toBe(200)
  expect(await post({ body: '{"status":"Shipped"}' })).toBe(200)
  expect(await post({ body: foreign })).toBe(200)
  expect(await post({ body: '<order/>' })).toBe(400)
  expect((await hints()).map(({ reason }) => reason).sort()).toEqual([
    'WEBHOOK_CHANNEL_FOREIGN',
    'WEBHOOK_NOT_JSON',
    'WEBHOOK_TOPIC_UNKNOWN',
    'WEBHOOK_WITHOUT_ID',
  ])
}, 30_000)

test('of a burst each is queued, though the queue refuses some: 503 while it does, and they are sent again', async () => {
  const body = (i: number) => JSON.stringify({ id: i + 1 })
  let waiting = Array.from({ length: 200 }, (_, i) => i)
  refuse('SendMessage', (call) => call % 3 === 0)
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === 2) embedded.intercept(undefined)
    const answers = await Promise.all(waiting.map((i) => post({ id: `msg_burst_${i}`, body: body(i) })))
    expect(new Set(answers).isSubsetOf(new Set(round < 2 ? [202, 503] : [202]))).toBe(true)
    waiting = waiting.filter((_, i) => answers[i] === 503)
  }
  const found = await hints()
  expect(found).toHaveLength(200)
  expect(new Set(found.map(({ deliveryId }) => deliveryId)).size).toBe(200)
}, 60_000)

test('while deliveries cannot be looked up nothing is taken', async () => {
  refuse('GetItem')
  expect(await post({ id: 'msg_b' })).toBe(503)
  embedded.intercept(undefined)
  expect(await post({ id: 'msg_b' })).toBe(202)
  expect(await hints()).toHaveLength(1)
}, 30_000)

test('no log holds a secret, a signature or what was sent, and the role was neither too narrow nor too wide', () => {
  const logs = join(directory, 'state', 'logs')
  const text = readdirSync(logs)
    .map((file) => readFileSync(join(logs, file), 'utf8'))
    .join()
  expect(text).toContain('timestamp_too_old')
  expect(text).not.toMatch(/whsec_|v1,|Fulfilled|341200771/)
  expect(embedded.denials()).toEqual([])
  const used = embedded.usage.used().filter((p) => p.role.startsWith('Webhooksshipbob'))
  expect(new Set(used.map((p) => `${p.statement} ${p.action}`))).toEqual(
    new Set([
      'ReadWebhookSecrets secretsmanager:GetSecretValue',
      'Hint sqs:SendMessage',
      'Deliveries dynamodb:GetItem',
      'Deliveries dynamodb:PutItem',
      'UseKey kms:Decrypt',
      'WriteOwnLog logs:CreateLogStream',
      'WriteOwnLog logs:PutLogEvents',
    ]),
  )
})
