import type { RsxItemRegistry, RsxProductActivity } from '../../lib/systems/sps-commerce/records.ts'
import { articleOf } from './catalogue.ts'
import { dayAfter } from './day.ts'
import type { Retailer } from './retailer.ts'

/** What an article did at a retailer last week. */
export interface Activity {
  item: string
  /** Store → sold; a negative number is more returned than sold. */
  sold: Readonly<Record<string, number>>
  onHand: number
}

const meta = (retailer: Retailer, kind: string, control: number) => ({
  SenderUniqueID: retailer.sender,
  SenderCompanyName: retailer.name,
  ReceiverUniqueID: retailer.supplier?.id ?? 'JUNIPERSLATE',
  ReceiverCompanyName: retailer.supplier?.name ?? 'Juniper & Slate Goods LLC',
  DocumentControlNumber: String(control).padStart(9, '0'),
  OrderManagement: kind,
  Version: '7.7.7',
})

const numbers = (retailer: Retailer, item: string) => ({
  ...(retailer.parts[item] ? { BuyerPartNumber: retailer.parts[item] } : {}),
  VendorPartNumber: item,
  ConsumerPackageCode: articleOf(item).upc,
})

/** A report on a period has no number of its own: partner and period name it. */
export const activityNumber = (retailer: Retailer, day: string): string =>
  `${retailer.partner}/${dayAfter(day, -7)}/${dayAfter(day, -1)}`

export const stockNumber = (retailer: Retailer, day: string): string =>
  `IB-${retailer.sender}-${day.replaceAll('-', '')}`

/** The week's sales and stock of a retailer (852), for the seven days before `day`. */
export function buildActivity(
  retailer: Retailer,
  activities: readonly Activity[],
  day: string,
  control: number,
): RsxProductActivity {
  return {
    Meta: meta(retailer, 'ProductActivityReport', control),
    Header: {
      ReportHeader: {
        TradingPartnerId: retailer.partner,
        ReportStartDate: dayAfter(day, -7),
        ReportEndDate: dayAfter(day, -1),
        ActivityHandlingCode: 'H',
        Vendor: retailer.vendor,
        TsetPurposeCode: '00',
      },
    },
    LineItem: activities.map(({ item, sold, onHand }, i) => ({
      ReportLineItem: { LineSequenceNumber: String(i + 1), ...numbers(retailer, item) },
      ProductOrItemDescription: [{ ProductCharacteristicCode: '08', ProductDescription: articleOf(item).description }],
      ProductActivityReporting: [
        {
          ActivityCode: 'QS',
          TotalQty: Object.values(sold).reduce((sum, n) => sum + n, 0),
          TotalQtyUOM: 'EA',
          LocationCodeQualifier: '92',
          LocationQuantityPrice: Object.entries(sold).map(([Location, LocationQty]) => ({
            Location,
            LocationQty,
            LocationQtyUOM: 'EA',
          })),
          Dates: { DateTimeQualifier: '197', Date: dayAfter(day, -1) },
        },
        { ActivityCode: 'QA', TotalQty: onHand, TotalQtyUOM: 'EA' },
      ],
    })),
    Summary: { TotalLineItemNumber: activities.length },
  }
}

/** A retailer's stock of our articles (846). Zero is said, an article that is missing is not zero. */
export function buildStock(
  retailer: Retailer,
  stock: Readonly<Record<string, number>>,
  day: string,
  control: number,
): RsxItemRegistry {
  return {
    Meta: meta(retailer, 'InventoryAdvice', control),
    Header: {
      HeaderReport: {
        TradingPartnerId: retailer.partner,
        DocumentId: stockNumber(retailer, day),
        TsetPurposeCode: '00',
        ReportTypeCode: 'MC',
        InventoryDate: day,
        InventoryTime: '06:00:00-05:00',
        Vendor: retailer.vendor,
      },
    },
    Structure: [
      {
        LineItem: Object.entries(stock).map(([item, quantity]) => ({
          InventoryLine: numbers(retailer, item),
          ProductOrItemDescription: [
            { ProductCharacteristicCode: '08', ProductDescription: articleOf(item).description },
          ],
          QuantitiesSchedulesLocations: [{ QuantityQualifier: '33', TotalQty: quantity, TotalQtyUOM: 'EA' }],
        })),
      },
    ],
    Summary: { TotalLineItemNumber: Object.keys(stock).length },
  }
}
