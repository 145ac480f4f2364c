import { AccessDenied, AccessError, MissingError, OdooError, PythonError, UserError } from '../orm/errors.ts'
import type { Value, Values } from '../orm/model.ts'
import { bindPositional, contextOf, find } from './bind.ts'
import { checkDatabase, common } from './json-rpc.ts'
import { execute, type Handler, type Wire } from './server.ts'
import { decodeCall, encodeFault, encodeResult } from './xml.ts'

/** `/xmlrpc/2/common` and `/xmlrpc/2/object`: always HTTP 200, failures are faults (odoo.md §3.3). */
export const xmlRpc: Handler = async (wire, request) => {
  const [, service] = /^\/xmlrpc\/2\/(common|object)$/.exec(request.path) ?? []
  if (!service || request.method !== 'POST') return undefined
  let body: string
  try {
    const { method, params } = decodeCall(request.body.toString('utf8'))
    const value = service === 'common' ? common(wire, method, params) : await call(wire, method, params)
    // The work is committed by now; that there is nothing to tell is found out only here.
    if (value === undefined) throw new PythonError('TypeError', 'cannot marshal None unless allow_none is enabled')
    body = encodeResult(value)
  } catch (error) {
    if (!(error instanceof OdooError)) throw error
    body = encodeFault(codeOf(error), faultString(error))
  }
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }
}

async function call(wire: Wire, method: string, params: readonly Value[]): Promise<Value | undefined> {
  const [database, uid, secret, model, name, positional, named] = params
  checkDatabase(wire, database)
  if (typeof uid !== 'number' || !wire.auth.isGood(uid, String(secret))) throw new AccessDenied()
  const found = find(wire.kernel.registry, wire.kernel.version, String(model), String(name))
  const given = method === 'execute' ? params.slice(5) : Array.isArray(positional) ? positional : []
  const values: Values = method === 'execute' ? {} : contextOf(named)
  const result = await execute(wire, 'xml-rpc', uid, String(name), bindPositional(found, String(name), given, values))
  if (name === 'get_external_id') throw new PythonError('TypeError', 'dictionary key must be string')
  return result
}

function codeOf(error: OdooError): number {
  if (error instanceof UserError || error instanceof MissingError) return 2
  if (error instanceof AccessDenied) return 3
  return error instanceof AccessError ? 4 : 1
}

/** What is unforeseen comes as a whole traceback; its cause is the last line. */
const faultString = (error: OdooError): string =>
  codeOf(error) > 1
    ? error.message
    : `Traceback (most recent call last):\n  File "<odoo>/odoo/http.py", line 1, in dispatch\n${error.pythonName.replace('builtins.', '')}: ${error.message.replace(/\n$/, '')}\n`
