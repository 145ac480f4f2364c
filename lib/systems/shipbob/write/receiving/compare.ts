import type { Client } from '../../client.ts'
import { countOf, idOf, listOf, textOf } from '../fields.ts'
import type { Box } from './resolve.ts'
import { goodsKey, type Standing } from './standing.ts'

type Quantities = ReadonlyMap<string, number>

/** What several receiving orders expect together. */
export function sumOf(orders: readonly Standing[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const { expected } of orders)
    for (const [key, quantity] of expected) sum.set(key, (sum.get(key) ?? 0) + quantity)
  return sum
}

/** The same goods in the same quantities; nothing expected is as good as not named. */
export const sameQuantities = (a: Quantities, b: Quantities): boolean => differences(a, b).length === 0

/** "inventory id 21705372: there 120, now 100", for people. */
export const differences = (there: Quantities, now: Quantities): string[] =>
  [...new Set([...there.keys(), ...now.keys()])].flatMap((key) => {
    const [old, wanted] = [there.get(key) ?? 0, now.get(key) ?? 0]
    return old === wanted ? [] : [`${key}: there ${old}, now ${wanted}`]
  })

/**
 * Whether a receiving order has these boxes: goods, lots and tracking numbers. They are not in the order itself
 * (shipbob.md §4.3).
 */
export async function hasBoxes(client: Client, { id }: Standing, boxes: readonly Box[]): Promise<boolean> {
  const { body } = await client.get(`/receiving/${id}/boxes`)
  const there = listOf(body).map(({ tracking_number, box_items }) => ({
    tracking: textOf(tracking_number),
    items: listOf(box_items).map((item) =>
      itemText(
        goodsKey({ inventoryId: idOf(item.inventory_id), sku: textOf(item.sku) }),
        countOf(item.quantity),
        textOf(item.lot_number),
      ),
    ),
  }))
  const wanted = boxes.map(({ tracking, items }) => ({
    tracking,
    items: items.map((item) => itemText(goodsKey(item), item.quantity, item.lot ?? '')),
  }))
  return boxesText(there) === boxesText(wanted)
}

const itemText = (key: string, quantity: number, lot: string): string => `${key} ${quantity} ${lot}`

const boxesText = (boxes: readonly { tracking: string; items: string[] }[]): string =>
  boxes
    .map(({ tracking, items }) => JSON.stringify([tracking, items.toSorted()]))
    .toSorted()
    .join()
