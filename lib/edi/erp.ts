import type { Decimal } from '../core/decimal.ts'
import type { Json } from '../core/exchange.ts'
import type { DeliveredWrite } from '../core/flow.ts'
import type { PurchaseOrder, PurchaseOrderLine } from '../documents/purchase-order.ts'
import type { HeaderChange } from './order/change-header.ts'
import type { ResolvedLine } from './order/resolved-line.ts'
import type { ShipTo } from './order/ship-to.ts'
import type { ErpPart, OrderSnapshot } from './order/snapshot.ts'

type Record = { [field: string]: Json }

/** One ERP order of a purchase order: the whole, or one store's share. */
export interface PlannedOrder {
  order: PurchaseOrder
  customer: string
  orderType: string
  /** Our key in the ERP. */
  externalRef: string
  shipTo: ShipTo
  shipVia?: string | undefined
  shippingRule?: string | undefined
  /** Freight the retailer pays, where its row says that charges are applied. */
  freight?: Decimal | undefined
  note?: string | undefined
  /** Lines with the quantity of this order, in the ordered unit; a line's discount is this order's share of it. */
  lines: { line: PurchaseOrderLine; resolved: ResolvedLine; quantity: Decimal }[]
}

/** What an 860 changes of one ERP order. */
export interface PlannedChange {
  current: OrderSnapshot
  part: ErpPart | undefined
  header: HeaderChange
  /** Rows to write, as `row` and `removal` made them. */
  rows: Record[]
}

/** What the ERP holds of a purchase order, as an answer to the retailer needs it. */
export interface AcceptedOrder {
  number: string
  /** True where prices are after the discount of their line. */
  net?: boolean
  /** In ERP units; prices per ERP unit. */
  lines: readonly { externalRef: string; quantity: Decimal; price: Decimal }[]
}

/**
 * What an ERP adds to the retail side: its names of fields, its records, its defaults. Everything else about orders,
 * ship notices and invoices is the same whatever stands behind it.
 */
export interface Erp {
  /** Its system's name: which connection plays it. */
  system: string
  /** Order type where neither the partner's row nor the codes table names one. */
  orderType: string
  /** Order types it has; absent = whatever the tables say. */
  orderTypes?: readonly string[] | undefined
  /** True where the goods of an order go to the customer: a ship-to must be found. */
  shipsToCustomer: boolean
  /** Warehouse of order lines where the partner's row names none. */
  warehouse?: string | undefined
  /** Its fields as decisions name them. */
  fields: {
    orderType: string
    customer: string
    location: string
    shipVia: string
    shippingRule: string
    freight: string
    address: string
    country: string
    item(index: number): string
    unit(index: number): string
    price(index: number): string
    discount(index: number): string
    line(line: string): string
  }
  /**
   * What a line's item is called where the items table does not know it; undefined holds the line. An ERP whose
   * writer finds products by barcode needs no table row for each.
   */
  unlisted?(line: PurchaseOrderLine): string | undefined
  /** The same for a ship-to that the locations table does not know. */
  unlistedPlace?(code: string): string | undefined
  row(line: PurchaseOrderLine, resolved: ResolvedLine, quantity: Decimal, warehouse: string | undefined): Record
  removal(line: string): Record
  order(planned: PlannedOrder, rows: Record[]): Record
  /** Undefined where nothing of the ERP order changes. */
  change(planned: PlannedChange): Record | undefined
  cancellation(order: OrderSnapshot, part: ErpPart): Record
  /** What the ERP answered to a delivered order write. */
  accepted(delivered: DeliveredWrite): AcceptedOrder
  /** The write that sets one field of an item to a figure of a report. */
  itemFigure(item: string, field: string, value: number): { operation: string; record: Record }
}
