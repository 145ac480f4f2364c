import { systemClock } from '../../core/exchange.ts'
import { type AwsApi, AwsError, createAwsApi } from '../aws/api.ts'
import { readSecret } from '../aws/secrets.ts'
import type { HintTarget } from '../hint.ts'
import { createIntake, type WebhookAnswer, type WebhookRequest } from '../hint-intake.ts'

/** A replaced secret is known everywhere after this time. */
const cacheMs = 60_000
/** Odoo gives a call one second with the way there and back (odoo.md §4.7); our own retries must end before. */
const answerMs = 700

/**
 * The Lambda handler of a system's webhooks. Imports neither zod nor Powertools: it is started while a person at the
 * other end waits.
 */
export function webhookHandler(): (request: WebhookRequest) => Promise<WebhookAnswer> {
  const api = createAwsApi()
  return createIntake({
    targets: JSON.parse(process.env.CONNECTIONS ?? '{}') as Record<string, HintTarget>,
    secret: cachedSecrets(api),
    send: async ({ queueUrl, delaySeconds }, hint) => {
      const input = { QueueUrl: queueUrl, MessageBody: JSON.stringify(hint), DelaySeconds: delaySeconds }
      await inTime(api.call('sqs', 'SendMessage', input))
    },
    trouble: (connection, message, error) => {
      // Codes only: the message of an AWS error may quote what was sent.
      const code = error instanceof AwsError ? error.code : (error as Error).name
      console.error(JSON.stringify({ level: 'ERROR', service: 'ml-connector', message, connection, code }))
    },
    clock: systemClock,
  })
}

/** Values by secret, read once a minute at most; a failed read is tried again at the next request. */
function cachedSecrets(api: AwsApi): (arn: string) => Promise<string | undefined> {
  const cached = new Map<string, { until: number; value: Promise<string | undefined> }>()
  return (arn) => {
    const known = cached.get(arn)
    if (known && systemClock.now() < known.until) return known.value
    const value = inTime(readSecret(api, arn))
    cached.set(arn, { until: systemClock.now() + cacheMs, value })
    value.catch(() => cached.delete(arn))
    return value
  }
}

class Late extends Error {
  override readonly name = 'Late'
}

/** What is not done in time counts as failed, although it may still happen: a hint too many does no harm. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Late()), answerMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
