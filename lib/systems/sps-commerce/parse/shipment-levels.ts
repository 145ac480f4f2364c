import type { View } from './view.ts'

/** The order an item was shipped for, as far as the document says it. */
export interface ShippedOrder {
  number: string | undefined
  release: string | undefined
  vendor: string | undefined
  path: string
}

/** An item of a shipment with what it is inside of. */
export interface ShippedItem {
  item: View
  /** Undefined = no level, nothing nested and no reference names an order. */
  order: ShippedOrder | undefined
  /** Innermost first: the carton, then the pallet. */
  packs: View[]
  /** More than one order is nested below the item: it is open how much each gets. */
  shared: boolean
}

export interface Levels {
  items: ShippedItem[]
  /** Every order level, also those without items. */
  orders: ShippedOrder[]
  /** Every pack, pallets included. */
  packs: View[]
}

/**
 * Walks a shipment's levels (sps-commerce.md 7.4): container, order, pack and item, in whichever order they nest, packs
 * in packs, and any of them at the root. Where no order level stands above an item, a reference names the order: of
 * the item, its packs, or the header.
 */
export function levelsOf(document: View): Levels {
  const found: Levels = { items: [], orders: [], packs: [] }
  const everywhere = referenced([document.one('Header')])

  const visit = (level: View, order: ShippedOrder | undefined, packs: View[]): void => {
    for (const item of level.many('ItemLevel')) visitItem(item, order, packs)
    for (const container of level.many('ContainerLevel')) visit(container, order, packs)
    for (const inner of level.many('OrderLevel')) visit(inner, noteOrder(inner), packs)
    for (const pack of level.many('PackLevel')) {
      found.packs.push(pack)
      visit(pack, order, [pack, ...packs])
    }
  }

  /** An item may stand above its orders and packs; one of each is as good as the other way round. */
  const visitItem = (item: View, above: ShippedOrder | undefined, packs: View[]): void => {
    const orders = item.many('OrderLevel').map(noteOrder)
    const inner = item.many('PackLevel')
    found.packs.push(...inner)
    const own = inner.length === 1 ? [...inner, ...packs] : packs
    const order = orders[0] ?? above ?? referenced([item, ...own]) ?? everywhere
    found.items.push({ item, order, packs: own, shared: orders.length > 1 })
  }

  const noteOrder = (level: View): ShippedOrder => {
    const header = level.one('OrderHeader')
    const order = {
      number: header.text('PurchaseOrderNumber') ?? referenced([level])?.number,
      release: header.text('ReleaseNumber'),
      vendor: header.text('Vendor'),
      path: header.at('PurchaseOrderNumber'),
    }
    found.orders.push(order)
    return order
  }

  visit(document, undefined, [])
  return found
}

/** PO purchase order, AN associated purchase order: only where one number is meant. */
function referenced(sections: View[]): ShippedOrder | undefined {
  for (const section of sections) {
    const numbers = section
      .many('References')
      .filter((r) => ['PO', 'AN'].includes(r.text('ReferenceQual') ?? ''))
      .flatMap((r) => r.text('ReferenceID') ?? [])
    const [number, ...others] = [...new Set(numbers)]
    if (number !== undefined && others.length === 0)
      return { number, release: undefined, vendor: undefined, path: section.at('References') }
  }
  return undefined
}
