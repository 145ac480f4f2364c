import { showWebhook, type WebhookOptions } from '../../cli/commands/webhook.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { activeSecrets } from '../../lib/pipeline/hint-secret.ts'
import { memoryDeployment } from './memory-deployment.ts'

const first = 'a'.repeat(64)

/** A deployment with an Odoo whose webhook's secret holds this text. */
function deployed(text: string | undefined = JSON.stringify({ current: first })) {
  let stored = text
  const deployment = memoryDeployment(({ operation, input }) => {
    expect(input.SecretId).toBe('webhook secret')
    if (operation === 'PutSecretValue') stored = String(input.SecretString)
    return stored === undefined ? {} : { SecretString: stored }
  })
  const webhook = { url: 'https://api.example.com/webhook/odoo', secretArn: 'webhook secret' }
  const odoo = {
    url: 'odoo',
    deadLettersUrl: 'dead',
    system: 'odoo',
    eventSourceMapping: 'mapping',
    secretArn: 'secret',
    webhook,
  }
  const connections = { ...deployment.connections, odoo }
  const command = async (options: WebhookOptions = {}, name = 'odoo') => {
    const terminal = collectingTerminal()
    expect(await showWebhook(name, { ...deployment, connections }, options, terminal)).toBe(0)
    return terminal.printed()
  }
  const json = async (options: WebhookOptions = {}) =>
    JSON.parse(await command({ ...options, json: true })) as { url: string; previousAccepted: boolean }
  return { command, json, active: () => activeSecrets(stored), calls: deployment.calls }
}

describe('webhook', () => {
  test('shows the whole URL and where in the system it goes, and changes nothing', async () => {
    const { command, calls } = deployed()
    const printed = await command()
    expect(printed.split('\n')[0]).toBe(`https://api.example.com/webhook/odoo/${first}`)
    expect(printed).toContain('Send Webhook Notification')
    expect(calls.map((c) => c.operation)).toEqual(['GetSecretValue'])
  })

  test('--rotate makes a new URL and leaves the one in use accepted, until --revoke', async () => {
    const { command, json, active } = deployed()
    const { url, previousAccepted } = await json({ rotate: true })
    const second = url.split('/').at(-1) ?? ''
    expect(second).toMatch(/^[\w-]{43}$/)
    expect([previousAccepted, active()]).toEqual([true, [second, first]])
    expect(await command()).toContain('webhook odoo --revoke')
    expect(await json({ revoke: true })).toMatchObject({ url, previousAccepted: false })
    expect(active()).toEqual([second])
  })

  test('--rotate twice ends the first one: two are accepted, never three', async () => {
    const { json, active } = deployed()
    await json({ rotate: true })
    await json({ rotate: true })
    expect(active()).toHaveLength(2)
    expect(active()).not.toContain(first)
  })

  test('makes a secret where there is none', async () => {
    const { json, active } = deployed('')
    await json()
    expect(active()).toHaveLength(1)
  })

  test('says so where a connection has none, or is asked for two things at once', async () => {
    const { command } = deployed()
    await expect(command({}, 'acumatica')).rejects.toThrow('acumatica has no webhook')
    await expect(command({}, 'odo')).rejects.toThrow('odoo')
    await expect(command({ rotate: true, revoke: true })).rejects.toThrow('first --rotate')
  })
})
