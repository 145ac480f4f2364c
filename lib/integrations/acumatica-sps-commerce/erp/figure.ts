import type { Json } from '../../../core/exchange.ts'
import { type StockItemPut, wrap } from '../../../systems/acumatica/records.ts'

/** Sets one field of a stock item: plain, or custom.<View>.<Field>. */
export function itemFigure(item: string, field: string, value: number) {
  const [, view, name] = /^custom\.(\w+)\.(\w+)$/.exec(field) ?? []
  const record: StockItemPut = {
    InventoryID: wrap(item),
    ...(view !== undefined && name !== undefined
      ? { custom: { [view]: { [name]: { type: 'CustomDecimalField', value } } } }
      : { [field]: wrap(value) }),
  }
  return { operation: 'update-item', record: record as { [field: string]: Json } }
}
