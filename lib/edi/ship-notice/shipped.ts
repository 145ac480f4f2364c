import { add } from '../../core/decimal.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import { erpKeyOf } from '../outbound/edi-order.ts'
import type { Carriage } from './carrier.ts'
import type { ShippedLine } from './lines.ts'
import type { ShipmentSnapshot, ShippedOrder } from './snapshot.ts'

/** What is kept of a shipment; lines of several shipment lines are summed by the buyer's line. */
export function snapshotOfShipment(
  shipment: ShipNotice,
  lines: readonly ShippedLine[],
  { section, pro }: Carriage,
): ShipmentSnapshot {
  const orders = [...Map.groupBy(lines, (l) => l.order)].map(([order, ofOrder]): ShippedOrder => {
    const { tradingPartner, number, release, erp } = order
    const byLine = [...Map.groupBy(ofOrder, (l) => l.buyer.line)].map(([line, same]) => {
      const [first] = same
      const open = first?.erp.open
      const left = open === undefined ? undefined : first?.inOrderUnit(open, first.erp.unit)
      return {
        line,
        shipped: add('0', ...same.map((l) => l.shipped)),
        unit: first?.unit.x12 ?? '',
        ...(left === undefined ? {} : { left }),
      }
    })
    return { tradingPartner, number, ...(release ? { release } : {}), erpOrder: erpKeyOf(erp), lines: byLine }
  })
  return {
    shipment: shipment.number,
    ...(shipment.shipDate === undefined ? {} : { shipDate: shipment.shipDate }),
    ...(section
      ? {
          carrier: {
            status: section.StatusCode,
            method: section.CarrierTransMethodCode,
            scac: section.CarrierAlphaCode,
            routing: section.CarrierRouting,
          },
        }
      : {}),
    ...(pro === undefined ? {} : { pro }),
    cartons: shipment.packages.length,
    orders,
  }
}
