import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RotateOptions, rotateKey } from '../../cli/creds/rotate.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { createClient } from '../../lib/systems/odoo/client.ts'
import { settings } from '../../lib/systems/odoo/settings.ts'
import { type SandboxOdoo, start } from '../../sandbox/systems/odoo/index.ts'
import { memoryConnection } from '../support/connection.ts'
import { memoryDeployment } from './memory-deployment.ts'

let odoo: SandboxOdoo
beforeAll(async () => {
  odoo = await start({ version: 19 })
})
afterAll(() => odoo.close())

/** A deployment whose Odoo signs in with the sandbox's own key, and a new key of a user. */
async function deployed(uid = odoo.credentials.uid) {
  const newKey = `new-key-of-${uid}-${Math.trunc(performance.now() * 1000)}`
  odoo.addKey(uid, { name: newKey, key: newKey, scope: 'rpc' })
  const given = { baseUrl: odoo.url, database: odoo.database, timeZone: 'UTC' }
  const configFile = join(mkdtempSync(join(tmpdir(), 'ml-connector-')), 'config.json')
  const sps = { system: 'sps-commerce', settings: {} }
  const integration = { connections: { odoo: 'odoo', 'sps-commerce': 'sps' }, flows: ['purchase-order-in'] }
  writeFileSync(
    configFile,
    JSON.stringify({
      stage: 'dev',
      customer: 'acme',
      connections: { odoo: { system: 'odoo', allowHosts: ['127.0.0.1'], settings: given }, sps },
      integrations: { 'odoo-sps-commerce': integration },
    }),
  )
  let stored: Record<string, string> = { login: 'connector', apiKey: odoo.credentials.apiKey }
  const memory = memoryDeployment(({ operation, input }) => {
    if (operation === 'PutSecretValue') stored = JSON.parse(String(input.SecretString))
    return { SecretString: JSON.stringify(stored) }
  })
  const state = { pausedUntil: async () => 0 } as unknown as typeof memory.state
  const connection = { ...memory.connections.acumatica, system: 'odoo', secretArn: 'secret' }
  const connections = { odoo: connection } as typeof memory.connections
  const rotate = async (key = newKey, options: RotateOptions = {}) => {
    const terminal = collectingTerminal()
    const deployment = { ...memory, state, configFile, connections }
    const code = await rotateKey('odoo', deployment, options, terminal, async () => `${key}\n`)
    expect(terminal.printed() + terminal.noted()).not.toContain(newKey)
    return { code, printed: terminal.printed() }
  }
  /** What a worker with the secret as it is now can do. */
  const signsIn = async () => {
    const context = memoryConnection(settings.parse(given), stored)
    return (await createClient(context).open()).uid
  }
  return { rotate, signsIn, newKey, secret: () => stored, set: (value: Record<string, string>) => (stored = value) }
}

describe('creds rotate', () => {
  test('stores a key that may do all that the one in use may, and keeps that beside it', async () => {
    const { rotate, secret, signsIn, newKey } = await deployed()
    const { code, printed } = await rotate()
    expect(code).toBe(0)
    expect(secret()).toEqual({ login: 'connector', apiKey: newKey, previousApiKey: odoo.credentials.apiKey })
    expect(printed).toContain('creds rotate odoo --finish')
    expect(await signsIn()).toBe(odoo.credentials.uid)
  })

  test('a key that Odoo refuses changes nothing', async () => {
    const { rotate, secret } = await deployed()
    const before = secret()
    const { code, printed } = await rotate('mistyped-key')
    expect([code, secret()]).toEqual([1, before])
    expect(printed).toContain('Nothing was changed')
    expect(printed).not.toContain('mistyped-key')
  })

  test('a key of a user who may do less changes nothing, and says what is lost', async () => {
    const uid = odoo.addUser({
      login: `weak-${performance.now()}`,
      name: 'Weak',
      password: 'weak-password',
      groups: [],
    })
    const { rotate, secret } = await deployed(uid)
    const before = secret()
    const { code, printed } = await rotate()
    expect([code, secret()]).toEqual([1, before])
    expect(printed).toMatch(/fail {2}rights/)
    expect(printed).toContain("the key in use is another user's")
  })

  test('again with the same key changes nothing', async () => {
    const { rotate, secret } = await deployed()
    await rotate()
    const before = secret()
    expect((await rotate()).printed).toContain('the key in use')
    expect(secret()).toEqual(before)
  })

  test('goes on where the key in use has ended already', async () => {
    const { rotate, secret, set, newKey } = await deployed()
    set({ login: 'connector', apiKey: 'ended-key' })
    expect((await rotate()).code).toBe(0)
    expect(secret()).toMatchObject({ apiKey: newKey, previousApiKey: 'ended-key' })
  })

  test('--finish keeps the new key alone, and only where it works by itself', async () => {
    const { rotate, secret, set, newKey } = await deployed()
    await rotate()
    expect((await rotate('', { finish: true })).code).toBe(0)
    expect(secret()).toEqual({ login: 'connector', apiKey: newKey })
    expect((await rotate('', { finish: true })).printed).toContain('nothing to finish')
    const broken = { apiKey: 'ended-key', previousApiKey: newKey, login: 'connector' }
    set(broken)
    expect((await rotate('', { finish: true })).code).toBe(1)
    expect(secret()).toEqual(broken)
  })

  test('--json tells the outcome and the checks', async () => {
    const { rotate } = await deployed()
    const { printed } = await rotate(undefined, { json: true })
    expect(JSON.parse(printed)).toMatchObject({ connection: 'odoo', done: 'rotated' })
  })
})
