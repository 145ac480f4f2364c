import { add, type Decimal, multiply } from '../../core/decimal.ts'
import type { Json, Write } from '../../core/exchange.ts'
import { resultOf } from './order-result.ts'
import { type ApiRecord, decimalOf, identifier, rows, wrap } from './records.ts'

/**
 * What Acumatica would answer if it took every write as it was sent: the result that later steps of a preview see.
 * Pure; no price is looked up, nothing is rounded, no hold is set.
 * @param standing the order as earlier writes left it
 * @param number what stands for the number of a new order
 */
export function acceptAsSent(
  write: Write,
  standing: ApiRecord | undefined,
  number: string,
): { record: ApiRecord; result: { [key: string]: Json }; numbers: string[] } {
  const sent = write.record
  if (write.operation === 'update-item') {
    const item = identifier(sent, 'InventoryID') ?? ''
    return { record: sent, result: { item }, numbers: [item] }
  }
  const changed =
    write.operation === 'change-order'
      ? changeOf(standing ?? {}, sent, rows(sent, 'Details') ?? [])
      : { ...standing, ...sent }
  const order: ApiRecord = {
    ...changed,
    OrderNbr: standing?.OrderNbr ?? wrap(number),
    Status: wrap(write.operation === 'cancel-order' ? 'Canceled' : 'Open'),
    OrderTotal: wrap(totalOf(changed)),
    Details: (rows(changed, 'Details') ?? []).map((row, i) => ({ LineNbr: wrap(i + 1), ...row })),
  }
  return { record: order, result: resultOf(order), numbers: [identifier(order, 'OrderNbr') ?? ''] }
}

/** Rows are found by the buyer's line number, as the writer finds them. */
function changeOf(standing: ApiRecord, { Details: _, ...header }: ApiRecord, changes: ApiRecord[]): ApiRecord {
  const lineOf = (row: ApiRecord) => identifier(row, 'ExternalRef')
  const byLine = new Map(changes.map((row) => [lineOf(row), row]))
  const before = rows(standing, 'Details') ?? []
  const kept = before.map((row) => ({ ...row, ...byLine.get(lineOf(row)) })).filter((row) => row.delete !== true)
  const known = new Set(before.map(lineOf))
  const added = changes.filter((row) => !known.has(lineOf(row)) && row.delete !== true)
  return { ...standing, ...header, Details: [...kept, ...added] }
}

const totalOf = (order: ApiRecord): Decimal =>
  (rows(order, 'Details') ?? []).reduce(
    (sum, row) => add(sum, multiply(decimalOf(row, 'OrderQty') ?? '0', decimalOf(row, 'UnitPrice') ?? '0')),
    '0',
  )
