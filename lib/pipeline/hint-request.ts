/** A request as an HTTP API of API Gateway gives it to a function (payload format 2.0): what is used of it. */
export interface WebhookRequest {
  rawPath: string
  headers?: Readonly<Record<string, string | undefined>>
  body?: string
  isBase64Encoded?: boolean
  requestContext: {
    http: { method: string }
    /** When API Gateway had the request, epoch milliseconds. */
    timeEpoch?: number
  }
}

export interface WebhookAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/** Word for word what API Gateway answers where there is no route: a wrong secret and a wrong path look the same. */
export const notFound = answer(404, 'Not Found')
export const tooLarge = answer(413, 'Request Entity Too Large')
/** Not genuine: a signature that is missing, wrong, or too old. Says no more. */
export const unauthorised = answer(401, 'Unauthorized')
/** Genuine, and no JSON. Kept. */
export const notJson = answer(400, 'Bad Request')
/** Its hint is safe. */
export const queued = answer(202, 'Accepted')
/** There was nothing to queue, or nothing that names a record of ours; kept where a person may want to see it. */
export const taken = answer(200, 'OK')
/** We could not find out or not store it: a sender that repeats does so. */
export const unavailable = answer(503, 'Service Unavailable')

function answer(statusCode: number, message: string): WebhookAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) }
}

/** Bytes of a body, without decoding it. */
export const bodySize = ({ body = '', isBase64Encoded = false }: WebhookRequest): number =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8')

/** The body as the bytes that came over the network. */
export const bodyBytes = ({ body = '', isBase64Encoded = false }: WebhookRequest): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')

/** Headers by lower-case name: an HTTP API has them so, other ways into a function keep the sender's case. */
export const headersOf = ({ headers = {} }: WebhookRequest): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])),
  )
