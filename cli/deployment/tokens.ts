import type { Token, TokenStore } from '../../lib/core/connection.ts'

/** Tokens of this command alone, gone with it. */
export function ownTokens(): TokenStore {
  let token: Token | undefined
  return {
    current: async () => token,
    renew: async (_stale, request) => {
      token = await request(token)
      return token
    },
  }
}
