import type { ConnectionContext } from '../../core/connection.ts'
import { ConfigurationError, type Failure } from '../../core/failures.ts'
import { checked, clockLine, fail, linesOf, type PingLine, type PingWanted, pass, warn } from '../../core/ping.ts'
import { createClient, type OpenOdoo } from './client.ts'
import { companyLines } from './ping/company.ts'
import { fieldLines } from './ping/fields.ts'
import { keyLine } from './ping/key-expiry.ts'
import { needsOf } from './ping/needs.ts'
import { neutral, readUser } from './ping/neutral.ts'
import { ownDocumentsLines, rightLines } from './ping/rights.ts'
import { timeZoneLine } from './ping/time-zone.ts'
import type { Credentials, Settings } from './settings.ts'
import { knownVersions } from './versions.ts'

/**
 * Asks everything that has to be right before documents pass: server and version, sign-in, key expiry, clock, company,
 * language, installed apps, rights model by model, fields. Reads only. Ends where nobody gets in.
 */
export async function* ping(context: ConnectionContext<Settings>, wanted: PingWanted): AsyncGenerator<PingLine> {
  const { settings, clock } = context
  let odoo: OpenOdoo
  try {
    odoo = await createClient(context).open()
  } catch (error) {
    yield* linesOf(stepOf(error), error)
    return
  }
  yield serverLine(odoo, settings)
  const basics = [
    ...(await checked('sign-in', () => userLine(odoo, settings))),
    ...(await checked('company', () => companyLines(odoo, settings))),
    ...(await checked('language', () => languageLine(odoo, settings))),
  ]
  yield* basics
  // A company or language that Odoo does not take would fail everything else alike.
  if (basics.some(({ level }) => level === 'fail')) return
  yield* await checked('API key', async () =>
    keyLine(odoo, (await context.secrets.credentials()) as Credentials, settings, clock.now()),
  )
  yield* await checked('clock', async () =>
    clockLine(await odoo.serverNow(), (wanted.time ?? clock).now(), 'the days until the key ends are counted wrong'),
  )
  yield* await checked('time zone', () => timeZoneLine(odoo, settings))
  const needs = needsOf(wanted)
  yield* await checked('rights', () => rightLines(odoo, needs))
  yield* await checked('rights', () => ownDocumentsLines(odoo, needs))
  yield* await checked('fields', () => fieldLines(odoo, needs))
  if (wanted.reads.includes('stock-report'))
    yield* await checked('warehouses', () => warehouseLines(odoo, settings.stockWarehouses ?? []))
}

/** How far a sign-in came. */
function stepOf(error: unknown): string {
  const code = error instanceof ConfigurationError ? error.problems[0]?.code : (error as Partial<Failure>).code
  if (code === 'ODOO_DATABASE_UNKNOWN') return 'database'
  return beforeSignIn.has(code ?? '') ? 'server' : 'sign-in'
}

const beforeSignIn = new Set([
  ...['UNREACHABLE', 'HOST_NOT_ALLOWED', 'ODOO_NOT_FOUND', 'ODOO_REDIRECTED', 'ODOO_UNAVAILABLE', 'ODOO_UNREADABLE'],
  'ODOO_PROTOCOL_ABSENT',
])

function serverLine({ version, release, protocol }: OpenOdoo, { baseUrl }: Settings): PingLine {
  const what = `Odoo ${release} at ${baseUrl}, by ${protocol}`
  if (version < knownVersions.oldest || version > knownVersions.newest)
    return warn(
      'server',
      `${what}: a version that this connector was not tried with (${knownVersions.oldest} to ${knownVersions.newest})`,
      'Try it with a copy of the database first.',
    )
  return pass('server', what)
}

async function userLine(odoo: OpenOdoo, { database }: Settings): Promise<PingLine> {
  const [user] = await readUser(odoo, ['name', 'login'])
  return pass('sign-in', `${user?.name} (${user?.login}), user ${odoo.uid} of the database ${database}`)
}

async function languageLine(odoo: OpenOdoo, { language }: Settings): Promise<PingLine> {
  const search = { fields: ['code'], order: 'id', context: neutral }
  const rows = await odoo.searchRead('res.lang', [['active', '=', true]], search)
  const installed = rows.map(({ code }) => code)
  if (!installed.includes(language))
    return fail(
      'language',
      `${language} is not installed; there is ${installed.join(', ')}`,
      'Install it in Odoo (Settings, Translations), or take language out of the settings.',
    )
  return language === 'en_US'
    ? pass('language', language)
    : warn('language', `${language}: names of units and states are compared in this language`, 'Leave it at en_US.')
}

async function warehouseLines(odoo: OpenOdoo, codes: readonly string[]): Promise<PingLine[]> {
  const rows = await odoo.searchRead('stock.warehouse', [], { fields: ['code', 'name'], order: 'id' })
  const there = rows.map(({ code }) => String(code))
  const missing = codes.filter((code) => !there.includes(code))
  if (missing.length === 0) return [pass('warehouses', (codes.length > 0 ? codes : there).join(', '))]
  return [
    fail(
      'warehouses',
      `${missing.join(', ')} of stockWarehouses is not in Odoo; there is ${there.join(', ')}`,
      'Correct stockWarehouses in the settings of the connection.',
    ),
  ]
}
