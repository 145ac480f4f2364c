import { createHash } from 'node:crypto'
import { type Reply, type Seen, serve } from './server.ts'

export const app = { clientId: 'app', clientSecret: 'secret-of-app', redirectUri: 'https://app.example.com/cb' }

/**
 * An authorisation server that agrees to everything at once: the code is for one use, by who knows the verifier
 * (shipbob.md §2).
 */
export async function oauthApp(over: { grants?: string; nonce?: string; refreshToken?: boolean } = {}) {
  const codes = new Map<string, URLSearchParams>()
  const authorize = (query: URLSearchParams): Reply => {
    const code = `code-${codes.size + 1}`
    codes.set(code, query)
    const location = `${query.get('redirect_uri')}?${new URLSearchParams({ code, state: query.get('state') ?? '' })}`
    return { status: 302, headers: { location } }
  }
  const token = (form: URLSearchParams): Reply => {
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const good =
      asked?.get('code_challenge') === challenge &&
      asked.get('redirect_uri') === form.get('redirect_uri') &&
      form.get('client_secret') === app.clientSecret
    if (!asked || !good) return { status: 400, body: { error: 'invalid_grant' } }
    const claims = Buffer.from(JSON.stringify({ nonce: over.nonce ?? asked.get('nonce') })).toString('base64url')
    return {
      body: {
        access_token: 'access-1',
        expires_in: 3600,
        ...(over.refreshToken === false ? {} : { refresh_token: 'refresh-1' }),
        id_token: `e30.${claims}.x`,
        scope: over.grants ?? asked.get('scope'),
      },
    }
  }
  const server = await serve(({ url, body }: Seen) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    return pathname === '/connect/authorize' ? authorize(searchParams) : token(new URLSearchParams(body))
  })
  /** What a browser does with the address: where it is sent in the end. */
  const agree = async (url: string): Promise<string> =>
    (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
  return { ...server, agree }
}
