import type { SandboxResponse } from '../../shared/serve.ts'
import type { OdooError } from '../orm/errors.ts'

/** The body of a JSON-2 error (odoo.md §3.5). */
export function jsonError(status: number, error: OdooError, headers: Record<string, string>): SandboxResponse {
  const isHttp = error.pythonName.startsWith('werkzeug.')
  const said = isHttp ? `${status} ${titleOf(error.pythonName)}: ${error.message}` : error.message
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: {
      name: error.pythonName,
      message: error.message,
      arguments: error.args,
      context: {},
      debug: `Traceback (most recent call last):\n  File "<odoo>/odoo/http.py", line 1, in dispatch\n${error.pythonName.replace('builtins.', '')}: ${said}\n`,
    },
  }
}

/** 'werkzeug.exceptions.NotFound' → 'Not Found'. */
const titleOf = (name: string): string => (name.split('.').at(-1) ?? '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
