import type { HttpResponse } from '../../../core/http.ts'
import { isObject, jsonHeaders, jsonOf, notOdoo, type Protocol, type ProtocolAnswer } from './protocol.ts'

/** JSON-2 (19 and newer): named arguments, bearer key, no sign-in (odoo.md §2.2, §3.5). */
export function json2(database: string, apiKey: string): Protocol {
  const headers = { ...jsonHeaders, authorization: `Bearer ${apiKey}`, 'x-odoo-database': database }
  return {
    name: 'json-2',
    call: async (send, { model, method, ids, args, context, writes }) => {
      const body = JSON.stringify({ ...(ids === undefined ? {} : { ids }), ...args, context })
      return readJson2(await send(`/json/2/${model}/${method}`, { headers, body, writes }))
    },
  }
}

/** An answer in JSON-2's form. HTML comes from something before Odoo, or from an unknown database. */
export function readJson2(response: HttpResponse): ProtocolAnswer {
  const { status } = response
  const content = jsonOf(response)
  if (content === undefined) return notOdoo(status)
  if (status >= 200 && status < 300) return { result: content }
  if (!isObject(content) || typeof content.name !== 'string') return notOdoo(status)
  // Never `debug`, which holds a traceback.
  return { fault: { name: content.name, message: String(content.message ?? ''), status } }
}
