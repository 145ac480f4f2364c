import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pingDeployment } from '../../cli/commands/ping.ts'
import { main } from '../../cli/program.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { start as startAcumatica } from '../../sandbox/systems/acumatica/index.ts'
import { type SandboxOdoo, start as startOdoo } from '../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../sandbox/systems/shared/clock.ts'
import { type SpsSandbox, sandboxKeys, start as startSps } from '../../sandbox/systems/sps-commerce/index.ts'
import { memoryDeployment } from './memory-deployment.ts'

let directory: string
let odoo: SandboxOdoo
let sps: SpsSandbox

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-ping-'))
  odoo = await startOdoo({ version: 19 })
  sps = await startSps({ clock: createSandboxClock(undefined, Date.now()) })
})
afterAll(async () => {
  await odoo.close()
  await sps.close()
  rmSync(directory, { recursive: true, force: true })
})

const file = (name: string, content: object): string => {
  const path = join(directory, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const config = (flows: string[]) =>
  file('config.json', {
    stage: 'dev',
    customer: 'acme',
    connections: {
      odoo: {
        system: 'odoo',
        allowHosts: ['127.0.0.1'],
        settings: { baseUrl: odoo.url, database: odoo.database, timeZone: 'America/Chicago' },
      },
      sps: {
        system: 'sps-commerce',
        allowHosts: ['127.0.0.1'],
        settings: { baseUrl: sps.url, tokenUrl: `${sps.url}/authorization/v1/token` },
      },
      later: { system: 'odoo', enabled: false, settings: { baseUrl: 'https://later.odoo.com', database: 'later' } },
    },
    integrations: { 'odoo-sps-commerce': { connections: { odoo: 'odoo', 'sps-commerce': 'sps' }, flows } },
  })

const secrets = (apiKey = odoo.credentials.apiKey) => file('secrets.json', { odoo: { apiKey }, sps: sandboxKeys })

async function ping(...args: string[]) {
  const terminal = collectingTerminal()
  return { code: await main(['ping', ...args], terminal), printed: terminal.printed(), noted: terminal.noted() }
}

describe('ping of a configuration', () => {
  test('asks every connection that is switched on for what its flows need', async () => {
    const flows = ['purchase-order-in', 'purchase-order-out', 'inventory-in']
    const { code, printed } = await ping('--config', config(flows), '--secrets', secrets())
    expect(code).toBe(0)
    expect(printed).toMatch(/^odoo \(odoo\)$/m)
    expect(printed).toMatch(/^ {2}pass {2}rights: sale\.order +read, create, write$/m)
    expect(printed).not.toContain('account.move')
    expect(printed).toMatch(/^ {2}pass {2}read: purchase-orders/m)
    expect(printed).not.toContain('read: shipments')
    expect(printed).not.toContain('later')
    // Only a report's figures would be written there, where the settings say so.
    expect(printed).toMatch(/^ {2}pass {2}rights: product\.product +read; not write/m)
    expect(printed).toMatch(/\d+ checks, 0 failed, 0 warnings$/)
    expect(printed).not.toContain(odoo.credentials.apiKey)
  })

  test('ends with 1 where a check failed, and says what to do', async () => {
    const { code, printed } = await ping('odoo', '--config', config(['invoice-out']), '--secrets', secrets('wrong-key'))
    expect(code).toBe(1)
    expect(printed).toMatch(/^ {2}fail {2}sign-in/m)
    expect(printed).toContain('To do: ')
    expect(printed).not.toMatch(/sps|wrong-key/)
  })

  test('tells the same as JSON', async () => {
    const { code, printed } = await ping('odoo', '--config', config(['invoice-out']), '--secrets', secrets(), '--json')
    expect(code).toBe(0)
    const { failed, warned, connections } = JSON.parse(printed)
    expect([failed, warned]).toEqual([0, 0])
    expect(connections).toEqual([
      {
        connection: 'odoo',
        system: 'odoo',
        checks: expect.arrayContaining([expect.objectContaining({ level: 'pass' })]),
      },
    ])
  })

  test.each([
    ['a connection that is not there', () => ['odo', '--config', config([]), '--secrets', secrets()], /odoo/],
    ['secrets of a deployment', () => ['--secrets', secrets()], /--secrets belongs to/],
    ['credentials that are missing', () => ['--config', config([])], /ML_CONNECTOR_SECRET_ODOO/],
  ])('is wrong use with %s', async (_, args, message) => {
    const { code, noted } = await ping(...args())
    expect(code).toBe(2)
    expect(noted).toMatch(message)
  })
})

test('of a deployment, a token that a system issues is kept where its workers find it', async () => {
  const acumatica = await startAcumatica()
  const { clientId, clientSecret, refreshToken } = acumatica.credentials
  const stored = new Map([['secret', JSON.stringify({ clientId, clientSecret, refreshToken })]])
  const deployment = memoryDeployment(({ operation, input }) => {
    const id = String(input.SecretId)
    if (operation === 'PutSecretValue') stored.set(id, String(input.SecretString))
    return { SecretString: stored.get(id) ?? '{}' }
  })
  const connection = { ...deployment.connections.acumatica, tokenSecretArn: 'tokens' }
  const state = { pausedUntil: async () => 0, lease: async () => true, release: async () => undefined }
  const config = file('deployed.json', {
    stage: 'dev',
    customer: 'acme',
    connections: {
      acumatica: {
        system: 'acumatica',
        allowHosts: ['127.0.0.1'],
        settings: { baseUrl: acumatica.url, endpoint: { version: '24.200.001' } },
      },
    },
    integrations: {},
  })
  const terminal = collectingTerminal()
  const code = await pingDeployment(
    undefined,
    { ...deployment, state: state as never, connections: { acumatica: connection as never } },
    { config },
    terminal,
  )
  await acumatica.close()
  expect(terminal.printed()).toMatch(/pass {2}endpoint/)
  expect(code).toBe(0)
  expect(JSON.parse(stored.get('tokens') ?? '{}')).toMatchObject({ accessToken: expect.any(String) })
})
