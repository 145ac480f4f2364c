import type { SandboxAcumatica } from '../systems/acumatica/index.ts'
import { type ApiRecord, bool, fields, list, num, str } from '../systems/acumatica/wire.ts'
import { billing, orders, phoneOrder, returned, type ScriptedOrder, shipping } from './script.ts'

/** Somebody takes an order by telephone and keys it in. */
export function takePhoneOrder(erp: SandboxAcumatica): void {
  const { customer, location, customerOrder, item, quantity } = phoneOrder
  erp.enterOrder({
    ...fields({
      OrderType: 'SO',
      CustomerID: customer,
      LocationID: location,
      CustomerOrder: customerOrder,
      Hold: false,
    }),
    Details: [fields({ InventoryID: item, OrderQty: quantity })],
  })
}

/** The warehouse ships every order that is off hold and stands as the retailer last wanted it. */
export const shipWhatIsReady = (erp: SandboxAcumatica): void =>
  void erp.advance({
    ship: (order) => (isReady(order) ? (shipping[purchaseOrder(order)] ?? {}) : undefined),
    invoice: () => undefined,
  })

/** The accountant invoices everything that has left. */
export const billWhatShipped = (erp: SandboxAcumatica): void =>
  void erp.advance({
    ship: () => undefined,
    invoice: (shipment) => billing[purchaseOrder(orderOf(erp, shipment))] ?? {},
  })

/** Credits the broken goods once their invoice stands. */
export function creditReturns(erp: SandboxAcumatica): void {
  if (creditMemo(erp)) return
  const invoice = invoices(erp, 'Invoice').find((i) => str(i, 'CustomerOrder') === returned.number)
  if (invoice) erp.creditMemo(str(invoice, 'ReferenceNbr'), { lines: returned.lines, claim: returned.claim })
}

export const creditMemo = (erp: SandboxAcumatica): ApiRecord | undefined => invoices(erp, 'Credit Memo')[0]

export const invoices = (erp: SandboxAcumatica, type: string): ApiRecord[] =>
  erp.all('SalesInvoice').filter((i) => str(i, 'Type') === type)

/** True where papers can be made right now: something to ship, or something to bill. */
export const hasWork = (erp: SandboxAcumatica): boolean =>
  erp.orders().some(isReady) || erp.all('Shipment').some((s) => str(s, 'Status') === 'Confirmed')

export const orderOf = (erp: SandboxAcumatica, shipment: ApiRecord): ApiRecord | undefined => {
  const [row] = list(shipment, 'Orders')
  return erp.find('SalesOrder', str(row, 'OrderType'), str(row, 'OrderNbr'))
}

export const purchaseOrder = (order: ApiRecord | undefined): string => str(order, 'CustomerOrder')

export const isOrderOf = (order: ApiRecord, { retailer, sketch }: ScriptedOrder): boolean =>
  retailer.customer === str(order, 'CustomerID') &&
  sketch.number === purchaseOrder(order) &&
  (sketch.release === undefined || str(order, 'ExternalRef').endsWith(`:${sketch.release}`))

const isReady = (order: ApiRecord): boolean =>
  str(order, 'OrderType') === 'SO' &&
  str(order, 'Status') === 'Open' &&
  !bool(order, 'Hold') &&
  list(order, 'Shipments').length === 0 &&
  isSettled(order)

/**
 * True where no change, replacement or cancellation of the order is still on its way: the buyer's last word, line by
 * line, is what stands in the ERP.
 */
function isSettled(order: ApiRecord): boolean {
  const chain = orders.filter((o) => isOrderOf(order, o) && o.sketch.expect === undefined).map((o) => o.sketch)
  if (chain.some((s) => s.purpose === '01')) return false
  if (chain.length < 2) return true
  const wanted = new Map<number, number>()
  for (const sketch of chain) {
    if (sketch.change === undefined) wanted.clear()
    for (const [i, line] of sketch.lines.entries()) wanted.set(Number(line.line ?? i + 1), line.qty)
  }
  const standing = new Map(list(order, 'Details').map((row) => [Number(str(row, 'ExternalRef')), num(row, 'OrderQty')]))
  return [...wanted].every(([line, quantity]) => (standing.get(line) ?? 0) === quantity)
}
