import type { Section } from '../rsx/clean.ts'
import { isSection } from '../rsx/clean.ts'
import { defined } from './sections.ts'
import type { View } from './view.ts'
import { viewOf } from './view.ts'

/**
 * The document id of an Inventory API entry, which has none: the item and the place it is about, so that the next
 * state of the same stock is a newer version of the same document. Undefined where the item has no number.
 */
export function inventoryItemId(entry: Section): string | undefined {
  const silent = viewOf(entry, '', { problems: [], warnings: [] })
  const numbers = numbersOf(entry, silent)
  const item = Object.entries(numbers)[0]
  if (item === undefined) return undefined
  const place = placeOf(entry, silent)
  return `${item[1]}${place === undefined ? '' : `@${place}`}`
}

/** An entry of the Inventory API (sps-commerce.md 3.3; nesting assumed, so names are read flat as well). */
export function readInventoryItem(entry: Section, document: View): object {
  const location = placeOf(entry, document)
  const available = document.decimal('availableQuantity')
  if (inventoryItemId(entry) === undefined) document.identifier('item')
  return {
    ...defined({
      type: 'inventory-advice',
      tradingPartner: document.identifier('partnerId'),
      documentId: inventoryItemId(entry) ?? '',
      date: day(document.text('quantityLastUpdated')) ?? document.day('availableDate'),
      parties: [],
    }),
    lines: [
      {
        numbers: numbersOf(entry, document),
        quantities: [
          ...(available === undefined
            ? []
            : [
                defined({
                  qualifier: '33',
                  quantity: available,
                  unit: document.text('unit') ?? document.text('uom'),
                  date: document.day('availableDate'),
                  location,
                }),
              ]),
          ...document.many('projectedQuantities').flatMap((p) => {
            const quantity = p.decimal('quantity')
            return quantity === undefined ? [] : [defined({ qualifier: '29', quantity, date: p.day('date'), location })]
          }),
        ],
      },
    ],
  }
}

const day = (time: string | undefined): string | undefined => /^\d{4}-\d{2}-\d{2}/.exec(time ?? '')?.[0]

function placeOf(entry: Section, view: View): string | undefined {
  const place = view.one('warehouseLocation')
  return isSection(entry.warehouseLocation)
    ? (place.text('code') ?? place.text('id') ?? place.text('name'))
    : view.text('warehouseLocation')
}

function numbersOf(entry: Section, view: View): Record<string, string> {
  if (entry.item !== undefined && !isSection(entry.item)) return defined({ vendorPart: view.text('item') }) as never
  const item = entry.item === undefined ? view : view.one('item')
  return defined({
    vendorPart: item.text('vendorPartNumber'),
    buyerPart: item.text('buyerPartNumber'),
    upc: item.text('upc') ?? item.text('consumerPackageCode'),
    ean: item.text('ean'),
    gtin: item.text('gtin'),
  }) as Record<string, string>
}
