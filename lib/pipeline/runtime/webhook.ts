import { systemClock } from '../../core/exchange.ts'
import type { SignedWebhook } from '../../core/webhook.ts'
import { type AwsApi, AwsError, createAwsApi } from '../aws/api.ts'
import { dynamoDeliveries } from '../aws/deliveries.ts'
import { readSecret } from '../aws/secrets.ts'
import type { HintTarget } from '../hint.ts'
import { createIntake, type IntakePorts } from '../hint-intake.ts'
import { unavailable, type WebhookAnswer, type WebhookRequest } from '../hint-request.ts'

/** A replaced secret is known everywhere after this time. */
const cacheMs = 60_000
/** A delivery that no known secret signed has it read anew, this often at most: anybody can send one. */
const freshMs = 5_000
/** What one service may take. Odoo gives a call one second with the way there and back (odoo.md §4.7). */
const serviceMs = 700
/** What everything together may take. */
const answerMs = 900

/**
 * The Lambda handler of a system's webhooks: nudges, or what the declaration says of signed ones. Imports neither zod nor
 * Powertools: it is started while a person at the other end waits.
 */
export function webhookHandler(declaration?: SignedWebhook): (request: WebhookRequest) => Promise<WebhookAnswer> {
  const api = createAwsApi()
  const line = (level: string, message: string, more: object) =>
    console.error(JSON.stringify({ level, service: 'ml-connector', message, ...more }))
  const ports: IntakePorts = {
    targets: JSON.parse(process.env.CONNECTIONS ?? '{}') as Record<string, HintTarget>,
    secret: cachedSecrets(api),
    send: async ({ queueUrl, delaySeconds }, hint) => {
      const input = { QueueUrl: queueUrl, MessageBody: JSON.stringify(hint), DelaySeconds: delaySeconds }
      await inTime(api.call('sqs', 'SendMessage', input))
    },
    trouble: (connection, message, error) =>
      // Codes only: the message of an AWS error may quote what was sent.
      line('ERROR', message, { connection, code: error instanceof AwsError ? error.code : (error as Error).name }),
    refused: (connection, why) => line('WARN', 'a delivery was refused', { connection, why }),
    clock: systemClock,
  }
  const stored = dynamoDeliveries(api, process.env.STATE_TABLE ?? '', systemClock.now)
  const taken = {
    has: (connection: string, id: string) => inTime(stored.has(connection, id)),
    add: (connection: string, id: string, forSeconds: number) => inTime(stored.add(connection, id, forSeconds)),
  }
  const take = createIntake(ports, declaration && { declaration, taken })
  return (request) =>
    inTime(take(request), answerMs).catch((error: Error) => {
      if (!(error instanceof Late)) throw error
      line('ERROR', 'there was no answer in time', { code: error.name })
      return unavailable
    })
}

/** Values by secret, read once a minute at most; a failed read is tried again at the next request. */
function cachedSecrets(api: AwsApi): (arn: string, fresh?: boolean) => Promise<string | undefined> {
  const cached = new Map<string, { at: number; value: Promise<string | undefined> }>()
  return (arn, fresh = false) => {
    const known = cached.get(arn)
    if (known && systemClock.now() < known.at + (fresh ? freshMs : cacheMs)) return known.value
    const value = inTime(readSecret(api, arn))
    cached.set(arn, { at: systemClock.now(), value })
    value.catch(() => cached.delete(arn))
    return value
  }
}

class Late extends Error {
  override readonly name = 'Late'
}

/** What is not done in time counts as failed, although it may still happen: a hint too many does no harm. */
async function inTime<T>(work: Promise<T>, ms = serviceMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Late()), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
