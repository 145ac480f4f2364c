import { readFileSync } from 'node:fs'
import type { Json } from '../../../lib/core/exchange.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'

/** A sample payload of Default/24.200.001, one supplier and one retailer throughout (PO 4500187734). */
export const fixture = <T = ApiRecord>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/acumatica/${name}.json`, import.meta.url), 'utf8')) as T

/** A recorded answer. */
export const answer = (name: string): { status: number; headers: Record<string, string>; body: Json } =>
  fixture(`http/${name}`)

export const shipmentBundle = () => ({
  shipments: [fixture('shipment-two-packages')],
  salesOrders: [fixture('sales-order-after-shipping')],
  stockItems: fixture<ApiRecord[]>('stock-items'),
  customerLocations: fixture<ApiRecord[]>('customer-locations'),
})
