import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { Failure, Refusal } from '../../core/failures.ts'
import { errorOf } from './errors.ts'
import type { Call, FieldInfo, Odoo, OdooRecord } from './rpc.ts'
import type { Settings } from './settings.ts'
import { createSignIn, type SignedIn } from './sign-in.ts'
import { createTransport, type Line } from './transport.ts'

/** A session, and what is known of the sign-in. */
export interface OpenOdoo extends Odoo {
  readonly uid: number
  /** "json-2". */
  readonly protocol: string
  /** As the server tells it: "18.0+e-20241005". */
  readonly release: string
}

export interface Client {
  /**
   * A session with the configured database; the sign-in is kept for the life of the client.
   * @param deadline epoch milliseconds after which no request of this session is begun or waited for
   */
  open(deadline?: number): Promise<OpenOdoo>
}

/** Fields of a model change when a module is installed: a Lambda that lives long asks again. */
const fieldsMs = 30 * 60_000

/** A client for one connection: the best protocol the server speaks, one sign-in, what is always sent (odoo.md §10). */
export function createClient(context: ConnectionContext<Settings>): Client {
  const transport = createTransport(context)
  const signIn = createSignIn(context)
  const cache: FieldsCache = new Map()

  return {
    open: async (deadline) => {
      const line = transport(deadline)
      let signed = await signIn.current(line)
      const call = async (asked: Call): Promise<Json> => {
        const used = signed
        try {
          return await exchange(asked, used, line, context.settings)
        } catch (error) {
          if (!(error instanceof Failure) || error.class !== 'unauthorised') throw error
          // The secret may have been rotated: read it anew, once; a refused call has written nothing.
          signed = await signIn.again(line, used)
          return exchange(asked, signed, line, context.settings)
        }
      }
      const fields = (model: string) => fieldsOf(model, call, cache, context.clock.now())
      return {
        version: signed.version,
        release: signed.release,
        companies: signed.companies,
        uid: signed.uid,
        protocol: signed.protocol.name,
        call,
        ...reads(call),
        fields,
        hasModel: async (model) => {
          try {
            await fields(model)
            return true
          } catch (error) {
            if (error instanceof Refusal || (error instanceof Failure && error.code === 'ODOO_FORBIDDEN')) return false
            throw error
          }
        },
        serverNow: () => signIn.serverNow(line),
      }
    },
  }
}

async function exchange(asked: Call, signed: SignedIn, line: Line, { language }: Settings): Promise<Json> {
  const { model, method, ids, args = {}, context, writes } = asked
  const answer = await signed.protocol.call(line.send, {
    model,
    method,
    ids,
    args,
    context: { lang: language, allowed_company_ids: [...signed.companies], ...context },
    writes,
  })
  if ('fault' in answer) {
    const message = signed.conceal(answer.fault.message)
    throw errorOf({ ...answer.fault, message }, { what: `${model}.${method}`, writes })
  }
  // The older protocols answer a single id to a single record, JSON-2 always a list (odoo.md §3.5).
  return method === 'create' && typeof answer.result === 'number' ? [answer.result] : answer.result
}

const reads = (call: Odoo['call']): Pick<Odoo, 'searchRead' | 'search' | 'searchCount' | 'read'> => ({
  searchRead: async (model, domain, { fields, order, limit, context }) =>
    (await call({
      model,
      method: 'search_read',
      args: { domain, fields: [...fields], order, ...(limit === undefined ? {} : { limit }) },
      ...(context ? { context } : {}),
      writes: false,
    })) as OdooRecord[],
  search: async (model, domain, { order = 'id', limit } = {}) =>
    (await call({
      model,
      method: 'search',
      args: { domain, order, ...(limit === undefined ? {} : { limit }) },
      writes: false,
    })) as number[],
  searchCount: async (model, domain) =>
    (await call({ model, method: 'search_count', args: { domain }, writes: false })) as number,
  read: async (model, ids, fields) =>
    ids.length === 0
      ? []
      : ((await call({ model, method: 'read', ids, args: { fields: [...fields] }, writes: false })) as OdooRecord[]),
})

type FieldsCache = Map<string, { at: number; found: ReturnType<Odoo['fields']> }>

function fieldsOf(model: string, call: Odoo['call'], cache: FieldsCache, now: number): ReturnType<Odoo['fields']> {
  const known = cache.get(model)
  if (known && known.at > now - fieldsMs) return known.found
  const args = { attributes: ['type', 'relation', 'required', 'readonly', 'store', 'selection'] }
  const found = call({ model, method: 'fields_get', args, writes: false }) as Promise<unknown> as Promise<
    Readonly<Record<string, FieldInfo>>
  >
  cache.set(model, { at: now, found })
  found.catch(() => cache.delete(model))
  return found
}
