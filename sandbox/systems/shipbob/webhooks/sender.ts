import type { Topic } from '../wire/version.ts'
import type { World } from '../world.ts'
import { createDeliveries, type Delivery, enqueue, note } from './deliveries.ts'
import { signatureOf } from './sign.ts'

export interface SenderOptions {
  /** Time of the signature, epoch milliseconds: the receiver's clock is the real one. */
  signingTime(): number
  /** How a body is written: what is signed is this text. */
  format(body: object): string
}

type Which = (delivery: Delivery) => boolean
type Order = (a: Delivery, b: Delivery) => number

/** ShipBob's deliveries to whoever subscribed, with everything that can happen to them on demand. */
export interface Webhooks {
  /** Everything that was or is to be told, in the order in which it happened. */
  all(): Delivery[]
  /** Not yet taken by anybody, and neither lost nor given up. */
  waiting(): Delivery[]
  /** From now on nothing is sent until `release`. */
  hold(): void
  /** Sends what waits, one after the other in this order: by default as it happened, so reversed is out of order. */
  release(order?: Order): Promise<void>
  /** These are never sent. How many there were. */
  lose(which: Which): number
  /** Sends these once more, with the id they had: a receiver that answered too late gets them again. */
  repeat(which: Which): Promise<void>
  /** Events from now on are first sent so long after they happened, by the sandbox's clock. */
  delayBy(ms: number): void
  /** Sends what is due by the sandbox's clock, in `release`'s order where held. */
  pump(): Promise<void>
  /** Sends everything that waits, due or not. */
  retryNow(): Promise<void>
  /** Until all that was begun has ended. */
  settled(): Promise<void>
  /** Somebody's test event, signed like any other: by default of a topic and body of their own. */
  send(topic: Topic, body: object): Promise<void>
}

/** What a receiver is given to answer (shipbob.md §6.3). */
const patienceMs = 15_000

export function createSender(options: SenderOptions) {
  let world: World | undefined
  let held = false
  let delayMs = 0
  let running: Promise<void> = Promise.resolve()
  let planned = false
  const stopping = new AbortController()
  const at = (): World => {
    if (!world) throw new Error('the sender has no account yet')
    return world
  }
  const deliveries = () => createDeliveries(at())
  const waiting = () =>
    deliveries()
      .all()
      .filter(({ state }) => state === 'waiting')

  const attempt = async (delivery: Delivery) => {
    const subscription = at().subscriptions.get(delivery.subscription)
    if (!subscription?.enabled || stopping.signal.aborted) return
    const status = await post(subscription, delivery, options.signingTime(), stopping.signal)
    if (!stopping.signal.aborted) at().store.transaction(() => note(at(), deliveries(), delivery, status))
  }
  /** One delivery after the other, so that the order is what it says. The first repeat comes at once (§6.3). */
  const sendAll = (some: readonly Delivery[]): Promise<void> => {
    running = running.then(async () => {
      for (const delivery of some) {
        // Two batches may have been asked for with the same delivery in them.
        if (deliveries().get(delivery.serial)?.answers.length !== delivery.answers.length) continue
        await attempt(delivery)
        const after = deliveries().get(delivery.serial)
        if (after?.state === 'waiting' && after.answers.length === 1) await attempt(after)
      }
    })
    return running
  }
  const due = () => waiting().filter((delivery) => delivery.due <= at().clock.now())

  const webhooks: Webhooks = {
    all: () => deliveries().all(),
    waiting,
    hold: () => {
      held = true
    },
    release: (order) => {
      held = false
      return sendAll(order ? waiting().sort(order) : waiting())
    },
    lose: (which) => {
      const some = waiting().filter(which)
      for (const delivery of some) deliveries().put({ ...delivery, state: 'lost' })
      return some.length
    },
    repeat: (which) => sendAll(deliveries().all().filter(which)),
    delayBy: (ms) => {
      delayMs = ms
    },
    pump: () => (held ? running : sendAll(due())),
    retryNow: () => sendAll(waiting()),
    settled: async () => {
      for (let seen: Promise<void> | undefined; seen !== running || planned; ) {
        seen = running
        await running
        if (planned) await new Promise((done) => setImmediate(done))
      }
    },
    send: (topic, body) => sendAll(enqueue(at(), deliveries(), topic, options.format(body), 0)),
  }
  return {
    webhooks,
    /** Stores the deliveries of an event; they leave once the change itself is done. */
    tell: (given: World, topic: Topic, body: object) => {
      world = given
      const made = enqueue(given, deliveries(), topic, options.format(body), delayMs)
      if (made.length === 0 || planned || held) return
      planned = true
      setImmediate(() => {
        planned = false
        if (!stopping.signal.aborted) void webhooks.pump()
      })
    },
    attach: (given: World) => {
      world = given
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** @returns the status; 0 where nobody answered in time */
async function post(
  { url, secret }: { url: string; secret: string },
  { id, topic, body }: Delivery,
  time: number,
  stop: AbortSignal,
): Promise<number> {
  const timestamp = String(Math.floor(time / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, id, timestamp, body),
    'x-webhook-topic': topic,
  }
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(patienceMs), stop])
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}
