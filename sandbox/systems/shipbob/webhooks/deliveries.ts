import { minuteMs } from '../wire/time.ts'
import type { Topic } from '../wire/version.ts'
import type { World } from '../world.ts'
import { messageId } from './sign.ts'

/** One event on its way to one subscription. Stored with the change it is about, so a killed run still tells of it. */
export interface Delivery {
  /** `webhook-id`: the same over all attempts. */
  id: string
  serial: number
  subscription: string
  topic: Topic
  /** Signed and sent exactly so. */
  body: string
  /** Epoch milliseconds, of the sandbox. */
  made: number
  due: number
  /** What each attempt was answered; 0 where nobody answered. */
  answers: number[]
  state: 'waiting' | 'delivered' | 'lost' | 'given-up'
}

/** Pauses before the attempts after the first (shipbob.md §6.3). */
export const pauses: readonly number[] = [0, 5_000, 5, 30, 120, 300, 600, 600].map((n, i) => (i < 2 ? n : n * minuteMs))

/** An endpoint that takes nothing for so long is switched off (§5). */
const patienceMs = 5 * 24 * 60 * minuteMs

export interface Deliveries {
  /** In the order of the events. */
  all(): Delivery[]
  get(serial: number): Delivery | undefined
  put(delivery: Delivery): void
}

export function createDeliveries({ store }: Pick<World, 'store'>): Deliveries {
  const key = (serial: number) => String(serial).padStart(9, '0')
  return {
    all: () => store.list<Delivery>('deliveries').map(({ value }) => value),
    get: (serial) => store.get<Delivery>('deliveries', key(serial)),
    put: (delivery) => store.put('deliveries', key(delivery.serial), delivery),
  }
}

/** A delivery for every subscription to the topic: two subscriptions, two ids. */
export function enqueue(world: World, deliveries: Deliveries, topic: Topic, body: string, delayMs: number): Delivery[] {
  const told = world.subscriptions.all().filter(({ enabled, topics }) => enabled && topics.includes(topic))
  return told.map(({ id: subscription }) => {
    const serial = world.store.next('deliveries')
    const now = world.clock.now()
    const delivery: Delivery = {
      id: messageId(`${subscription} ${serial}`),
      serial,
      subscription,
      topic,
      body,
      made: now,
      due: now + delayMs,
      answers: [],
      state: 'waiting',
    }
    deliveries.put(delivery)
    return delivery
  })
}

/** What an answer makes of a delivery and its subscription. */
export function note(world: World, deliveries: Deliveries, { serial }: Delivery, status: number): void {
  const delivery = deliveries.get(serial)
  const subscription = delivery && world.subscriptions.get(delivery.subscription)
  if (!delivery || !subscription) return
  const now = world.clock.now()
  const answers = [...delivery.answers, status]
  const good = status >= 200 && status < 300
  const pause = pauses[answers.length - 1]
  const state = good || delivery.state === 'delivered' ? 'delivered' : pause === undefined ? 'given-up' : 'waiting'
  deliveries.put({ ...delivery, answers, state, due: now + (pause ?? 0) })
  const failing = good ? null : (subscription.failing ?? now)
  const enabled = subscription.enabled && (failing === null || now - failing < patienceMs)
  world.subscriptions.put({ ...subscription, failing, enabled })
}
