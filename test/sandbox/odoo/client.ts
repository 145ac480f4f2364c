import { type OdooOptions, type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import type { Value, Values } from '../../../sandbox/systems/odoo/orm/model.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'

export const morning = Date.parse('2026-11-21T02:14:10Z')

const started: SandboxOdoo[] = []
export const closeAll = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((sandbox) => sandbox.close()))
}

export async function startOdoo(version: 18 | 19, options: Partial<OdooOptions> = {}): Promise<SandboxOdoo> {
  const sandbox = await start({ version, clock: createSandboxClock(undefined, morning), ...options })
  started.push(sandbox)
  return sandbox
}

export type Answer = { result: Value | undefined } | { error: { name: string; message: string } }

/** A call by /jsonrpc, as the connector's user unless another uid and secret are given. */
export async function ask(
  sandbox: SandboxOdoo,
  model: string,
  method: string,
  args: Value[] = [],
  named: Values = {},
  who: { uid: number; secret: string } = { uid: sandbox.credentials.uid, secret: sandbox.credentials.apiKey },
): Promise<Answer> {
  const params = {
    service: 'object',
    method: 'execute_kw',
    args: [sandbox.database, who.uid, who.secret, model, method, args, named],
  }
  const response = await fetch(`${sandbox.url}/jsonrpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params }),
  })
  const body = (await response.json()) as { result?: Value; error?: { data: { name: string; message: string } } }
  if (body.error) return { error: { name: body.error.data.name, message: body.error.data.message } }
  return { result: body.result }
}

export const admin = (sandbox: SandboxOdoo) => ({
  uid: sandbox.credentials.adminUid,
  secret: sandbox.credentials.adminKey,
})

/** The result of a call that is expected to work. */
export async function get(
  sandbox: SandboxOdoo,
  model: string,
  method: string,
  args: Value[] = [],
  named: Values = {},
): Promise<Value> {
  const answer = await ask(sandbox, model, method, args, named)
  if ('error' in answer) throw new Error(answer.error.message)
  return answer.result ?? null
}

/** The message of a call that is expected to be refused. */
export async function refusal(
  sandbox: SandboxOdoo,
  model: string,
  method: string,
  args: Value[] = [],
  named: Values = {},
): Promise<string> {
  const answer = await ask(sandbox, model, method, args, named)
  return 'error' in answer
    ? `${answer.error.name}: ${answer.error.message}`
    : `no refusal: ${JSON.stringify(answer.result)}`
}

/** Lets the server work until something has happened. */
export async function until(happened: () => boolean): Promise<void> {
  for (let i = 0; i < 2_000 && !happened(); i += 1) await new Promise((done) => setTimeout(done, 1))
  if (!happened()) throw new Error('it did not happen')
}
