import type { Json } from '../../../core/exchange.ts'
import { jsonHeaders, type Protocol, type ProtocolAnswer, type Send } from './protocol.ts'

/** JSON-2 (19 and newer): named arguments, bearer key, no sign-in (odoo.md §2.2, §3.5). */
export function json2(send: Send, database: string, apiKey: string): Protocol {
  const headers = { ...jsonHeaders, authorization: `Bearer ${apiKey}`, 'x-odoo-database': database }
  return {
    name: 'json-2',
    call: async ({ model, method, ids, args, context, writes }) => {
      const body = JSON.stringify({ ...(ids === undefined ? {} : { ids }), ...args, context })
      const response = await send(`/json/2/${model}/${method}`, { headers, body, writes })
      return readJson2(response.status, response.headers['content-type'], response.body)
    },
  }
}

/** An answer in JSON-2's form. What is not JSON came from something before Odoo, or from an unknown database. */
export function readJson2(status: number, contentType: string | undefined, body: Buffer): ProtocolAnswer {
  const isJson = contentType?.includes('application/json') ?? false
  if (status >= 200 && status < 300 && isJson) return { result: JSON.parse(body.toString('utf8')) as Json }
  if (!isJson) return { fault: { name: `http.${status}`, message: `HTTP ${status} without JSON`, status } }
  const said = JSON.parse(body.toString('utf8')) as { name?: string; message?: string }
  return { fault: { name: said.name ?? `http.${status}`, message: said.message ?? `HTTP ${status}`, status } }
}
