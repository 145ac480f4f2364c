import { type Call, type Route, textOf } from '../call.ts'
import type { Subscription } from '../model.ts'
import { addSubscription } from '../webhooks/subscribe.ts'
import { type FieldErrors, notFound, wrapped } from '../wire/errors.ts'
import { records } from '../wire/paging.ts'
import { utc } from '../wire/time.ts'
import type { World } from '../world.ts'

/** Subscriptions (shipbob.md §5): no update, and the secret is shown once. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/webhook$/,
    scope: 'webhooks_read',
    handle: (world, call) =>
      records(
        call,
        world.subscriptions.all().sort((a, b) => a.created - b.created),
        (one) => ({
          id: one.id,
          created_at: utc(one.created),
          description: one.description,
          enabled: one.enabled,
          topics: one.topics,
          url: one.url,
        }),
      ),
  },
  {
    method: 'POST',
    path: /^\/webhook$/,
    scope: 'webhooks_write',
    handle: (world, call) => {
      const { id, created, description, secret, topics, url } = subscribe(world, call)
      return { status: 201, body: { id, created_at: utc(created), description, secret, topics, url } }
    },
  },
  {
    method: 'DELETE',
    path: /^\/webhook\/([\w-]+)$/,
    scope: 'webhooks_write',
    handle: (world, { params: [id = ''] }) => {
      if (!world.subscriptions.get(id)) throw notFound(`Webhook ${id} was not found`)
      world.subscriptions.delete(id)
      return { status: world.habits.deleteStatus }
    },
  },
]

/** A receiver on this machine has no certificate. */
const isReachable = (url: string): boolean =>
  /^https:\/\/[^/\s]+/.test(url) || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)

function subscribe(world: World, { body, version }: Call): Subscription {
  const topics = Array.isArray(body.topics) ? body.topics.map(String) : []
  const [url, secret] = [textOf(body.url) ?? '', textOf(body.secret)]
  const errors: FieldErrors = {}
  const unknown = topics.filter((topic) => !version.topics.includes(topic))
  if (topics.length === 0) errors.Topics = ['The Topics field is required.']
  else if (unknown.length > 0) errors.Topics = unknown.map((topic) => `${topic} is not a valid topic`)
  if (!isReachable(url)) errors.Url = ['The Url field is not a valid fully-qualified https URL.']
  if (secret !== undefined && !/^whsec_[a-zA-Z0-9+/]{32}$/.test(secret))
    errors.Secret = ['The Secret field does not match the pattern ^whsec_[a-zA-Z0-9+/]{32}$.']
  if (Object.keys(errors).length > 0) throw wrapped(errors)
  return addSubscription(world, { url, topics, secret, description: textOf(body.description) })
}
