import * as z from 'zod'
import { add, type Decimal, decimal } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'
import type { HistoryEntry } from '../../core/flow.ts'
import { day } from '../../documents/parts.ts'

/** What left of one ERP order, under the numbers of its purchase order. */
const shippedOrder = z.object({
  tradingPartner: z.string(),
  number: z.string(),
  release: z.string().optional(),
  /** "SO/SO-20931": one of several where each store has its own. */
  erpOrder: z.string(),
  lines: z.array(
    z.object({
      /** The buyer's line number. */
      line: z.string(),
      /** In `unit`, the X12 unit of the order. */
      shipped: decimal,
      unit: z.string(),
      /** Still to come of the line after this shipment. */
      left: decimal.optional(),
    }),
  ),
})
export type ShippedOrder = z.infer<typeof shippedOrder>

/**
 * A shipment as it was announced. Kept in the ledger with the ship notice: changes of the order, later shipments and
 * the invoice look at what has left.
 */
export const shipmentSnapshot = z.object({
  shipment: z.string(),
  shipDate: day.optional(),
  carrier: z
    .object({
      /** CL all that was ordered, PR a part. */
      status: z.string().optional(),
      method: z.string().optional(),
      scac: z.string().optional(),
      routing: z.string().optional(),
    })
    .optional(),
  /** One number for the whole load. */
  pro: z.string().optional(),
  cartons: z.number().int(),
  orders: z.array(shippedOrder),
})
export type ShipmentSnapshot = z.infer<typeof shipmentSnapshot>

/** A snapshot as the ledger keeps it; undefined where it is none (another flow's, or of an older release). */
export function readShipmentSnapshot(stored: Json | undefined): ShipmentSnapshot | undefined {
  const parsed = shipmentSnapshot.safeParse(stored)
  return parsed.success ? parsed.data : undefined
}

/** Shipments that were announced or are about to be, each once, oldest first. */
export const announced = (history: readonly HistoryEntry[]): ShipmentSnapshot[] => [
  ...new Map(
    history
      .filter((h) => h.type === 'ship-notice' && (h.state === 'mapped' || h.state === 'delivered'))
      .flatMap((h) => readShipmentSnapshot(h.snapshot) ?? [])
      .map((s) => [s.shipment, s] as const),
  ).values(),
]

/** How much of a buyer's line these shipments took from an ERP order, in `unit`; what they state in another unit does not count. */
export const shippedOf = (
  shipments: readonly ShipmentSnapshot[],
  erpOrder: string,
  { line, unit }: { line: string; unit: string },
): Decimal =>
  add(
    '0',
    ...shipments
      .flatMap((s) => s.orders.filter((o) => o.erpOrder === erpOrder))
      .flatMap((o) => o.lines.filter((l) => l.line === line && l.unit === unit).map((l) => l.shipped)),
  )
