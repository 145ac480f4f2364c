import type { ConnectionContext, Token } from '../../core/connection.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { readError, waitOf } from './errors.ts'
import { parseExact } from './json.ts'
import { type Credentials, credentials, type Settings } from './settings.ts'

/** An access token is renewed this long before it ends (shipbob.md §2); one of a shorter life in its second half. */
const earlyMs = 5 * 60_000
/** Where the answer names no lifetime. */
const usualLifetimeMs = 3_600_000
/** Shorter than the time for which one worker may keep the others waiting. */
const timeoutMs = 30_000

export interface Auth {
  /** The connection's token; an OAuth access token is renewed first where it is about to end. */
  bearer(): Promise<string>
  /** A token in place of one that ShipBob refused. `fresh` = nothing newer can be had, so a refusal is final. */
  renew(refused: string): Promise<{ token: string; fresh: boolean }>
}

/**
 * Signs in by the connection's grant (shipbob.md §2). A personal token does not end; after a refusal it is read anew,
 * since it may have been replaced. An OAuth refresh token is for one use: the new pair is stored before it is used, by
 * one worker at a time. Each poll renews the access token, so that the refresh token, which ends after 30 days without
 * use, lives as long as the connection is polled; one that is switched off for longer needs a new consent.
 * Throws Failure `unauthorised` where a person has to act.
 */
export const createAuth = (context: ConnectionContext<Settings>): Auth =>
  context.settings.grant === 'token' ? personal(context) : oauth(context)

function personal(context: ConnectionContext<Settings>): Auth {
  const read = async (fresh: boolean): Promise<string> => {
    const { token } = await readCredentials(context, fresh)
    return token ?? missing('token', 'the grant "token" needs a personal access token')
  }
  return { bearer: () => read(false), renew: async () => ({ token: await read(true), fresh: true }) }
}

function oauth(context: ConnectionContext<Settings>): Auth {
  const renew = async (stale: string | undefined) => {
    let fresh = false
    const token = await context.tokens.renew(stale, (previous) => {
      fresh = true
      return refresh(context, previous?.refreshToken)
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

/** The stored refresh token, and where that is refused the secret's, which may be of a newer consent. */
async function refresh(context: ConnectionContext<Settings>, stored: string | undefined): Promise<Token> {
  let refused: Failure | undefined
  if (stored !== undefined)
    try {
      return await exchange(context, await readCredentials(context), stored)
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'SHIPBOB_CONSENT_NEEDED') throw error
      refused = error
    }
  const secret = await readCredentials(context, refused !== undefined)
  const { refreshToken } = secret
  if (refreshToken === undefined || refreshToken === stored)
    throw refused ?? consentNeeded('Nobody has given consent to the OAuth app yet.')
  return exchange(context, secret, refreshToken)
}

async function exchange(
  context: ConnectionContext<Settings>,
  secret: Credentials,
  refreshToken: string,
): Promise<Token> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: secret.redirectUri ?? '' }
  const { scope: _, idToken: __, ...token } = await requestToken(context, secret, form, refreshToken)
  return token
}

/** A token as the endpoint issued it. */
export interface Issued extends Token {
  scope?: string
  idToken?: string
}

/**
 * One request to the token endpoint. The token's end is told early enough for it to be renewed in time.
 * @param form beside client id and secret; empty values are left out
 * @param previous kept where the answer brings no refresh token
 */
export async function requestToken(
  context: Pick<ConnectionContext<Settings>, 'settings' | 'http' | 'clock' | 'gate'>,
  { clientId, clientSecret }: Credentials,
  form: Readonly<Record<string, string>>,
  previous?: string,
): Promise<Issued> {
  const fields = {
    ...form,
    client_id: clientId ?? missing('clientId', 'the grant "oauth" needs it'),
    client_secret: clientSecret ?? missing('clientSecret', 'the grant "oauth" needs it'),
  }
  const body = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()
  const response = await send(context, body)
  const answer = objectOf(response)
  const { access_token: accessToken, refresh_token: renewed, error } = answer
  // A 200 may carry an error, and an error need not be JSON.
  if (response.status !== 200 || error !== undefined) throw await refusal(context, response)
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new Failure('transient', 'SHIPBOB_UNREADABLE', 'The token endpoint answered without a token.')
  const lifetime = Number(answer.expires_in) > 0 ? Number(answer.expires_in) * 1000 : usualLifetimeMs
  const refreshToken = typeof renewed === 'string' && renewed !== '' ? renewed : previous
  return {
    accessToken,
    expiresAt: context.clock.now() + lifetime - Math.min(earlyMs, lifetime / 2),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(typeof answer.scope === 'string' ? { scope: answer.scope } : {}),
    ...(typeof answer.id_token === 'string' ? { idToken: answer.id_token } : {}),
  }
}

async function send(
  { http, settings }: Pick<ConnectionContext<Settings>, 'settings' | 'http'>,
  body: string,
): Promise<HttpResponse> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': userAgent,
  }
  try {
    return await http.send({ method: 'POST', url: `${settings.authUrl}/connect/token`, headers, body, timeoutMs })
  } catch (error) {
    // Nothing was written at the merchant's; whether the old refresh token still works shows at the next attempt.
    if (error instanceof Failure && error.class === 'ambiguous')
      throw new Failure('transient', 'UNREACHABLE', 'The answer of the token endpoint was lost.', { cause: error })
    throw error
  }
}

/** A proxy may refuse callers that do not say who they are (shipbob.md §3.1). */
export const userAgent = 'ml-connector'

async function refusal(context: Pick<ConnectionContext<Settings>, 'gate' | 'clock'>, response: HttpResponse) {
  const { status } = response
  const { code } = readError(response)
  if (code === 'invalid_grant') return consentNeeded('ShipBob no longer takes the refresh token or code.')
  if (code === 'invalid_client' || code === 'unauthorized_client')
    return new Failure('unauthorised', 'SHIPBOB_CLIENT_REFUSED', `ShipBob refuses the OAuth app (${code}).`)
  if (status === 429) {
    const retryAfterMs = waitOf(response)
    await context.gate.pause(context.clock.now() + retryAfterMs)
    return new Failure('rate-limited', 'SHIPBOB_RATE_LIMITED', 'The token endpoint asks to wait.', { retryAfterMs })
  }
  if (status >= 500) return new Failure('transient', 'SHIPBOB_UNAVAILABLE', `The token endpoint answered ${status}.`)
  if (code === undefined)
    return new Failure('transient', 'SHIPBOB_UNREADABLE', `The token endpoint answered ${status}, and no reason.`)
  return new Failure('unauthorised', 'SHIPBOB_CLIENT_REFUSED', `The token endpoint answered ${status} (${code}).`)
}

const consentNeeded = (message: string) =>
  new Failure('unauthorised', 'SHIPBOB_CONSENT_NEEDED', `${message} Consent is needed (creds authorize).`)

/** The connection's secret, checked. Throws ConfigurationError naming every field that is wrong. */
export async function readCredentials(
  { secrets }: Pick<ConnectionContext<Settings>, 'secrets'>,
  fresh = false,
): Promise<Credentials> {
  const parsed = credentials.safeParse(await secrets.credentials({ fresh }))
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map(({ message, path }) => ({
      code: 'SHIPBOB_CREDENTIALS',
      message,
      path: ['credentials', ...path].join('.'),
    })),
  )
}

const missing = (field: string, why: string): never => {
  throw new ConfigurationError([{ code: 'SHIPBOB_CREDENTIALS', message: `${why}.`, path: `credentials.${field}` }])
}

/** The body as an object; {} where it is none. */
function objectOf({ body }: HttpResponse): { readonly [field: string]: unknown } {
  try {
    const parsed = parseExact(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
