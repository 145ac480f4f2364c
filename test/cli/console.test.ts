import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfigFile } from '../../cli/configuration.ts'
import type { Exceptions, TableContent } from '../../cli/console/api.ts'
import { pageFiles } from '../../cli/console/page-files.ts'
import { serveConsole } from '../../cli/console/server.ts'
import { captured, delivered, memoryDeployment } from './memory-deployment.ts'

const token = 'token-of-the-test'
const now = Date.parse('2026-03-02T10:00:00Z')

const config = (() => {
  const file = join(mkdtempSync(join(tmpdir(), 'console-')), 'ml-connector.config.json')
  const acumatica = { baseUrl: 'https://erp.example.com', endpoint: { name: 'Default', version: '24.200.001' } }
  writeFileSync(
    file,
    JSON.stringify({
      stage: 'dev',
      customer: 'sample',
      connections: {
        acumatica: { system: 'acumatica', settings: acumatica },
        sps: { system: 'sps-commerce', settings: { apiStyle: 'fulfillment' } },
      },
      integrations: { 'acumatica-sps-commerce': { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } } },
    }),
  )
  return readConfigFile(file)
})()

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function opened() {
  const deployment = memoryDeployment()
  const nudged = { times: 0 }
  const served = await serveConsole({
    token,
    port: 0,
    files: { '': { type: 'text/html', body: Buffer.from('<p>the page</p>') } },
    work: () => ({
      deployment,
      config,
      actor: { user: 'dana', now },
      busy: false,
      nudge: () => {
        nudged.times += 1
      },
    }),
    trouble: (error) => {
      throw error
    },
  })
  closing.push(served.close)
  const { origin, host, port } = new URL(served.url)
  const ask = (path: string, init: { method?: string; headers?: Record<string, string>; body?: unknown } = {}) =>
    send(Number(port), path, { ...init, headers: { host, ...init.headers } })
  const act = (path: string, body: unknown, method = 'POST') =>
    ask(`/${token}/${path}`, { method, headers: { origin, 'content-type': 'application/json' }, body })
  return { deployment, nudged, ask, act, origin, host, url: served.url }
}

/** A request with exactly these headers, as a page elsewhere or another program could send it. */
const send = (
  port: number,
  path: string,
  { method = 'GET', headers, body }: { method?: string; headers: Record<string, string>; body?: unknown },
) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string; json<T>(): T }>((done, fail) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (incoming) => {
      let text = ''
      incoming.on('data', (chunk) => {
        text += chunk
      })
      incoming.on('end', () =>
        done({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: () => JSON.parse(text) }),
      )
    })
    outgoing.on('error', fail)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })

describe('the console answers', () => {
  test('whoever has the URL, with a policy that allows nothing from elsewhere', async () => {
    const { ask, url } = await opened()
    const page = await ask(`/${token}/`)
    expect([page.status, page.text]).toEqual([200, '<p>the page</p>'])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/token-of-the-test\/$/)
  })

  test.each([
    ['no token', '/', {}],
    ['another token', '/token-of-the-tesT/api/exceptions', {}],
    ['the beginning of the token', '/token/api/exceptions', {}],
    ['another host name that leads here', `/${token}/api/exceptions`, { host: 'localhost' }],
    ['a page elsewhere', `/${token}/api/exceptions`, { origin: 'https://elsewhere.example' }],
    [
      'a script elsewhere, by its fetch metadata',
      `/${token}/api/exceptions`,
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    ],
  ])('nobody with %s', async (_what, path, headers) => {
    const { ask } = await opened()
    expect((await ask(path, { headers })).status).toBe(404)
  })

  test('no action without an origin, as a form elsewhere could send it', async () => {
    const { ask, deployment } = await opened()
    const answer = await ask(`/${token}/api/redrive`, { method: 'POST', body: {} })
    expect(answer.status).toBe(404)
    expect(deployment.calls).toEqual([])
  })

  test('an action with a body that is not understood with 400, and does nothing', async () => {
    const { act, deployment } = await opened()
    const answer = await act('api/word', { verb: 'shout', document: '1', text: 'x' })
    expect(answer.status).toBe(400)
    expect(deployment.calls).toEqual([])
  })
})

describe('an order desk', () => {
  test('sees what waits by cause, and settles one with a word that is kept', async () => {
    const { ask, act, deployment, nudged } = await opened()
    await captured(deployment.ledger, { number: '4711' }, { state: 'held', code: 'PARTNER_UNKNOWN' })
    const { causes } = (await ask(`/${token}/api/exceptions`)).json<Exceptions>()
    expect(causes.map((cause) => [cause.code, cause.documents])).toEqual([['PARTNER_UNKNOWN', 1]])
    const answer = await act('api/word', { verb: 'resolve', document: '4711', text: 'entered by hand' })
    expect(answer.status).toBe(200)
    expect(nudged.times).toBe(1)
    expect((await ask(`/${token}/api/exceptions`)).json<Exceptions>().documents).toBe(0)
  })

  test('is told in words what cannot be done', async () => {
    const { act, deployment } = await opened()
    await captured(deployment.ledger, { number: '4711' }, { state: 'held', code: 'PARTNER_UNKNOWN' })
    const answer = await act('api/word', { verb: 'release', document: '4711', text: 'go' })
    expect([answer.status, answer.json<{ message: string }>().message]).toEqual([
      422,
      'nobody holds sps:purchase-order:4711#1',
    ])
  })
})

describe('an undo', () => {
  const order = { connection: 'acumatica', operation: 'create-order', reference: 'SPS:4711', record: {} }

  test('is told first, sentence by sentence, and nothing is asked of anybody', async () => {
    const { act, deployment, nudged } = await opened()
    await delivered(deployment.ledger, '4711', [[order, 'SO-1']])
    const answer = await act('api/undo', { document: '4711' })
    expect(answer.json()).toEqual({
      does: ['acumatica: cancels order SO-1, as long as nothing of it is on a shipment'],
      warnings: [],
    })
    expect([deployment.calls, nudged.times]).toEqual([[], 0])
  })

  test('is done for a reason, which goes with it', async () => {
    const { act, deployment, nudged } = await opened()
    await delivered(deployment.ledger, '4711', [[order, 'SO-1']])
    expect((await act('api/undo', { document: '4711', why: ' ' })).status).toBe(422)
    expect(deployment.calls).toEqual([])
    expect((await act('api/undo', { document: '4711', why: 'ordered twice' })).status).toBe(200)
    expect(JSON.stringify(deployment.calls)).toContain('dana: ordered twice')
    expect(nudged.times).toBe(1)
  })
})

describe('a table', () => {
  const row = { x12: 'EA', unit: 'EACH' }
  const change = (rows: object[], version?: string) => ({
    integration: 'acumatica-sps-commerce',
    name: 'units',
    rows,
    ...(version ? { version } : {}),
  })

  test('is stored as a new version', async () => {
    const { act, ask } = await opened()
    expect((await act('api/table', change([row]), 'PUT')).status).toBe(200)
    const stored = (await ask(`/${token}/api/table?integration=acumatica-sps-commerce&name=units`)).json<TableContent>()
    expect(stored.rows).toMatchObject([row])
    expect(stored.version).toBeTruthy()
  })

  test('with problems is not stored, and each is said at its row, also after a cell of several lines', async () => {
    const { act, deployment } = await opened()
    const rows = [{ ...row, eaches: '1\n2\n3' }, {}, { x12: '', unit: 'CASE' }, { x12: 'CA', unit: '' }]
    const answer = await act('api/table', change(rows), 'PUT')
    expect(answer.status).toBe(422)
    expect(answer.json<{ problems: { at: number }[] }>().problems.map(({ at }) => at)).toEqual([2, 3])
    expect(await deployment.tables.load('acumatica-sps-commerce')).toEqual({})
  })

  test('that somebody else changed meanwhile is not overwritten', async () => {
    const { act } = await opened()
    await act('api/table', change([row]), 'PUT')
    const answer = await act('api/table', change([{ ...row, unit: 'PIECE' }]), 'PUT')
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('somebody else')])
  })
})

describe('the page', () => {
  test('has less than 60 KB of script and asks nobody but its own server', async () => {
    const files = await pageFiles()
    const script = Buffer.from(files['main.js']?.body ?? []).toString()
    expect(script.length).toBeLessThan(60 * 1024)
    const all = Object.values(files).map(({ body }) => Buffer.from(body).toString())
    for (const text of all) expect(text.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\//)
  })

  const style = readFileSync(resolve(import.meta.dirname, '../../cli/console/page/style.css'), 'utf8')
  const [light = '', dark = ''] = style.split('prefers-color-scheme: dark')
  const coloursOf = (text: string) =>
    Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value ?? '']))

  test.each([
    ['light', coloursOf(light)],
    ['dark', coloursOf(dark)],
  ])('has text that can be read in %s: a contrast of 4.5 or more (WCAG 1.4.3)', (_name, colours) => {
    const grounds = ['ground', 'raised']
    const texts = ['text', 'quiet', 'link', 'good', 'warn', 'bad', 'fresh']
    const low = grounds.flatMap((ground) =>
      texts
        .filter((text) => contrast(colours[text] ?? '', colours[ground] ?? '') < 4.5)
        .map((text) => `${text} on ${ground}`),
    )
    expect([
      ...low,
      ...(contrast(colours['on-main'] ?? '', colours.main ?? '') < 4.5 ? ['on-main on main'] : []),
    ]).toEqual([])
  })
})

/** Contrast of two colours as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    const [red = 0, green = 0, blue = 0] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
