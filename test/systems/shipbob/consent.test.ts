import { authorise, codeIn } from '../../../lib/systems/shipbob/consent.ts'
import { scopesFor } from '../../../lib/systems/shipbob/scopes.ts'
import { app, oauthApp } from './oauth-app.ts'
import { closeAll, connect } from './server.ts'

afterEach(closeAll)

const used = { reads: ['customer-return'], writes: [] }

async function begun(over: Parameters<typeof oauthApp>[0] = {}) {
  const server = await oauthApp(over)
  const context = connect(server.url, { grant: 'oauth' }, {}, app)
  return { ...server, context, consent: await authorise(context, used) }
}

describe('consent', () => {
  test('asks by code with PKCE, state and nonce, for a refresh token and what the documents need', async () => {
    const { consent, url } = await begun()
    expect(consent.url.startsWith(`${url}/connect/authorize?`)).toBe(true)
    const query = Object.fromEntries(new URL(consent.url).searchParams)
    expect(query).toMatchObject({
      client_id: 'app',
      redirect_uri: app.redirectUri,
      response_type: 'code',
      response_mode: 'query',
      code_challenge_method: 'S256',
      scope: `offline_access ${scopesFor(used).join(' ')}`,
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{43}$/)
    expect((await begun()).consent.url).not.toBe(consent.url)
  })

  test('stores the pair that the code is exchanged for, in place of what was stored', async () => {
    const { consent, agree, context } = await begun()
    context.stored.token = { accessToken: 'old', expiresAt: Date.now() + 60_000, refreshToken: 'refresh-old' }
    const { scopes } = await consent.complete(await agree(consent.url))
    expect(context.stored.token).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' })
    expect(scopes).toContain('returns_read')
  })

  test('of another sign-in is not taken, nor is its code spent', async () => {
    const { consent, agree, context } = await begun()
    const other = await authorise(context, used)
    await expect(consent.complete(await agree(other.url))).rejects.toThrow('another sign-in')
    await consent.complete(await agree(consent.url))
  })

  test('with a token of another sign-in is not kept', async () => {
    const { consent, agree, context } = await begun({ nonce: 'other' })
    await expect(consent.complete(await agree(consent.url))).rejects.toThrow('nonce')
    expect(context.stored.token).toBeUndefined()
  })

  test('that gives no refresh token is not kept', async () => {
    const { consent, agree } = await begun({ refreshToken: false })
    await expect(consent.complete(await agree(consent.url))).rejects.toThrow('offline_access')
  })

  test('that was refused, or too late, is told in words', async () => {
    const { consent, agree } = await begun()
    await expect(consent.complete('https://app.example.com/cb?error=access_denied')).rejects.toThrow('access_denied')
    const answer = await agree(consent.url)
    await consent.complete(answer)
    await expect(consent.complete(answer)).rejects.toMatchObject({ code: 'SHIPBOB_CONSENT_NEEDED' })
  })

  test('needs the grant and every part of the app, and names what is missing', async () => {
    const context = connect('http://127.0.0.1:1')
    await expect(authorise(context, used)).rejects.toThrow(
      /settings.grant.*\n.*credentials.clientId.*\n.*credentials.redirectUri/,
    )
  })
})

describe('an answer', () => {
  const consent = { state: 's+1' }
  test.each([
    ['the address with a query', 'https://app.example.com/cb?code=c-1&state=s%2B1'],
    ['the address with a fragment', 'https://app.example.com/cb#code=c-1&state=s%2B1&session_state=x'],
    ['a query', '?code=c-1&state=s%2B1'],
    ['a form', 'code=c-1&state=s%2B1\n'],
  ])('is understood as %s', (_, answer) => {
    expect(codeIn(answer, consent)).toBe('c-1')
  })

  test.each(['', 'c-1', 'https://app.example.com/cb', 'state=s%2B1'])(
    'without a code says what to copy: %j',
    (answer) => {
      expect(() => codeIn(answer, consent)).toThrow('copy the whole address')
    },
  )
})
