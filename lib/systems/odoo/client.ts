import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { Failure, Refusal } from '../../core/failures.ts'
import { errorOf } from './errors.ts'
import type { Call, FieldInfo, Odoo, OdooRecord } from './rpc.ts'
import type { Settings } from './settings.ts'
import { createSignIn, type SignedIn } from './sign-in.ts'
import { createTransport } from './transport.ts'

export interface Client {
  /**
   * A session with the configured database; the sign-in is kept for the life of the client.
   * @param deadline epoch milliseconds after which no request is begun or waited for
   */
  open(deadline?: number): Promise<Odoo>
}

/** Fields of a model change when a module is installed: a Lambda that lives long asks again. */
const fieldsMs = 30 * 60_000

/** A client for one connection: the best protocol the server speaks, one sign-in, what is always sent (odoo.md §10). */
export function createClient(context: ConnectionContext<Settings>): Client {
  const transport = createTransport(context)
  const signIn = createSignIn(context, transport)
  const fields = new Map<string, { at: number; found: Promise<Readonly<Record<string, FieldInfo>>> }>()

  return {
    open: async (deadline) => {
      transport.until(deadline)
      let signed = await signIn.current()
      const { settings, clock } = context

      const call = async ({ model, method, ids, args = {}, context: more, writes }: Call): Promise<Json> => {
        const once = ({ protocol, companies }: SignedIn) =>
          protocol.call({
            model,
            method,
            ids,
            args,
            context: { lang: settings.language, allowed_company_ids: [...companies], ...more },
            writes,
          })
        const asked = { what: `${model}.${method}`, writes }
        const answer = await once(signed)
        if (!('fault' in answer)) return answer.result
        const error = errorOf(answer.fault, asked)
        if (!(error instanceof Failure) || error.class !== 'unauthorised') throw error
        // The secret may have been rotated: read it anew, once; a refused call has written nothing.
        signed = await signIn.again()
        const second = await once(signed)
        if ('fault' in second) throw errorOf(second.fault, asked)
        return second.result
      }

      const odoo: Odoo = {
        version: signed.version,
        companies: signed.companies,
        call,
        searchRead: async (model, domain, { fields: names, order, limit, context: more }) =>
          (await call({
            model,
            method: 'search_read',
            args: { domain, fields: [...names], order, ...(limit === undefined ? {} : { limit }) },
            ...(more ? { context: more } : {}),
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
        read: async (model, ids, names) =>
          ids.length === 0
            ? []
            : ((await call({
                model,
                method: 'read',
                ids,
                args: { fields: [...names] },
                writes: false,
              })) as OdooRecord[]),
        fields: (model) => {
          const known = fields.get(model)
          if (known && known.at > clock.now() - fieldsMs) return known.found
          const found = call({
            model,
            method: 'fields_get',
            args: { attributes: ['type', 'relation', 'required', 'readonly', 'store', 'selection'] },
            writes: false,
          }) as Promise<unknown> as Promise<Readonly<Record<string, FieldInfo>>>
          fields.set(model, { at: clock.now(), found })
          found.catch(() => fields.delete(model))
          return found
        },
        hasModel: async (model) => {
          try {
            await odoo.fields(model)
            return true
          } catch (error) {
            if (error instanceof Refusal || (error instanceof Failure && error.code === 'ODOO_FORBIDDEN')) return false
            throw error
          }
        },
        serverNow: () => signIn.serverNow(),
      }
      return odoo
    },
  }
}
