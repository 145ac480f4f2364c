import { createClient } from '../../../lib/systems/shipbob/client.ts'
import { profileFor } from '../../../lib/systems/shipbob/settings.ts'
import { fingerprint, newSigningSecret } from '../../../lib/systems/shipbob/signing-secret.ts'
import { describe as describeMark, isRight, standingOf, type Wanted } from '../../../lib/systems/shipbob/standing.ts'
import { listSubscriptions, settleSubscriptions } from '../../../lib/systems/shipbob/subscriptions.ts'
import { topicsFor } from '../../../lib/systems/shipbob/topics.ts'
import { closeAll, connect } from './server.ts'
import { webhookAccount } from './webhook-account.ts'

afterEach(closeAll)

const url = 'https://hooks.example.com/webhook/shipbob'
const secret = newSigningSecret()
const profile = (apiVersion = '2026-07') => profileFor({ apiVersion })
const topics = ['order.shipped', 'order.shipment.delivered', 'wro.completed', 'return.completed']
const wanted = (over: Partial<Wanted> = {}): Wanted => ({
  url,
  deployment: 'acme-prod',
  connection: 'shipbob',
  key: fingerprint(secret),
  topics,
  profile: profile(),
  ...over,
})
const bare = { url, description: '', enabled: true, secret: 'theirs', topics: ['order.shipped'] }

async function account(...given: Parameters<typeof webhookAccount>) {
  const shipbob = await webhookAccount(...given)
  const client = createClient(connect(shipbob.url, {}, { random: () => 0 }), 'writer')
  const standing = async (over: Partial<Wanted> = {}) => standingOf(await listSubscriptions(client), wanted(over))
  const settle = (over: Partial<Wanted> = {}, key = secret) => settleSubscriptions(client, wanted(over), key)
  return { ...shipbob, standing, settle }
}

describe('a secret of ours', () => {
  test('is as ShipBob wants it, and another each time', () => {
    expect(secret).toMatch(/^whsec_[a-zA-Z0-9+/]{32}$/)
    expect(newSigningSecret()).not.toBe(secret)
  })
})

describe('topics', () => {
  test('are those of the documents that some flow takes', () => {
    expect(topicsFor(['service-invoice'])).toEqual([
      'billing.charge.created',
      'billing.refund.created',
      'billing.credit.created',
    ])
    expect(topicsFor(['shipment'])).not.toContain('order.shipment.address.updated')
    expect(topicsFor([])).toEqual([])
  })
})

describe('registering', () => {
  test('subscribes once, whatever often it is done', async () => {
    const { settle, standing, stored } = await account()
    expect(isRight(await standing())).toBe(false)
    await settle()
    await settle()
    expect(stored).toEqual([expect.objectContaining({ url, topics, secret, enabled: true })])
    expect(isRight(await standing())).toBe(true)
  })

  test('whose answer was lost is not done twice', async () => {
    const { settle, stored } = await account([], [({ method }) => (method === 'POST' ? { cut: true } : undefined)])
    await expect(settle()).rejects.toMatchObject({ class: 'ambiguous' })
    await settle()
    expect(stored).toHaveLength(1)
  })

  test('adds a topic that came to be wanted, and touches nothing else', async () => {
    const { settle, stored } = await account()
    await settle({ topics: topics.slice(0, 2) })
    await settle()
    expect(stored.map((one) => one.topics)).toEqual([topics.slice(0, 2), topics.slice(2)])
  })

  test('without the topics that are refused subscribes to the rest and says which are polled', async () => {
    const { settle, standing, stored } = await account(['wro.completed'])
    const { refused } = await settle({ profile: profile('2026-01') })
    expect(refused).toEqual(['wro.completed'])
    expect(stored[0]?.topics).toEqual(topics.filter((topic) => topic !== 'wro.completed'))
    const after = await standing({ profile: profile('2026-01') })
    expect([after.polled, isRight(after)]).toEqual([['wro.completed'], true])
    expect(isRight(await standing())).toBe(false)
  })

  test('refused without naming a topic tries those that the version has', async () => {
    const { settle, stored } = await account(
      [],
      [({ method }) => (method === 'POST' ? { status: 422, body: 'Bad Request' } : undefined)],
    )
    expect((await settle({ profile: profile('2026-01') })).refused).toEqual(['wro.completed'])
    expect(stored[0]?.topics).not.toContain('wro.completed')
  })

  test('refused for another reason fails and says why', async () => {
    const reason = { status: 422, body: { Url: ['The Url field is not a valid fully-qualified https URL.'] } }
    const { settle, stored } = await account([], [({ method }) => (method === 'POST' ? reason : undefined)])
    await expect(settle()).rejects.toThrow('fully-qualified https')
    expect(stored).toEqual([])
  })

  test('makes one anew that ShipBob switched off, then deletes the old one', async () => {
    const { settle, standing, stored, seen } = await account()
    await settle()
    if (stored[0]) stored[0].enabled = false
    const before = await standing()
    expect([before.dispensable[0]?.why, before.lacking]).toEqual(['switched off by ShipBob', topics])
    await settle()
    expect(stored.map(({ id, enabled }) => [id, enabled])).toEqual([['s2', true]])
    expect(seen.slice(-2).map(({ method }) => method)).toEqual(['POST', 'DELETE'])
  })

  test('deletes what an earlier URL of ours left over, and nothing that is not ours', async () => {
    const { settle, stored } = await account()
    const mark = { deployment: 'acme-prod', connection: 'shipbob', key: fingerprint(secret) }
    stored.push(
      { ...bare, id: 'a', url: 'https://old.example.com/webhook/shipbob', description: describeMark(mark) },
      {
        ...bare,
        id: 'b',
        url: 'https://test.example.com',
        description: describeMark({ ...mark, deployment: 'acme-test' }),
      },
      { ...bare, id: 'c', url: 'https://shop.example.com' },
      { ...bare, id: 'd' },
    )
    await settle()
    expect(stored.map(({ id }) => id)).toEqual(['b', 'c', 'd', 's1'])
  })

  test('that two people did at the same time leaves one', async () => {
    const { settle, standing, stored } = await account()
    await Promise.all([settle(), settle()])
    await settle()
    expect(stored).toHaveLength(1)
    expect(isRight(await standing())).toBe(true)
  })

  test('is refused where ShipBob makes a secret of its own in place of ours', async () => {
    const { settle, stored } = await account(
      [],
      [({ method }) => (method === 'POST' ? { body: { id: 's9', secret: 'whsec_other' } } : undefined)],
    )
    await expect(settle()).rejects.toThrow('secret of its own')
    expect(stored).toEqual([])
  })
})

describe('rotating the secret', () => {
  const next = newSigningSecret()
  const over = { key: fingerprint(next) }

  test('makes the second subscription before the first is deleted', async () => {
    const { settle, stored, seen } = await account()
    await settle()
    await settle(over, next)
    expect(stored).toEqual([expect.objectContaining({ id: 's2', secret: next, topics })])
    expect(seen.slice(-2).map(({ method }) => method)).toEqual(['POST', 'DELETE'])
  })

  test.each(['POST', 'DELETE'])('that ends at the %s goes on at the next call', async (method) => {
    const { settle, standing, stored, faults } = await account()
    await settle()
    faults.push((seen) => (seen.method === method ? { status: 500 } : undefined))
    if (method === 'DELETE') faults.push(...Array(3).fill(faults[0]))
    await expect(settle(over, next)).rejects.toThrow('500')
    expect(stored.some((one) => one.secret === secret)).toBe(true)
    await settle(over, next)
    expect(stored.map((one) => one.secret)).toEqual([next])
    expect(isRight(await standing(over))).toBe(true)
  })
})
