import { onHand } from '../stock.ts'
import { itemBySku, type World } from '../world.ts'
import * as billing from './billing.ts'
import * as orders from './orders.ts'
import * as products from './products.ts'
import * as receiving from './receiving.ts'
import * as returns from './returns.ts'
import * as shipments from './shipments.ts'
import * as subscriptions from './subscriptions.ts'

/** What people do at the merchant's dashboard, in the shops, and in the warehouses. Each is one transaction. */
export function createPeople(world: World) {
  const bind =
    <Given extends unknown[], Result>(act: (world: World, ...given: Given) => Result) =>
    (...given: Given): Result =>
      world.store.transaction(() => act(world, ...given))
  return {
    addProduct: bind(products.addProduct),
    measure: bind(products.measure),
    changeSku: bind(products.changeSku),
    mergeProducts: bind(products.merge),

    arrive: bind(receiving.arrive),
    stow: bind(receiving.stow),
    complete: bind(receiving.complete),
    receiveAll: bind(receiving.receiveAll),
    splitReceiving: bind(receiving.split),
    setAside: bind(receiving.setAside),
    cancelReceiving: bind(receiving.cancelByStaff),
    buyLabel: bind(receiving.buyLabel),
    distribute: bind(receiving.distribute),
    setReceivingStatus: bind(receiving.setStatus),

    placeOrder: bind(orders.placeOrder),
    splitOrder: bind(shipments.splitOrder),
    label: bind(shipments.label),
    track: bind(shipments.track),
    handOver: bind(shipments.handOver),
    deliver: bind(shipments.deliver),
    failDelivery: bind(shipments.failDelivery),
    outOfStock: bind(shipments.outOfStock),
    putOnHold: bind(shipments.putOnHold),
    release: bind(shipments.release),
    cancelShipment: bind(shipments.cancel),
    correctAddress: bind(shipments.correctAddress),
    repack: bind(shipments.repack),

    announceReturn: bind(returns.announceReturn),
    arriveReturn: bind(returns.arriveReturn),
    completeReturn: bind(returns.completeReturn),
    cancelReturn: bind(returns.cancelReturn),
    returnToSender: bind(returns.returnToSender),

    charge: bind((at, given: billing.Billed) => billing.bill(at, 'Charge', given)),
    credit: bind((at, given: billing.Billed) => billing.bill(at, 'Credit', given)),
    refund: bind((at, given: billing.Billed) => billing.bill(at, 'Refund', given)),
    chargeStorage: bind(billing.billStorage),
    closeWeek: bind(billing.closeWeek),
    pay: bind(billing.pay),

    subscribe: bind(subscriptions.subscribe),
    /** ShipBob switches an endpoint off, or its owner does. */
    switchOff: bind((at, id: string) => {
      const found = at.subscriptions.get(id)
      if (found) at.subscriptions.put({ ...found, enabled: false })
    }),
    /** Units on all shelves. */
    onHand: (sku: string): number => onHand(world, itemBySku(world, sku).variant.inventory ?? 0),
  }
}

export type People = ReturnType<typeof createPeople>
