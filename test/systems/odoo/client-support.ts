import type { Json } from '../../../lib/core/exchange.ts'
import { Failure } from '../../../lib/core/failures.ts'
import { createHttp, type HttpRequest } from '../../../lib/core/http.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { type ProtocolName, type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import { secrets } from '../../../sandbox/systems/odoo/orm/base/users.ts'
import type { Environment } from '../../../sandbox/systems/odoo/orm/env.ts'
import { decodeCall } from '../../../sandbox/systems/odoo/wire/xml.ts'
import { memoryConnection } from '../../support/connection.ts'

/** Every protocol of every version in the sandbox. */
export const pairs: [18 | 19, ProtocolName][] = [
  [18, 'json-rpc'],
  [18, 'session'],
  [18, 'xml-rpc'],
  [19, 'json-2'],
  [19, 'json-rpc'],
  [19, 'session'],
  [19, 'xml-rpc'],
]

const open: SandboxOdoo[] = []
export const closeAll = async (): Promise<void> => {
  for (const odoo of open.splice(0)) await odoo.close()
}

/** A client of an empty sandbox, with everything a test may look at: what was sent, logged, and asked of the secret. */
export async function begin(version: 18 | 19, protocol: ProtocolName, over: Partial<Settings> = {}) {
  const odoo = await start({ version })
  open.push(odoo)
  const { login, apiKey, password } = odoo.credentials
  const secret = { login, apiKey, password }
  const settings = { ...schema.parse({ baseUrl: odoo.url, database: odoo.database, protocol }), ...over }
  const logged: string[] = []
  const log = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  let reads = 0
  const http = createHttp({ allowHosts: ['127.0.0.1'] })
  const sent: HttpRequest[] = []
  const connection = memoryConnection(settings, secret, {
    log: { info: log, warn: log, error: log },
    // The shortest waits.
    random: () => 0,
    http: {
      send: (request) => {
        sent.push(request)
        return http.send(request)
      },
    },
    secrets: {
      credentials: async () => {
        reads += 1
        return { ...secret }
      },
    },
  })
  const asked = () => odoo.requests.map(({ path }) => path)
  return {
    odoo,
    secret,
    settings,
    connection,
    client: createClient(connection),
    logged,
    secretReads: () => reads,
    asked,
    sent,
  }
}

/** The connector's key and password become these; a changed password ends the user's cookies. */
export function rotate(odoo: SandboxOdoo, { apiKey, password }: { apiKey: string; password: string }): void {
  const { uid } = odoo.credentials
  odoo.unlink(
    'res.users.apikeys',
    odoo.records('res.users.apikeys', [['user_id', '=', uid]]).map(({ id }) => id),
  )
  odoo.addKey(uid, { name: 'new', key: apiKey, scope: 'rpc' })
  odoo.sudo((env) => {
    const { transaction } = env as Environment
    const row = transaction.row('res.users', uid)
    if (row) transaction.put('res.users', { ...row, [secrets.password]: password })
  })
  odoo.expireSessions()
}

/** The context of a request, in whichever protocol. */
export function contextOf({ body }: HttpRequest): Json {
  const text = String(body)
  if (text.startsWith('<')) return (decodeCall(text).params[6] as { context: Json }).context
  const call = JSON.parse(text)
  return call.context ?? call.params.kwargs?.context ?? call.params.args[6].context
}

export const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof Failure) return error
  throw new Error(`no Failure, but ${String(error)}`)
}
/** A call that makes a contact of this name. */
export const partners = (name: string) => ({
  model: 'res.partner',
  method: 'create',
  args: { vals_list: [{ name, ref: name }] },
  writes: true,
})
export const count = { model: 'res.partner', method: 'search_count', args: { domain: [] }, writes: false }
