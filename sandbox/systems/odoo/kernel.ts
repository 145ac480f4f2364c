import type { Database } from './orm/database.ts'
import { Environment } from './orm/env.ts'
import { AccessError, SerializationFailure, UserError } from './orm/errors.ts'
import type { Context, Value, Version } from './orm/model.ts'
import type { Registry } from './orm/registry.ts'
import { Blocked, type Happening, Transaction } from './orm/transaction.ts'

/** One call from outside: what is called, by whom, and what it makes of an environment. */
export interface Work {
  uid: number
  context: Context
  model: string
  method: string
  run(env: Environment): Value | undefined
}

/** Holds calls between their work and their commit, as a slow server does. */
export type Holds = (work: Pick<Work, 'model' | 'method'>) => Promise<void> | undefined

/** Runs calls, each in a transaction of its own: all or nothing, and visible at once or not at all. */
export class Kernel {
  readonly version: Version
  readonly registry: Registry
  readonly database: Database
  private readonly holds: Holds
  private readonly onCommit: (happenings: readonly Happening[]) => Promise<void>

  constructor(
    version: Version,
    registry: Registry,
    database: Database,
    hooks: { holds: Holds; onCommit: (happenings: readonly Happening[]) => Promise<void> },
  ) {
    this.version = version
    this.registry = registry
    this.database = database
    this.holds = hooks.holds
    this.onCommit = hooks.onCommit
  }

  /**
   * A call as the server makes it: where another transaction is in its way it waits and begins again, except for
   * `load`, which says so in its messages (odoo.md §3.3, §6.2). Webhooks are sent before the caller hears of it (§4.7).
   */
  async call(work: Work): Promise<Value | undefined> {
    const lost = new Set<string>()
    for (let attempt = 0; ; attempt += 1) {
      const transaction = new Transaction(this.database, { lost })
      try {
        const env = this.environment(transaction, work)
        const result = work.run(env)
        await this.holds(work)
        transaction.commit()
        await this.onCommit(transaction.happenings)
        return result
      } catch (error) {
        transaction.rollback()
        if (error instanceof Blocked && attempt < 6) {
          const committed = await error.by.over
          if (committed && work.method === 'load') lost.add(error.key)
        } else if (!(error instanceof SerializationFailure) || attempt >= 5) throw error
      }
    }
  }

  /** Somebody in the company does something, at once and with all rights. */
  sudo<T>(work: (env: Environment) => T): T {
    const transaction = new Transaction(this.database)
    try {
      const result = work(new Environment(this.version, this.registry, transaction, { uid: this.adminUid, su: true }))
      this.finish(transaction)
      return result
    } catch (error) {
      transaction.rollback()
      throw error
    }
  }

  /** Commits what was opened by hand. */
  finish(transaction: Transaction): void {
    transaction.commit()
    void this.onCommit(transaction.happenings)
  }

  get adminUid(): number {
    return 2
  }

  private environment(transaction: Transaction, { uid, context }: Work): Environment {
    const env = new Environment(this.version, this.registry, transaction, { uid, context })
    const own = transaction.row('res.users', uid)?.company_ids
    const asked = context.allowed_company_ids
    if (Array.isArray(asked) && !asked.every((id) => Array.isArray(own) && own.includes(id)))
      throw new AccessError('Access to unauthorized or invalid companies.')
    const { lang } = context
    if (
      typeof lang === 'string' &&
      !transaction.lookup('res.lang', 'code', lang).some((id) => transaction.row('res.lang', id)?.active)
    )
      throw new UserError(`Invalid language code: ${lang}`)
    return env
  }
}
