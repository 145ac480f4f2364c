import { createAuth } from '../../../lib/systems/shipbob/auth.ts'
import { createClient } from '../../../lib/systems/shipbob/client.ts'
import { closeAll, connect, fixture, type Reply, serve } from './server.ts'

afterEach(closeAll)

const { refresh } = fixture('rest/oauth.json')
const app = { clientId: 'app', clientSecret: 'secret-of-app', redirectUri: 'https://app.example.com/cb' }
const consented = { ...app, refreshToken: 'refresh-0' }

/** An authorisation server whose refresh tokens are for one use; everything else is the API. */
async function oauthServer(
  accepted = ['refresh-0'],
  special?: (form: URLSearchParams, count: number) => Reply | undefined,
) {
  const good = new Set<string>()
  let valid = [...accepted]
  let count = 0
  const forms: URLSearchParams[] = []
  const { url, seen } = await serve(({ url: path, body, headers }) => {
    if (path !== '/connect/token') {
      const token = headers.authorization?.replace('Bearer ', '') ?? ''
      return good.has(token) ? { body: {} } : { status: 401 }
    }
    const form = new URLSearchParams(body)
    forms.push(form)
    const answered = special?.(form, forms.length)
    if (answered) return answered
    const token = form.get('refresh_token') ?? ''
    if (!valid.includes(token)) return { status: 400, body: { error: 'invalid_grant' } }
    count += 1
    valid = valid.filter((one) => one !== token).concat(`refresh-${count}`)
    good.add(`access-${count}`)
    return {
      body: { ...refresh.response.body, access_token: `access-${count}`, refresh_token: `refresh-${count}` },
    }
  })
  return { url, seen, forms, revoke: (token: string) => good.delete(token) }
}

describe('a personal token', () => {
  test('that is refused is read anew once: it may have been replaced', async () => {
    const { url, seen } = await serve(({ headers }) =>
      headers.authorization === 'Bearer pat-2' ? { body: {} } : { status: 401 },
    )
    const secrets = { credentials: async ({ fresh = false } = {}) => ({ token: fresh ? 'pat-2' : 'pat-1' }) }
    await createClient(connect(url, {}, { secrets })).get('/product')
    expect(seen).toHaveLength(2)
  })

  test('that stays refused is for a person, after two requests', async () => {
    const { url, seen } = await serve(() => ({ status: 401 }))
    await expect(createClient(connect(url)).get('/product')).rejects.toMatchObject({ code: 'SHIPBOB_TOKEN_REFUSED' })
    expect(seen).toHaveLength(2)
  })

  test('that is missing is named', async () => {
    const auth = createAuth(connect('http://127.0.0.1:1', {}, {}, { clientId: 'c', clientSecret: 's' }))
    await expect(auth.bearer()).rejects.toThrow('credentials.token')
  })
})

describe('OAuth', () => {
  const clock = { at: 1_800_000_000_000, now: () => clock.at }

  test('refreshes with what the server wants, and goes on with the refresh token that came back', async () => {
    const server = await oauthServer()
    const context = connect(server.url, { grant: 'oauth' }, {}, consented)
    const auth = createAuth(context)
    const first = await auth.bearer()
    await auth.renew(first)
    expect(Object.fromEntries(server.forms[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      redirect_uri: app.redirectUri,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    })
    expect(server.forms[1]?.get('refresh_token')).toBe('refresh-1')
    expect(context.stored.token?.refreshToken).toBe('refresh-2')
  })

  test('renews five minutes before the end', async () => {
    const server = await oauthServer()
    const auth = createAuth(connect(server.url, { grant: 'oauth' }, { clock }, consented))
    await auth.bearer()
    clock.at += 3_299_000
    expect(await auth.bearer()).toBe('access-1')
    clock.at += 1_000
    expect(await auth.bearer()).toBe('access-2')
  })

  test('stores the new pair before it is used, and asks once for all that wait', async () => {
    const server = await oauthServer()
    const context = connect(server.url, { grant: 'oauth' }, {}, consented)
    const used: (string | undefined)[] = []
    const { send } = context.http
    context.http.send = (request) => {
      if (!request.url.endsWith('/connect/token')) used.push(context.stored.token?.refreshToken)
      return send(request)
    }
    await Promise.all([1, 2, 3, 4].map(() => createClient(context).get('/product')))
    expect(server.forms).toHaveLength(1)
    expect(used).toEqual(['refresh-1', 'refresh-1', 'refresh-1', 'refresh-1'])
  })

  test('keeps the old refresh token where none comes back', async () => {
    const { url } = await serve(() => refresh.response_without_rotation)
    const context = connect(url, { grant: 'oauth' }, {}, consented)
    await createAuth(context).bearer()
    expect(context.stored.token?.refreshToken).toBe('refresh-0')
  })

  test('refreshes once where a token is refused, and repeats the call once', async () => {
    const server = await oauthServer()
    const client = createClient(connect(server.url, { grant: 'oauth' }, {}, consented))
    await client.get('/product')
    server.revoke('access-1')
    await client.get('/product')
    expect(server.forms).toHaveLength(2)
    expect(server.seen.filter(({ url }) => url.includes('/product'))).toHaveLength(3)
  })

  test('that is no longer granted is for a person, and is not asked again and again', async () => {
    const server = await oauthServer([])
    const client = createClient(connect(server.url, { grant: 'oauth' }, {}, consented))
    await expect(client.get('/product')).rejects.toMatchObject({
      class: 'unauthorised',
      code: 'SHIPBOB_CONSENT_NEEDED',
    })
    expect(server.forms).toHaveLength(1)
  })

  test("takes the secret's refresh token where the stored one is refused: a new consent", async () => {
    const server = await oauthServer(['refresh-new'])
    const context = connect(server.url, { grant: 'oauth' }, {}, { ...app, refreshToken: 'refresh-new' })
    context.stored.token = { accessToken: 'old', expiresAt: 0, refreshToken: 'refresh-old' }
    expect(await createAuth(context).bearer()).toBe('access-1')
  })

  test('without any consent says how to give it', async () => {
    const auth = createAuth(connect('http://127.0.0.1:1', { grant: 'oauth' }, {}, app))
    await expect(auth.bearer()).rejects.toThrow('creds authorize')
  })

  test.each([
    [{ status: 200, body: { error: 'invalid_grant' } }, 'SHIPBOB_CONSENT_NEEDED'],
    [{ status: 400, body: { error: 'invalid_client' } }, 'SHIPBOB_CLIENT_REFUSED'],
    [
      { status: 502, text: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } },
      'SHIPBOB_UNAVAILABLE',
    ],
    [{ status: 200, text: 'fine' }, 'SHIPBOB_UNREADABLE'],
    [{ status: 400, text: 'nope' }, 'SHIPBOB_UNREADABLE'],
    [{ status: 429, headers: { 'retry-after': '9' } }, 'SHIPBOB_RATE_LIMITED'],
    [{ cut: true }, 'UNREACHABLE'],
  ] as [Reply, string][])('answered by %j is %s, and the message has no secret', async (reply, code) => {
    const server = await oauthServer(['refresh-0'], () => reply)
    const failed = await createAuth(connect(server.url, { grant: 'oauth' }, {}, consented))
      .bearer()
      .catch((error: unknown) => error)
    expect(failed).toMatchObject({ code })
    expect(String((failed as Error).message)).not.toMatch(/refresh-0|secret-of-app/)
  })

  test('that could not be reached goes on with the same refresh token', async () => {
    const server = await oauthServer(['refresh-0'], (_, count) => (count === 1 ? { status: 503 } : undefined))
    const auth = createAuth(connect(server.url, { grant: 'oauth' }, {}, consented))
    await expect(auth.bearer()).rejects.toMatchObject({ class: 'transient' })
    expect(await auth.bearer()).toBe('access-1')
  })
})
