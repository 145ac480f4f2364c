import { isZero } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'
import type { InboundOrder } from '../../documents/inbound-order.ts'
import { asJson, type Bundle, idOf } from './bundle.ts'
import { inboundOrder } from './parse/inbound-order.ts'
import { product } from './parse/product.ts'
import { createRecords } from './parse/reading.ts'
import type { OdooRecord } from './rpc.ts'
import { isoStamp } from './stamps.ts'

/*
 * Documents for a warehouse are made of many records (templates, bills of materials, transfers) of which most fields have
 * no part in them: what such a document says is told by the document itself, not by its records.
 */

/** The records that order the states of a document, beside its own: what a change of it leaves its stamp on. */
const stamped: { readonly [type: string]: readonly string[] } = {
  product: ['mrp.bom', 'mrp.bom.line'],
  'inbound-order': ['purchase.order.line', 'stock.picking', 'stock.move', 'stock.move.line'],
}

export const isWarehouseType = (type: string): boolean => type in stamped

/** ISO stamps of everything whose change makes another state of the document. */
export function warehouseStamps(type: string, primary: OdooRecord, bundle: Bundle): string[] {
  const template = idOf(primary.product_tmpl_id)
  const own = (bundle['product.template'] ?? []).filter(({ id }) => id === template)
  const inside = (stamped[type] ?? []).flatMap((model) => bundle[model] ?? [])
  return [primary, ...own, ...inside].map((record) => isoStamp(record.write_date))
}

/**
 * What matters to the warehouse of a bundle; where it cannot be told, why. Of an order neither what was received (until
 * nothing more is expected) nor names and numbers of the vendor; once goods have come, announcements are history.
 */
export function tellingOf(type: string, bundle: Bundle): Json {
  const records = createRecords(asJson(bundle), 'UTC')
  const primary = records.first(type === 'product' ? 'product.product' : 'purchase.order')
  if (!primary) return null
  const told = type === 'product' ? product(primary, records) : withoutProgress(inboundOrder(primary, records))
  const { problems } = records
  return (problems.length > 0 ? problems.map(({ code, message }) => [code, message]) : told) as Json
}

const withoutProgress = ({ state, number, vendor, warehouse, dropShip, expectedAt, lines, boxes }: InboundOrder) => ({
  ...{ state, number, vendor, warehouse, dropShip, expectedAt },
  lines: lines.map(({ line, productId, item, tracking, quantity }) => ({ line, productId, item, tracking, quantity })),
  boxes: lines.some(({ received }) => !isZero(received)) ? [] : boxes,
})
