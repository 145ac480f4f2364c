import type { SandboxRequest, SandboxResponse } from '../../shared/serve.ts'
import type { Auth } from '../auth.ts'
import type { Kernel } from '../kernel.ts'
import type { Environment } from '../orm/env.ts'
import { genericMethods } from '../orm/methods.ts'
import type { Value } from '../orm/model.ts'
import { checkAccess } from '../orm/rights.ts'
import type { Bound } from './bind.ts'

/** A call that reached a model, for tests that count and look. */
export interface Logged {
  protocol: 'xml-rpc' | 'json-rpc' | 'session' | 'json-2'
  uid: number
  model: string
  method: string
  ids: number[]
  args: { [name: string]: Value }
}

export interface Wire {
  kernel: Kernel
  auth: Auth
  /** Name of the one database. */
  database: string
  calls: Logged[]
}

export type Handler = (wire: Wire, request: SandboxRequest) => Promise<SandboxResponse | undefined>

/** Runs a bound call for a user. `undefined` is Python's None. */
export function execute(
  wire: Wire,
  protocol: Logged['protocol'],
  uid: number,
  method: string,
  bound: Bound,
): Promise<Value | undefined> {
  const { definition, call, context } = bound
  wire.calls.push({ protocol, uid, model: definition.name, method, ids: call.ids, args: call.args })
  const isOwn = !Object.hasOwn(genericMethods(wire.kernel.version), method)
  return wire.kernel.call({
    uid,
    context,
    model: definition.name,
    method,
    run: (env) => {
      if (!isOwn) return bound.method.run(env, call)
      return ownMethod(env, bound)
    },
  })
}

/** What a model can do beyond the rest works with all rights, for those who may see its records. */
function ownMethod(env: Environment, { definition, method, call }: Bound): Value | undefined {
  if (method.on !== 'model') {
    checkAccess(env, definition.name, 'read')
    env.check(definition.name, call.ids)
  }
  return method.run(env.sudo(), call)
}

/** What `common.version()` tells. */
export function versionInfo({ kernel }: Wire): { [key: string]: Value } {
  const serie = `${kernel.version}.0`
  return {
    server_version: kernel.version === 18 ? '18.0+e-20241005' : serie,
    server_version_info: [kernel.version, 0, 0, 'final', 0, ''],
    server_serie: serie,
    protocol_version: 1,
  }
}

export const noDatabase = (name: string): string =>
  `connection to server at "127.0.0.1", port 5432 failed: FATAL:  database "${name}" does not exist\n`
