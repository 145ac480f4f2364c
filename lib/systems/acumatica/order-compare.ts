import { absolute, add, cents, compare, type Decimal, multiply, subtract } from '../../core/decimal.ts'
import type { Problem } from '../../core/problems.ts'
import { hasLineReference, numberOf, type OrderWork } from './order-lookup.ts'
import { type ApiRecord, decimalOf, identifier, linked, rows, value } from './records.ts'

/**
 * True where a field of the order is what was sent: numbers by value, dates by their day, identifiers without regard
 * to case and padding, since Acumatica may answer them in its own spelling.
 */
export function same(sent: ApiRecord, got: ApiRecord, field: string): boolean {
  const wanted = value(sent, field)
  if (typeof wanted === 'number' || typeof value(got, field) === 'number') {
    const [a, b] = [decimalOf(sent, field), decimalOf(got, field)]
    return a !== undefined && b !== undefined && compare(a, b) === 0
  }
  if (typeof wanted === 'boolean') return wanted === (value(got, field) === true)
  const [a, b] = [identifier(sent, field) ?? '', identifier(got, field) ?? '']
  if (/^\d{4}-\d\d-\d\dT/.test(a)) return a.slice(0, 10) === b.slice(0, 10)
  return a.toUpperCase() === b.toUpperCase()
}

export interface Pair {
  sent: ApiRecord
  index: number
  row: ApiRecord | undefined
}

/** Rows of an order by the buyer's line number, in the order of their own. */
export function rowsByReference(order: ApiRecord): Map<string, ApiRecord[]> {
  const found = new Map<string, ApiRecord[]>()
  for (const row of [...(rows(order, 'Details') ?? [])].sort((a, b) => lineNbr(a) - lineNbr(b)))
    found.set(referenceOf(row), [...(found.get(referenceOf(row)) ?? []), row])
  return found
}

/** The buyer's line number as it is compared; "" where a line has none. */
export const referenceOf = (line: ApiRecord): string => identifier(line, 'ExternalRef')?.toUpperCase() ?? ''

/** Sent lines with the order's rows: by the buyer's line number, or in their order where rows have no reference. */
export function pairLines(work: OrderWork, order: ApiRecord): { pairs: Pair[]; extra: ApiRecord[] } {
  const referenced = hasLineReference(work)
  const left = rowsByReference(order)
  const pairs = (rows(work.record, 'Details') ?? []).map((sent, index) => {
    const row = left.get(referenced ? referenceOf(sent) : '')?.shift()
    return { sent, index, row }
  })
  return { pairs, extra: [...left.values()].flat() }
}

const lineNbr = (row: ApiRecord): number => Number(value(row, 'LineNbr') ?? 0)

const words: { [field: string]: string } = {
  InventoryID: 'item',
  OrderQty: 'quantity',
  UOM: 'unit',
  UnitPrice: 'price',
  CustomerID: 'customer',
  LocationID: 'location',
  CustomerOrder: 'customer order number',
}

/** Every difference between what was sent and what stands in the order, in words for the order desk. */
export function differences(work: OrderWork, order: ApiRecord): Problem[] {
  const { record } = work
  const number = numberOf(order)
  const found: Problem[] = []
  const differ = (where: string, sent: ApiRecord, got: ApiRecord, field: string, path: string) => {
    if (value(sent, field) === undefined || same(sent, got, field)) return
    const [is, says] = [identifier(got, field) ?? 'empty', identifier(sent, field)]
    found.push(problem(`${where}: the ${words[field]} is ${is}, the purchase order says ${says}.`, path))
  }
  for (const field of ['CustomerID', 'LocationID', 'CustomerOrder'])
    differ(`Order ${number}`, record, order, field, field)
  const { pairs, extra } = pairLines(work, order)
  for (const { sent, index, row } of pairs) {
    const path = `Details[${index}]`
    const name = `${identifier(sent, 'ExternalRef') ?? index + 1} (${identifier(sent, 'InventoryID') ?? '?'})`
    if (!row) found.push(problem(`Order ${number} lacks line ${name} of the purchase order.`, path))
    else
      for (const field of ['InventoryID', 'OrderQty', 'UOM', 'UnitPrice'])
        differ(`Order ${number}, line ${name}`, sent, row, field, `${path}.${field}`)
  }
  for (const row of extra)
    found.push(
      problem(
        `Order ${number} has line ${lineNbr(row)} (${identifier(row, 'InventoryID')}) that the purchase order lacks.`,
      ),
    )
  return [...found, ...totalDifference(work, order)]
}

/** What was sent, priced: undefined where Acumatica was to find a price itself. Rounded line by line, as it does. */
function expectedTotal(record: ApiRecord): Decimal | undefined {
  const amounts: Decimal[] = []
  for (const line of rows(record, 'Details') ?? []) {
    const [quantity, price] = [decimalOf(line, 'OrderQty'), decimalOf(line, 'UnitPrice')]
    if (quantity === undefined || price === undefined) return undefined
    amounts.push(cents(multiply(quantity, price)))
  }
  const settings = linked(record, 'ShippingSettings') ?? {}
  return add('0', ...amounts, decimalOf(settings, 'FreightPrice') ?? '0')
}

function totalDifference(work: OrderWork, order: ApiRecord): Problem[] {
  const [expected, total] = [expectedTotal(work.record), decimalOf(order, 'OrderTotal')]
  if (expected === undefined || total === undefined) return []
  const goods = subtract(total, decimalOf(order, 'TaxTotal') ?? '0')
  if (compare(absolute(subtract(goods, expected)), work.settings.totalTolerance) <= 0) return []
  const message = `Order ${numberOf(order)} comes to ${goods} before tax, the purchase order to ${expected}.`
  return [problem(message, 'OrderTotal')]
}

const problem = (message: string, path?: string): Problem => ({
  code: 'ACUMATICA_ORDER_DIFFERS',
  message,
  ...(path ? { path } : {}),
})
