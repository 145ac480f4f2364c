import type { RsxItemRegistry, RsxOrder } from '../../../lib/systems/sps-commerce/records.ts'
import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import type { SandboxClock } from '../../systems/shared/clock.ts'
import type { Store } from '../../systems/shared/store.ts'
import type { SpsSandbox } from '../../systems/sps-commerce/index.ts'
import { type ApiStyle, deliverAs } from '../arrive.ts'
import type { Expected } from '../expected.ts'
import { buildOrder } from '../order.ts'
import { buildActivity } from '../reports.ts'
import { families } from '../script.ts'
import { billWhatShipped, raisePurchase, shipWhatIsReady } from './company.ts'
import { expectedOutcomes } from './expected.ts'
import { purchaseOf, setUp } from './masters.ts'
import { orders } from './orders.ts'
import { alderMarket, glasswerk, type Supplier, tinderbox } from './partners.ts'
import { answer, receipt, shipment } from './suppliers.ts'

/** What happened to the company so far; a killed run goes on with it. */
interface Progress {
  day: string
  wave: number
  purchases: { glass: string; candles: string }
  /** Documents of suppliers and the warehouse that are on their way. */
  sent: string[]
  /** Steps in a row in which nothing happened. */
  rest: number
}

export interface SecondCompany {
  advance(): void
  done(): boolean
  readonly expected: readonly Expected[]
}

const firstControl = 40_201
/** The last step in which something comes from outside. */
const lastEvent = Math.max(5, ...orders.map((o) => o.sketch.wave))
const settling = 3
/** Steps after the last arrival in which the company still waits for what is on its way. */
const patience = 10

/** Fern & Flint's morning: retailers order from it, it orders from suppliers, and a warehouse receives for it. */
export function startSecondCompany(given: {
  sps: Pick<SpsSandbox, 'deliver' | 'sent'>
  odoo: SandboxOdoo
  clock: SandboxClock
  store?: Store
  apiStyle: ApiStyle
}): SecondCompany {
  const { sps, odoo, clock, store, apiStyle } = given
  let progress = store?.get<Progress>('fern-flint', 'progress')
  if (!progress) {
    setUp(odoo, [
      { supplier: glasswerk, wanted: { 'FF-GLS-08': 120, 'FF-GLS-12': 60 } },
      { supplier: tinderbox, wanted: { 'FF-CAN-03': 96, 'FF-CAN-06': 48 } },
    ])
    const purchases = { glass: purchaseOf(odoo, glasswerk), candles: purchaseOf(odoo, tinderbox) }
    progress = { day: new Date(clock.now()).toISOString().slice(0, 10), wave: 0, purchases, sent: [], rest: 0 }
    store?.put('fern-flint', 'progress', progress)
  }
  const at = progress
  const { glass, candles } = at.purchases

  /** Each paper once, as soon as what it answers has come. */
  const once = (name: string, make: () => boolean) => {
    if (at.sent.includes(name) || !make()) return
    at.sent.push(name)
  }
  const got = (type: 'purchase-order' | 'purchase-order-change', number: string): RsxOrder | undefined =>
    (sps.sent(type) as RsxOrder[]).findLast((o) => o.Header.OrderHeader.PurchaseOrderNumber === number)
  const send = (kind: 'acknowledgement' | 'ship-notice' | 'warehouse-receipt', name: string, document: object) => {
    deliverAs(sps, { kind, name }, document, apiStyle)
    return true
  }
  const answerTo = (supplier: Supplier, number: string, later: string[]) =>
    once(`855 ${number}`, () => {
      const order = got('purchase-order', number)
      return order !== undefined && send('acknowledgement', `PR${number}`, answer(supplier, order, at.day, later))
    })

  const retailersOrder = () => {
    for (const [i, { retailer, sketch }] of orders.entries())
      if (sketch.wave === at.wave) {
        const family = sketch.change === undefined ? 'order' : 'change'
        const name = `${families[family].prefix}${sketch.number}-${firstControl + i}`
        deliverAs(
          sps,
          { kind: families[family].kind, name },
          buildOrder(retailer, sketch, at.day, firstControl + i),
          apiStyle,
        )
      }
    if (at.wave === 1) {
      const week = buildActivity(alderMarket, [{ item: 'FF-GLS-08', sold: { '0201': 31 }, onHand: 64 }], at.day, 40_900)
      deliverAs(sps, { kind: 'product-activity', name: 'PDALDERMKT' }, week, apiStyle)
    }
  }
  const suppliersAnswer = () => {
    answerTo(glasswerk, glass, ['FF-GLS-12'])
    answerTo(tinderbox, candles, [])
    if (at.wave < 3) return
    const order = got('purchase-order', glass)
    if (!order) return
    once('856', () =>
      send(
        'ship-notice',
        'SHGW-77120',
        shipment(glasswerk, 'GW-77120', order, { 'FF-GLS-08': 120, 'FF-GLS-12': 48 }, at.day),
      ),
    )
    once('more candles', () => {
      raisePurchase(odoo, candles, 120)
      return true
    })
    if (at.wave < 5) return
    once('944', () =>
      send(
        'warehouse-receipt',
        'RECQ-5501',
        receipt('CQ-5501', glass, { 'FF-GLS-08': { '07': 118, '02': 2 }, 'FF-GLS-12': { '07': 48 } }, at.day),
      ),
    )
    // Six broken candles, and nobody has said where broken goods go.
    once('944 damaged', () =>
      send(
        'warehouse-receipt',
        'RECQ-5502',
        receipt('CQ-5502', candles, { 'FF-CAN-03': { '07': 90, '01': 6 } }, at.day),
      ),
    )
  }
  /** No change or cancellation of it is still to come. */
  const settled = (number: string) => !orders.some((o) => o.sketch.number === number && o.sketch.wave >= at.wave - 1)

  return {
    advance() {
      const before = at.sent.length
      const worked = [billWhatShipped(odoo), shipWhatIsReady(odoo, settled)].some((done) => done)
      retailersOrder()
      suppliersAnswer()
      at.wave += 1
      at.rest = worked || at.sent.length > before ? 0 : at.rest + 1
      store?.put('fern-flint', 'progress', at)
    },
    // What changed in the last step is seen once the clock has moved on.
    done: () => at.wave > lastEvent && (at.rest >= settling || at.wave > lastEvent + patience),
    get expected() {
      // Reports are numbered by the moment they were made.
      const reports = (sps.sent('inventory') as RsxItemRegistry[]).map((r) => r.Header.HeaderReport.DocumentId)
      const own = `${alderMarket.partner}-`
      return expectedOutcomes(odoo, at.purchases, at.day, [...new Set(reports.map((id) => id.replace(own, '')))])
    },
  }
}
