import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'

/** `result` is absent where the method returned nothing; `error` is the message. */
export interface Answer {
  result?: unknown
  error?: string
}

/** execute_kw over /jsonrpc as the administrator. */
export function asAdmin(sandbox: SandboxOdoo) {
  const { adminUid, adminKey } = sandbox.credentials
  return async (model: string, method: string, args: unknown[], kwargs: object = {}): Promise<Answer> => {
    const response = await fetch(`${sandbox.url}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        method: 'call',
        id: 1,
        params: {
          service: 'object',
          method: 'execute_kw',
          args: [sandbox.database, adminUid, adminKey, model, method, args, kwargs],
        },
      }),
    })
    const answer = (await response.json()) as { result?: unknown; error?: { data: { message: string } } }
    return answer.error ? { error: answer.error.data.message } : { result: answer.result }
  }
}
