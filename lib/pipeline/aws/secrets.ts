import { randomUUID } from 'node:crypto'
import type { SecretSource, Token, TokenStore } from '../../core/connection.ts'
import type { Clock } from '../../core/exchange.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { StateStore } from '../state.ts'
import { type AwsApi, AwsError } from './api.ts'

const cacheMs = 5 * 60_000

/** A secret's text; undefined where it has no value yet. Throws AwsError where it cannot be read. */
export const readSecret = async (api: AwsApi, arn: string): Promise<string | undefined> => {
  try {
    return (await api.call<{ SecretString?: string }>('secretsmanager', 'GetSecretValue', { SecretId: arn }))
      .SecretString
  } catch (error) {
    // Created empty by the template: it exists and has no value yet.
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined
    throw error
  }
}

/** A connection's credentials; the value never leaves this object but to the client that signs in with it. */
export function secretSource(api: AwsApi, arn: string, connection: string, clock: Clock): SecretSource {
  let cached: { at: number; value: Record<string, string> } | undefined
  return {
    async credentials({ fresh = false } = {}) {
      if (cached && !fresh && clock.now() - cached.at < cacheMs) return cached.value
      const text = await readSecret(api, arn)
      if (text === undefined)
        throw new ConfigurationError([
          {
            code: 'NO_CREDENTIALS',
            message: `connection ${connection} has no credentials yet; store them with "ml-connector creds set ${connection}"`,
            path: `connections.${connection}`,
          },
        ])
      cached = { at: clock.now(), value: JSON.parse(text) as Record<string, string> }
      return cached.value
    },
  }
}

/** How long one worker may take to get a token before another tries. */
const renewalMs = 60_000
const waitMs = 250

/** The issued token of a connection, in a secret of its own; one worker renews it, the others wait and share it. */
export function secretTokens(
  api: AwsApi,
  arn: string,
  connection: string,
  parts: { state: StateStore; clock: Clock; owner: string; sleep(ms: number): Promise<void> },
): TokenStore {
  let remembered: Token | undefined
  const stored = async (): Promise<Token | undefined> => {
    const text = await readSecret(api, arn)
    remembered = text === undefined ? undefined : (JSON.parse(text) as Token)
    return remembered
  }
  const lease = `token#${connection}`

  return {
    current: async () => (remembered && remembered.expiresAt > parts.clock.now() ? remembered : stored()),

    async renew(stale, request) {
      const deadline = parts.clock.now() + 2 * renewalMs
      while (parts.clock.now() < deadline) {
        const before = await stored()
        if (before && before.accessToken !== stale && before.expiresAt > parts.clock.now()) return before
        if (await parts.state.lease(lease, parts.owner, parts.clock.now() + renewalMs)) {
          try {
            const latest = await stored()
            if (latest && latest.accessToken !== stale && latest.expiresAt > parts.clock.now()) return latest
            const token = await request(latest)
            await api.call('secretsmanager', 'PutSecretValue', {
              SecretId: arn,
              SecretString: JSON.stringify(token),
              ClientRequestToken: randomUUID(),
            })
            remembered = token
            return token
          } finally {
            await parts.state.release(lease, parts.owner)
          }
        }
        await parts.sleep(waitMs)
      }
      throw new Failure('transient', 'TOKEN_BUSY', `another worker is still renewing the token of ${connection}`)
    },
  }
}
