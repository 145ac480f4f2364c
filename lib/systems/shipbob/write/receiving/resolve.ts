import type { Problem } from '../../../../core/problems.ts'
import type { Client } from '../../client.ts'
import type { ReceivingOrderRecord } from '../../records.ts'
import { findVariants } from '../find-variants.ts'
import { keysOf } from '../product/components.ts'
import { type Variant, variantNamed } from '../variant.ts'
import { problem } from '../work.ts'
import { goodsKey } from './standing.ts'

type Item = ReceivingOrderRecord['boxes'][number]['items'][number]

/** Goods of a box as ShipBob takes them. */
export interface BoxItem {
  /** Absent where ShipBob has not given the variant one yet: the SKU stands for it then. */
  inventoryId?: number | undefined
  sku?: string | undefined
  quantity: number
  lot?: string | undefined
  /** YYYY-MM-DD. */
  lotDate?: string | undefined
}

export interface Box {
  tracking: string
  items: BoxItem[]
}

/** A receiving order whose goods are known at ShipBob. */
export interface Resolved {
  boxes: Box[]
  /** What it expects in all, by goods. */
  expected: Map<string, number>
  warnings: Problem[]
}

/** Finds the goods of every box; all that is wrong with them is named at once. */
export async function resolveBoxes(
  client: Client,
  record: ReceivingOrderRecord,
): Promise<Resolved | { problems: Problem[] }> {
  const all = record.boxes.flatMap(({ items }) => items)
  const found = await findVariants(
    client,
    all.map(({ product }) => product),
  )
  const hits = new Map(all.map((item, index) => [item, found[index]?.hits ?? []]))
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const expected = new Map<string, number>()
  const boxes = record.boxes.map((box, index) => ({
    tracking: box.tracking ?? `${record.purchaseOrder}-${index + 1}`,
    items: box.items.flatMap((item): BoxItem[] => {
      const wrong = wrongWith(item, hits.get(item) ?? [], client.profile.boxItemsBySku)
      problems.push(...wrong)
      const [variant] = hits.get(item) ?? []
      if (wrong.length > 0 || !variant) return []
      const { inventoryId, sku } = variant
      const key = goodsKey({ inventoryId, sku })
      expected.set(key, (expected.get(key) ?? 0) + item.quantity)
      const goods = { ...(inventoryId === undefined ? { sku } : { inventoryId }), quantity: item.quantity }
      if (variant.lot.tracked) return [{ ...goods, lot: item.lot, lotDate: item.lotDate }]
      if (item.lot !== undefined)
        warnings.push(
          problem(
            'SHIPBOB_LOT_LEFT_OUT',
            `Lot ${item.lot} of ${item.name} was not told: ShipBob keeps no lots of ${variantNamed(variant)}.`,
            item.path,
          ),
        )
      return [goods]
    }),
  }))
  return problems.length > 0 ? { problems } : { boxes, expected, warnings }
}

function wrongWith(item: Item, hits: readonly Variant[], bySku: boolean): Problem[] {
  const { product, name, path, lot, lotDate } = item
  const [variant, ...others] = hits
  const what = `${keysOf(product)} (${name})`
  if (!variant) return [problem('SHIPBOB_PRODUCT_NOT_FOUND', `${what} is not at ShipBob.`, path)]
  if (others.length > 0)
    return [problem('SHIPBOB_PRODUCT_AMBIGUOUS', `${what} is ${hits.map(variantNamed).join(' or ')} at ShipBob.`, path)]
  if (variant.bundle)
    return [problem('SHIPBOB_BUNDLE_NOT_RECEIVED', `${what} is a bundle at ShipBob, which has no stock.`, path)]
  if (variant.inventoryId === undefined && (!bySku || variant.sku === ''))
    return [problem('SHIPBOB_PRODUCT_NOT_FOUND', `${what} has no inventory id at ShipBob yet.`, path)]
  if (variant.lot.tracked && (lot === undefined || lotDate === undefined))
    return [
      problem(
        'SHIPBOB_LOT_INCOMPLETE',
        `ShipBob keeps ${what} by lots and wants ${missing(lot, lotDate)} for ${item.quantity} of it.`,
        path,
      ),
    ]
  return []
}

function missing(lot: string | undefined, lotDate: string | undefined): string {
  if (lot === undefined) return lotDate === undefined ? 'lot number and expiry date' : 'the lot number'
  return `the expiry date of lot ${lot}`
}
