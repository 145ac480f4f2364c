import type { Json, WriteOutcome } from '../../core/exchange.ts'
import { Refusal } from '../../core/failures.ts'
import type { Problem } from '../../core/problems.ts'
import { put } from './entities.ts'
import { type Held, held, isOnHold, keyOf, numberOf, type OrderWork, statusOf } from './order-lookup.ts'
import { type ApiRecord, decimalOf, identifier, rows } from './records.ts'

export type Delivered = Extract<WriteOutcome, { outcome: 'delivered' }>

/** The order as it stands, as later steps need it (an acknowledgement, say). See OrderResult in records.ts. */
export const resultOf = (order: ApiRecord): { [key: string]: Json } => ({
  orderType: identifier(order, 'OrderType') ?? '',
  orderNbr: numberOf(order),
  status: statusOf(order),
  total: decimalOf(order, 'OrderTotal') ?? '0',
  lines: (rows(order, 'Details') ?? []).map((row) => ({
    externalRef: identifier(row, 'ExternalRef') ?? '',
    lineNbr: identifier(row, 'LineNbr') ?? '',
    item: identifier(row, 'InventoryID') ?? '',
    quantity: decimalOf(row, 'OrderQty') ?? '0',
    unit: identifier(row, 'UOM') ?? '',
    price: decimalOf(row, 'UnitPrice') ?? '0',
  })),
})

/** Delivered, with what a person should know of the order's state. */
export function delivered(work: OrderWork, order: ApiRecord, adopted: boolean, warnings: Problem[] = []): Delivered {
  const number = numberOf(order)
  const creditHold = work.settings.statuses.orderCreditHold.includes(statusOf(order))
  const warning: Problem = {
    code: 'ACUMATICA_CREDIT_HOLD',
    message: `Order ${number} is on credit hold in Acumatica.`,
    path: 'Status',
  }
  return {
    outcome: 'delivered',
    targetId: `${identifier(order, 'OrderType') ?? ''}/${number}`,
    targetNumbers: [number],
    result: resultOf(order),
    adopted,
    warnings: creditHold ? [...warnings, warning] : warnings,
  }
}

/** Takes an order off hold. Where Acumatica refuses, it stays on hold and a person is told why in its own words. */
export async function release(
  work: OrderWork,
  order: ApiRecord,
  adopted: boolean,
  warnings: Problem[] = [],
): Promise<Delivered | Held> {
  const select = ['OrderType', 'OrderNbr', 'Status', 'Hold', 'OrderTotal']
  const body = { ...keyOf(order), Hold: { value: false } }
  let state: ApiRecord | undefined
  try {
    state = await put(work.exchange, 'SalesOrder', body, { select }, 'update')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return held(error.problems, resultOf(order))
  }
  if (!state) return held([gone(order)])
  const released = { ...order, ...state }
  if (!isOnHold(released)) return delivered(work, released, adopted, warnings)
  const message = `Order ${numberOf(order)} stays on hold in Acumatica, although it was to be taken off.`
  return delivered(work, released, adopted, [...warnings, { code: 'ACUMATICA_STILL_ON_HOLD', message, path: 'Hold' }])
}

export const gone = (order: ApiRecord): Problem => ({
  code: 'ACUMATICA_ORDER_NOT_FOUND',
  message: `Order ${numberOf(order)} was deleted in Acumatica while it was written.`,
})
