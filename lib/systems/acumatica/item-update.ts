import type { WriteOutcome } from '../../core/exchange.ts'
import type { Problem } from '../../core/problems.ts'
import type { Exchange } from './client.ts'
import { get, put } from './entities.ts'
import type { Query } from './odata.ts'
import { same } from './order-compare.ts'
import { customIn, fieldsIn, held } from './order-lookup.ts'
import { type ApiRecord, identifier, value } from './records.ts'

/** Sets plain or custom fields of a stock item that exists; an item that has them already is left alone. */
export async function updateItem(exchange: Exchange, record: ApiRecord): Promise<WriteOutcome> {
  const item = identifier(record, 'InventoryID') ?? ''
  const query: Query = { select: ['InventoryID', ...fieldsIn(record)], custom: customIn(record) }
  const before = await get(exchange, 'StockItem', [item], query)
  if (!before) return held([notFound(item)])
  if (differing(record, before).length === 0) return delivered(item, true)
  const after = await put(exchange, 'StockItem', record, query, 'update')
  if (!after) return held([notFound(item)])
  const left = differing(record, after)
  return left.length === 0 ? delivered(item, false) : held(left.map((field) => notTaken(item, field)))
}

/** Fields that are not what was sent, custom ones as "View.Field". */
const differing = (record: ApiRecord, got: ApiRecord): string[] => [
  ...fieldsIn(record).filter((field) => field !== 'InventoryID' && !same(record, got, field)),
  ...customIn(record).filter((field) => {
    const path = `custom/${field.replace('.', '/')}`
    return value(record, path) !== undefined && !same(record, got, path)
  }),
]

const delivered = (item: string, adopted: boolean): WriteOutcome => ({
  outcome: 'delivered',
  targetId: `StockItem/${item}`,
  targetNumbers: [item],
  result: { item },
  adopted,
  warnings: [],
})

const notFound = (item: string): Problem => ({
  code: 'ACUMATICA_ITEM_NOT_FOUND',
  message: `There is no stock item ${item} in Acumatica.`,
  path: 'InventoryID',
})

const notTaken = (item: string, field: string): Problem => ({
  code: 'ACUMATICA_ITEM_DIFFERS',
  message: `The stock item ${item} did not take over ${field}.`,
  path: field,
})
