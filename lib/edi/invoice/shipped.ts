import { add, compare, type Decimal, toNumber } from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { RsxCarrier, RsxInvoice, RsxInvoiceLine } from '../../systems/sps-commerce/records.ts'
import { type ShipmentSnapshot, shippedOf } from '../ship-notice/snapshot.ts'
import type { BilledLine } from './lines.ts'

/** The shipments of an invoice that the ledger knows, by number. */
export type Shipments = ReadonlyMap<string, ShipmentSnapshot>

/**
 * Holds what is billed above what was shipped or ordered (sps-commerce.md §10): the sum of a buyer's line over the
 * invoice. A shipment that the ledger does not know, and units that differ, cannot be compared.
 */
export function checkBilled(lines: readonly BilledLine[], shipments: Shipments, find: Findings): void {
  for (const same of Map.groupBy(lines, (l) => `${l.erpOrder} ${l.line} ${l.unit}`).values()) {
    const [first] = same
    if (!first) continue
    const { line, unit, limit, path } = first
    const billed = sumOf(same)
    if (limit !== undefined && compare(billed, limit) > 0)
      find.hold('INVOICED_ABOVE_ORDERED', `Line ${line}: ${billed} ${unit} invoiced, ordered are ${limit}.`, path)
    for (const [number, ofShipment] of Map.groupBy(same, (l) => l.shipment)) {
      const shipped = shippedIn(shipments, number, first)
      const invoiced = sumOf(ofShipment)
      if (shipped !== undefined && compare(invoiced, shipped) > 0)
        find.hold(
          'INVOICED_ABOVE_SHIPPED',
          `Line ${line}: ${invoiced} ${unit} invoiced of shipment ${number}, shipped are ${shipped}.`,
          path,
        )
    }
  }
}

const sumOf = (lines: readonly BilledLine[]): Decimal => add('0', ...lines.map((l) => l.quantity))

/** Undefined where the ledger does not know the shipment, or has the line in another unit. */
function shippedIn(
  shipments: Shipments,
  number: string | undefined,
  { erpOrder, line, unit }: BilledLine,
): Decimal | undefined {
  const shipment = number === undefined ? undefined : shipments.get(number)
  const sent = shipment?.orders.find((o) => o.erpOrder === erpOrder)?.lines.find((l) => l.line === line)
  if (!shipment || (sent && sent.unit !== unit)) return undefined
  return shippedOf([shipment], erpOrder, { line, unit })
}

/** What was shipped of an invoice line and what is still to come, where one line bills all of it in its shipment. */
export function shippedFields(
  billed: BilledLine,
  lines: readonly BilledLine[],
  shipments: Shipments,
): Partial<RsxInvoiceLine> {
  const { shipment, erpOrder, line, unit } = billed
  const shipped = shippedIn(shipments, shipment, billed)
  const alone = lines.every(
    (l) => l === billed || l.shipment !== shipment || l.erpOrder !== erpOrder || l.line !== line,
  )
  if (shipped === undefined || !alone) return {}
  const left = shipments
    .get(shipment ?? '')
    ?.orders.find((o) => o.erpOrder === erpOrder)
    ?.lines.find((l) => l.line === line)?.left
  return {
    ShipQty: toNumber(shipped),
    ShipQtyUOM: unit,
    ...(left !== undefined && compare(left, '0') > 0
      ? { QtyLeftToReceive: toNumber(left), QtyLeftToReceiveStatus: 'BO' }
      : {}),
  }
}

/** Ship date, PRO number, carrier and cartons as they were announced; what several shipments say differently is left out. */
export interface Carried {
  header: Pick<RsxInvoice['Header']['InvoiceHeader'], 'ShipDate' | 'CarrierProNumber'>
  carrier: RsxCarrier | undefined
  cartons: number | undefined
}

/** @param numbers shipments that the invoice bills */
export function carriedBy(shipments: Shipments, numbers: ReadonlySet<string>): Carried {
  const known = [...numbers].flatMap((number) => shipments.get(number) ?? [])
  const all = known.length > 0 && known.length === numbers.size ? known : []
  const only = <T>(values: readonly T[]): T | undefined =>
    new Set(values.map((v) => JSON.stringify(v))).size === 1 ? values[0] : undefined
  const carrier = only(all.map((s) => s.carrier))
  return {
    header: { ShipDate: only(all.map((s) => s.shipDate)), CarrierProNumber: only(all.map((s) => s.pro)) },
    carrier: carrier && {
      StatusCode: carrier.status,
      CarrierTransMethodCode: carrier.method,
      CarrierAlphaCode: carrier.scac,
      CarrierRouting: carrier.routing,
    },
    cartons: all.length === 0 ? undefined : all.reduce((sum, s) => sum + s.cartons, 0) || undefined,
  }
}
