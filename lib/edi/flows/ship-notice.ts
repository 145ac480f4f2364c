import type { MapResult } from '../../core/exchange.ts'
import { createFindings, held, skipped, toJson, written } from '../../core/findings.ts'
import type { Flow } from '../../core/flow.ts'
import { trackingIndexes } from '../../core/tracking.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import { uploadReference } from '../../systems/sps-commerce/records.ts'
import { cancelAfter, dateOf } from '../order/header.ts'
import { nameSafe } from '../order/identity.ts'
import { purchaseNumbersOf } from '../outbound/edi-order.ts'
import { alreadySent, ediOrders } from '../outbound/eligibility.ts'
import { shipToAddress } from '../outbound/ship-to.ts'
import { resolveCode } from '../resolve/code.ts'
import { firstPlace, placeByLocation, toAddress } from '../resolve/location.ts'
import { buildNotice, isComplete } from '../ship-notice/build.ts'
import { carriage } from '../ship-notice/carrier.ts'
import { checkShipped, shippedLines } from '../ship-notice/lines.ts'
import { packGoods } from '../ship-notice/packs.ts'
import { snapshotOfShipment } from '../ship-notice/shipped.ts'
import { announced } from '../ship-notice/snapshot.ts'
import type { ErpSource } from './source.ts'

const orderKeys = ({ lines }: ShipNotice) =>
  lines.map((l) => (l.order === undefined ? undefined : `${l.orderType}/${l.order}`))

/** Confirmed shipment → 856 (acumatica.md §9 O1–O4, S1–S8). */
export const shipNoticeFlow = <Settings>({
  name,
  source,
  byHand,
  linesByItem,
}: ErpSource<Settings>): Flow<ShipNotice, Settings> => ({
  name,
  source,
  types: ['ship-notice'],
  lookups: (shipment) => [
    { number: shipment.number },
    ...shipment.lines.flatMap((l) => (l.order === undefined ? [] : [{ number: l.order }])),
    ...shipment.orders.flatMap(purchaseNumbersOf).map((number) => ({ number })),
  ],

  map(shipment, context): MapResult {
    const find = createFindings()
    const { tables } = context
    if (shipment.kind !== 'Shipment' || shipment.operation !== 'Issue')
      return skipped(find, 'NOT_ELIGIBLE', `A ${shipment.kind} (${shipment.operation}) is not announced to a retailer.`)
    if (shipment.status === 'On Hold' || shipment.status === 'Open')
      return skipped(find, 'NOT_ELIGIBLE', `The shipment is ${shipment.status}; it is announced once it is confirmed.`)
    if (alreadySent(context.history(shipment.number), 'ship-notice', context.key))
      return skipped(
        find,
        'ALREADY_SENT',
        `Ship notice ${shipment.number} was sent; a later change never sends itself again.`,
      )
    const edi = ediOrders(orderKeys(shipment), shipment.orders, shipment.customer, context, find, {
      byHand: byHand(context.settings),
      byItem: linesByItem,
    })
    if ('notEdi' in edi) return skipped(find, 'NOT_EDI', edi.notEdi)
    if ('held' in edi) return held(find)

    const { partner, tradingPartner } = edi
    const orders = [...edi.orders.values()]
    const lines = shippedLines(shipment, edi.orders, { tables, find })
    const earlier = orders.flatMap((o) => context.history(o.number)).filter((h) => h.number !== shipment.number)
    checkShipped(lines, announced(earlier), find)
    const packing = packGoods(shipment, lines, partner, find)
    checkMixedCartons(packing, partner.mixedCartons, find)
    checkWindow(shipment, orders, find)
    const { customer, location } = shipment
    const shipTo = shipToAddress({
      tables,
      tradingPartner,
      customer,
      location,
      address: shipment.shipTo,
      locations: shipment.locations,
      orders,
      find,
    })
    if (shipment.shipDate === undefined) find.hold('SHIP_DATE_MISSING', 'The shipment has no date.', 'ShipmentDate')
    const own = { kind: 'warehouse', tradingPartner } as const
    const from =
      shipment.warehouse === undefined ? firstPlace(tables, own) : placeByLocation(tables, own, shipment.warehouse)
    const carried = carriage(shipment, partner, isComplete(lines), { tables, find })
    const record = buildNotice({
      shipment,
      partner,
      orders,
      lines,
      packing,
      carriage: carried,
      ...(shipTo ? { shipTo } : {}),
      ...(from ? { shipFrom: toAddress('SF', from) } : {}),
      weightUnit: (unit = partner.weightUnit) => resolveCode(tables, 'weightUnit', tradingPartner, unit)?.value ?? unit,
      capturedAt: context.capturedAt,
    })
    if (find.problems.length > 0) return held(find)
    const write = {
      connection: context.connections['sps-commerce'] ?? '',
      operation: 'send-ship-notice',
      reference: uploadReference('send-ship-notice', nameSafe(shipment.number)),
      record: toJson(record),
    }
    return written(find, [write], {
      snapshot: toJson(snapshotOfShipment(shipment, lines, carried)),
      index: [...new Set(orders.map((o) => o.number)), ...trackingOf(shipment)],
    })
  },
})

/** Its parcels' numbers, or the load's. */
const trackingOf = ({ tracking = '', packages }: ShipNotice): string[] =>
  trackingIndexes([...packages.map((p) => p.tracking), ...tracking.split(/[\s,;+]+/)])

/** A carton with goods of two orders is listed under each of them, or a person decides (partners.mixedCartons). */
function checkMixedCartons(
  packing: ReturnType<typeof packGoods>,
  policy: string,
  find: Parameters<typeof packGoods>[3],
): void {
  if (packing.structure !== '0001') return
  for (const { index, contents } of packing.cartons) {
    const numbers = new Set(contents.map((c) => c.line.order.number))
    if (numbers.size < 2) continue
    const message = `Package ${index + 1} holds goods of orders ${[...numbers].join(', ')}.`
    if (policy === 'hold') find.hold('CARTON_MIXED', message, `Packages[${index}]`)
    else find.warn('CARTON_MIXED', `${message} It is listed under each of them.`, `Packages[${index}]`)
  }
}

/** Outside the retailer's ship window: warned about before sending (sps-commerce.md §10). */
function checkWindow(
  shipment: ShipNotice,
  orders: { number: string; snapshot?: { dates: { qualifier: string; date: string }[] } }[],
  find: Parameters<typeof packGoods>[3],
): void {
  const { shipDate } = shipment
  if (shipDate === undefined) return
  for (const { number, snapshot } of orders) {
    if (!snapshot) continue
    const dated = snapshot as Parameters<typeof cancelAfter>[0]
    const [first, last] = [dateOf(dated, '037'), dateOf(dated, '038') ?? cancelAfter(dated)]
    if (first !== undefined && shipDate < first)
      find.warn('SHIP_WINDOW', `Shipped on ${shipDate}, order ${number} says not before ${first}.`, 'ShipmentDate')
    if (last !== undefined && shipDate > last)
      find.warn('SHIP_WINDOW', `Shipped on ${shipDate}, order ${number} says not after ${last}.`, 'ShipmentDate')
  }
}
