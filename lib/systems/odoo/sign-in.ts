import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import { type Detected, detect } from './detect.ts'
import { errorOf } from './errors.ts'
import { json2 } from './protocol/json-2.ts'
import { jsonRpc, service } from './protocol/json-rpc.ts'
import type { Protocol } from './protocol/protocol.ts'
import { session, signIn } from './protocol/session.ts'
import { xmlRpc, xmlService } from './protocol/xml-rpc.ts'
import type { Credentials, Settings } from './settings.ts'
import type { Transport } from './transport.ts'

export interface SignedIn {
  protocol: Protocol
  version: number
  companies: readonly number[]
  uid: number
}

export interface SignIn {
  /** The sign-in of this client, made at the first call. */
  current(): Promise<SignedIn>
  /** Signs in anew with the secret as it is now. Throws Failure `unauthorised` where that is refused too. */
  again(): Promise<SignedIn>
  /** The server's clock as epoch milliseconds, whole seconds (odoo.md §4.4). */
  serverNow(): Promise<number>
}

export function createSignIn(context: ConnectionContext<Settings>, transport: Transport): SignIn {
  const { settings, secrets } = context
  let server: Promise<Detected> | undefined
  let signed: Promise<SignedIn> | undefined

  const detected = (): Promise<Detected> => {
    server ??= detect(settings, transport).catch((error: unknown) => {
      server = undefined
      throw error
    })
    return server
  }
  const attempt = async (fresh: boolean): Promise<SignedIn> => {
    const [found, given] = await Promise.all([detected(), secrets.credentials({ fresh })])
    return enter(found, given as Credentials, settings, transport)
  }
  const keep = (promise: Promise<SignedIn>): Promise<SignedIn> => {
    signed = promise
    promise.catch(() => {
      if (signed === promise) signed = undefined
    })
    return promise
  }
  return {
    current: () =>
      signed ??
      keep(
        attempt(false).catch((error: unknown) => {
          // The cached secret may be the one before a rotation.
          if (error instanceof Failure && error.class === 'unauthorised') return attempt(true)
          throw error
        }),
      ),
    again: () => keep(attempt(true)),
    serverNow: async () => {
      const { clock } = await detected()
      return clock()
    },
  }
}

async function enter(
  { protocol: name, version }: Detected,
  given: Credentials,
  settings: Settings,
  transport: Transport,
): Promise<SignedIn> {
  const { send } = transport
  const { database } = settings
  if (name === 'json-2') {
    const key = given.apiKey ?? missing('apiKey', 'JSON-2 takes an API key and no password')
    const protocol = json2(send, database, key)
    const uid = await whoAmI(protocol)
    return { protocol, version, uid, companies: await companiesOf(protocol, uid, settings) }
  }
  const login = given.login ?? missing('login', `${name} needs the login beside the key or password`)
  if (name === 'session') {
    const password = given.password ?? missing('password', 'the cookie sign-in takes a password and no API key')
    const enterOnce = async () => {
      const entered = await signIn(send, database, login, password)
      if ('fault' in entered) throw errorOf(entered.fault, { what: 'sign-in', writes: false })
      return entered
    }
    const { cookie, uid } = await enterOnce()
    const protocol = session(send, cookie, async () => (await enterOnce()).cookie)
    return { protocol, version, uid, companies: await companiesOf(protocol, uid, settings) }
  }
  const secret = given.apiKey ?? given.password ?? missing('apiKey', 'an API key or a password is needed')
  const args: Json[] = [database, login, secret, {}]
  const call = name === 'json-rpc' ? service : xmlService
  const answer = await call(send, 'common', 'authenticate', args, false)
  if ('fault' in answer) throw errorOf(answer.fault, { what: 'sign-in', writes: false })
  // Wrong password, unknown login, expired key: false, and no fault (odoo.md §2.1).
  if (typeof answer.result !== 'number')
    throw new Failure('unauthorised', 'ODOO_UNAUTHORISED', 'sign-in: Odoo refuses login or API key.')
  const uid = answer.result
  const protocol = name === 'json-rpc' ? jsonRpc(send, database, uid, secret) : xmlRpc(send, database, uid, secret)
  return { protocol, version, uid, companies: await companiesOf(protocol, uid, settings) }
}

async function whoAmI(protocol: Protocol): Promise<number> {
  const answer = await protocol.call({
    model: 'res.users',
    method: 'context_get',
    args: {},
    context: {},
    writes: false,
  })
  if ('fault' in answer) throw errorOf(answer.fault, { what: 'res.users.context_get', writes: false })
  return Number((answer.result as { uid?: Json }).uid)
}

/** The configured companies; else the user's own: without any, Odoo reads all and computes for one (odoo.md §10). */
async function companiesOf(protocol: Protocol, uid: number, settings: Settings): Promise<readonly number[]> {
  if (settings.companies) return settings.companies
  const args = { fields: ['company_id'], load: '' }
  const call = { model: 'res.users', method: 'read', ids: [uid], args, context: {}, writes: false }
  const answer = await protocol.call(call)
  if ('fault' in answer) throw errorOf(answer.fault, { what: 'res.users.read', writes: false })
  const [user] = answer.result as { company_id?: Json }[]
  const company = Array.isArray(user?.company_id) ? user.company_id[0] : user?.company_id
  if (typeof company === 'number') return [company]
  throw new ConfigurationError([
    {
      code: 'ODOO_COMPANY_UNKNOWN',
      message: 'The user has no company; name it in companies.',
      path: 'settings.companies',
    },
  ])
}

const missing = (field: string, message: string): never => {
  throw new ConfigurationError([
    { code: 'ODOO_CREDENTIALS_INCOMPLETE', message: `${message}.`, path: `credentials.${field}` },
  ])
}
