import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionContext } from '../../cli/deployment/connection.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { type SignedOptions, showSigned } from '../../cli/webhook/signed.ts'
import type { ConnectionContext } from '../../lib/core/connection.ts'
import type { StateStore } from '../../lib/pipeline/state.ts'
import type { Settings } from '../../lib/systems/shipbob/settings.ts'
import { fingerprint } from '../../lib/systems/shipbob/signing-secret.ts'
import { subscriptionsOf } from '../../lib/systems/shipbob/subscriptions.ts'
import { closeAll } from '../systems/shipbob/server.ts'
import { webhookAccount } from '../systems/shipbob/webhook-account.ts'
import { memoryDeployment } from './memory-deployment.ts'

afterEach(closeAll)

const url = 'https://api.example.com/webhook/shipbob'

/** A deployment with a ShipBob, whose webhook's secret holds nothing yet. */
async function deployed(apiVersion = '2026-07', refused: string[] = []) {
  const shipbob = await webhookAccount(refused)
  const configFile = join(mkdtempSync(join(tmpdir(), 'ml-connector-')), 'config.json')
  const settings = { baseUrl: shipbob.url, authUrl: shipbob.url, apiVersion }
  const odoo = { baseUrl: 'https://erp.example.com', database: 'erp' }
  const config = {
    stage: 'test',
    customer: 'acme',
    connections: {
      odoo: { system: 'odoo', settings: odoo },
      shipbob: { system: 'shipbob', allowHosts: ['127.0.0.1'], settings },
    },
    integrations: { 'odoo-shipbob': { connections: { odoo: 'odoo', shipbob: 'shipbob' } } },
  }
  writeFileSync(configFile, JSON.stringify(config))
  let stored: string | undefined
  const order: string[] = []
  const deployment = memoryDeployment(({ operation, input }) => {
    if (input.SecretId === 'credentials') return { SecretString: JSON.stringify({ token: 'pat' }) }
    expect(input.SecretId).toBe('webhook secret')
    if (operation === 'PutSecretValue') {
      order.push(`stored, ${shipbob.stored.length} subscriptions`)
      stored = String(input.SecretString)
    }
    return stored === undefined ? {} : { SecretString: stored }
  })
  const state = { pausedUntil: async () => 0, pause: async () => undefined } as unknown as StateStore
  const webhook = { url, secretArn: 'webhook secret' }
  const queues = { url: 'shipbob', deadLettersUrl: 'dead', eventSourceMapping: 'mapping' }
  const connection = { ...queues, system: 'shipbob', secretArn: 'credentials', webhook }
  const parts = { ...deployment, state, configFile, connections: { ...deployment.connections, shipbob: connection } }
  const context = connectionContext('shipbob', parts) as ConnectionContext<Settings>
  const wanted = ['shipment', 'receiving-progress', 'customer-return', 'service-invoice']
  const command = async (options: SignedOptions = {}) => {
    const terminal = collectingTerminal()
    const subscriptions = subscriptionsOf({ ...context, wanted })
    const code = await showSigned('shipbob', connection, subscriptions, parts, options, terminal)
    return { code, printed: terminal.printed() }
  }
  const secret = () => JSON.parse(stored ?? '{}') as { current?: string; previous?: string }
  return { ...shipbob, command, secret, order }
}

describe('webhook of a system that signs', () => {
  test('shows the URL without any secret, and what lacks; nothing is changed', async () => {
    const { command, stored, order } = await deployed()
    const { code, printed } = await command()
    expect(code).toBe(1)
    expect(printed.split('\n')[0]).toBe(url)
    expect(printed).toContain('Nobody tells us of order.shipped')
    expect(printed).toContain('webhook shipbob --register')
    expect([stored, order]).toEqual([[], []])
  })

  test('--register stores a secret of ours first, subscribes with it, and shows it nowhere', async () => {
    const { command, stored, secret, order } = await deployed()
    const { code, printed } = await command({ register: true })
    expect(code).toBe(0)
    expect(order).toEqual(['stored, 0 subscriptions'])
    expect(stored).toEqual([
      expect.objectContaining({
        url,
        secret: secret().current,
        description: `ml-connector acme-test/shipbob key ${fingerprint(secret().current ?? '')}`,
      }),
    ])
    expect(printed).not.toContain(secret().current)
    expect((await command()).code).toBe(0)
  })

  test('--register again changes nothing', async () => {
    const { command, stored, secret, order } = await deployed()
    await command({ register: true })
    const before = secret()
    await command({ register: true })
    expect([secret(), stored.length, order.length]).toEqual([before, 1, 1])
  })

  test('a switched-off subscription is told, and made anew by --register', async () => {
    const { command, stored } = await deployed()
    await command({ register: true })
    if (stored[0]) stored[0].enabled = false
    const seen = await command()
    expect([seen.code, seen.printed]).toEqual([1, expect.stringContaining('switched off by ShipBob')])
    const repaired = await command({ register: true })
    expect([repaired.code, stored.map(({ id }) => id)]).toEqual([0, ['s2']])
  })

  test('--rotate accepts both secrets while there are two subscriptions, then the newer one only by --revoke', async () => {
    const { command, stored, secret, order } = await deployed()
    await command({ register: true })
    const first = secret().current
    const { printed } = await command({ rotate: true })
    expect(order.at(-1)).toBe('stored, 1 subscriptions')
    expect(secret().previous).toBe(first)
    expect(stored.map((one) => one.secret)).toEqual([secret().current])
    expect(printed).toContain('webhook shipbob --revoke')
    await command({ revoke: true })
    expect(secret()).toEqual({ current: stored[0]?.secret })
  })

  test('--rotate that was interrupted goes on with the secret it had stored', async () => {
    const { command, stored, secret, faults } = await deployed()
    await command({ register: true })
    const first = secret().current
    faults.push((seen) => (seen.method === 'POST' ? { status: 500 } : undefined))
    await expect(command({ rotate: true })).rejects.toThrow('500')
    const second = secret().current
    await command({ rotate: true })
    expect(secret()).toEqual({ current: second, previous: first })
    expect(stored.map((one) => one.secret)).toEqual([second])
  })

  test('a topic that an older version refuses is polled, and nothing is wrong', async () => {
    const { command } = await deployed('2026-01', ['wro.created', 'wro.updated', 'wro.completed'])
    const { code, printed } = await command({ register: true })
    expect(code).toBe(0)
    expect(printed).toContain('Polled only, since ShipBob does not tell of them: wro.created')
  })

  test('--json says the same without a secret', async () => {
    const { command, secret } = await deployed()
    const { printed } = await command({ register: true, json: true })
    expect(JSON.parse(printed)).toMatchObject({ connection: 'shipbob', url, right: true, standing: { lacking: [] } })
    expect(printed).not.toContain(secret().current)
  })
})
