import { multiply, subtract, toNumber } from '../../lib/core/decimal.ts'
import type { RsxOrderLineItem } from '../../lib/systems/sps-commerce/records.ts'
import { articleOf } from './catalogue.ts'
import type { Retailer } from './retailer.ts'
import type { LineSketch } from './sketch.ts'

/** The line of an order, with the item numbers this retailer uses. */
export function buildLine(retailer: Retailer, line: LineSketch, index: number): RsxOrderLineItem {
  const named = line.numbers ? undefined : articleOf(line.item)
  const wanted = retailer.names ?? ['buyer', 'vendor', 'upc', 'gtin']
  return {
    OrderLine: {
      LineSequenceNumber: line.line ?? String(index + 1).padStart(retailer.lineDigits ?? 1, '0'),
      ...(line.numbers ?? {}),
      ...(named && wanted.includes('buyer') ? { BuyerPartNumber: retailer.parts[line.item] } : {}),
      ...(named && wanted.includes('vendor') ? { VendorPartNumber: line.item } : {}),
      ...(named && wanted.includes('upc') ? { ConsumerPackageCode: named.upc } : {}),
      ...(named && wanted.includes('gtin') ? { GTIN: `00${named.upc}` } : {}),
      ...(line.change ? { LineChangeCode: line.change } : {}),
      OrderQty: line.qty,
      OrderQtyUOM: line.unit,
      ...(line.previous === undefined
        ? {}
        : { PreviousOrderQty: line.previous, VarianceQty: line.qty - line.previous }),
      PurchasePrice: toNumber(priceOf(line)),
      ...(line.basis ? { PurchasePriceBasis: line.basis } : line.unit === 'CA' ? { PurchasePriceBasis: 'CA' } : {}),
    },
    ...(named
      ? {
          ProductOrItemDescription: [{ ProductCharacteristicCode: '08', ProductDescription: named.description }],
          PhysicalDetails: [{ PackQualifier: 'OU', PackValue: named.perCase, PackSize: 1, PackUOM: 'EA' }],
        }
      : {}),
    ...(line.split
      ? {
          QuantitiesSchedulesLocations: [
            {
              QuantityQualifier: '01',
              TotalQty: line.qty,
              TotalQtyUOM: line.unit,
              LocationCodeQualifier: '92',
              LocationQuantity: Object.entries(line.split).map(([Location, Qty]) => ({ Location, Qty })),
            },
          ],
        }
      : {}),
    ...(line.note ? { Notes: [{ NoteCode: 'GEN', Note: line.note }] } : {}),
    ...(line.allowance
      ? {
          ChargesAllowances: [
            {
              AllowChrgIndicator: 'A',
              AllowChrgCode: 'F800',
              AllowChrgAmt: toNumber(line.allowance),
              AllowChrgHandlingCode: '02',
              AllowChrgHandlingDescription: 'Promotion',
            },
          ],
        }
      : {}),
  }
}

/** Per unit of the line, or per each where the basis says so. */
function priceOf(line: LineSketch): string {
  if (line.price !== undefined) return line.price
  const each = articleOf(line.item).price
  return line.basis === 'PE' ? each : multiply(each, String(eachesIn(line)))
}

/** In the order's currency, after the line's allowance. */
export function lineTotal(line: LineSketch): string {
  const units = line.basis === 'PE' ? line.qty * eachesIn(line) : line.qty
  return subtract(multiply(priceOf(line), String(units)), line.allowance ?? '0')
}

/** Eaches in one of the line's units. */
const eachesIn = (line: LineSketch): number =>
  line.unit === 'CA' ? articleOf(line.item).perCase : line.unit === 'DZ' ? 12 : 1
