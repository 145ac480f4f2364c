import type { ConnectionContext, Token } from '../../core/connection.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { readError, retryAfter } from './errors.ts'
import { problem } from './problem.ts'
import { credentials, type Settings } from './settings.ts'

/** Renewed this long before it ends, or a tenth of its life where that is shorter (sps-commerce.md §2). */
const marginMs = 60_000
/** Where the answer names no lifetime: short, so that little is lost if it is wrong. */
const unknownLifetimeMs = 300_000

export interface Auth {
  /** The connection's shared token; a new one is asked for first where it has ended. */
  bearer(): Promise<string>
  /** A newer token than `stale`, which SPS refused. `fresh` = it was asked for just now, not another worker's. */
  renew(stale: string): Promise<{ token: string; fresh: boolean }>
}

/**
 * Client credentials: no refresh token, so a new token is asked for before the old one ends, once for all workers of
 * the connection (the token endpoint is the one place where SPS speaks of limits).
 * Throws Failure `unauthorised` where the keys are wrong, `rate-limited` for a 429, `transient` otherwise.
 */
export function createAuth(context: ConnectionContext<Settings>): Auth {
  const renew = async (stale: string | undefined) => {
    let fresh = false
    const token = await context.tokens.renew(stale, () => {
      fresh = true
      return signIn(context, stale !== undefined)
    })
    return { token: token.accessToken, fresh }
  }
  return {
    bearer: async () => {
      const token = await context.tokens.current()
      if (token && token.expiresAt > context.clock.now()) return token.accessToken
      return (await renew(token?.accessToken)).token
    },
    renew,
  }
}

type Keys = { clientId: string; clientSecret: string }

/** Asks for a token; keys that are refused are read once more, because the secret may have been rotated. */
async function signIn(context: ConnectionContext<Settings>, fresh: boolean): Promise<Token> {
  const keys = await readKeys(context, fresh)
  const response = await ask(context, keys)
  if (![400, 401, 403].includes(response.status) || fresh) return tokenOf(response, context)
  const rotated = await readKeys(context, true)
  const same = rotated.clientId === keys.clientId && rotated.clientSecret === keys.clientSecret
  return tokenOf(same ? response : await ask(context, rotated), context)
}

async function readKeys(context: ConnectionContext<Settings>, fresh: boolean): Promise<Keys> {
  const parsed = credentials.safeParse(await context.secrets.credentials({ fresh }))
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map((issue) =>
      problem('SPS_CREDENTIALS_MISSING', issue.message, `secret.${issue.path.join('.')}`),
    ),
  )
}

async function ask(context: ConnectionContext<Settings>, keys: Keys): Promise<HttpResponse> {
  const { tokenUrl, tokenBody, audience, timeoutSeconds } = context.settings
  const fields = {
    grant_type: 'client_credentials',
    client_id: keys.clientId,
    client_secret: keys.clientSecret,
    ...(audience === '' ? {} : { audience }),
  }
  try {
    return await context.http.send({
      method: 'POST',
      url: tokenUrl,
      headers: {
        accept: 'application/json',
        'content-type': tokenBody === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      },
      body: tokenBody === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
      timeoutMs: timeoutSeconds * 1000,
    })
  } catch (error) {
    // A lost token is asked for again; nothing was written anywhere.
    if (error instanceof Failure && error.class === 'ambiguous')
      throw new Failure('transient', 'SPS_UNAVAILABLE', 'The answer of the token endpoint was lost.', { cause: error })
    throw error
  }
}

async function tokenOf(response: HttpResponse, context: ConnectionContext<Settings>): Promise<Token> {
  const { status } = response
  const now = context.clock.now()
  if (status >= 200 && status < 300) {
    const token = readToken(response, now)
    if (token) return token
    throw new Failure('transient', 'SPS_ANSWER_UNREADABLE', 'The token endpoint answered without a token.')
  }
  const { words } = readError(response)
  if (status === 429) {
    const wait = retryAfter(response) ?? 10_000
    await context.gate.pause(now + wait)
    throw new Failure(
      'rate-limited',
      'SPS_RATE_LIMITED',
      'The token endpoint is limited; one token serves all calls.',
      {
        retryAfterMs: wait,
      },
    )
  }
  if (status >= 500) throw new Failure('transient', 'SPS_UNAVAILABLE', `The token endpoint answered ${status}.`)
  if (words.startsWith('unauthorized_client'))
    throw new Failure(
      'unauthorised',
      'SPS_APPLICATION_TYPE',
      `SPS refuses these keys with ${status} unauthorized_client: the application is a web application, not machine-to-machine. Register a machine-to-machine application and use its keys.`,
    )
  throw new Failure('unauthorised', 'SPS_TOKEN_REFUSED', `The token endpoint answered ${status}, "${words}".`)
}

function readToken(response: HttpResponse, now: number): Token | undefined {
  let body: { access_token?: unknown; expires_in?: unknown }
  try {
    body = JSON.parse(response.body.toString('utf8')) as typeof body
  } catch {
    return undefined
  }
  if (typeof body?.access_token !== 'string' || body.access_token === '') return undefined
  const seconds = Number(body.expires_in)
  const lifetime = seconds > 0 ? seconds * 1000 : unknownLifetimeMs
  // The margin is taken off here, where the whole life is known: a stored token only has its end.
  return { accessToken: body.access_token, expiresAt: now + lifetime - Math.min(marginMs, lifetime / 10) }
}
