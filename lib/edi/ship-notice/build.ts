import {
  add,
  cents,
  compare,
  type Decimal,
  divide,
  equal,
  isZero,
  multiply,
  subtract,
  toNumber,
} from '../../core/decimal.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import {
  prune,
  type RsxAddress,
  type RsxItemLevel,
  type RsxOrderLevel,
  type RsxPackLevel,
  type RsxQuantityAndWeight,
  type RsxShipment,
} from '../../systems/sps-commerce/records.ts'
import type { EdiOrder } from '../outbound/edi-order.ts'
import { answerMeta } from '../outbound/order-sections.ts'
import type { Partner } from '../resolve/partner.ts'
import type { Carriage } from './carrier.ts'
import { type ShippedLine, sum } from './lines.ts'
import type { Carton, Packing } from './packs.ts'

export interface NoticeParts {
  shipment: ShipNotice
  partner: Partner
  orders: readonly EdiOrder[]
  lines: readonly ShippedLine[]
  packing: Packing
  carriage: Carriage
  shipTo?: RsxAddress
  shipFrom?: RsxAddress
  /** Translates a weight unit; absent = as it is. */
  weightUnit(unit: string | undefined): string
  /** ISO date-time of the capture: the day the notice was made. */
  capturedAt: string
}

/** The 856 (sps-commerce.md 7.4): one order level for each order, in order of first appearance (S1). */
export function buildNotice(parts: NoticeParts): RsxShipment {
  const { shipment, partner, orders, packing, carriage, shipTo, shipFrom, capturedAt } = parts
  const [first] = orders
  const weight = weights(shipment.packages, parts)
  const levels = orders.map((order) => orderLevel(order, parts))
  return prune<RsxShipment>({
    Meta: answerMeta(first?.snapshot, partner),
    Header: {
      ShipmentHeader: {
        TradingPartnerId: partner.tradingPartner,
        ShipmentIdentification: shipment.number,
        ShipDate: shipment.shipDate,
        TsetPurposeCode: '00',
        ShipNoticeDate: capturedAt.slice(0, 10),
        ASNStructureCode: packing.structure,
        CarrierProNumber: carriage.pro,
      },
      Dates: shipment.shipDate === undefined ? [] : [{ DateTimeQualifier: '011', Date: shipment.shipDate }],
      References: [
        ...(carriage.pro === undefined ? [] : [{ ReferenceQual: 'CN', ReferenceID: carriage.pro }]),
        ...carriage.unassigned.map((number) => ({ ReferenceQual: '2I', ReferenceID: number })),
      ],
      Address: [shipFrom, shipTo].filter((a) => a !== undefined),
      CarrierInformation: carriage.section ? [carriage.section] : [],
      QuantityAndWeight: shipment.packages.length > 0 ? [weight] : [],
      FOBRelatedInstruction: first?.snapshot?.fob
        ? [
            {
              FOBPayCode: first.snapshot.fob.pay,
              FOBLocationQualifier: first.snapshot.fob.qualifier,
              FOBLocationDescription: first.snapshot.fob.description,
            },
          ]
        : [],
    },
    OrderLevel: levels,
    Summary: {
      TotalOrders: orders.length,
      TotalLineItemNumber: levels.flatMap((l) => [
        ...(l.ItemLevel ?? []),
        ...(l.PackLevel ?? []).flatMap((p) => p.ItemLevel ?? []),
      ]).length,
    },
  })
}

function orderLevel(order: EdiOrder, parts: NoticeParts): RsxOrderLevel {
  const { packing, shipment } = parts
  const { snapshot } = order
  const header: RsxOrderLevel['OrderHeader'] = {
    InternalOrderNumber: order.erp.number,
    PurchaseOrderNumber: order.number,
    PurchaseOrderDate: snapshot?.date ?? order.erp.date,
    ReleaseNumber: order.release,
    Department: snapshot?.department,
    Vendor: snapshot?.vendor ?? parts.partner.vendor,
    Division: snapshot?.division,
    CustomerOrderNumber: snapshot?.customerOrder,
  }
  const marked = order.store ?? snapshot?.parties.find((p) => p.role === 'Z7')?.code
  const markFor: RsxAddress[] =
    marked === undefined ? [] : [{ AddressTypeCode: 'Z7', LocationCodeQualifier: '92', AddressLocationNumber: marked }]
  if (packing.structure === '0004') {
    const lines = linesOf(parts.lines.filter((l) => l.order === order))
    return {
      OrderHeader: header,
      Address: markFor,
      ItemLevel: lines.map((l) => itemLevel(l.line, l.quantity, shipment)),
    }
  }
  const cartons = packing.cartons.flatMap((carton) => {
    const contents = carton.contents.filter((c) => c.line.order === order)
    return contents.length > 0 ? [{ carton, contents }] : []
  })
  return {
    OrderHeader: header,
    QuantityAndWeight: [
      weights(
        cartons.map(({ carton }) => carton.package),
        parts,
      ),
    ],
    PackLevel: cartons.map(
      ({ carton, contents }): RsxPackLevel => ({
        Pack: {
          PackLevelType: 'P',
          ShippingSerialID: carton.serial,
          CarrierPackageID: parts.carriage.perCarton ? carton.package.tracking : undefined,
        },
        PhysicalDetails: physical(carton, parts),
        Address: markFor,
        ItemLevel: contents.map(({ line, quantity }) => itemLevel(line, quantity, shipment)),
      }),
    ),
  }
}

/** Without packs: the same buyer's line of several shipment lines is one. */
function linesOf(lines: readonly ShippedLine[]): { line: ShippedLine; quantity: Decimal }[] {
  return [...Map.groupBy(lines, (l) => l.buyer.line).values()].flatMap((same) => {
    const [line] = same
    return line ? [{ line, quantity: sum(same.map((l) => l.shipped)) }] : []
  })
}

function itemLevel(line: ShippedLine, quantity: Decimal, shipment: ShipNotice): RsxItemLevel {
  const { buyer, unit, ordered, erp, numbers } = line
  const item = shipment.items.find((i) => i.item === erp.item)
  const left = erp.open === undefined ? undefined : line.inOrderUnit(erp.open, erp.unit)
  const open = left !== undefined && compare(left, '0') > 0
  const price = orderedPrice(line)
  const description = buyer.snapshot?.description ?? erp.description ?? item?.description
  return {
    ShipmentLine: {
      LineSequenceNumber: buyer.line,
      ...numbers,
      OrderQty: toNumber(ordered),
      OrderQtyUOM: unit.x12,
      PurchasePrice: price === undefined ? undefined : toNumber(price),
      ItemStatusCode: open ? 'BP' : 'AC',
      ShipQty: toNumber(quantity),
      ShipQtyUOM: unit.x12,
      QtyLeftToReceive: open ? toNumber(left) : undefined,
    },
    ProductOrItemDescription:
      description === undefined ? [] : [{ ProductCharacteristicCode: '08', ProductDescription: description }],
  }
}

/** The price of one ordered unit: an 856 has no price basis, so a case priced by the each costs all that is in it. */
function orderedPrice({ buyer, unit, ordered }: ShippedLine): Decimal | undefined {
  const { price, priceBasis, resolved } = buyer.snapshot ?? {}
  if (price !== undefined && [undefined, 'UM', unit.x12].includes(priceBasis)) return price
  const ofErpUnit = resolved?.erpPrice ?? buyer.erpLine.unitPrice
  if (ofErpUnit === undefined) return undefined
  const exact = multiply(ofErpUnit, unit.perUnit)
  const short = divide(exact, '1', 4)
  // A price that was rounded per ERP unit (0.833333 an each) comes back whole (10 a dozen).
  return equal(cents(multiply(short, ordered)), cents(multiply(exact, ordered))) ? short : exact
}

/** Weight of a carton; zero or negative is no weight (acumatica.md §7, trap d). */
function physical({ package: p }: Carton, { weightUnit }: NoticeParts) {
  if (p.weight === undefined || compare(p.weight, '0') <= 0) return []
  return [
    {
      PackQualifier: 'OU',
      PackingMedium: 'CTN',
      WeightQualifier: 'G',
      PackWeight: toNumber(p.weight),
      PackWeightUOM: weightUnit(p.weightUnit),
    },
  ]
}

/** Cartons and their weight: the sum over the packages, not the shipment's own figure (S8). */
function weights(
  packages: ShipNotice['packages'],
  { weightUnit }: Pick<NoticeParts, 'weightUnit'>,
): RsxQuantityAndWeight {
  const weighed = packages.filter((p) => p.weight !== undefined && compare(p.weight, '0') > 0)
  const units = new Set(weighed.map((p) => weightUnit(p.weightUnit)))
  const total = add('0', ...weighed.map((p) => p.weight as Decimal))
  const [unit] = units
  const known = unit !== undefined && units.size === 1 && !isZero(total)
  return {
    PackingMedium: 'CTN',
    LadingQuantity: packages.length,
    ...(known ? { WeightQualifier: 'G', Weight: toNumber(total), WeightUOM: unit } : {}),
  }
}

/** What is still to come of a line, for completeness of the whole shipment. */
export const isComplete = (lines: readonly ShippedLine[]): boolean =>
  lines.every(({ erp }) => erp.open === undefined || compare(subtract(erp.open, '0'), '0') <= 0)
