import type { IncomingHttpHeaders } from 'node:http'
import type { HttpApiDefinition } from '../template/model.ts'
import type { Matched } from './routes.ts'

/** A request as it came over the network. */
export interface Incoming {
  method: string
  /** Path and query as sent. */
  target: string
  headers: IncomingHttpHeaders
  body: Buffer
  sourceIp: string
  protocol: string
  requestId: string
  /** Epoch milliseconds. */
  at: number
}

/** Bodies of these types reach a function as text; all others, and those without a type, in base64. */
const text = /^(text\/|application\/(json|javascript|xml)\b)/i

/**
 * The event a function gets: payload format 2.0, as the API Gateway developer guide has it. Header names are lower case,
 * repeated headers and parameters are joined by commas, cookies stand apart.
 */
export function eventOf(incoming: Incoming, { route, parameters }: Matched, api: HttpApiDefinition, account: string) {
  const { method, headers, body, at } = incoming
  const [rawPath = '/', rawQueryString = ''] = incoming.target.split(/\?(.*)/s)
  const { cookie, ...others } = headers
  const isText = text.test(headers['content-type'] ?? '')
  const query = new URLSearchParams(rawQueryString)
  const queryParameters = [...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')])
  const domainName = headers.host ?? ''
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(queryParameters.length > 0 ? { queryStringParameters: Object.fromEntries(queryParameters) } : {}),
    requestContext: {
      accountId: account,
      apiId: api.name,
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method,
        path: rawPath,
        protocol: incoming.protocol,
        sourceIp: incoming.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: incoming.requestId,
      routeKey: route.key,
      stage: api.stage,
      time: requestTime(at),
      timeEpoch: at,
    },
    ...(Object.keys(parameters).length > 0 ? { pathParameters: parameters } : {}),
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The common log format's time: "21/Nov/2026:06:00:00 +0000". */
export function requestTime(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  const [year, month, date] = day.split('-')
  return `${date}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`
}
