import { createHash } from 'node:crypto'
import type { SandboxClock } from '../shared/clock.ts'
import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import type { Store } from '../shared/store.ts'
import { allScopes, credentials } from './account.ts'
import { dayMs, minuteMs } from './wire/time.ts'

export interface OAuthOptions {
  accessSeconds: number
  /** False: a refresh brings no new refresh token, and the old one stays good. */
  rotates: boolean
}

/** Who a bearer is: the user for the rate limit, and what it may do. */
export interface Bearer {
  user: string
  scopes: readonly string[]
}

export interface OAuth {
  /** A person agrees to everything at once. */
  authorize(request: SandboxRequest): SandboxResponse
  token(request: SandboxRequest): SandboxResponse
  bearer(request: SandboxRequest): Bearer | undefined
  /** Every access token ends now. */
  expireAccessTokens(): void
  /** The merchant takes the consent back: refreshing answers invalid_grant. */
  withdrawConsent(): void
  /** The personal token is revoked; the new one. */
  replacePersonalToken(): string
}

interface Code {
  redirectUri: string
  challenge: string
  scope: string
  nonce: string
  until: number
}
interface Refresh {
  scope: string
  nonce: string
  until: number
}
interface Access {
  scope: string
  until: number
}

const codeMs = 2 * minuteMs
const refreshMs = 30 * dayMs

/** Personal token and OAuth with PKCE (shipbob.md §2). A refresh token is for one use. */
export function createOAuth(store: Store, clock: SandboxClock, options: OAuthOptions): OAuth {
  const refused = (error: string, status = 400): SandboxResponse => ({ status, body: { error } })
  const secret = (kind: string) =>
    `${kind}-${createHash('sha256')
      .update(`${kind} ${store.next('secrets')}`)
      .digest('hex')
      .slice(0, 40)}`
  const personal = () => store.get<string>('oauth', 'personal') ?? credentials.token

  const issue = ({ scope, nonce }: Pick<Refresh, 'scope' | 'nonce'>, kept?: string): SandboxResponse => {
    const access = secret('access')
    store.put('access', access, { scope, until: clock.now() + options.accessSeconds * 1000 } satisfies Access)
    const refreshes = scope.split(' ').includes('offline_access') && (options.rotates || kept === undefined)
    const refresh = refreshes ? secret('refresh') : undefined
    const entry = { scope, nonce, until: clock.now() + refreshMs } satisfies Refresh
    if (refresh !== undefined) store.put('refresh', refresh, entry)
    if (kept !== undefined && refresh === undefined) store.put('refresh', kept, entry)
    return {
      status: 200,
      body: {
        ...(kept === undefined ? { id_token: idToken(nonce) } : {}),
        access_token: access,
        expires_in: options.accessSeconds,
        token_type: 'Bearer',
        ...(refresh === undefined ? {} : { refresh_token: refresh }),
        scope,
      },
    }
  }

  const byCode = (form: URLSearchParams): SandboxResponse => {
    const name = form.get('code') ?? ''
    const code = store.get<Code>('codes', name)
    store.delete('codes', name)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const good = code && code.until > clock.now() && code.challenge === challenge
    return good && code.redirectUri === form.get('redirect_uri') ? issue(code) : refused('invalid_grant')
  }
  const byRefresh = (form: URLSearchParams): SandboxResponse => {
    const name = form.get('refresh_token') ?? ''
    const found = store.get<Refresh>('refresh', name)
    store.delete('refresh', name)
    return found && found.until > clock.now() ? issue(found, name) : refused('invalid_grant')
  }

  return {
    authorize: ({ query }) => {
      const wanted = (name: string) => query.get(name) ?? ''
      if (wanted('client_id') !== credentials.clientId) return refused('unauthorized_client')
      const redirectUri = wanted('redirect_uri')
      if (redirectUri !== credentials.redirectUri) return refused('invalid_request')
      const isComplete =
        wanted('response_type') === 'code' &&
        wanted('code_challenge_method') === 'S256' &&
        wanted('code_challenge') !== ''
      const state = wanted('state')
      if (!isComplete) return answerBy(wanted('response_mode'), redirectUri, { error: 'invalid_request', state })
      const code = secret('code')
      store.put('codes', code, {
        redirectUri,
        challenge: wanted('code_challenge'),
        scope: wanted('scope'),
        nonce: wanted('nonce'),
        until: clock.now() + codeMs,
      } satisfies Code)
      return answerBy(wanted('response_mode'), redirectUri, { code, state })
    },
    token: (request) =>
      store.transaction(() => {
        const form = new URLSearchParams(request.body.toString('utf8'))
        const known = form.get('client_id') === credentials.clientId
        if (!known || form.get('client_secret') !== credentials.clientSecret) return refused('invalid_client')
        if (form.get('grant_type') === 'authorization_code') return byCode(form)
        return form.get('grant_type') === 'refresh_token' ? byRefresh(form) : refused('unsupported_grant_type')
      }),
    bearer: (request) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (token === undefined) return undefined
      if (token === personal()) return { user: 'personal', scopes: allScopes }
      const access = store.get<Access>('access', token)
      return access && access.until > clock.now() ? { user: 'app', scopes: access.scope.split(' ') } : undefined
    },
    expireAccessTokens: () => {
      for (const { key } of store.list('access')) store.delete('access', key)
    },
    withdrawConsent: () => {
      for (const { key } of store.list('refresh')) store.delete('refresh', key)
    },
    replacePersonalToken: () => {
      const token = secret('pat')
      store.put('oauth', 'personal', token)
      return token
    },
  }
}

/** In the fragment, which no server sees, unless a mode is asked for (§2). */
function answerBy(mode: string, redirectUri: string, given: Record<string, string>): SandboxResponse {
  const fields = new URLSearchParams(given)
  if (mode !== 'form_post')
    return { status: 302, headers: { location: `${redirectUri}${mode === 'query' ? '?' : '#'}${fields}` } }
  const inputs = [...fields].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`).join('')
  return {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: `<form method="post" action="${redirectUri}">${inputs}</form><script>document.forms[0].submit()</script>`,
  }
}

/** Unsigned: nobody here verifies it. */
const idToken = (nonce: string): string =>
  `e30.${Buffer.from(JSON.stringify({ nonce, sub: 'merchant' })).toString('base64url')}.sandbox`
