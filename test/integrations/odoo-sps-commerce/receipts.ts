import type { Raw } from './desk.ts'

/** Of a ship notice: line of the order, quantity, unit, and the rest of it. */
export type Shipped = [line: string | undefined, quantity: number, unit?: string, rest?: Raw, details?: Raw]

/** An 856 of the supplier. */
export const shipment = (orders: Record<string, Shipped[]>, header: Raw = {}): Raw => ({
  Header: {
    ShipmentHeader: {
      TradingPartnerId: '3F1PINEMILL',
      ShipmentIdentification: 'PM-SHP-77',
      ShipDate: '2026-12-03',
      TsetPurposeCode: '00',
      ...header,
    },
  },
  OrderLevel: Object.entries(orders).map(([PurchaseOrderNumber, lines]) => ({
    OrderHeader: { PurchaseOrderNumber },
    ItemLevel: lines.map(([LineSequenceNumber, ShipQty, ShipQtyUOM, rest = {}, details = {}]) => ({
      ShipmentLine: { LineSequenceNumber, ShipQty, ShipQtyUOM, ...rest },
      ...details,
    })),
  })),
})

/** Of a warehouse receipt: item numbers, and quantity, unit and condition of every part. */
export type Taken = [numbers: Raw, parts: [number, string, string][], details?: Raw]

/** A 944 of the warehouse. */
export const receipt = (lines: Taken[], header: Raw = {}): Raw => ({
  Header: {
    HeaderDetail: {
      TradingPartnerId: '3F1COLDQUAY3PL',
      WarehouseReceiptId: 'CQ-RCV-77120',
      DepositorOrderNumber: 'P00015',
      ...header,
    },
    Dates: [{ DateTimeQualifier: '050', Date: '2026-12-06' }],
  },
  OrderLevel: {
    LineItem: lines.map(([numbers, parts, details = {}], i) => ({
      ItemDetail: { LineSequenceNumber: String(i + 1), ...numbers },
      DetailResponse: parts.map(([Qty, QtyUOM, ReceivingConditionCode]) => ({ Qty, QtyUOM, ReceivingConditionCode })),
      ...details,
    })),
  },
})
