import type { SandboxShipBob } from '../../systems/shipbob/index.ts'
import { totals } from '../../systems/shipbob/render/receiving.ts'
import { articles, giftBox, orders, type ShopOrder } from './company.ts'

/*
 * What the people of the warehouses do. Each is done wholly or not at all, and says whether it has been done: a run may be
 * killed between what was done and the note of it, and does it again.
 */

type ReceivingOrder = NonNullable<ReturnType<SandboxShipBob['account']['receiving']['get']>>
type Shipment = NonNullable<ReturnType<SandboxShipBob['account']['shipments']['get']>>

/** The receiving order of a purchase order, once the integration has made it. */
export const expectedBy = ({ account }: SandboxShipBob, purchase: string): ReceivingOrder | undefined =>
  account.receiving.all().find((one) => one.purchaseOrder === purchase && one.status !== 'Cancelled')

const has = ({ account }: SandboxShipBob, sku: string): boolean =>
  account.products.all().some(({ variants }) => variants.some((variant) => variant.sku === sku))

const stowed = (order: ReceivingOrder): number => [...totals(order).values()].reduce((all, one) => all + one.stowed, 0)

/** True once the integration has brought every article that it can. */
export const hasArticles = (shipbob: SandboxShipBob): boolean =>
  articles.every(({ item, service }) => service === true || item === '' || has(shipbob, item))

/** Somebody makes the gift box in the dashboard, of products that the integration has brought. */
export function makeGiftBox(shipbob: SandboxShipBob): boolean {
  if (!Object.keys(giftBox.components).every((sku) => has(shipbob, sku))) return false
  if (!has(shipbob, giftBox.sku)) shipbob.people.addProduct(giftBox)
  return true
}

/** Goods come to a receiving order, which they complete or not. Waits for the order. */
export function receive(
  shipbob: SandboxShipBob,
  purchase: string,
  goods: Parameters<SandboxShipBob['people']['stow']>[1],
  { before = 0, complete }: { before?: number; complete: boolean },
): boolean {
  const order = expectedBy(shipbob, purchase)
  if (!order) return false
  if (stowed(order) === before) shipbob.people.stow(order.id, goods)
  if (complete && shipbob.account.receiving.get(order.id)?.status !== 'Completed') shipbob.people.complete(order.id)
  return true
}

/** A carton without papers, which stays where it is until somebody claims it. */
export function findCarton({ account, people }: SandboxShipBob): boolean {
  if (account.unidentified.all().length === 0)
    people.setAside({ comment: '2 cartons, blue mugs', tracking: '1Z999AA10123456800' })
  return true
}

/** The shop's app brings an order. */
export function order({ account, people }: SandboxShipBob, name: ShopOrder): boolean {
  const { reference, parcels } = orders[name]
  if (account.orders.all().some((one) => one.reference === reference)) return true
  const units: Record<string, number> = {}
  for (const parcel of parcels)
    for (const [sku, quantity] of Object.entries(parcel.units)) units[sku] = (units[sku] ?? 0) + quantity
  const lines = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity, price: 12.5 }))
  people.placeOrder({ reference, lines, parcels })
  return true
}

/** The parcels of an order, in the order in which they were planned. */
export function parcelsOf({ account }: SandboxShipBob, name: ShopOrder): Shipment[] {
  const found = account.orders.all().find((one) => one.reference === orders[name].reference)
  return account.shipments.all().filter((one) => one.order === found?.id)
}

/** Every parcel of an order is labelled, unless it is already. */
export function label(
  shipbob: SandboxShipBob,
  name: ShopOrder,
  how: Parameters<SandboxShipBob['people']['label']>[1] = {},
): boolean {
  for (const { id, picked } of parcelsOf(shipbob, name)) if (!picked) shipbob.people.label(id, how)
  return true
}

/** Something is done with every parcel of an order that is not so yet. */
export function each(
  shipbob: SandboxShipBob,
  name: ShopOrder,
  isDone: (shipment: Shipment) => boolean,
  act: (id: number) => unknown,
): boolean {
  for (const shipment of parcelsOf(shipbob, name)) if (!isDone(shipment)) act(shipment.id)
  return true
}

/** A customer sends back a coffee that is still good and a mug that is not. */
export function takeBack(shipbob: SandboxShipBob): boolean {
  const { account, people } = shipbob
  const reference = 'RMA-2026-0091'
  const [parcel] = parcelsOf(shipbob, 'split')
  if (!parcel) return false
  const known = account.returns.all().find((one) => one.reference === reference)
  const { id, status } =
    known ?? people.announceReturn({ reference, shipment: parcel.id, units: { 'COF-LR-340': 1, 'MUG-BLU-01': 1 } })
  if (status !== 'Completed')
    people.completeReturn(id, { 'MUG-BLU-01': [{ action: 'Dispose', quantity: 1, reason: 'Handle broken off' }] })
  return true
}

/** Nobody took the shirt in: it comes back by itself, and goes back to its shelf. */
export function bringBack(shipbob: SandboxShipBob): boolean {
  const [parcel] = parcelsOf(shipbob, 'shirt')
  if (!parcel) return false
  const known = shipbob.account.returns.all().some((one) => one.shipment === parcel.id)
  if (!known) shipbob.people.returnToSender(parcel.id)
  return true
}
