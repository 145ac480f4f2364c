import { createAuth } from '../../../lib/systems/acumatica/auth.ts'
import { createClient } from '../../../lib/systems/acumatica/client.ts'
import { list } from '../../../lib/systems/acumatica/entities.ts'
import type { SandboxAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import { memoryConnection } from '../../support/connection.ts'
import { answer, fixture } from './fixtures.ts'
import { closeAll, connect, startInstance } from './instance.ts'

afterEach(closeAll)

const tokenRequests = (sandbox: SandboxAcumatica) =>
  sandbox.requests.filter((r) => r.path.endsWith('/identity/connect/token')).length
const withPassword = (sandbox: SandboxAcumatica) => {
  const { clientId, clientSecret, username, password } = sandbox.credentials
  return { secrets: { credentials: async () => ({ clientId, clientSecret, username, password }) } }
}

describe('signing in', () => {
  it('begins with the refresh token of the consent and goes on with the one that came back', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox)
    const auth = createAuth(context)
    const first = await auth.bearer()
    const kept = context.stored.token?.refreshToken
    expect(kept).not.toBe(sandbox.credentials.refreshToken)
    expect((await auth.renew(first)).token).not.toBe(first)
    expect(context.stored.token?.refreshToken).not.toBe(kept)
  })

  it('uses one token until shortly before it ends', async () => {
    const sandbox = await startInstance({ tokenLifeSeconds: 3600 })
    const auth = createAuth(connect(sandbox))
    const token = await auth.bearer()
    sandbox.clock.advance(3_500_000)
    expect(await auth.bearer()).toBe(token)
    sandbox.clock.advance(60_000)
    expect(await auth.bearer()).not.toBe(token)
    expect(tokenRequests(sandbox)).toBe(2)
  })

  it('with a password opens one session and then refreshes it', async () => {
    const sandbox = await startInstance({ apiUsers: 1 })
    const auth = createAuth(connect(sandbox, { grant: 'password' }, withPassword(sandbox)))
    let token = await auth.bearer()
    for (let i = 0; i < 3; i += 1) token = (await auth.renew(token)).token
    expect(tokenRequests(sandbox)).toBe(4)
  })

  it('waits when all sessions are taken, and does not call it bad credentials', async () => {
    const sandbox = await startInstance({ apiUsers: 1 })
    await createAuth(connect(sandbox, { grant: 'password' }, withPassword(sandbox))).bearer()
    const { tokens } = memoryConnection({}, {})
    const second = createAuth(connect(sandbox, { grant: 'password' }, { ...withPassword(sandbox), tokens }))
    await expect(second.bearer()).rejects.toMatchObject({ class: 'rate-limited', code: 'ACUMATICA_LOGIN_LIMIT' })
  })
})

describe('a token that is refused', () => {
  it('in the middle of the work is renewed once and the call repeated', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox)
    const client = createClient(context)
    const exchange = await client.open()
    await list(exchange, 'Shipment', { top: 1 })
    sandbox.expireAccessTokens()
    expect((await list(exchange, 'Shipment', { top: 1 })).rows).toEqual([])
    expect(tokenRequests(sandbox)).toBe(2)
  })

  it('twice is a matter for a person, not a loop', async () => {
    const sandbox = await startInstance()
    const { status, headers, body } = answer('error-401')
    sandbox.faults.add({ match: { path: /Shipment/ }, fault: { kind: 'status', status, headers, body } })
    const exchange = await createClient(connect(sandbox)).open()
    await expect(list(exchange, 'Shipment', { top: 1 })).rejects.toMatchObject({
      class: 'unauthorised',
      code: 'ACUMATICA_UNAUTHORISED',
    })
    expect(sandbox.requests.filter((r) => r.path.includes('Shipment'))).toHaveLength(2)
  })

  it('by two workers at once is renewed by one of them: the rotated refresh token is used once', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox)
    const [one, two] = [createClient(context), createClient(context)]
    await (await one.open()).endpoints()
    sandbox.expireAccessTokens()
    await Promise.all([one, two].map(async (client) => list(await client.open(), 'Shipment', { top: 1 })))
    expect(tokenRequests(sandbox)).toBe(2)
  })
})

describe('a consent', () => {
  it('that has ended needs a person, and says so', async () => {
    const sandbox = await startInstance()
    const auth = createAuth(connect(sandbox))
    const token = await auth.bearer()
    sandbox.withdrawConsent()
    await expect(auth.renew(token)).rejects.toMatchObject({
      class: 'unauthorised',
      code: 'ACUMATICA_CONSENT_NEEDED',
      message: expect.stringContaining('consent is needed again'),
    })
  })

  it('given again works as soon as its refresh token is in the secret', async () => {
    const sandbox = await startInstance()
    const { clientId, clientSecret } = sandbox.credentials
    let refreshToken: string = sandbox.credentials.refreshToken
    const secrets = { credentials: async () => ({ clientId, clientSecret, refreshToken }) }
    const auth = createAuth(connect(sandbox, {}, { secrets }))
    const token = await auth.bearer()
    sandbox.withdrawConsent()
    refreshToken = sandbox.consentAgain()
    expect((await auth.renew(token)).token).toMatch(/^access-/)
  })

  it('is not needed with a password: an ended refresh token signs in anew', async () => {
    const sandbox = await startInstance()
    const auth = createAuth(connect(sandbox, { grant: 'password' }, withPassword(sandbox)))
    const token = await auth.bearer()
    sandbox.withdrawConsent()
    expect((await auth.renew(token)).token).toMatch(/^access-/)
  })
})

describe('a recorded answer of the token service', () => {
  const answering = async (status: number, body: unknown) => {
    const sandbox = await startInstance()
    sandbox.faults.add({ match: { path: /token/ }, fault: { kind: 'status', status, body } })
    return connect(sandbox)
  }

  it('gives the access token, its end and the refresh token that comes next', async () => {
    const context = await answering(200, fixture('token-response-refreshed'))
    expect(await createAuth(context).bearer()).toBe('eyJhbGciOiJSUzI1NiIsEXAMPLE.access2')
    expect(await context.tokens.current()).toEqual({
      accessToken: 'eyJhbGciOiJSUzI1NiIsEXAMPLE.access2',
      expiresAt: context.clock.now() + 3_600_000,
      refreshToken: 'C2B7A4F1D0EXAMPLE-refresh-0002',
    })
  })

  it.each([
    ['token-error-400-invalid-grant', 'ACUMATICA_CONSENT_NEEDED', 'unauthorised'],
    ['token-error-400-invalid-client', 'ACUMATICA_CLIENT_REFUSED', 'unauthorised'],
    ['error-500-api-login-limit', 'ACUMATICA_LOGIN_LIMIT', 'rate-limited'],
    ['error-429', 'ACUMATICA_DECLINED', 'rate-limited'],
  ])('%s is %s', async (name, code, failureClass) => {
    const { status, body } = answer(name)
    await expect(createAuth(await answering(status, body)).bearer()).rejects.toMatchObject({
      code,
      class: failureClass,
    })
  })

  it('404 means that the base URL leads nowhere', async () => {
    await expect(createAuth(await answering(404, null)).bearer()).rejects.toMatchObject({
      problems: [{ code: 'ACUMATICA_ENDPOINT', path: 'settings.baseUrl' }],
    })
  })
})

describe('a lost answer to a sign-in', () => {
  it('that rotated the refresh token leaves a password to begin anew', async () => {
    const sandbox = await startInstance()
    const auth = createAuth(connect(sandbox, { grant: 'password' }, withPassword(sandbox)))
    const token = await auth.bearer()
    sandbox.faults.add({ match: { path: /token/ }, times: 1, fault: { kind: 'drop-after' } })
    await expect(auth.renew(token)).rejects.toMatchObject({ class: 'transient' })
    expect((await auth.renew(token)).token).toMatch(/^access-/)
  })

  it('that rotated the refresh token of a consent needs a new consent: nothing else can help', async () => {
    const sandbox = await startInstance()
    const auth = createAuth(connect(sandbox))
    const token = await auth.bearer()
    sandbox.faults.add({ match: { path: /token/ }, times: 1, fault: { kind: 'drop-after' } })
    await expect(auth.renew(token)).rejects.toMatchObject({ class: 'transient' })
    await expect(auth.renew(token)).rejects.toMatchObject({ code: 'ACUMATICA_CONSENT_NEEDED' })
  })
})

describe('a secret', () => {
  it.each([
    [{ clientSecret: 'x', clientId: 'no-tenant' }, 'secret.clientId'],
    [{ clientSecret: 'x', clientId: 'a@b' }, 'secret.refreshToken'],
  ])('that is incomplete (%j) names the field', async (secret, path) => {
    const sandbox = await startInstance()
    const secrets = { credentials: async () => secret as unknown as Record<string, string> }
    await expect(createAuth(connect(sandbox, {}, { secrets })).bearer()).rejects.toMatchObject({
      name: 'ConfigurationError',
      problems: [{ code: 'ACUMATICA_CREDENTIALS', path }],
    })
  })

  it('with the wrong client or password says which, and never shows it', async () => {
    const sandbox = await startInstance()
    const failing = async (over: object, grant: string, code: string) => {
      const secret = { ...sandbox.credentials, ...over } as unknown as Record<string, string>
      const auth = createAuth(connect(sandbox, { grant }, { secrets: { credentials: async () => secret } }))
      const error = (await auth.bearer().catch((e: unknown) => e)) as Error & { code: string }
      expect(error.code).toBe(code)
      expect(error.message).not.toContain('wrong')
    }
    await failing({ clientSecret: 'wrong' }, 'authorization-code', 'ACUMATICA_CLIENT_REFUSED')
    await failing({ password: 'wrong' }, 'password', 'ACUMATICA_PASSWORD_REFUSED')
  })

  it('is tried again after a lost answer', async () => {
    const sandbox = await startInstance()
    sandbox.faults.add({ match: { path: /token/ }, times: 1, fault: { kind: 'drop-before' } })
    const auth = createAuth(connect(sandbox))
    await expect(auth.bearer()).rejects.toMatchObject({ class: 'transient' })
    expect(await auth.bearer()).toMatch(/^access-/)
  })
})
