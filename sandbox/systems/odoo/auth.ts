import { randomBytes } from 'node:crypto'
import type { Store } from '../shared/store.ts'
import type { Kernel } from './kernel.ts'
import { secrets } from './orm/base/users.ts'
import type { Row } from './orm/database.ts'
import { stamp } from './orm/stamps.ts'

/** Who may come in: passwords, API keys with scope and expiry, cookie sessions (odoo.md §2). */
export interface Auth {
  /** Password or key. */
  login(login: string, secret: string): number | undefined
  /** Password only: what the web client's login takes. */
  loginWithPassword(login: string, password: string): number | undefined
  isGood(uid: number, secret: string): boolean
  ofKey(key: string): number | undefined
  openSession(uid: number): string
  ofSession(session: string | undefined): number | undefined
  closeSession(session: string | undefined): void
  expireSessions(): void
}

export function createAuth(kernel: Kernel, store: Store): Auth {
  const rows = (model: string): Row[] => [...kernel.database.table(model).rows.values()]
  const isActive = (uid: number) => kernel.database.table('res.users').rows.get(uid)?.active === true
  const ofKey = (key: string): number | undefined => {
    const now = stamp(kernel.database.clock.now() * 1000)
    const row = rows('res.users.apikeys').find(
      ({ [secrets.key]: own, scope, expiration_date: end }) =>
        own === key && (!scope || scope === 'rpc') && !(typeof end === 'string' && end <= now),
    )
    return typeof row?.user_id === 'number' && isActive(row.user_id) ? row.user_id : undefined
  }
  const ofPassword = (uid: number, password: string): boolean =>
    password !== '' &&
    isActive(uid) &&
    kernel.database.table('res.users').rows.get(uid)?.[secrets.password] === password
  const named = (login: string) => rows('res.users').find((row) => row.login === login && row.active === true)?.id
  const isGood = (uid: number, secret: string) => ofPassword(uid, secret) || (secret !== '' && ofKey(secret) === uid)
  return {
    login: (login, secret) => {
      const uid = named(login)
      return uid !== undefined && isGood(uid, secret) ? uid : undefined
    },
    loginWithPassword: (login, password) => {
      const uid = named(login)
      return uid !== undefined && ofPassword(uid, password) ? uid : undefined
    },
    isGood,
    ofKey,
    openSession: (uid) => {
      const session = randomBytes(42).toString('base64url')
      store.put('odoo-sessions', session, uid)
      return session
    },
    ofSession: (session) => (session ? store.get<number>('odoo-sessions', session) : undefined),
    closeSession: (session) => session && store.delete('odoo-sessions', session),
    expireSessions: () => {
      for (const { key } of store.list('odoo-sessions')) store.delete('odoo-sessions', key)
    },
  }
}
