import type { ConnectionContext } from '../../core/connection.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import { type Detected, detect } from './detect.ts'
import { databaseUnknown, errorOf } from './errors.ts'
import { protocolFor } from './protocol/choose.ts'
import { json2 } from './protocol/json-2.ts'
import { jsonRpc, service } from './protocol/json-rpc.ts'
import { isObject, type Protocol, type ProtocolCall } from './protocol/protocol.ts'
import { session, signIn } from './protocol/session.ts'
import { xmlRpc, xmlService } from './protocol/xml-rpc.ts'
import { type Credentials, credentials, type Settings } from './settings.ts'
import type { Line } from './transport.ts'

export interface SignedIn {
  protocol: Protocol
  version: number
  /** As the server tells it: "18.0+e-20241005". */
  release: string
  companies: readonly number[]
  uid: number
  /** A text of the server without the secrets it may quote. */
  conceal(text: string): string
}

export interface SignIn {
  /** The sign-in of this client, made at the first call. */
  current(line: Line): Promise<SignedIn>
  /**
   * A sign-in with the secret as it is now, in place of one that was refused. Throws Failure `unauthorised` where
   * that is refused too.
   */
  again(line: Line, refused: SignedIn): Promise<SignedIn>
  /** The server's clock as epoch milliseconds, whole seconds (odoo.md §4.4). */
  serverNow(line: Line): Promise<number>
}

/** Detection and sign-in, each once for all calls that wait for it. */
export function createSignIn({ settings, secrets, log }: ConnectionContext<Settings>): SignIn {
  let server: Promise<Detected> | undefined
  let signed: Promise<SignedIn> | undefined
  let renewing: Promise<SignedIn> | undefined

  const detected = (line: Line): Promise<Detected> => {
    server ??= detect(line).catch((error: unknown) => {
      server = undefined
      throw error
    })
    return server
  }
  const attempt = async (line: Line, fresh: boolean): Promise<SignedIn> => {
    const [found, given] = await Promise.all([detected(line), secrets.credentials({ fresh })])
    const { previousApiKey, ...current } = checked(given)
    try {
      return await enter(found, current, settings, line)
    } catch (error) {
      // While a key is being replaced either may be the one that Odoo takes.
      const refused = error instanceof Failure && error.class === 'unauthorised' && settings.protocol !== 'session'
      if (!refused || previousApiKey === undefined || current.apiKey === undefined) throw error
      const signed = await enter(found, { ...current, apiKey: previousApiKey }, settings, line)
      log.warn('Odoo refuses the new API key; the one before is used')
      return signed
    }
  }
  const keep = (promise: Promise<SignedIn>): Promise<SignedIn> => {
    signed = promise
    promise.catch(() => {
      if (signed === promise) signed = undefined
    })
    return promise
  }
  const current = (line: Line): Promise<SignedIn> =>
    signed ??
    keep(
      attempt(line, false).catch((error: unknown) => {
        // The cached secret may be the one before a rotation.
        if (error instanceof Failure && error.class === 'unauthorised') return attempt(line, true)
        throw error
      }),
    )
  return {
    current,
    again: async (line, refused) => {
      // Another call may have signed in anew already, or be about to.
      const known = await signed?.catch(() => undefined)
      if (known && known !== refused) return known
      renewing ??= keep(attempt(line, true)).finally(() => {
        renewing = undefined
      })
      return renewing
    },
    serverNow: async (line) => (await detected(line)).clock(line),
  }
}

function checked(given: Record<string, string>): Credentials {
  const parsed = credentials.safeParse(given)
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map(({ message, path }) => ({
      code: 'ODOO_CREDENTIALS_INCOMPLETE',
      message,
      path: ['credentials', ...path].join('.'),
    })),
  )
}

async function enter(
  { version, release }: Detected,
  given: Credentials,
  settings: Settings,
  line: Line,
): Promise<SignedIn> {
  const { protocol, uid } = await open(protocolFor(settings.protocol, version, given), given, settings, line)
  const companies = settings.companies ?? [await companyOf(uid, protocol, line)]
  return { protocol, version, release, uid, companies, conceal: concealer(given) }
}

/** Shorter ones are words of any text. */
const shortestSecret = 8

function concealer({ apiKey, password }: Credentials): SignedIn['conceal'] {
  const secrets = [apiKey ?? '', password ?? ''].filter((secret) => secret.length >= shortestSecret)
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text)
}

async function open(
  name: ReturnType<typeof protocolFor>,
  given: Credentials,
  { database }: Settings,
  { send }: Line,
): Promise<{ protocol: Protocol; uid: number }> {
  if (name === 'json-2') {
    const protocol = json2(database, given.apiKey ?? missing('apiKey', 'JSON-2 takes an API key and no password'))
    return { protocol, uid: await whoAmI(protocol, database, send) }
  }
  const login = given.login ?? missing('login', `${name} needs the login beside the key or password`)
  if (name === 'session') {
    const password = given.password ?? missing('password', 'the cookie sign-in takes a password and no API key')
    const entered = await signIn(send, { database, login, password })
    if ('fault' in entered) throw errorOf(entered.fault, { what: 'sign-in', writes: false })
    return { protocol: session(entered.cookie, { database, login, password }), uid: entered.uid }
  }
  const secret = given.apiKey ?? given.password ?? missing('apiKey', 'an API key or a password is needed')
  const call = name === 'json-rpc' ? service : xmlService
  const answer = await call(send, 'common', 'authenticate', [database, login, secret, {}], false)
  if ('fault' in answer) throw errorOf(answer.fault, { what: 'sign-in', writes: false })
  // Wrong password, unknown login, expired key: false, and no fault (odoo.md §2.1).
  if (typeof answer.result !== 'number')
    throw new Failure('unauthorised', 'ODOO_UNAUTHORISED', 'sign-in: Odoo refuses login, API key or password.')
  const uid = answer.result
  return { protocol: name === 'json-rpc' ? jsonRpc(database, uid, secret) : xmlRpc(database, uid, secret), uid }
}

async function whoAmI(protocol: Protocol, database: string, send: Line['send']): Promise<number> {
  const call = { model: 'res.users', method: 'context_get', args: {} }
  const answer = await ask(protocol, send, call, 'sign-in').catch((error: unknown) => {
    // The server is there, since it told its version.
    throw error instanceof ConfigurationError && error.problems[0]?.code === 'ODOO_NOT_FOUND'
      ? databaseUnknown(database)
      : error
  })
  const uid = isObject(answer) ? answer.uid : undefined
  if (typeof uid === 'number') return uid
  throw new Failure('transient', 'ODOO_UNREADABLE', 'sign-in: the answer names no user.')
}

/** The user's own company: without any, Odoo reads all and computes for one (odoo.md §10). */
async function companyOf(uid: number, protocol: Protocol, { send }: Line): Promise<number> {
  const args = { fields: ['company_id'], load: '' }
  const [user] = (await ask(protocol, send, { model: 'res.users', method: 'read', ids: [uid], args })) as {
    company_id?: unknown
  }[]
  if (typeof user?.company_id === 'number') return user.company_id
  throw new ConfigurationError([
    {
      code: 'ODOO_COMPANY_UNKNOWN',
      message: 'The user has no company; name it in companies.',
      path: 'settings.companies',
    },
  ])
}

async function ask(
  protocol: Protocol,
  send: Line['send'],
  call: Omit<ProtocolCall, 'context' | 'writes'>,
  what = `${call.model}.${call.method}`,
) {
  const answer = await protocol.call(send, { ...call, context: {}, writes: false })
  if ('fault' in answer) throw errorOf(answer.fault, { what, writes: false })
  return answer.result
}

const missing = (field: string, message: string): never => {
  throw new ConfigurationError([
    { code: 'ODOO_CREDENTIALS_INCOMPLETE', message: `${message}.`, path: `credentials.${field}` },
  ])
}
