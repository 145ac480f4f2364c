import { createHash, randomBytes } from 'node:crypto'
import type { ConnectionContext, Token } from '../../core/connection.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import { readCredentials, requestToken } from './auth.ts'
import { scopesFor, type Used } from './scopes.ts'
import type { Credentials, Settings } from './settings.ts'

/** A consent that was asked for. Kept in memory until its answer comes; worthless without the verifier. */
export interface Consent {
  /** Where a person signs in and agrees. */
  url: string
  redirectUri: string
  state: string
  nonce: string
  verifier: string
}

/** A token with what the consent granted. */
export interface Granted {
  token: Token
  /** As ShipBob lists them; empty where it does not. */
  scopes: readonly string[]
}

/** A consent on its way, as a command works with it. */
export interface Authorisation {
  url: string
  redirectUri: string
  /** Scopes that the deployment's documents need. */
  needed: readonly string[]
  /** Takes the answer in any form, and stores the token. Throws ConsentRefused, or Failure from ShipBob. */
  complete(answer: string): Promise<Granted>
}

/** Throws ConfigurationError where the connection is not one for OAuth, or its secret lacks a part of the app. */
export async function authorise(context: ConnectionContext<Settings>, used: Used): Promise<Authorisation> {
  const secret = await readCredentials(context)
  const { clientId, redirectUri } = secret
  const problems = [
    ...(context.settings.grant === 'oauth'
      ? []
      : [{ path: 'settings.grant', message: 'a personal token needs no consent; use "oauth" for an OAuth app.' }]),
    ...(clientId === undefined ? [{ path: 'credentials.clientId', message: 'store it first (creds set).' }] : []),
    ...(redirectUri === undefined
      ? [{ path: 'credentials.redirectUri', message: 'store it first (creds set), as registered with the app.' }]
      : []),
  ]
  if (problems.length > 0 || redirectUri === undefined)
    throw new ConfigurationError(problems.map((one) => ({ code: 'SHIPBOB_CREDENTIALS', ...one })))
  const needed = scopesFor(used)
  const consent = beginConsent(context.settings, secret, redirectUri, needed)
  return {
    url: consent.url,
    redirectUri,
    needed,
    complete: async (answer) => completeConsent(context, consent, codeIn(answer, consent)),
  }
}

const random = () => randomBytes(32).toString('base64url')

/**
 * Begins a consent: authorization code with PKCE (S256), state and nonce (shipbob.md §2).
 * @param scopes without offline_access, which is always asked for: it gives the refresh token
 */
export function beginConsent(
  { authUrl }: Pick<Settings, 'authUrl'>,
  { clientId = '' }: Pick<Credentials, 'clientId'>,
  redirectUri: string,
  scopes: readonly string[],
): Consent {
  const [state, nonce, verifier] = [random(), random(), random()]
  const query = new URLSearchParams({
    client_id: clientId,
    scope: ['offline_access', ...scopes].join(' '),
    redirect_uri: redirectUri,
    response_type: 'code',
    // Without it the answer comes in the fragment, which no server sees.
    response_mode: 'query',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return { url: `${authUrl}/connect/authorize?${query}`, redirectUri, state, nonce, verifier }
}

/** The consent was refused, or what came back does not belong to it: a person tries again. */
export class ConsentRefused extends Error {
  override readonly name = 'ConsentRefused'
}

/**
 * The code in an answer: a form, a query, a fragment, or the whole URL of the page the browser ended at.
 * Throws ConsentRefused.
 */
export function codeIn(answer: string, { state }: Pick<Consent, 'state'>): string {
  const text = answer.trim()
  const fields = [text.split('?').at(1)?.split('#')[0], text.split('#').at(1), /^https?:/.test(text) ? '' : text]
    .map((part) => new URLSearchParams(part))
    .find((part) => part.has('code') || part.has('error'))
  const error = fields?.get('error')
  if (error) throw new ConsentRefused(`ShipBob answers "${fields?.get('error_description') ?? error}".`)
  const code = fields?.get('code')
  if (!code) throw new ConsentRefused('There is no code in it: copy the whole address of the page you ended at.')
  if (fields?.get('state') !== state)
    throw new ConsentRefused('It answers another sign-in than this one (its state differs); nothing was taken from it.')
  return code
}

/** Exchanges the code, which is good for about two minutes, and stores the token for every worker of the connection. */
export async function completeConsent(
  context: ConnectionContext<Settings>,
  consent: Consent,
  code: string,
): Promise<Granted> {
  const secret = await readCredentials(context)
  const { scope, idToken, ...token } = await requestToken(context, secret, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: consent.redirectUri,
    code_verifier: consent.verifier,
  })
  const nonce = nonceIn(idToken)
  if (nonce !== undefined && nonce !== consent.nonce)
    throw new ConsentRefused('The token belongs to another sign-in than this one (its nonce differs); it was not kept.')
  if (token.refreshToken === undefined)
    throw new ConsentRefused('ShipBob gave no refresh token: the OAuth app must be allowed offline_access.')
  await keep(context, token)
  return { token, scopes: (scope ?? '').split(' ').filter((one) => one !== '') }
}

const attempts = 3

/** In place of whatever is stored; a worker that renews the former token at this moment is not to win. */
async function keep({ tokens }: Pick<ConnectionContext<Settings>, 'tokens'>, token: Token): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await tokens.current()
    const stored = await tokens.renew(before?.accessToken, async () => token)
    if (stored.accessToken === token.accessToken) return
  }
  throw new Failure('transient', 'TOKEN_BUSY', 'Another worker renews the token again and again; nothing was stored.')
}

/** The nonce of an id token, which came from the token endpoint itself and so needs no signature check. */
function nonceIn(idToken: string | undefined): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims?.nonce === 'string' ? claims.nonce : undefined
  } catch {
    return undefined
  }
}
