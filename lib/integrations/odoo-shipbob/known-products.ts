import * as z from 'zod'
import { decimal } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'
import type { HistoryEntry } from '../../core/flow.ts'
import type { Product } from '../../documents/product.ts'

const component = z.object({ id: z.string(), item: z.string().optional(), name: z.string(), quantity: decimal })

const kept = z.object({
  product: z.object({
    id: z.string(),
    item: z.string().optional(),
    name: z.string(),
    kind: z.enum(['goods', 'kit', 'service']),
    tracking: z.enum(['none', 'lot', 'serial']),
    components: z.array(component),
  }),
})

const result = z.object({
  inventoryId: z.number().int().nullable(),
  variantId: z.number().int(),
  mergedInventoryIds: z.array(z.number().int()),
})

/** A product as the ledger knows it: as Odoo had it, and what it is at ShipBob. */
export type KnownProduct = z.output<typeof kept>['product'] & Partial<z.output<typeof result>>

/** Ledger number under which the product of an inventory id of ShipBob is found (merged ids too). */
export const inventoryNumber = (inventory: string | number): string => `inventory:${inventory}`

/** Ledger number under which a product of Odoo is found, whatever its SKU. */
export const productNumber = (id: string): string => `product:${id}`

/** What later documents need to know of a product. */
export const keepProduct = ({ id, item, name, kind, tracking, components }: Product): Json => ({
  product: {
    id,
    ...(item === undefined ? {} : { item }),
    name,
    kind,
    tracking,
    components: components.map((c) => ({
      id: c.id,
      ...(c.item === undefined ? {} : { item: c.item }),
      name: c.name,
      quantity: c.quantity,
    })),
  },
})

/**
 * The products in a history, each as ShipBob last got it; one that never was delivered is not among them. Several are
 * found under one inventory id where ShipBob's variant was given to another product.
 */
export function knownProducts(history: readonly HistoryEntry[]): KnownProduct[] {
  const latest = new Map<string, KnownProduct>()
  for (const entry of history) {
    if (entry.type !== 'product' || entry.state !== 'delivered') continue
    const read = kept.safeParse(entry.snapshot)
    if (!read.success) continue
    const { product } = read.data
    const at = result.safeParse(entry.targets.findLast((t) => t.operation === 'upsert-product')?.result)
    latest.set(product.id, { ...product, ...(at.success ? at.data : {}) })
  }
  return [...latest.values()]
}

/** The products that have an inventory id at ShipBob as it now stands, by a history under `inventoryNumber`. */
export const productsOfInventory = (history: readonly HistoryEntry[], inventory: string): KnownProduct[] =>
  knownProducts(history).filter(
    ({ inventoryId, mergedInventoryIds }) =>
      String(inventoryId) === inventory || mergedInventoryIds?.map(String).includes(inventory),
  )
