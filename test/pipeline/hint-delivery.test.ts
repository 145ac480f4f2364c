import fc from 'fast-check'
import type { Hint, HintTarget } from '../../lib/pipeline/hint.ts'
import { createIntake, type IntakePorts } from '../../lib/pipeline/hint-intake.ts'
import type { WebhookRequest } from '../../lib/pipeline/hint-request.ts'
import { maxDeliveryBytes } from '../../lib/pipeline/hint-signed.ts'
import { delivery, toySecret, toyWebhook } from '../support/signed-webhook.ts'

const start = 1_789_372_800_000
const shop: HintTarget = { secretArn: 'arn:shop', queueUrl: 'https://queue/shop', delaySeconds: 1 }

/** An intake over one connection; what it did is kept. */
function intake(over: Partial<IntakePorts> = {}, target: HintTarget = shop) {
  const sent: Hint[] = []
  const troubles: string[] = []
  const refused: string[] = []
  const remembered = new Map<string, number>()
  const taken = {
    has: async (connection: string, id: string) => remembered.has(`${connection} ${id}`),
    add: async (connection: string, id: string, seconds: number) => void remembered.set(`${connection} ${id}`, seconds),
  }
  const ports: IntakePorts = {
    targets: { shop: target },
    secret: async () => JSON.stringify({ current: toySecret }),
    send: async (_, hint) => void sent.push(hint),
    trouble: (_, what, error) => void troubles.push(`${what}: ${(error as Error).message}`),
    refused: (_, why) => void refused.push(why),
    clock: { now: () => start },
    ...over,
  }
  const take = createIntake(ports, { declaration: toyWebhook, taken })
  const post = async (request: WebhookRequest) => (await take(request)).statusCode
  return { sent, troubles, refused, remembered, taken, post, take }
}

describe('a genuine delivery', () => {
  it('is answered after a hint with the ids and nothing else of it is queued, and is remembered for three days', async () => {
    const { post, sent, remembered } = intake()
    expect(await post(delivery({ body: '{"id":7,"customer":"Dana Whitfield"}' }))).toBe(202)
    expect(sent).toEqual([
      {
        hint: 'records',
        stream: 'orders',
        ids: ['7'],
        deliveryId: 'msg_1',
        topic: 'order.shipped',
        receivedAt: '2026-09-14T08:00:00.000Z',
      },
    ])
    expect([...remembered]).toEqual([['shop msg_1', 259_200]])
  })

  it('that comes again is answered 200 and makes no hint', async () => {
    const { post, sent } = intake()
    await post(delivery())
    expect(await post(delivery({ at: start + 5000 }))).toBe(200)
    expect(sent).toHaveLength(1)
  })

  it.each([
    ['in base64', (r: WebhookRequest) => ({ ...r, body: btoa(r.body ?? ''), isBase64Encoded: true })],
    [
      'with header names in any case',
      (r: WebhookRequest) => ({
        ...r,
        headers: Object.fromEntries(
          Object.entries(r.headers ?? {}).map(([name, value]) => [name.toUpperCase(), value]),
        ),
      }),
    ],
  ])('may come %s', async (_, change) => {
    expect(await intake().post(change(delivery()))).toBe(202)
  })

  it('names a record by a number that no double holds as it was written', async () => {
    const { post, sent } = intake()
    await post(delivery({ body: '{"id":9007199254740993,"amount":1234567890123456.25}' }))
    expect(sent[0]).toMatchObject({ ids: ['9007199254740993'] })
  })

  it('may be about nothing that we read', async () => {
    const { post, sent } = intake()
    expect(await post(delivery({ body: '{"id":[]}' }))).toBe(200)
    expect(sent).toEqual([])
  })

  it('is judged by the time API Gateway had it, and by ours where nobody says', async () => {
    const late = delivery()
    late.requestContext.timeEpoch = start + 301_000
    expect(await intake().post(late)).toBe(401)
    const { timeEpoch: _, ...context } = late.requestContext
    expect(await intake().post({ ...late, requestContext: context })).toBe(202)
  })
})

describe('what is not genuine is answered 401 and nothing is kept of it', () => {
  const strange = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
  it.each([
    ['signed by somebody else', delivery({ secret: strange }), 'signature_mismatch'],
    ['five minutes old', delivery({ at: start }), 'timestamp_too_old'],
    ['of the unsigned kind', { ...delivery(), headers: { 'shipbob-topic': 'order_shipped' } }, 'missing_header'],
    ['without any header', { ...delivery(), headers: {} }, 'missing_header'],
  ])('%s', async (_, request, why) => {
    const { post, sent, remembered, refused } = intake()
    if (why === 'timestamp_too_old') request.requestContext.timeEpoch = start + 301_000
    expect(await post(request)).toBe(401)
    expect([sent, [...remembered], refused]).toEqual([[], [], [why]])
  })

  it('everything, until a subscription is registered', async () => {
    expect(await intake({ secret: async () => undefined }).post(delivery())).toBe(401)
  })

  it('a large body is refused before anything is reckoned, and one as large as allowed is not', async () => {
    const large = (bytes: number) => delivery({ body: `{"id":7}${' '.repeat(bytes - 8)}` })
    const { post } = intake()
    expect(await post(large(maxDeliveryBytes + 1))).toBe(413)
    expect(await post(large(maxDeliveryBytes))).toBe(202)
  })
})

it('a delivery that no known secret signed has the secret read anew: it may have been replaced', async () => {
  const asked: boolean[] = []
  const next = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
  const { post } = intake({
    secret: async (_, fresh = false) => {
      asked.push(fresh)
      return JSON.stringify(fresh ? { current: next, previous: toySecret } : { current: toySecret })
    },
  })
  expect(await post(delivery({ secret: next }))).toBe(202)
  expect(await post(delivery({ id: 'msg_2' }))).toBe(202)
  expect(asked).toEqual([false, true, false])
})

describe('a genuine delivery that names no record of ours is kept with its reason', () => {
  it.each([
    ['no JSON', { body: '<xml/>' }, 400, 'WEBHOOK_NOT_JSON'],
    ['nothing at all', { body: '' }, 400, 'WEBHOOK_NOT_JSON'],
    ['an unknown topic', { topic: 'stock.moved' }, 200, 'WEBHOOK_TOPIC_UNKNOWN'],
    ['no topic', { topic: '' }, 200, 'WEBHOOK_TOPIC_UNKNOWN'],
    ['no id', { body: '{"status":"Shipped"}' }, 200, 'WEBHOOK_WITHOUT_ID'],
    ['JSON that is no record', { body: 'null' }, 200, 'WEBHOOK_WITHOUT_ID'],
  ])('%s', async (_, given, status, reason) => {
    const { post, sent } = intake()
    expect(await post(delivery(given))).toBe(status)
    const { body = '{"id":7}' } = given as { body?: string }
    expect(sent).toEqual([expect.objectContaining({ hint: 'unread', reason, deliveryId: 'msg_1', body })])
    // Sent again, it is not kept again.
    expect(await post(delivery(given))).toBe(200)
    expect(sent).toHaveLength(1)
  })

  it('cut to what a queue takes', async () => {
    const { post, sent } = intake()
    await post(delivery({ body: '\u0000'.repeat(1_000_000) }))
    expect(JSON.stringify(sent[0]).length).toBeLessThan(200_000)
  })
})

describe('a channel', () => {
  const listed = { ...shop, channels: [318204, 127733] }
  const body = (channel?: string) => JSON.stringify({ id: 7, ...(channel ? { channel } : {}) })
  const header = (id: string) => ({ headers: { shop_channel_id: id } })
  it.each([
    ['on the list', { body: body('318204') }, listed],
    ['another one on the list', { body: body('127733') }, listed],
    ['that nobody names', { body: body() }, listed],
    ['where there is no list', { body: body('5') }, shop],
    ['in a header that agrees', { body: body('318204'), ...header('318204') }, listed],
    ['in a header alone', { body: body(), ...header('127733') }, listed],
  ])('%s is taken', async (_, given, target) => {
    expect(await intake({}, target).post(delivery(given))).toBe(202)
  })

  it.each([
    ['in the body', { body: body('999') }, listed],
    ['in a header', { body: body(), ...header('999') }, listed],
    ['in a header that says another than the body', { body: body('318204'), ...header('127733') }, listed],
    ['in a header, where there is no list', { body: body('5'), ...header('6') }, shop],
  ])('that is foreign, %s, is answered 200 and kept without what it says', async (_, given, target) => {
    const { post, sent } = intake({}, target)
    expect(await post(delivery(given))).toBe(200)
    expect(sent).toEqual([expect.objectContaining({ reason: 'WEBHOOK_CHANNEL_FOREIGN', ids: ['orders/7'] })])
    expect(sent[0]).not.toHaveProperty('body')
  })
})

describe('anything else is answered as API Gateway answers what is not there', () => {
  it.each(['/webhook/shop/secret', '/webhook/other', '/webhook/constructor', '/webhook/', ''])(
    '%s',
    async (rawPath) => {
      expect(await intake().take({ ...delivery(), rawPath })).toMatchObject({
        statusCode: 404,
        body: '{"message":"Not Found"}',
      })
    },
  )
  it('another method', async () => {
    expect(await intake().post({ ...delivery(), requestContext: { http: { method: 'GET' } } })).toBe(404)
  })
})

describe('where we cannot know or keep it, the sender is to repeat it', () => {
  const down = () => Promise.reject(new Error('down'))
  it('a queue that refuses: 503, and the delivery is not taken for a repeat afterwards', async () => {
    const sent: Hint[] = []
    let refusing = true
    const { post, remembered } = intake({
      send: async (_, hint) => (refusing ? down() : void sent.push(hint)),
    })
    expect(await post(delivery())).toBe(503)
    expect(remembered.size).toBe(0)
    refusing = false
    expect(await post(delivery({ at: start + 5000 }))).toBe(202)
    expect(sent).toHaveLength(1)
  })

  it('a secret that cannot be read: 503', async () => {
    expect(await intake({ secret: down }).post(delivery())).toBe(503)
  })

  it('deliveries that cannot be looked up: 503, and nothing is queued', async () => {
    const { post, taken, sent } = intake()
    taken.has = down
    expect(await post(delivery())).toBe(503)
    expect(sent).toEqual([])
  })

  it('a delivery that cannot be remembered is safe all the same: 202, and its repeat makes a second hint', async () => {
    const { post, taken, sent, troubles } = intake()
    taken.add = down
    expect(await post(delivery())).toBe(202)
    expect(await post(delivery())).toBe(202)
    expect(sent).toHaveLength(2)
    expect(troubles[0]).toBe('a delivery could not be remembered: down')
  })

  it('no trouble and no refusal names the body or a secret', async () => {
    const { post, troubles, refused } = intake({ send: down })
    await post(delivery({ body: '{"id":"PRIVATE"}' }))
    await post(delivery({ body: '{"id":"PRIVATE"}', secret: `whsec_${Buffer.alloc(24).toString('base64')}` }))
    expect([...troubles, ...refused].join()).not.toMatch(/PRIVATE|whsec_/)
    expect([troubles.length, refused.length]).toEqual([1, 1])
  })
})

it('every request is answered, whatever it holds, and none but a signed one leaves anything', async () => {
  const text = fc.string({ maxLength: 40 })
  const request = fc.record({
    rawPath: fc.oneof(fc.constant('/webhook/shop'), text),
    headers: fc.dictionary(fc.constantFrom(...Object.values(toyWebhook.signature.headers)), text),
    body: fc.oneof(text, fc.json()),
    isBase64Encoded: fc.boolean(),
    requestContext: fc.record({ http: fc.record({ method: fc.constantFrom('POST', 'GET') }), timeEpoch: fc.nat() }),
  })
  await fc.assert(
    fc.asyncProperty(request, async (made) => {
      const { post, sent, remembered } = intake()
      expect([401, 404]).toContain(await post(made))
      expect([sent.length, remembered.size]).toEqual([0, 0])
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.json(), text, async (body, topic) => {
      const { post, sent, remembered } = intake()
      expect([200, 202]).toContain(await post(delivery({ body, topic })))
      expect([sent.length <= 1, remembered.size]).toEqual([true, 1])
    }),
  )
})

it('of a burst that a queue refuses in part, each is queued once in the end, and 503 is answered only while it refuses', async () => {
  const queue: string[] = []
  let calls = 0
  const { post } = intake({
    send: async (_, hint) => {
      calls += 1
      if (calls % 7 === 0 || (calls > 500 && calls < 800)) throw new Error('Throttled')
      queue.push((hint as { deliveryId: string }).deliveryId)
    },
  })
  let waiting = Array.from({ length: 2000 }, (_, i) => i)
  for (let round = 0; waiting.length > 0; round += 1) {
    const before = calls
    const answers = await Promise.all(
      waiting.map((i) => post(delivery({ id: `msg_${i}`, body: `{"id":${i}}`, at: start + 5000 * round }))),
    )
    expect(new Set(answers).isSubsetOf(new Set([202, 503]))).toBe(true)
    expect(calls - before).toBe(waiting.length)
    waiting = waiting.filter((_, i) => answers[i] === 503)
  }
  expect(new Set(queue).size).toBe(2000)
  expect(queue).toHaveLength(2000)
})
