import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { HintTarget } from '../../lib/pipeline/hint.ts'
import { createIntake, type IntakePorts } from '../../lib/pipeline/hint-intake.ts'
import { maxBodyBytes } from '../../lib/pipeline/hint-nudge.ts'
import type { WebhookRequest } from '../../lib/pipeline/hint-request.ts'
import { activeSecrets, isAccepted } from '../../lib/pipeline/hint-secret.ts'

const current = randomBytes(32).toString('base64url')
const previous = randomBytes(32).toString('base64url')
const odoo: HintTarget = { secretArn: 'arn:odoo', queueUrl: 'https://queue/odoo', delaySeconds: 7 }

/** An intake over one connection; what it sent and complained of is kept. */
function intake(over: Partial<IntakePorts> = {}) {
  const sent: { target: HintTarget; hint: unknown }[] = []
  const troubles: string[] = []
  let now = 1_000_000
  const take = createIntake({
    targets: { odoo },
    secret: async () => JSON.stringify({ current, previous }),
    send: async (target, hint) => void sent.push({ target, hint }),
    trouble: (connection, what, error) => void troubles.push(`${connection}: ${what}: ${(error as Error).message}`),
    refused: () => undefined,
    clock: { now: () => now },
    ...over,
  })
  return {
    sent,
    troubles,
    wait: (ms: number) => {
      now += ms
    },
    post: (path: string, request: Partial<WebhookRequest> = {}) =>
      take({ rawPath: path, requestContext: { http: { method: 'POST' } }, body: '{}', ...request }),
  }
}

const genuine = `/webhook/odoo/${current}`
const apiGatewaysOwn = { statusCode: 404, body: '{"message":"Not Found"}' }

describe('a genuine call', () => {
  it('is answered after its hint is queued, and the hint holds nothing of what came', async () => {
    const { post, sent } = intake()
    expect(await post(genuine, { body: '{"_model":"purchase.order","_id":7}' })).toMatchObject({ statusCode: 202 })
    expect(sent).toEqual([{ target: odoo, hint: { hint: 'poll' } }])
  })

  it.each(['', 'no JSON at all', '{"_id":', Buffer.from([0xff, 0xfe, 0]).toString('latin1')])(
    'may say whatever it likes: %j',
    async (body) => {
      expect(await intake().post(genuine, { body })).toMatchObject({ statusCode: 202 })
    },
  )

  it('may still use the secret before the current one', async () => {
    expect(await intake().post(`/webhook/odoo/${previous}`)).toMatchObject({ statusCode: 202 })
  })

  it('shares the hint of a call just before, which waits long enough for both', async () => {
    const { post, sent, wait } = intake()
    for (let i = 0; i < 13; i += 1) {
      expect(await post(genuine)).toMatchObject({ statusCode: 202 })
      wait(50)
    }
    expect(sent).toHaveLength(1)
    wait(400)
    await post(genuine)
    expect(sent).toHaveLength(2)
  })

  it('of one connection never shares the hint of another', async () => {
    const shop = { ...odoo, queueUrl: 'https://queue/shop' }
    const { post, sent } = intake({ targets: { odoo, shop } })
    await post(genuine)
    await post(`/webhook/shop/${current}`)
    expect(sent.map(({ target }) => target)).toEqual([odoo, shop])
  })
})

describe('anything else is answered as API Gateway answers what is not there', () => {
  const cut = current.slice(0, -1)
  it.each([
    ['a wrong secret', `/webhook/odoo/${randomBytes(32).toString('base64url')}`],
    ['no secret', '/webhook/odoo/'],
    ['no secret at all', '/webhook/odoo'],
    ['the beginning of the secret', `/webhook/odoo/${cut}`],
    ['the secret and more', `/webhook/odoo/${current}x`],
    ['the secret and a path', `/webhook/odoo/${current}/x`],
    ['another connection', `/webhook/sps/${current}`],
    ['a name of every object', `/webhook/constructor/${current}`],
    ['another path', `/hook/odoo/${current}`],
    ['the secret, encoded', `/webhook/odoo/%${current.charCodeAt(0).toString(16)}${current.slice(1)}`],
    ['nothing', ''],
  ])('%s', async (_, path) => {
    const { post, sent } = intake()
    expect(await post(path)).toMatchObject(apiGatewaysOwn)
    expect(sent).toEqual([])
  })

  it('another method', async () => {
    const get = { requestContext: { http: { method: 'GET' } } }
    expect(await intake().post(genuine, get)).toMatchObject(apiGatewaysOwn)
  })

  it.each([
    ['has no value yet', undefined],
    ['is empty', ''],
    ['is no JSON', current],
    ['holds something else', JSON.stringify({ apiKey: current })],
    ['is too short to be a secret', JSON.stringify({ current: 'letmein' })],
    ['is a list', JSON.stringify([current])],
  ])('everybody, where the secret %s', async (_, text) => {
    const { post } = intake({ secret: async () => text })
    for (const presented of [current, 'letmein', 'undefined']) {
      expect(await post(`/webhook/odoo/${presented}`)).toMatchObject(apiGatewaysOwn)
    }
  })

  it('a large body too: who has no secret learns nothing', async () => {
    const body = 'x'.repeat(maxBodyBytes + 1)
    expect(await intake().post('/webhook/odoo/wrong', { body })).toMatchObject(apiGatewaysOwn)
  })
})

describe('the body', () => {
  it.each([
    ['as text', 'ü'.repeat(maxBodyBytes / 2), false],
    ['as base64', Buffer.alloc(maxBodyBytes).toString('base64'), true],
  ])('may be so large and no larger, measured in its own bytes: %s', async (_, body, isBase64Encoded) => {
    const { post, sent } = intake()
    expect(await post(genuine, { body, isBase64Encoded })).toMatchObject({ statusCode: 202 })
    const larger = isBase64Encoded ? Buffer.alloc(maxBodyBytes + 1).toString('base64') : `${body}x`
    expect(await post(genuine, { body: larger, isBase64Encoded })).toMatchObject({ statusCode: 413 })
    expect(sent).toHaveLength(1)
  })
})

describe('where we cannot know or keep it', () => {
  it('a queue that refuses is answered with 503, and the next call tries again', async () => {
    let refusing = true
    const sent: unknown[] = []
    const { post, troubles } = intake({
      send: async (_, hint) => {
        if (refusing) throw new Error('Throttled')
        sent.push(hint)
      },
    })
    expect(await post(genuine)).toMatchObject({ statusCode: 503 })
    expect(troubles).toEqual(['odoo: a hint could not be queued: Throttled'])
    refusing = false
    expect(await post(genuine)).toMatchObject({ statusCode: 202 })
    expect(sent).toHaveLength(1)
  })

  it('a secret that cannot be read lets nobody in, and is no 404: a sender may call again', async () => {
    const { post, sent, troubles } = intake({ secret: () => Promise.reject(new Error('InternalServiceError')) })
    expect(await post(genuine)).toMatchObject({ statusCode: 503 })
    expect(sent).toEqual([])
    expect(troubles).toHaveLength(1)
  })

  it('no trouble names the secret or the body', async () => {
    const { post, troubles } = intake({ send: () => Promise.reject(new Error('down')) })
    await post(genuine, { body: 'PRIVATE' })
    expect(troubles.join()).not.toContain(current)
    expect(troubles.join()).not.toContain('PRIVATE')
  })
})

describe('a secret', () => {
  it('accepts itself and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 43, maxLength: 80 }), fc.string({ maxLength: 80 }), (secret, other) => {
        const active = activeSecrets(JSON.stringify({ current: secret }))
        expect(isAccepted(secret, active)).toBe(true)
        expect(isAccepted(other, active)).toBe(other === secret)
        expect(isAccepted(other, [])).toBe(false)
      }),
    )
  })
})
