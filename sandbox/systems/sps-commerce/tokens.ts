import { randomUUID } from 'node:crypto'
import type { SandboxClock } from '../shared/clock.ts'
import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import type { Store } from '../shared/store.ts'

/** One application as SPS knows it. */
export interface Application {
  clientId: string
  clientSecret: string
  /** A web application may not use client credentials: 403 unauthorized_client. */
  type: 'machine' | 'web'
  lifetimeSeconds: number
}

export interface Tokens {
  /** Answers a token endpoint; `audience` is demanded where given. */
  issue(request: SandboxRequest, audience?: string): SandboxResponse
  isGood(request: SandboxRequest): boolean
  /** Every token issued so far ends now. */
  expire(): void
  application(): Application
  change(change: Partial<Application>): void
}

/** Client credentials in both body forms (sps-commerce.md §2). Tokens live in the store: they survive a restart. */
export function createTokens(store: Store, clock: SandboxClock, first: Application): Tokens {
  if (!store.get('application', 'it')) store.put('application', 'it', first)
  const application = () => store.get<Application>('application', 'it') ?? first
  return {
    application,
    change: (change) => store.put('application', 'it', { ...application(), ...change }),
    expire: () => {
      for (const { key } of store.list('tokens')) store.delete('tokens', key)
    },
    isGood: (request) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      const until = token === undefined ? undefined : store.get<number>('tokens', token)
      return until !== undefined && until > clock.now()
    },
    issue: (request, audience) => {
      const fields = fieldsOf(request)
      const known = application()
      if (fields.get('grant_type') !== 'client_credentials')
        return refusal(403, 'unsupported_grant_type', 'Unsupported grant type.')
      if (fields.get('client_id') !== known.clientId || fields.get('client_secret') !== known.clientSecret)
        return refusal(401, 'access_denied', 'Unauthorized')
      if (audience !== undefined && fields.get('audience') !== audience)
        return refusal(403, 'access_denied', 'Service not enabled within domain.')
      if (known.type === 'web')
        return refusal(403, 'unauthorized_client', "Grant type 'client_credentials' not allowed for the client.")
      const token = `sandbox.${randomUUID()}`
      store.put('tokens', token, clock.now() + known.lifetimeSeconds * 1000)
      return { status: 200, body: { access_token: token, expires_in: known.lifetimeSeconds, token_type: 'Bearer' } }
    },
  }
}

const refusal = (status: number, error: string, description: string): SandboxResponse => ({
  status,
  body: { error, error_description: description },
})

function fieldsOf(request: SandboxRequest): URLSearchParams {
  const text = request.body.toString('utf8')
  if (!(request.headers['content-type'] ?? '').includes('json')) return new URLSearchParams(text)
  try {
    return new URLSearchParams(JSON.parse(text) as Record<string, string>)
  } catch {
    return new URLSearchParams()
  }
}
