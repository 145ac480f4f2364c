import type {
  RsxOrder,
  RsxOrderAck,
  RsxShipment,
  RsxWarehouseReceipt,
} from '../../../lib/systems/sps-commerce/records.ts'
import { articleOf } from '../catalogue.ts'
import { dayAfter } from '../day.ts'
import { coldQuay, type Supplier } from './partners.ts'

const meta = (sender: { sender: string; name: string }) => ({
  SenderUniqueID: sender.sender,
  SenderCompanyName: sender.name,
  ReceiverUniqueID: 'FERNFLINT',
  ReceiverCompanyName: 'Fern & Flint Supply',
  Version: '7.7.7',
})

/** The supplier's answer (855) to an order it got: everything as ordered, but what `later` names comes a week later. */
export function answer(supplier: Supplier, order: RsxOrder, day: string, later: readonly string[]): RsxOrderAck {
  const { OrderHeader } = order.Header
  const lines = order.LineItem ?? []
  const moved = lines.some((l) => later.includes(l.OrderLine.BuyerPartNumber ?? ''))
  return {
    Meta: meta(supplier),
    Header: {
      OrderHeader: {
        TradingPartnerId: supplier.partner,
        PurchaseOrderNumber: OrderHeader.PurchaseOrderNumber,
        TsetPurposeCode: '00',
        PurchaseOrderDate: OrderHeader.PurchaseOrderDate,
        AcknowledgementType: moved ? 'AC' : 'AD',
        AcknowledgementNumber: `${supplier.sender}-${OrderHeader.PurchaseOrderNumber}`,
        AcknowledgementDate: day,
        InternalOrderNumber: `${supplier.sender.slice(0, 2)}-${OrderHeader.PurchaseOrderNumber.slice(-4)}`,
      },
    },
    LineItem: lines.map(({ OrderLine }) => {
      const isLater = later.includes(OrderLine.BuyerPartNumber ?? '')
      return {
        OrderLine,
        LineItemAcknowledgement: [
          {
            ItemStatusCode: isLater ? 'DR' : 'IA',
            ItemScheduleQty: OrderLine.OrderQty,
            ItemScheduleUOM: OrderLine.OrderQtyUOM,
            ItemScheduleQualifier: '067',
            ItemScheduleDate: dayAfter(day, isLater ? 14 : 7),
          },
        ],
      }
    }),
    Summary: { TotalLineItemNumber: lines.length },
  }
}

/** The supplier sends goods off (856), one carton for each line. */
export function shipment(
  supplier: Supplier,
  number: string,
  order: RsxOrder,
  quantities: Readonly<Record<string, number>>,
  day: string,
): RsxShipment {
  const lines = (order.LineItem ?? []).filter((l) => quantities[l.OrderLine.BuyerPartNumber ?? ''] !== undefined)
  return {
    Meta: meta(supplier),
    Header: {
      ShipmentHeader: {
        TradingPartnerId: supplier.partner,
        ShipmentIdentification: number,
        ShipDate: day,
        TsetPurposeCode: '00',
        ShipNoticeDate: day,
        ASNStructureCode: '0001',
        CarrierProNumber: `PRO-${number}`,
      },
    },
    OrderLevel: [
      {
        OrderHeader: { PurchaseOrderNumber: order.Header.OrderHeader.PurchaseOrderNumber },
        PackLevel: lines.map(({ OrderLine }) => ({
          Pack: { PackLevelType: 'P' },
          ItemLevel: [
            {
              ShipmentLine: {
                LineSequenceNumber: OrderLine.LineSequenceNumber,
                BuyerPartNumber: OrderLine.BuyerPartNumber,
                VendorPartNumber: supplier.parts[OrderLine.BuyerPartNumber ?? ''],
                ShipQty: quantities[OrderLine.BuyerPartNumber ?? ''],
                ShipQtyUOM: OrderLine.OrderQtyUOM,
              },
            },
          ],
        })),
      },
    ],
    Summary: { TotalOrders: 1, TotalLineItemNumber: lines.length },
  } as RsxShipment
}

/** The warehouse has taken goods in (944): quantities by article and condition (07 good, 01 damaged, 02 short). */
export function receipt(
  number: string,
  order: string,
  goods: Readonly<Record<string, Readonly<Record<string, number>>>>,
  day: string,
): RsxWarehouseReceipt {
  return {
    Meta: meta(coldQuay),
    Header: {
      HeaderDetail: {
        TradingPartnerId: coldQuay.partner,
        WarehouseReceiptId: number,
        DepositorOrderNumber: order,
        ShipmentDate: day,
      },
    },
    OrderLevel: {
      LineItem: Object.entries(goods).map(([item, byCondition], i) => ({
        ItemDetail: {
          LineSequenceNumber: String(i + 1),
          VendorPartNumber: item,
          ConsumerPackageCode: articleOf(item).upc,
        },
        DetailResponse: Object.entries(byCondition).map(([ReceivingConditionCode, Qty]) => ({
          Qty,
          QtyUOM: 'EA',
          ReceivingConditionCode,
        })),
      })),
    },
  } as RsxWarehouseReceipt
}
