import { createHash } from 'node:crypto'
import type { Subscription } from '../model.ts'
import type { World } from '../world.ts'
import { secretFrom } from './sign.ts'

/** A new subscription, switched on; with a secret of ShipBob's own where none is given. */
export function addSubscription(
  world: World,
  given: { url: string; topics: readonly string[]; secret?: string | undefined; description?: string | undefined },
): Subscription {
  const name = `subscription ${world.store.next('subscription')}`
  return world.subscriptions.put({
    id: guid(name),
    created: world.clock.now(),
    description: given.description ?? null,
    enabled: true,
    topics: [...given.topics],
    url: given.url,
    secret: given.secret ?? secretFrom(name),
    failing: null,
  })
}

function guid(name: string): string {
  const hex = createHash('sha1').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
