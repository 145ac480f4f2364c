import { add, multiply, toNumber } from '../../lib/core/decimal.ts'
import { type ApiRecord, identifier, linked, rows } from '../../lib/systems/acumatica/records.ts'
import { makeSscc } from '../../lib/systems/sps-commerce/records.ts'
import { articleOf } from './catalogue.ts'
import { baseFactor, guid, midnight, numbered, type OrderRow, orderRow, record, stamp } from './erp-records.ts'

/** How the warehouse packs an order. */
export interface Packing {
  /** A carton for everything, or one for each line. */
  cartons: 'one' | 'per-line'
  /** False: the packer scanned no contents. */
  contents: boolean
  /** Buyer's line → what there was of it, in the line's unit; the rest stays on backorder. */
  short?: Readonly<Record<string, number>>
}

export interface ShipmentFacts {
  number: string
  /** Makes the serial numbers of the cartons; unique in the morning. */
  serial: number
  day: string
  now: number
}

interface Picked {
  row: OrderRow
  shipped: number
  /** Allocation number, and quantity in the base unit: what package contents refer to. */
  split: number
  base: number
}

const shipmentEntity = 'Shipment'

/**
 * What a confirmed shipment of this order looks like, and the order after it. Quantities of allocations and of
 * package contents are in the base unit, those of shipment lines in the order line's unit (acumatica.md §7).
 */
export function shipOrder(
  order: ApiRecord,
  packing: Packing,
  facts: ShipmentFacts,
): { shipment: ApiRecord; order: ApiRecord } {
  const picked = (rows(order, 'Details') ?? []).map(orderRow).flatMap((row, i) => {
    const shipped = packing.short?.[row.buyerLine] ?? row.quantity
    return shipped > 0 ? [{ row, shipped, split: i + 1, base: shipped * baseFactor(row.item, row.unit) }] : []
  })
  const orderType = identifier(order, 'OrderType') ?? ''
  const orderNbr = identifier(order, 'OrderNbr') ?? ''
  const packages = pack(picked, packing, facts)
  const weight = packages.reduce((sum, p) => add(sum, p.weight), '0')
  const shippedQty = picked.reduce((sum, p) => sum + p.shipped, 0)
  const shipment = record(`${shipmentEntity} ${facts.number}`, {
    ShipmentNbr: facts.number,
    Type: 'Shipment',
    Operation: 'Issue',
    Status: 'Confirmed',
    Hold: false,
    ShipmentDate: midnight(facts.day),
    CustomerID: identifier(order, 'CustomerID') ?? null,
    LocationID: identifier(order, 'LocationID') ?? null,
    WarehouseID: 'W1',
    ShipVia: identifier(order, 'ShipVia') ?? identifier(order, 'ShippingSettings/ShipVia') ?? null,
    FOBPoint: null,
    ShippingTerms: null,
    ShippedQty: shippedQty,
    ShippedWeight: toNumber(weight),
    PackageCount: packages.length,
    PackageWeight: toNumber(weight),
    FreightPrice: 0,
    CreatedDateTime: stamp(facts.now),
    LastModifiedDateTime: stamp(facts.now),
    NoteID: guid(`${shipmentEntity} ${facts.number}`),
    Details: numbered(picked.map((p, i) => shipmentLine(p, i + 1, { orderType, orderNbr, number: facts.number }))),
    Packages: numbered(packages.map((p) => p.record)),
    Orders: [
      record(`${facts.number} ${orderNbr}`, {
        OrderType: orderType,
        OrderNbr: orderNbr,
        ShipmentNbr: facts.number,
        ShipmentType: 'Shipment',
        ShippedQty: shippedQty,
        InvoiceType: null,
        InvoiceNbr: null,
      }),
    ],
    ShippingSettings: record(`${facts.number} settings`, {
      ShipToAddress: linked(order, 'ShipToAddress') ?? null,
      ShipToContact: linked(order, 'ShipToContact') ?? null,
      ShipToAddressOverride: false,
      ShipToContactOverride: false,
    }),
  })
  return { shipment, order: afterShipping(order, picked, facts, shippedQty) }
}

function shipmentLine(p: Picked, line: number, at: { orderType: string; orderNbr: string; number: string }): ApiRecord {
  const id = `${at.number} line ${line}`
  return record(id, {
    LineNbr: line,
    OrderType: at.orderType,
    OrderNbr: at.orderNbr,
    OrderLineNbr: p.row.line,
    InventoryID: p.row.item,
    Description: p.row.description,
    UOM: p.row.unit,
    OrderedQty: p.row.quantity,
    ShippedQty: p.shipped,
    OpenQty: p.row.quantity - p.shipped,
    WarehouseID: 'W1',
    FreeItem: false,
    LotSerialNbr: '',
    Allocations: [
      record(`${id} split`, {
        SplitLineNbr: p.split,
        InventoryID: p.row.item,
        Qty: p.base,
        UOM: 'EA',
        LocationID: 'A1-04',
        LotSerialNbr: '',
        OrderNbr: null,
        OrderType: null,
      }),
    ],
  })
}

function pack(picked: Picked[], packing: Packing, facts: ShipmentFacts): { record: ApiRecord; weight: string }[] {
  const cartons = packing.cartons === 'one' ? [picked] : picked.map((p) => [p])
  return cartons.map((inside, i) => {
    const id = `${facts.number} carton ${i + 1}`
    const weight = inside.reduce((sum, p) => add(sum, multiply(articleOf(p.row.item).weight, String(p.base))), '1')
    const contents = inside.map((p) =>
      record(`${id} ${p.split}`, {
        InventoryID: p.row.item,
        Quantity: p.base,
        UOM: 'EA',
        LotSerialNbr: '',
        ShipmentSplitLineNbr: p.split,
        OrigOrderNbr: null,
        OrigOrderType: null,
      }),
    )
    const serial = `${String(facts.serial).padStart(7, '0')}${String(i + 1).padStart(2, '0')}`
    return {
      weight,
      record: record(id, {
        LineNbr: i + 1,
        BoxID: 'CTN24',
        Type: 'Manual',
        Confirmed: true,
        TrackingNbr: `4401${serial}`,
        Weight: toNumber(weight),
        UOM: 'LB',
        Length: 20,
        Width: 14,
        Height: 12,
        DeclaredValue: 0,
        Description: null,
        CustomRefNbr1: makeSscc('0', '0614141', serial),
        CustomRefNbr2: null,
        NoteID: guid(id),
        PackageContents: packing.contents ? numbered(contents) : [],
      }),
    }
  })
}

/** The order once this shipment is confirmed: shipped in full, or the rest on backorder. */
function afterShipping(order: ApiRecord, picked: Picked[], facts: ShipmentFacts, shippedQty: number): ApiRecord {
  const details = (rows(order, 'Details') ?? []).map((row) => {
    const { line, quantity } = orderRow(row)
    const shipped = picked.find((p) => p.row.line === line)?.shipped ?? 0
    return {
      ...row,
      QtyOnShipments: { value: shipped },
      OpenQty: { value: quantity - shipped },
      Completed: { value: shipped === quantity },
    }
  })
  const complete = details.every((row) => row.Completed.value)
  return {
    ...order,
    Status: { value: complete ? 'Completed' : 'Back Order' },
    LastModified: { value: stamp(facts.now) },
    Details: details,
    Shipments: [
      record(`${facts.number} on order`, {
        ShipmentType: 'Shipment',
        ShipmentNbr: facts.number,
        ShipmentDate: midnight(facts.day),
        Status: 'Confirmed',
        ShippedQty: shippedQty,
        InvoiceType: null,
        InvoiceNbr: null,
        LastModifiedDateTime: stamp(facts.now),
      }),
    ],
  }
}
