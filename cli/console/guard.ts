import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may talk to the console: whoever has its URL, from a page it served itself. The token stands first in every path;
 * the host must be the one that was printed, so that no other name that resolves to this machine is served.
 * @returns the path behind the token, or undefined where the request is not to be answered
 */
export function admitted(request: IncomingMessage, token: string, port: number): string | undefined {
  const { host, origin } = request.headers
  if (host !== `127.0.0.1:${port}`) return undefined
  if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) return undefined
  // A browser says where a request comes from; a link from elsewhere may open the page, and nothing else.
  const site = request.headers['sec-fetch-site']
  const opens = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate'
  if (site !== undefined && site !== 'same-origin' && !(opens && (site === 'none' || site === 'cross-site')))
    return undefined
  if (request.method !== 'GET' && origin === undefined) return undefined
  const [, given = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(request.url ?? '') ?? []
  return isToken(given, token) ? rest || '/' : undefined
}

function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Of every answer: nothing from elsewhere, nothing kept, no frame around it, and no URL with the token told to others. */
export const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}
