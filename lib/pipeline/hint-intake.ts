import type { Clock } from '../core/exchange.ts'
import type { SignedWebhook } from '../core/webhook.ts'
import type { Hint, HintTarget } from './hint.ts'
import { nudges } from './hint-nudge.ts'
import { notFound, type WebhookAnswer, type WebhookRequest } from './hint-request.ts'
import { deliveries } from './hint-signed.ts'

export interface IntakePorts {
  /** The connections of this function by name. */
  targets: Readonly<Record<string, HintTarget>>
  /**
   * The text of a secret; undefined where it has no value. Throws where it cannot be read.
   * @param fresh read anew, unless that was done moments ago: it may have been replaced
   */
  secret(arn: string, fresh?: boolean): Promise<string | undefined>
  /** Resolves when the queue has the hint. Throws where it does not take it. */
  send(target: HintTarget, hint: Hint): Promise<void>
  /** Told what went wrong on our side; never anything of the request. */
  trouble(connection: string, what: string, error: unknown): void
  /** Told why a delivery was not believed. */
  refused(connection: string, why: string): void
  clock: Clock
}

/** Which deliveries were taken before. Throws where that cannot be known or kept. */
export interface TakenDeliveries {
  has(connection: string, deliveryId: string): Promise<boolean>
  add(connection: string, deliveryId: string, forSeconds: number): Promise<void>
}

/** What signed deliveries need beyond what nudges do. */
export interface Signed {
  declaration: SignedWebhook
  taken: TakenDeliveries
}

/** A request to a connection that there is. */
export interface Addressed {
  request: WebhookRequest
  connection: string
  target: HintTarget
  /** What follows the connection's name in the path. */
  presented: string | undefined
}
export type Taker = (addressed: Addressed) => Promise<WebhookAnswer>

const path = /^\/webhook\/([a-z][a-z0-9-]{0,30})(?:\/([\w-]{1,200}))?$/

/**
 * Takes requests to a system's webhooks and queues a hint for each that is genuine: nudges to
 * `/webhook/<connection>/<secret>`, or, where they are signed, deliveries to `/webhook/<connection>`. Closed on doubt:
 * a secret that cannot be read lets nobody in.
 *
 * 404 where there is no such connection; 413 over the size; 503 where we could not find out or not store it, so that a
 * sender that repeats does so; for the rest see each kind.
 */
export function createIntake(ports: IntakePorts, signed?: Signed): (request: WebhookRequest) => Promise<WebhookAnswer> {
  const take: Taker = signed ? deliveries(ports, signed) : nudges(ports)
  return async (request) => {
    const [, connection = '', presented] = path.exec(request.rawPath) ?? []
    const target = Object.hasOwn(ports.targets, connection) ? ports.targets[connection] : undefined
    if (!target || request.requestContext.http.method !== 'POST') return notFound
    return take({ request, connection, target, presented })
  }
}
