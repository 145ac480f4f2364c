import { createServer, type Server } from 'node:http'

/** A loopback address that a browser is sent back to; undefined where it is another machine's. */
export function loopbackOf(redirectUri: string): { host: string; port: number; path: string } | undefined {
  const { protocol, hostname, port, pathname } = new URL(redirectUri)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol !== 'http:' || !['127.0.0.1', '::1', 'localhost'].includes(host)) return undefined
  return { host, port: port === '' ? 80 : Number(port), path: pathname }
}

/** The browser's side of an answer in the fragment: nobody but the page itself sees that. */
const forward = `<!doctype html><meta charset="utf-8"><title>ml-connector</title><p id="said">One moment…</p><script>
const say = (text) => { document.getElementById('said').textContent = text }
const send = location.hash.slice(1)
send ? fetch(location.pathname, { method: 'POST', body: send }).then((r) => r.text()).then(say)
     : say('There is nothing in this address. Go back to the terminal.')
</script>`

const largest = 16_384

/**
 * Waits at a loopback redirect URI for one answer, as a query, a form or a fragment, and gives its fields as text.
 * @param taken what the browser's page says then; an error's message is shown and waiting goes on
 */
export async function listenFor(
  at: { host: string; port: number; path: string },
  taken: (fields: string) => Promise<string>,
): Promise<{ close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    const say = (status: number, text: string, type = 'text/plain') => {
      response.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'cache-control': 'no-store',
        connection: 'close',
        // The address holds the code.
        'referrer-policy': 'no-referrer',
      })
      response.end(text)
    }
    if (pathname !== at.path) return say(404, 'Not here.')
    const answer = (fields: string) =>
      taken(fields).then(
        (text) => say(200, text),
        (error: Error) => say(400, error.message),
      )
    if (request.method === 'GET') return search === '' ? say(200, forward, 'text/html') : void answer(search)
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
      if (body.length > largest) request.destroy()
    })
    request.on('end', () => void answer(body))
  })
  await new Promise<void>((ready, fail) => {
    server.once('error', fail)
    server.listen(at.port, at.host, ready)
  })
  return {
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeIdleConnections()
      }),
  }
}
