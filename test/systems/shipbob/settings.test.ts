import { credentials, profileFor, settings, system } from '../../../lib/systems/shipbob/settings.ts'
import { profileOf } from '../../../lib/systems/shipbob/versions.ts'

const errorsOf = (given: object) => settings.safeParse(given).error?.issues.map((i) => i.path.join('.')) ?? []

describe('settings', () => {
  test('need nothing: production, the current version, a personal token, 150 requests a minute', () => {
    expect(settings.parse({})).toMatchObject({
      baseUrl: 'https://api.shipbob.com',
      authUrl: 'https://auth.shipbob.com',
      apiVersion: '2026-07',
      grant: 'token',
      channels: [],
      channelHeaderMode: 'declared',
      requestsPerMinute: 150,
    })
  })

  test('of the sandbox lead to its own hosts, both of them', () => {
    expect(settings.parse({ environment: 'sandbox' })).toMatchObject({
      baseUrl: 'https://sandbox-api.shipbob.com',
      authUrl: 'https://authstage.shipbob.com',
    })
  })

  test('refuse a version in the host', () => {
    expect(errorsOf({ baseUrl: 'https://api.shipbob.com/2026-07' })).toEqual(['baseUrl'])
  })

  test('take the own channel alone where no list is given, and every channel where an empty one is', () => {
    expect(settings.parse({ channelId: 318204 }).channels).toEqual([318204])
    expect(settings.parse({ channelId: 318204, channels: [] }).channels).toEqual([])
    expect(system.webhook?.kind === 'signed' && system.webhook.channels({ channels: [1, 2] })).toEqual([1, 2])
  })

  test('refuse other channels while every read would be narrowed to one', () => {
    expect(errorsOf({ channelHeaderMode: 'always', channelId: 318204, channels: [318204, 127733] })).toEqual([
      'channels',
    ])
  })

  test('that were validated once are valid again and stay the same', () => {
    const once = settings.parse({ environment: 'sandbox', channelId: 318204, channelHeaderMode: 'always' })
    expect(settings.parse(once)).toEqual(once)
  })
})

describe('an API version', () => {
  test.each(['2026-07', '2026-01', '2025-07'])('%s is known', (apiVersion) => {
    expect(profileOf(apiVersion)?.known).toBe(true)
    expect(profileFor(settings.parse({ apiVersion })).name).toBe(apiVersion)
  })

  test('newer than all that are known is spoken as the newest, and said to be unknown', () => {
    expect(profileOf('2027-01')).toMatchObject({ known: false, profile: { name: '2026-07' } })
  })

  test.each(['1.0', '2.0', 'experimental', '2025-01', '2026-04', '2026-7', ''])(
    '%j is refused at start-up',
    (apiVersion) => {
      expect(errorsOf({ apiVersion })).toEqual(['apiVersion'])
    },
  )
})

describe('credentials', () => {
  test('are a token, or an OAuth app that consent may still be given to', () => {
    expect(credentials.safeParse({ token: 't' }).success).toBe(true)
    expect(credentials.safeParse({ clientId: 'c', clientSecret: 's' }).success).toBe(true)
    expect(credentials.safeParse({ clientId: 'c' }).success).toBe(false)
    expect(credentials.safeParse({}).success).toBe(false)
  })
})
