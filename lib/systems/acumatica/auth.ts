import type { ConnectionContext, Token } from '../../core/connection.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { isLoginLimit, jsonOf, retryAfter } from './errors.ts'
import { type Credentials, credentials, type Settings } from './settings.ts'

/** A token is renewed this long before it ends, so that it does not end on its way. */
const earlyMs = 60_000
const timeoutMs = 60_000

export interface Auth {
  /** The connection's shared access token; renewed first where it has ended. */
  bearer(): Promise<string>
  /** A newer token than `stale`, which the server refused. One worker asks, the others get its token. */
  renew(stale: string): Promise<{ token: string; fresh: boolean }>
}

/**
 * Signs in by the connection's one grant (acumatica.md §2): `api offline_access` keeps a single server session however
 * many tokens it issues, so the stored refresh token is used as long as it lives, and a password only to begin.
 * Throws Failure `unauthorised` where a person has to act, `rate-limited` for the API login limit.
 */
export function createAuth(context: ConnectionContext<Settings>): Auth {
  const renew = async (stale: string | undefined) => {
    let fresh = false
    const token = await context.tokens.renew(stale, (previous) => {
      fresh = true
      return signIn(context, previous)
    })
    return { token: token.accessToken, fresh }
  }
  return {
    bearer: async () => {
      const token = await context.tokens.current()
      if (token && token.expiresAt - earlyMs > context.clock.now()) return token.accessToken
      return (await renew(token?.accessToken)).token
    },
    renew,
  }
}

type Form = Record<string, string>

/** Tries what may work, in order: the stored refresh token, the secret's one (a new consent), the password. */
async function signIn(context: ConnectionContext<Settings>, previous: Token | undefined): Promise<Token> {
  let refused: Failure | undefined
  if (previous?.refreshToken !== undefined)
    try {
      return await ask(context, await readCredentials(context), refresh(previous.refreshToken), previous.refreshToken)
    } catch (error) {
      if (!isInvalidGrant(error)) throw error
      refused = error
    }
  const secret = await readCredentials(context, refused !== undefined)
  if (context.settings.grant === 'password') return ask(context, secret, passwordForm(secret))
  const { refreshToken } = secret
  if (refreshToken === undefined) throw refused ?? missing('refreshToken', 'the consent gives it')
  if (refused && refreshToken === previous?.refreshToken) throw refused
  return ask(context, secret, refresh(refreshToken), refreshToken)
}

const refresh = (token: string): Form => ({ grant_type: 'refresh_token', refresh_token: token })

function passwordForm(secret: Credentials): Form {
  if (secret.username === undefined) throw missing('username', 'the grant "password" needs it')
  if (secret.password === undefined) throw missing('password', 'the grant "password" needs it')
  return {
    grant_type: 'password',
    username: secret.username,
    password: secret.password,
    scope: 'api offline_access',
  }
}

async function readCredentials(context: ConnectionContext<Settings>, fresh = false): Promise<Credentials> {
  const parsed = credentials.safeParse(await context.secrets.credentials({ fresh }))
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => ({
      code: 'ACUMATICA_CREDENTIALS',
      message: issue.message,
      path: `secret.${issue.path.join('.')}`,
    })),
  )
}

const missing = (field: string, why: string) =>
  new ConfigurationError([
    { code: 'ACUMATICA_CREDENTIALS', message: `${field} is not in the secret: ${why}`, path: `secret.${field}` },
  ])

async function ask(
  context: ConnectionContext<Settings>,
  secret: Credentials,
  grant: Form,
  refreshToken?: string,
): Promise<Token> {
  const form = new URLSearchParams({ ...grant, client_id: secret.clientId, client_secret: secret.clientSecret })
  const response = await send(context, form.toString())
  const body = jsonOf(response)
  if (response.status === 200 && typeof body.access_token === 'string') {
    const renewed = typeof body.refresh_token === 'string' ? body.refresh_token : refreshToken
    return {
      accessToken: body.access_token,
      expiresAt: context.clock.now() + Number(body.expires_in ?? 3600) * 1000,
      ...(renewed === undefined ? {} : { refreshToken: renewed }),
    }
  }
  throw refusal(response, String(body.error ?? ''), grant.grant_type === 'password')
}

/** A lost answer to a token request is worth another try, never a question of what was written at the target. */
async function send(context: ConnectionContext<Settings>, body: string): Promise<HttpResponse> {
  try {
    return await context.http.send({
      method: 'POST',
      url: `${context.settings.baseUrl}/identity/connect/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body,
      timeoutMs,
    })
  } catch (error) {
    if (error instanceof Failure && error.class === 'ambiguous')
      throw new Failure('transient', 'UNREACHABLE', 'The answer to the sign-in was lost.', { cause: error })
    throw error
  }
}

const isInvalidGrant = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'ACUMATICA_CONSENT_NEEDED'

function refusal(response: HttpResponse, error: string, password: boolean): Error {
  const { status } = response
  const wait = retryAfter(response)
  if (isLoginLimit(response))
    return new Failure('rate-limited', 'ACUMATICA_LOGIN_LIMIT', 'All API sessions of the licence are taken.', {
      retryAfterMs: wait ?? 60_000,
    })
  if (status === 429)
    return new Failure('rate-limited', 'ACUMATICA_DECLINED', 'The sign-in was declined: too many requests wait.', {
      retryAfterMs: wait ?? 10_000,
    })
  if (status >= 500) return new Failure('transient', 'ACUMATICA_UNAVAILABLE', `The sign-in service answered ${status}.`)
  if (error === 'invalid_grant')
    return password
      ? new Failure('unauthorised', 'ACUMATICA_PASSWORD_REFUSED', 'Acumatica refused the user name or password.')
      : new Failure(
          'unauthorised',
          'ACUMATICA_CONSENT_NEEDED',
          'Acumatica no longer takes the refresh token: consent is needed again.',
        )
  if (error === 'invalid_client' || error === 'unauthorized_client' || status === 401)
    return new Failure('unauthorised', 'ACUMATICA_CLIENT_REFUSED', `Acumatica refused the client (${error || status}).`)
  return new ConfigurationError([
    {
      code: 'ACUMATICA_ENDPOINT',
      message: `The sign-in at /identity/connect/token answered ${status}${error ? ` ${error}` : ''}. Check the base URL and the connected application.`,
      path: 'settings.baseUrl',
    },
  ])
}
