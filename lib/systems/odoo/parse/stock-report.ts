import { compare, type Decimal, subtract } from '../../../core/decimal.ts'
import type { StockReport } from '../../../documents/stock-report.ts'
import { readingModel } from '../bundle.ts'
import { isoStamp, stockNumber } from '../stamps.ts'
import { itemOf } from './items.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { unitOf } from './units.ts'

/**
 * What is in stock (odoo.md §7): quantities of Odoo's own reckoning at the moment of reading, in each product's unit.
 * A file that was not read by us is as of the latest change in it.
 */
export function stockReport(records: Records): StockReport {
  const reading = records.first(readingModel)
  const products = records.all('product.product')
  const stamps = products.map((product) => isoStamp(product.record.write_date)).sort()
  const at = reading?.text('at') ?? (stamps.at(-1) || '1970-01-01T00:00:00Z')
  const warehouse = reading?.text('warehouse')
  return {
    type: 'stock-report',
    number: stockNumber(warehouse ?? 'all', at),
    at,
    ...defined({ warehouse }),
    lines: products.map(stockLine),
  }
}

function stockLine(product: Reading): StockReport['lines'][number] {
  const onHand = product.requiredDecimal('qty_available')
  return {
    item: itemOf(product),
    onHand,
    free: product.decimal('free_qty') ?? least(onHand, product),
    active: product.record.active !== false,
    ...defined({
      barcode: product.text('barcode'),
      description: product.text('name'),
      unit: unitOf(product, 'uom_id').name,
      incoming: product.decimal('incoming_qty'),
      outgoing: product.decimal('outgoing_qty'),
    }),
  }
}

/** Without `free_qty` (not in every file): on hand less what is about to leave. */
function least(onHand: Decimal, product: Reading): Decimal {
  const free = subtract(onHand, product.decimal('outgoing_qty') ?? '0')
  return compare(free, '0') < 0 ? '0' : free
}
