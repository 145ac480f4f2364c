import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../lib/core/exchange.ts'
import { sandboxWebhookSecret } from '../../sandbox/scenario/connections.ts'
import { raisePurchase } from '../../sandbox/scenario/fern-flint/company.ts'
import { type Sample, startSample } from './support.ts'

let sample: Sample
let url = ''

beforeAll(async () => {
  sample = await startSample({ hurry: false })
  const { embedded, outputs, sample: systems } = sample.work
  const odoo = outputs.connections.find((c) => c.name === 'odoo')
  url = `${odoo?.webhook?.url}/${sandboxWebhookSecret}`
  // "Send webhook notification" of an automation, thirteen calls for a create and three for a write.
  systems.systems.odoo.webhooks.push({ model: 'purchase.order.line', url })
  systems.systems.odoo.clock.advance(60_000)
  await embedded.tick(odoo?.schedule ?? '')
  await embedded.idle({ timeoutMs: 60_000 })
  // What stood there has left; everything after it leaves by a call.
  expect(systems.systems.sps.sent('purchase-order')).toHaveLength(2)
}, 120_000)
afterAll(() => sample.close())

const call = (init: RequestInit = {}, to = url) => fetch(to, { method: 'POST', body: '{"_id":1}', ...init })
const hints = () => {
  const { embedded, outputs } = sample.work
  const queue = embedded.queues.find(outputs.connections.find((c) => c.webhook)?.webhook?.hintsQueueUrl ?? '')
  if (!queue) throw new Error('there is no queue of hints')
  return embedded.queues.depth(queue)
}
const waiting = () => hints().visible + hints().inFlight + hints().delayed
const polls = () => {
  const of = ({ operation, by }: { operation: string; by: string }) =>
    operation === 'Lambda.Invoke' && by.startsWith('ConnectionodooPoller')
  return sample.work.embedded.counter.counts().find(of)?.calls ?? 0
}
const until = async (done: () => boolean) => {
  while (!done()) await delay(50)
}
const quiet = () => sample.work.embedded.idle({ timeoutMs: 60_000 })
/** A buyer orders more; the sandbox's clock moves on, so that the row's second is over when it is looked for. */
const orderMore = (quantity: number): string => {
  const { odoo } = sample.work.sample.systems
  const [order] = odoo.records('purchase.order', [['partner_id.ref', '=', 'TINDERBOX']], ['name'])
  const number = String(order?.name)
  raisePurchase(odoo, number, quantity)
  odoo.clock.advance(5000)
  return number
}
const changes = () => sample.work.sample.systems.sps.sent('purchase-order-change').length

test('what is changed in Odoo leaves by its own call, and no schedule ticks', async () => {
  const before = changes()
  orderMore(120)
  await until(() => changes() > before)
  await quiet()
  expect(changes()).toBe(before + 1)
}, 60_000)

test('a burst of hundreds of calls makes a few polls', async () => {
  await quiet()
  const before = polls()
  const answers = await Promise.all(Array.from({ length: 300 }, () => call()))
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([202]))
  await quiet()
  expect(polls() - before).toBeGreaterThanOrEqual(1)
  expect(polls() - before).toBeLessThanOrEqual(4)
}, 60_000)

test('a call during a poll has another one follow it', async () => {
  const { state } = sample.work
  await quiet()
  const before = { polls: polls(), changes: changes() }
  await state.lease('poll#odoo', 'another poll', systemClock.now() + 60_000)
  orderMore(144)
  await until(() => polls() > before.polls)
  expect(changes()).toBe(before.changes)
  expect(waiting()).toBeGreaterThan(0)
  await state.release('poll#odoo', 'another poll')
  await quiet()
  expect(changes()).toBe(before.changes + 1)
  expect(waiting()).toBe(0)
}, 60_000)

test('a body in base64, or of no use at all, is a call like any other', async () => {
  const headers = { 'content-type': 'application/octet-stream' }
  expect((await call({ headers, body: new Uint8Array([0, 255, 128]) })).status).toBe(202)
  expect((await call({ body: null })).status).toBe(202)
})

test('a body over the limit is refused, and one without the secret learns nothing of a limit', async () => {
  const body = 'x'.repeat(256 * 1024 + 1)
  expect((await call({ body })).status).toBe(413)
  expect((await call({ body }, `${url.slice(0, -1)}1`)).status).toBe(404)
})

test('a wrong secret, another connection and no route at all are answered alike', async () => {
  const { origin } = new URL(url)
  const answers = await Promise.all(
    [`${url.slice(0, -1)}1`, `${origin}/webhook/sps/${sandboxWebhookSecret}`, `${origin}/nothing`].map(async (to) => {
      const { status, headers, text } = await call({}, to).then(async (r) => ({
        status: r.status,
        headers: [...r.headers.keys()],
        text: await r.text(),
      }))
      return { status, headers, text }
    }),
  )
  expect(answers[0]).toMatchObject({ status: 404, text: '{"message":"Not Found"}' })
  expect(answers).toEqual([answers[0], answers[0], answers[0]])
})

test('while the queue refuses, calls are answered 503; none after that', async () => {
  await quiet()
  const { embedded } = sample.work
  // Until the hint of the calls before no longer covers this one.
  await delay(1100)
  embedded.intercept(({ operation }) =>
    operation === 'SendMessage' ? { code: 'OverLimit', message: 'asked to', status: 403 } : undefined,
  )
  expect((await call()).status).toBe(503)
  embedded.intercept(undefined)
  expect((await call()).status).toBe(202)
  await quiet()
}, 60_000)

test('no log holds the secret or what was sent, and no role was too narrow', () => {
  const { embedded, stateDir } = sample.work
  const logs = join(stateDir, 'logs')
  const text = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'))
  expect(text.join()).toContain('POST /webhook/odoo/{secret}')
  expect(text.join()).not.toContain(sandboxWebhookSecret)
  expect(text.join()).not.toContain('"_id"')
  expect(embedded.denials()).toEqual([])
  const used = new Set(embedded.usage.used().map((p) => p.statement))
  for (const statement of ['ReadWebhookSecrets', 'Hint', 'ConsumeHints', 'PostponeHints'])
    expect(used).toContain(statement)
})
