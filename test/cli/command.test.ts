import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { explain } from '../../cli/exit.ts'
import { main } from '../../cli/program.ts'
import { secretsFor } from '../../cli/run/secrets.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { parseConfig } from '../../lib/config/config.ts'
import { ConfigurationError, Failure } from '../../lib/core/failures.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-cli-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const file = (name: string, content: string | Buffer): string => {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}
const command = async (...args: string[]) => {
  const terminal = collectingTerminal()
  return { code: await main(args, terminal), out: terminal.printed(), err: terminal.noted() }
}
const preview = (flow: string, path: string, ...more: string[]) =>
  command('preview', 'acumatica-sps-commerce', flow, path, ...more)

describe('the command', () => {
  test('lists its commands and its exit codes', async () => {
    const { code, out } = await command('--help')
    expect(code).toBe(0)
    for (const name of ['run', 'preview', 'invoke', 'trace', 'tables', 'redrive', 'replay', 'errors', 'Exit codes'])
      expect(out).toContain(name)
  })

  test.each(['run', 'preview', 'invoke', 'trace', 'tables', 'redrive', 'replay', 'errors'])(
    '%s explains itself, with its exit codes',
    async (name) => {
      const { code, out } = await command(...(name === 'tables' ? [name, 'import'] : [name]), '--help')
      expect(code).toBe(0)
      expect(out).toContain('--json')
      expect(out).toContain('Exit codes')
    },
  )

  test.each([
    [['previw'], 'Did you mean preview?'],
    [['trace'], "missing required argument 'id'"],
    [['preview', 'acumatica-sps-commerce', 'purchase-order', 'x.json'], '--tables <dir>'],
    [['run', '--limit', 'soon'], 'write a number of seconds'],
    [['run', '--api-style', 'ftp'], 'Allowed choices are fulfillment, transactions'],
  ])('%j is wrong use, and says so', async (args, message) => {
    const { code, err } = await command(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  test.each([
    [['tables', 'columns', 'acumatica-sps'], 'did you mean "acumatica-sps-commerce"?'],
    [['trace', '4711', '--state', '/nowhere/at/all'], '/nowhere/at/all holds no run'],
    [['errors', '--state', 'x', '--stack', 'y'], 'name a state directory or a stack, not both'],
    [['errors', '--region', 'eu-west-1'], 'belong to a deployed stack'],
    [['errors', '--outputs', '/nowhere/outputs.json'], 'there is no file /nowhere/outputs.json'],
    [['invoke', 'map', '/nowhere/event.json'], 'there is no file /nowhere/event.json'],
    [['run', '--config', '/nowhere/config.json'], 'there is no such file'],
  ])('%j is told in words, without a stack trace', async (args, message) => {
    const { code, err } = await command(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(err).not.toMatch(/^ +at /m)
  })

  test('with --json tells an error as JSON too', async () => {
    const { code, out } = await command('trace', '4711', '--state', '/nowhere/at/all', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(out).error.message).toContain('holds no run')
  })

  test('as a process prints results to standard output and errors to standard error', async () => {
    const run = promisify(execFile)
    const path = resolve('cli/main.ts')
    const { stdout, stderr } = await run(process.execPath, [path, '--version'])
    expect([stdout.trim(), stderr]).toEqual(['0.1.0', ''])
    const failed = await run(process.execPath, [path, 'trace', '1', '--state', directory]).catch((error) => error)
    expect(failed).toMatchObject({ code: 2, stdout: '' })
    expect(failed.stderr).toContain('holds no run')
  })
})

describe('preview of what cannot be previewed', () => {
  const tables = () => ['--tables', resolve('events/tables')]

  test('names the flow that was meant', async () => {
    const { code, err } = await preview('purchase-ordr', 'x.json', ...tables())
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean "purchase-order"?')])
  })

  test('says what is wrong with the file', async () => {
    const wrong = [
      ['/nowhere/order.json', 'there is no file'],
      [directory, 'is a directory'],
      [file('empty.json', ' '), 'is empty'],
      [file('torn.json', '{"Header": '), 'is neither JSON nor XML'],
      [file('latin.json', Buffer.from('{"a":"\xe9"}', 'latin1')), 'is not UTF-8'],
    ] as const
    for (const [path, message] of wrong) {
      const { code, err } = await preview('purchase-order', path, ...tables())
      expect([code, err]).toEqual([2, expect.stringContaining(message)])
    }
  })

  test('names a missing directory of tables', async () => {
    const { code, err } = await preview('purchase-order', file('o.json', '{}'), '--tables', '/nowhere/tables')
    expect([code, err]).toEqual([2, expect.stringContaining('there is no file or directory /nowhere/tables')])
  })
})

describe('tables check', () => {
  test('names every problem of every file, with its line, and ends with 1', async () => {
    const partners = file('partners.csv', 'tradingPartner,customer\n3F1,\n')
    const songs = file('songs.csv', 'title\n')
    const { code, out } = await command('tables', 'check', 'acumatica-sps-commerce', partners, songs, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).problems.map((p: { code: string; path: string }) => [p.code, p.path])).toEqual([
      ['CSV_VALUE_MISSING', `${partners}:2`],
      ['CSV_TABLE_UNKNOWN', songs],
    ])
  })

  test('of good files prints their versions and the command that comes next', async () => {
    const good = file('units.csv', 'x12,unit\nCA,CASE\n')
    const { code, out } = await command('tables', 'check', 'acumatica-sps-commerce', good)
    expect(code).toBe(0)
    expect(out).toMatch(/units {2,}[0-9a-f]{8} {2,}1/)
    expect(out).toContain('tables import acumatica-sps-commerce')
  })
})

describe('an error', () => {
  test.each([
    ['in the configuration', 2, new ConfigurationError([{ code: 'CONFIGURATION', message: 'no', path: 'stage' }])],
    ['of a system', 3, new Failure('transient', 'UNREACHABLE', 'GET erp.example.com: ECONNREFUSED')],
    ['of credentials', 3, Object.assign(new Error('expired'), { name: 'CredentialsProviderError' })],
    ['of the network', 3, Object.assign(new Error(''), { errors: [{ code: 'ECONNREFUSED' }] })],
    ['of our own', 70, new TypeError('x is not a function')],
  ])('%s has the exit code %i', (_what, code, error) => {
    expect(explain(error).code).toBe(code)
  })
})

describe('credentials for a run', () => {
  const config = parseConfig({
    stage: 'dev',
    customer: 'acme',
    connections: { sps: { system: 'sps-commerce' }, old: { system: 'sps-commerce', enabled: false } },
    integrations: {},
  })
  const good = { clientId: 'id', clientSecret: 'very secret' }

  test('come from the file or from the environment, and only where they are needed', () => {
    const secrets = file('secrets.json', JSON.stringify({ sps: good }))
    expect(secretsFor(config, secrets, {}, () => false)).toEqual({ sps: good })
    expect(secretsFor(config, undefined, { ML_CONNECTOR_SECRET_SPS: JSON.stringify(good) }, () => false)).toEqual({
      sps: good,
    })
    expect(secretsFor(config, undefined, {}, (name) => name === 'sps')).toEqual({})
  })

  test('that are missing or wrong are named, and never shown', () => {
    const told = (work: () => unknown): string => {
      try {
        work()
        return ''
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(told(() => secretsFor(config, undefined, {}, () => false))).toContain('ML_CONNECTOR_SECRET_SPS')
    const wrong = file('wrong.json', JSON.stringify({ sps: { clientId: 'id', clientsecret: 'very secret' } }))
    expect(told(() => secretsFor(config, wrong, {}, () => false))).toContain('sps.clientSecret')
    const torn = file('torn-secrets.json', '{"sps": {"clientSecret": "very secret"')
    for (const path of [wrong, torn])
      expect(told(() => secretsFor(config, path, {}, () => false))).not.toContain('very secret')
  })
})
