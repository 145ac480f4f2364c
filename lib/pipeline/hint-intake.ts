import type { Clock } from '../core/exchange.ts'
import type { Hint, HintTarget } from './hint.ts'
import { sharedHintMs } from './hint.ts'
import { activeSecrets, isAccepted } from './hint-secret.ts'

/** A request as an HTTP API of API Gateway gives it to a function (payload format 2.0): what is used of it. */
export interface WebhookRequest {
  rawPath: string
  body?: string
  isBase64Encoded?: boolean
  requestContext: { http: { method: string } }
}

export interface WebhookAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
}

export interface IntakePorts {
  /** The connections of this function by name. */
  targets: Readonly<Record<string, HintTarget>>
  /** The text of a secret; undefined where it has no value. Throws where it cannot be read. */
  secret(arn: string): Promise<string | undefined>
  /** Resolves when the queue has the hint. Throws where it does not take it. */
  send(target: HintTarget, hint: Hint): Promise<void>
  /** Told what went wrong on our side; never anything of the request. */
  trouble(connection: string, what: string, error: unknown): void
  clock: Clock
}

/** Larger than any notification; a request over it is no hint of ours. */
export const maxBodyBytes = 256 * 1024

const path = /^\/webhook\/([a-z][a-z0-9-]{0,30})\/([\w-]{1,200})$/

/** Word for word what API Gateway answers where there is no route: a wrong secret and a wrong path look the same. */
export const notFound: WebhookAnswer = answer(404, 'Not Found')

/**
 * Takes requests to `/webhook/<connection>/<secret>` and queues a hint for each that is genuine. The body is measured
 * and not looked at. Closed on doubt: a secret that cannot be read lets nobody in.
 *
 * 202 where the hint is safe; 404 for anything without the right secret; 413; 503 where we could not find out or not
 * store it, so that a sender that repeats does so.
 */
export function createIntake(ports: IntakePorts): (request: WebhookRequest) => Promise<WebhookAnswer> {
  const { targets, clock } = ports
  /** Until when a queued hint covers what comes, by connection. */
  const shared = new Map<string, number>()

  return async ({ rawPath, requestContext, body = '', isBase64Encoded = false }) => {
    const [, connection = '', presented = ''] = path.exec(rawPath) ?? []
    const target = Object.hasOwn(targets, connection) ? targets[connection] : undefined
    if (!target || requestContext.http.method !== 'POST') return notFound
    try {
      if (!isAccepted(presented, activeSecrets(await ports.secret(target.secretArn)))) return notFound
    } catch (error) {
      ports.trouble(connection, 'the secret of a webhook cannot be read', error)
      return unavailable
    }
    if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > maxBodyBytes) return tooLarge
    const at = clock.now()
    if (at < (shared.get(connection) ?? 0)) return queued
    try {
      await ports.send(target, { hint: 'poll' })
    } catch (error) {
      ports.trouble(connection, 'a hint could not be queued', error)
      return unavailable
    }
    shared.set(connection, at + sharedHintMs)
    return queued
  }
}

const queued = answer(202, 'Accepted')
const tooLarge = answer(413, 'Request Entity Too Large')
const unavailable = answer(503, 'Service Unavailable')

function answer(statusCode: number, message: string): WebhookAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) }
}
