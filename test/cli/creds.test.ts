import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setCredentials } from '../../cli/commands/creds.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { memoryDeployment } from './memory-deployment.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-creds-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const file = (content: string): string => {
  const path = join(directory, 'secret.json')
  writeFileSync(path, content)
  return path
}

describe('creds set', () => {
  test('stores what was checked and prints none of it', async () => {
    const deployment = memoryDeployment()
    const terminal = collectingTerminal()
    const value = { clientId: 'id@tenant', clientSecret: 'very secret', refreshToken: 'more secret' }
    expect(await setCredentials('acumatica', file(JSON.stringify(value)), deployment, {}, terminal)).toBe(0)
    expect(deployment.calls).toEqual([
      { operation: 'PutSecretValue', input: { SecretId: 'secret', SecretString: JSON.stringify(value) } },
    ])
    expect(terminal.printed() + terminal.noted()).not.toContain('secret"')
    expect(terminal.printed()).not.toContain('very secret')
  })

  test.each([
    ['{"clientId": "id@tenant"}', 'acumatica.clientSecret'],
    ['{"clientId": "id", "clientSecret": "very secret"}', 'acumatica.clientId: write <client id>@<tenant>'],
    ['{"clientSecret": "very secret"', 'is not JSON'],
  ])('of %s stores nothing and says what is wrong, never with a value', async (content, message) => {
    const deployment = memoryDeployment()
    const work = setCredentials('acumatica', file(content), deployment, {}, collectingTerminal())
    await expect(work).rejects.toThrow(message)
    await expect(work).rejects.not.toThrow('very secret')
    expect(deployment.calls).toEqual([])
  })
})
