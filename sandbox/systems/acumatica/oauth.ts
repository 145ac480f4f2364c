import { createHash } from 'node:crypto'
import type { SandboxClock } from '../shared/clock.ts'
import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import type { Store } from '../shared/store.ts'
import { loginLimit, unauthorised } from './errors.ts'

/** What a person set up on the Connected Applications and Users screens. */
export const credentials = {
  clientId: '6D2C5E71-9B40-4A8F-8E13-77F0A4C2B95D@Juniper',
  clientSecret: 'sandbox-client-secret',
  username: 'edi',
  password: 'sandbox-password',
  /** The refresh token of a consent already given. */
  refreshToken: 'sandbox-refresh-0001',
} as const

export interface OAuthOptions {
  /** Sessions the licence allows at once. */
  apiUsers: number
  /** Access token's life, in the sandbox's time. */
  tokenLifeSeconds: number
}

interface Grant {
  /** The refresh token that is valid now; each use brings the next one. */
  refreshToken: string
  /** Whether a session is open, and when it was last used. */
  usedAt?: number
}

interface Access {
  grant: string
  expiresAt: number
}

export interface OAuth {
  token(request: SandboxRequest): SandboxResponse
  /** Throws 401 where the bearer is unknown or has ended. */
  authorise(request: SandboxRequest): void
  isAuthorised(request: SandboxRequest): boolean
  /** Every access token ends now: the next call gets a 401. */
  expireAccessTokens(): void
  /** The consent is withdrawn: refreshing answers invalid_grant. */
  withdrawConsent(): void
  /** A person consents again; the new refresh token. */
  consentAgain(): string
}

const sessionMs = 20 * 60_000

/** The token service of one instance (acumatica.md §2): rotating refresh tokens, one session per grant. */
export function createOAuth(store: Store, clock: SandboxClock, options: OAuthOptions): OAuth {
  const refused = (error: string): SandboxResponse => ({ status: 400, body: { error } })
  const grants = () => store.list<Grant>('grants')
  const open = (grant: Grant) => grant.usedAt !== undefined && grant.usedAt > clock.now() - sessionMs
  if (!store.get('oauth', 'set-up')) {
    store.put('grants', 'consent-1', { refreshToken: credentials.refreshToken })
    store.put('oauth', 'set-up', true)
  }

  const issue = (key: string, grant: Grant): SandboxResponse => {
    const others = grants().filter((one) => one.key !== key && open(one.value))
    if (!open(grant) && others.length >= options.apiUsers) throw loginLimit()
    const serial = store.next('tokens')
    const secret = (kind: string) => createHash('sha256').update(`${kind} ${serial} ${key}`).digest('hex').slice(0, 32)
    const accessToken = `access-${secret('access')}`
    const refreshToken = `refresh-${secret('refresh')}`
    store.put('grants', key, { refreshToken, usedAt: clock.now() } satisfies Grant)
    store.put('access', accessToken, { grant: key, expiresAt: clock.now() + options.tokenLifeSeconds * 1000 })
    return {
      status: 200,
      body: {
        access_token: accessToken,
        expires_in: options.tokenLifeSeconds,
        token_type: 'Bearer',
        refresh_token: refreshToken,
        scope: 'api offline_access',
      },
    }
  }

  const accessOf = (request: SandboxRequest): Access | undefined => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const access = token === undefined ? undefined : store.get<Access>('access', token)
    return access && access.expiresAt > clock.now() ? access : undefined
  }

  return {
    token: (request) =>
      store.transaction(() => {
        const form = new URLSearchParams(request.body.toString('utf8'))
        if (form.get('client_id') !== credentials.clientId || form.get('client_secret') !== credentials.clientSecret)
          return refused('invalid_client')
        if (form.get('grant_type') === 'password') {
          if (form.get('username') !== credentials.username || form.get('password') !== credentials.password)
            return refused('invalid_grant')
          return issue(`password-${store.next('grants')}`, { refreshToken: '' })
        }
        if (form.get('grant_type') !== 'refresh_token') return refused('unsupported_grant_type')
        const found = grants().find((grant) => grant.value.refreshToken === form.get('refresh_token'))
        return found ? issue(found.key, found.value) : refused('invalid_grant')
      }),
    authorise: (request) => {
      const access = accessOf(request)
      if (!access) throw unauthorised()
      const grant = store.get<Grant>('grants', access.grant)
      if (grant) store.put('grants', access.grant, { ...grant, usedAt: clock.now() })
    },
    isAuthorised: (request) => accessOf(request) !== undefined,
    expireAccessTokens: () => {
      for (const { key, value } of store.list<Access>('access')) store.put('access', key, { ...value, expiresAt: 0 })
    },
    withdrawConsent: () => {
      for (const { key } of grants()) store.delete('grants', key)
    },
    consentAgain: () => {
      const refreshToken = `sandbox-refresh-again-${store.next('consents')}`
      store.put('grants', `consent-again-${refreshToken}`, { refreshToken } satisfies Grant)
      return refreshToken
    },
  }
}
