import type { Subscription } from '../model.ts'
import { addSubscription } from '../webhooks/subscribe.ts'
import type { World } from '../world.ts'

/**
 * The account's owner has an endpoint told of topics. One of the same description is moved to the new URL, so that what
 * it is still owed gets there.
 */
export function subscribe(
  world: World,
  given: { url: string; topics: readonly string[]; secret: string; description: string },
): Subscription {
  const known = world.subscriptions.all().find(({ description }) => description === given.description)
  if (!known) return addSubscription(world, given)
  return world.subscriptions.put({ ...known, ...given, topics: [...given.topics], enabled: true, failing: null })
}
