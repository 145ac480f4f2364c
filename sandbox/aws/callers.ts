import type { Caller } from './call.ts'

/** The operator's credentials: everything is allowed, nothing counts as the pipeline's cost. */
export const operatorCredentials = { accessKeyId: 'EMBEDDEDOPERATOR', secretAccessKey: 'embedded' }

const prefix = 'EMBEDDED.'

/** An access key id says whose role it is: real ones are made by STS, and only the endpoint reads these. */
export const accessKeyOf = (caller: { function: string; role: string }): string =>
  `${prefix}${caller.role}.${caller.function}`

/** Who signed a request; undefined for a key that the embedded AWS did not give out. */
export function callerOf(headers: Record<string, string>): Caller | undefined {
  const key = /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1]
  if (key === operatorCredentials.accessKeyId) return { kind: 'operator' }
  const [role, name] = key?.startsWith(prefix) ? key.slice(prefix.length).split('.') : []
  if (!role || !name) return undefined
  return { kind: 'function', role, function: name, worker: headers['x-amz-security-token'] ?? '' }
}
