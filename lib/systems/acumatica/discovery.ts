import type { Json } from '../../core/exchange.ts'
import type { Problem } from '../../core/problems.ts'
import type { Settings } from './settings.ts'

export interface Endpoint {
  name: string
  version: string
}

/**
 * The endpoints in an answer of `GET <instance>/entity`: newer builds wrap the rows in `{version, endpoints}`, older
 * ones send the bare array (acumatica.md §1). undefined where it is neither.
 */
export function parseEndpoints(body: Json): Endpoint[] | undefined {
  const list = Array.isArray(body) ? body : body !== null && typeof body === 'object' ? body.endpoints : undefined
  if (!Array.isArray(list)) return undefined
  return list.flatMap((row) =>
    row !== null && typeof row === 'object' && !Array.isArray(row) && row.name && row.version
      ? [{ name: String(row.name), version: String(row.version) }]
      : [],
  )
}

export const offers = (offered: Endpoint[], wanted: Endpoint): boolean =>
  offered.some((one) => one.name === wanted.name && one.version === wanted.version)

/**
 * What a 404 means: a wrong instance path, a version the instance does not have (then it says which it has), or an
 * entity or action the endpoint lacks.
 * @param what the request in words ("SalesOrder", "the action SalesOrder/CancelSalesOrder")
 * @param offered undefined where the instance's list could not be read
 */
export function explainNotFound(
  settings: Pick<Settings, 'baseUrl' | 'endpoint'>,
  what: string,
  offered: Endpoint[] | undefined,
): Problem {
  const { name, version } = settings.endpoint
  if (!offered)
    return {
      code: 'ACUMATICA_ENDPOINT',
      message: `${settings.baseUrl} has no API at /entity. Write the instance URL with its instance path, as in the browser's address after sign-in.`,
      path: 'settings.baseUrl',
    }
  if (offers(offered, settings.endpoint))
    return {
      code: 'ACUMATICA_ENDPOINT',
      message: `The endpoint ${name} ${version} has no ${what}. Add it to the endpoint, or name an endpoint that has it.`,
      path: 'settings.endpoint',
    }
  const list = offered.map((one) => `${one.name} ${one.version}`).join(', ')
  return {
    code: 'ACUMATICA_ENDPOINT',
    message: `There is no endpoint ${name} ${version}; this instance offers ${list || 'none to this user'}.`,
    path: 'settings.endpoint.version',
  }
}
