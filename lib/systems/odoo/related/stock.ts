import type { SourceDocument } from '../../../core/exchange.ts'
import { readingModel } from '../bundle.ts'
import type { Domain, Odoo, OdooRecord, Search } from '../rpc.ts'
import { toSourceDocument } from '../source-document.ts'
import { countedDomain } from '../versions.ts'

const rowsPerRead = 2000
/** A product that was archived is reported a while longer: whoever lists it has to learn that it is gone. */
const archivedDays = 30
const base = ['name', 'default_code', 'barcode', 'uom_id', 'active', 'write_date']
const quantities = ['qty_available', 'free_qty', 'incoming_qty', 'outgoing_qty']

/**
 * Stock of every product that is kept in stock and sold, at one moment: one report, or one for each warehouse.
 * 10,000 products take one to two seconds (odoo.md §7). A warehouse the database does not have gives no report.
 * @param at the server's time, epoch milliseconds
 */
export async function readStock(
  odoo: Odoo,
  at: number,
  settings: { stockWarehouses?: readonly string[] | undefined; timeZone?: string | undefined },
): Promise<SourceDocument[]> {
  const { stockWarehouses: codes, timeZone } = settings
  const reading = { id: 1, at: new Date(at).toISOString(), ...(timeZone === undefined ? {} : { timezone: timeZone }) }
  const report = (rows: OdooRecord[], extra: { warehouse?: string } = {}) =>
    toSourceDocument('stock-report', { 'product.product': rows, [readingModel]: [{ ...reading, ...extra }] })
  if (!codes) return [report(await readProducts(odoo, at))]
  const search = { fields: ['code'], order: 'id asc' }
  const warehouses = await odoo.searchRead('stock.warehouse', [['code', 'in', [...codes]]], search)
  const documents: SourceDocument[] = []
  for (const { id, code } of warehouses)
    documents.push(report(await readProducts(odoo, at, id), { warehouse: String(code) }))
  return documents
}

async function readProducts(odoo: Odoo, at: number, warehouse?: number): Promise<OdooRecord[]> {
  const present = await odoo.fields('product.product')
  const fields = [...base, ...quantities].filter((name) => name in present)
  const since = new Date(at - archivedDays * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')
  const domain: Domain = [
    ['sale_ok', '=', true],
    ...countedDomain(present),
    '|',
    ['active', '=', true],
    ['write_date', '>=', since],
  ]
  // `warehouse` is the key of older versions; the other one is ignored by each (odoo.md §12).
  const place: Search['context'] = warehouse === undefined ? {} : { warehouse_id: warehouse, warehouse }
  const context = { active_test: false, ...place }
  const rows: OdooRecord[] = []
  for (let last = 0; ; ) {
    const search = { fields, order: 'id asc', limit: rowsPerRead, context }
    const page = await odoo.searchRead('product.product', [...domain, ['id', '>', last]], search)
    rows.push(...page)
    if (page.length < rowsPerRead) return rows
    last = page.at(-1)?.id ?? last
  }
}
