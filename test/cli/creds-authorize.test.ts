import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorizeConnection } from '../../cli/creds/authorize.ts'
import { loopbackOf } from '../../cli/creds/listener.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { StateStore } from '../../lib/pipeline/state.ts'
import { app, oauthApp } from '../systems/shipbob/oauth-app.ts'
import { closeAll } from '../systems/shipbob/server.ts'
import { memoryDeployment } from './memory-deployment.ts'

afterEach(closeAll)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** A deployment with a ShipBob by OAuth, whose app sends the browser to `redirectUri`. */
async function deployed(redirectUri: string, over: Parameters<typeof oauthApp>[0] = {}, grant = 'oauth') {
  const server = await oauthApp(over)
  const configFile = join(mkdtempSync(join(tmpdir(), 'ml-connector-')), 'config.json')
  const settings = { baseUrl: server.url, authUrl: server.url, grant }
  writeFileSync(
    configFile,
    JSON.stringify({
      stage: 'test',
      customer: 'acme',
      connections: { shipbob: { system: 'shipbob', allowHosts: ['127.0.0.1'], settings } },
      integrations: {},
    }),
  )
  const secrets: Record<string, string> = { credentials: JSON.stringify({ ...app, redirectUri }) }
  const memory = memoryDeployment(({ operation, input }) => {
    const name = String(input.SecretId)
    if (operation === 'PutSecretValue') secrets[name] = String(input.SecretString)
    return secrets[name] === undefined ? {} : { SecretString: secrets[name] }
  })
  const state = { lease: async () => true, release: async () => undefined } as unknown as StateStore
  const shipbob = {
    url: 'shipbob',
    deadLettersUrl: 'dead',
    eventSourceMapping: 'mapping',
    system: 'shipbob',
    secretArn: 'credentials',
    tokenSecretArn: 'tokens',
  }
  const deployment = { ...memory, state, configFile, connections: { ...memory.connections, shipbob } }
  const terminal = collectingTerminal()
  /** The address, once it is shown. */
  const shown = async (): Promise<string> => {
    for (;;) {
      const url = terminal
        .noted()
        .split('\n')
        .find((line) => line.startsWith(server.url))
      if (url && /Waiting|Paste/.test(terminal.noted())) return url
      await new Promise(setImmediate)
    }
  }
  const run = (lines: AsyncIterable<string> = nothing()) =>
    authorizeConnection('shipbob', deployment, {}, terminal, lines)
  const token = () => JSON.parse(secrets.tokens ?? 'null') as { refreshToken?: string } | null
  return { ...server, run, shown, token, terminal }
}

async function* nothing(): AsyncGenerator<string> {}

describe('creds authorize', () => {
  test('takes the answer at a redirect URI of this machine and stores the token', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
    const { run, shown, agree, token, terminal } = await deployed(redirectUri)
    const done = run()
    const page = await fetch(await agree(await shown()))
    expect(await page.text()).toContain('Consent was given')
    expect(await done).toBe(0)
    expect(token()).toMatchObject({ refreshToken: 'refresh-1' })
    expect(terminal.printed()).toContain('Granted: offline_access')
    expect(terminal.printed() + terminal.noted()).not.toMatch(/refresh-1|access-1|secret-of-app/)
  })

  test.each(['form', 'fragment'])('takes it as a %s as well', async (kind) => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
    const { run, shown, agree, token } = await deployed(redirectUri)
    const done = run()
    const fields = (await agree(await shown())).split('?')[1] ?? ''
    // With a fragment the server sees nothing; its page posts what it finds.
    if (kind === 'fragment') expect(await (await fetch(redirectUri)).text()).toContain('location.hash')
    await fetch(redirectUri, { method: 'POST', body: fields })
    expect(await done).toBe(0)
    expect(token()).toMatchObject({ refreshToken: 'refresh-1' })
  })

  test('goes on waiting after an answer that is not its own', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
    const { run, shown, agree, terminal } = await deployed(redirectUri)
    const done = run()
    const url = await shown()
    const forged = await fetch(`${redirectUri}?code=theirs&state=theirs`)
    expect([forged.status, await forged.text()]).toEqual([400, expect.stringContaining('another sign-in')])
    await fetch(await agree(url))
    expect(await done).toBe(0)
    expect(terminal.noted()).toContain('another sign-in')
  })

  test("takes a pasted address where the redirect URI is another machine's", async () => {
    const { run, shown, agree, token } = await deployed('https://app.example.com/cb')
    async function* typed() {
      yield 'what?'
      yield await agree(await shown())
    }
    expect(await run(typed())).toBe(0)
    expect(token()).toMatchObject({ refreshToken: 'refresh-1' })
  })

  test('says which scopes are needed and were not granted', async () => {
    const { run, shown, agree, terminal } = await deployed('https://app.example.com/cb', { grants: 'channels_read' })
    async function* typed() {
      yield await agree(await shown())
    }
    expect(await run(typed())).toBe(1)
    expect(terminal.printed()).toContain('Not granted, and needed: locations_read, webhooks_read, webhooks_write')
  })

  test('ends where nothing is pasted, and where the connection has a personal token', async () => {
    const pasted = await deployed('https://app.example.com/cb')
    await expect(pasted.run()).rejects.toThrow('no address was pasted')
    const personal = await deployed('https://app.example.com/cb', {}, 'token')
    await expect(personal.run()).rejects.toThrow('needs no consent')
  })
})

test('only plain http to this machine is listened at', () => {
  expect(loopbackOf('http://127.0.0.1:8976/callback')).toEqual({ host: '127.0.0.1', port: 8976, path: '/callback' })
  expect(loopbackOf('http://localhost:1/')).toMatchObject({ host: 'localhost' })
  expect(loopbackOf('https://127.0.0.1/cb')).toBeUndefined()
  expect(loopbackOf('http://erp.local:8976/cb')).toBeUndefined()
})
