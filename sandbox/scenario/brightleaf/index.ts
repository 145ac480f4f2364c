import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import type { Store } from '../../systems/shared/store.ts'
import type { SandboxShipBob } from '../../systems/shipbob/index.ts'
import type { Expected } from '../expected.ts'
import { billWeek } from './bill.ts'
import { announced, orders, type ShopOrder } from './company.ts'
import { expectedOutcomes } from './expected.ts'
import { type Purchases, placePurchases, setUp } from './masters.ts'
import { orderMore, sell } from './sales.ts'
import {
  bringBack,
  each,
  expectedBy,
  findCarton,
  hasArticles,
  label,
  makeGiftBox,
  order,
  parcelsOf,
  receive,
  takeBack,
} from './warehouse.ts'

/** What happened to the company so far; a killed run goes on with it. */
interface Progress {
  wave: number
  purchases: Purchases
  done: string[]
}

export interface ThirdCompany {
  advance(): void
  done(): boolean
  /** Until everything that ShipBob had to tell has been told. */
  told(): Promise<void>
  readonly expected: readonly Expected[]
}

/** A step: from this wave on it is tried until it says that it is done. Steps of later waves wait for it. */
type Step = [wave: number, name: string, act: () => boolean]

/** Steps in which the company still waits for what is on its way. */
const patience = 10

/**
 * Brightleaf's morning: articles and purchase orders go to ShipBob, which receives, ships, takes back and bills; what it
 * tells comes out of order, twice, or not at all.
 */
export function startThirdCompany(given: { odoo: SandboxOdoo; shipbob: SandboxShipBob; store?: Store }): ThirdCompany {
  const { odoo, shipbob, store } = given
  const { people, webhooks } = shipbob
  let progress = store?.get<Progress>('brightleaf', 'progress')
  if (!progress) {
    progress = { wave: 0, purchases: setUp(odoo), done: [] }
    store?.put('brightleaf', 'progress', progress)
  }
  const at = progress
  const { coffee, mugs, south } = at.purchases
  const [first, second] = announced
  const carton = ({ quantity, lot, expires }: (typeof announced)[number]) => [
    { sku: 'COF-LR-340', quantity, lot, lotDate: `${expires}T00:00:00Z` },
  ]
  const names = Object.keys(orders) as ShopOrder[]

  const steps: readonly Step[] = [
    // Nothing can be expected of an article that ShipBob does not know yet.
    [1, 'purchase orders', () => hasArticles(shipbob) && placePurchases(odoo)],
    [1, 'gift box', () => makeGiftBox(shipbob)],
    [2, 'more mugs', () => expectedBy(shipbob, mugs) !== undefined && orderMore(odoo, mugs, 132)],
    [2, 'first carton', () => receive(shipbob, coffee, carton(first), { complete: false })],
    [2, 'south', () => receive(shipbob, south, [{ sku: 'MUG-BLU-01', quantity: 30 }], { complete: true })],
    [3, 'second carton', () => receive(shipbob, coffee, carton(second), { before: 100, complete: true })],
    // Eight mugs are missing, and nobody will send them.
    [
      3,
      'mugs',
      () =>
        receive(
          shipbob,
          mugs,
          [
            { sku: 'MUG-BLU-01', quantity: 124 },
            { sku: 'TEE-ETE-M', quantity: 60 },
          ],
          {
            complete: true,
          },
        ),
    ],
    [3, 'carton without papers', () => findCarton(shipbob)],
    [3, 'sales', () => names.every((name) => sell(odoo, name) && order(shipbob, name))],
    [4, 'split', () => label(shipbob, 'split')],
    [4, 'gift', () => label(shipbob, 'gift', { trackingLater: true })],
    [
      4,
      'no shirt',
      () =>
        each(
          shipbob,
          'shirt',
          (s) => s.status === 'Exception',
          (id) => people.outOfStock(id, 'TEE-ETE-M'),
        ),
    ],
    [4, 'unknown', () => label(shipbob, 'unknown')],
    [
      5,
      'gift tracking',
      () =>
        each(
          shipbob,
          'gift',
          (s) => s.tracking !== null,
          (id) => people.track(id),
        ),
    ],
    [
      5,
      'delivered',
      () =>
        each(
          shipbob,
          'split',
          (s) => s.delivered !== undefined,
          (id) => people.deliver(id),
        ),
    ],
    [
      5,
      'shirt',
      () =>
        each(
          shipbob,
          'shirt',
          (s) => s.picked,
          (id) => people.release(id),
        ) && label(shipbob, 'shirt'),
    ],
    [6, 'return', () => takeBack(shipbob)],
    [
      6,
      'shirt refused',
      () =>
        each(
          shipbob,
          'shirt',
          (s) => s.details.some(({ id }) => id === 204),
          (id) => people.failDelivery(id),
        ),
    ],
    [6, 'shirt comes back', () => bringBack(shipbob)],
    [6, 'weekly close', () => billWeek(shipbob, coffee)],
  ]
  const last = Math.max(...steps.map(([wave]) => wave))

  const advance = () => {
    webhooks.hold()
    const due = steps.filter(([wave, name]) => wave <= at.wave && !at.done.includes(name))
    const earliest = Math.min(...due.map(([wave]) => wave))
    for (const [wave, name, act] of due) if (wave === earliest && act()) at.done.push(name)
    at.wave += 1
    store?.put('brightleaf', 'progress', at)
    tell()
  }
  /** The newest first, one never, and some twice. What stayed untold is read by the poll. */
  const tell = () => {
    const [lost] = parcelsOf(shipbob, 'split')
    webhooks.lose(({ topic, body }) => topic === 'order.shipment.delivered' && body.includes(`"id":${lost?.id},`))
    const again = new Set(webhooks.waiting().flatMap(({ topic, id }) => (topic === 'wro.completed' ? id : [])))
    void webhooks.release((a, b) => b.serial - a.serial)
    if (again.size > 0) void webhooks.repeat(({ id }) => again.has(id))
  }
  return {
    advance,
    done: () => (at.done.length === steps.length && at.wave > last + 1) || at.wave > last + patience,
    told: () => webhooks.settled(),
    get expected() {
      return expectedOutcomes(odoo, shipbob, at.purchases)
    },
  }
}
