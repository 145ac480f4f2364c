import { parseConfig } from '../../../lib/config/config.ts'
import { ConfigurationError } from '../../../lib/core/failures.ts'
import { credentials, settings } from '../../../lib/systems/odoo/settings.ts'

const given = { baseUrl: 'https://acme.odoo.com', database: 'acme' }

/** What a person is told of a configuration with this connection: path and message of every problem. */
function told(connection: object): string[] {
  const config = {
    stage: 'dev',
    customer: 'acme',
    connections: { odoo: { system: 'odoo', settings: connection } },
    integrations: {},
  }
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
}

describe('settings of an Odoo connection', () => {
  test('are an address and a database; everything else has its default', () => {
    expect(told(given)).toEqual([])
    expect(settings.parse(given)).toMatchObject({ ...given, protocol: 'auto', language: 'en_US', pageSize: 500 })
  })

  test.each(['https://erp.example.com/', 'http://10.0.0.7:8069', 'https://acme.odoo.com///'])('take %s', (baseUrl) => {
    expect(settings.parse({ ...given, baseUrl }).baseUrl).toBe(baseUrl.replace(/\/+$/, ''))
  })

  test.each([
    'https://acme.odoo.com/web',
    'https://acme.odoo.com/odoo/sales',
    'https://acme.odoo.com/jsonrpc',
    'https://acme.odoo.com/xmlrpc/2/object',
    'https://acme.odoo.com/?db=acme',
    'https://acme.odoo.com/#home',
  ])('stop after the host: %s', (baseUrl) => {
    expect(told({ ...given, baseUrl })).toEqual([
      'connections.odoo.settings.baseUrl: stop after the host: /odoo, /web, /jsonrpc, /xmlrpc and /json are added as needed',
    ])
  })

  test.each([
    [{ ...given, baseUrl: 'acme.odoo.com' }, /^connections\.odoo\.settings\.baseUrl: write the URL of the Odoo server/],
    [{ ...given, baseUrl: 'ftp://acme.odoo.com' }, /baseUrl: write the URL of the Odoo server/],
    [{ database: 'acme' }, /baseUrl: write the URL of the Odoo server/],
    [{ baseUrl: given.baseUrl }, /^connections\.odoo\.settings\.database: write the name of the database/],
    [{ ...given, database: '' }, /database: write the name of the database/],
    [{ ...given, protocol: 'soap' }, /protocol: .*"json-2"\|"json-rpc"\|"session"\|"xml-rpc"/],
    [{ ...given, companies: ['Acme'] }, /companies\[0\]: .*number/],
    [{ ...given, databse: 'acme' }, /"databse"/],
  ])('tell what is wrong with %j', (connection, message) => {
    const problems = told(connection)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(message)
  })
})

describe('credentials', () => {
  test.each([[{ login: 'connector', apiKey: 'key' }], [{ apiKey: 'key' }], [{ login: 'connector', password: 'word' }]])(
    'may be %j',
    (secret) => {
      expect(credentials.safeParse(secret).success).toBe(true)
    },
  )

  test('need a key or a password', () => {
    const { error } = credentials.safeParse({ login: 'connector' })
    expect(error?.issues).toMatchObject([{ path: ['apiKey'], message: expect.stringContaining('give an API key') }])
  })

  test('tell no value', () => {
    const { error } = credentials.safeParse({ login: 'connector', apikey: 'a-secret-value', password: 7 })
    expect(JSON.stringify(error?.issues)).not.toContain('a-secret-value')
  })
})
