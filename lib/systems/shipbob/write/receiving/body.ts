import type { Json } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { Client } from '../../client.ts'
import type { ReceivingOrderRecord } from '../../records.ts'
import { problem } from '../work.ts'
import type { Box, BoxItem } from './resolve.ts'

const dayMs = 86_400_000

/** When goods are expected: ShipBob takes only the future, so what is past becomes tomorrow, with a warning. */
export function arrivalOf(
  client: Pick<Client, 'now'>,
  { expectedAt, purchaseOrder }: ReceivingOrderRecord,
): { at: number; moved: boolean; warnings: Problem[] } {
  const at = Date.parse(expectedAt)
  // What is a minute away might be past once the request is read.
  if (at > client.now() + 60_000) return { at, moved: false, warnings: [] }
  const tomorrow = Math.ceil(client.now() / dayMs) * dayMs + dayMs / 2
  const message = `Order ${purchaseOrder} was expected at ${expectedAt}, which is past; ShipBob was told ${rfc3339(tomorrow)}.`
  return { at: tomorrow, moved: true, warnings: [problem('SHIPBOB_ARRIVAL_MOVED', message, 'expectedAt')] }
}

/** Full date and time: a bare date is refused from 2026-07 on. */
const rfc3339 = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')

/** What may be changed of a receiving order (`PATCH /receiving/{id}`). */
export const changeBody = (
  record: ReceivingOrderRecord,
  boxes: readonly Box[],
  at: number,
): { [field: string]: Json } => ({
  fulfillment_center: { id: record.centreId },
  expected_arrival_date: rfc3339(at),
  boxes: boxes.map(({ tracking, items }) => ({ tracking_number: tracking, box_items: items.map(itemBody) })),
})

/** The body of `POST /receiving` (shipbob.md §4.3). */
export const newOrder = (
  record: ReceivingOrderRecord,
  boxes: readonly Box[],
  at: number,
  { freight }: Client['profile'],
): Json => ({
  ...changeBody(record, boxes, at),
  package_type: record.packageType,
  box_packaging_type: record.boxPackaging,
  purchase_order_number: record.purchaseOrder,
  ...(freight && record.freight ? { freight: freightBody(record.freight) } : {}),
})

const freightBody = ({ carrier, notes }: NonNullable<ReceivingOrderRecord['freight']>): Json => ({
  ...(carrier === undefined ? {} : { carrier }),
  ...(notes === undefined ? {} : { notes }),
})

const itemBody = ({ inventoryId, sku, quantity, lot, lotDate }: BoxItem): Json => ({
  ...(inventoryId === undefined ? { sku: sku ?? '' } : { inventory_id: inventoryId }),
  quantity,
  ...(lot === undefined ? {} : { lot_number: lot }),
  ...(lotDate === undefined ? {} : { lot_date: `${lotDate}T00:00:00Z` }),
})
