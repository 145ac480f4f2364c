import type { Client } from '../client.ts'
import { pages } from '../paging.ts'
import type { VariantRef } from '../records.ts'
import { type Variant, variantsOf } from './variant.ts'

/** What a reference leads to, and by which of its keys. */
export interface Found {
  by: 'inventory' | 'sku' | 'barcode' | 'nothing'
  /** More than one is for a person to decide. */
  hits: Variant[]
}

/** ShipBob separates several values of a filter by commas and has no way to write one. */
export const isSearchable = (key: string): boolean => key !== '' && !key.includes(',')

/**
 * The variants that references mean: by inventory id (a merged one too), else by SKU, else by barcode, each to the
 * letter (shipbob.md §4.1). Answers in the order of the references; many of them share a few requests.
 */
export async function findVariants(
  client: Pick<Client, 'get' | 'post'>,
  refs: readonly VariantRef[],
): Promise<Found[]> {
  const found: Found[] = refs.map(() => ({ by: 'nothing', hits: [] }))
  for (const level of levels) {
    const open = refs.map((ref, index) => ({ index, key: level.key(ref) })).filter(({ index }) => isOpen(found[index]))
    const keys = [...new Set(open.flatMap(({ key }) => (key !== undefined && isSearchable(key) ? [key] : [])))]
    if (keys.length === 0) continue
    const known = new Map<number, Variant>()
    for (const some of chunks(keys))
      for await (const page of pages(
        client,
        'linked',
        { path: '/product', query: { [level.filter]: `any:${some.join(',')}` } },
        250,
      ))
        for (const variant of page.flatMap(variantsOf)) known.set(variant.id, variant)
    const byKey = new Map<string, Variant[]>()
    for (const variant of known.values())
      for (const key of new Set(level.keysOf(variant))) byKey.set(key, [...(byKey.get(key) ?? []), variant])
    for (const { index, key } of open) {
      const hits = key === undefined ? undefined : byKey.get(key)
      if (hits) found[index] = { by: level.by, hits: surviving(hits) }
    }
  }
  return found
}

interface Level {
  by: Exclude<Found['by'], 'nothing'>
  filter: string
  key(ref: VariantRef): string | undefined
  keysOf(variant: Variant): string[]
}

const levels: readonly Level[] = [
  {
    by: 'inventory',
    filter: 'InventoryId',
    key: ({ inventoryId }) => inventoryId?.toString(),
    keysOf: ({ inventoryId, merged }) => [...(inventoryId === undefined ? [] : [inventoryId]), ...merged].map(String),
  },
  { by: 'sku', filter: 'SKU', key: ({ sku }) => sku, keysOf: ({ sku }) => [sku] },
  { by: 'barcode', filter: 'Barcode', key: ({ barcode }) => barcode, keysOf: ({ barcodes }) => barcodes },
]

/** Without those that were merged into another one of them. */
const surviving = (hits: readonly Variant[]): Variant[] => {
  const gone = new Set(hits.flatMap(({ merged }) => merged))
  return hits.filter(({ inventoryId }) => inventoryId === undefined || !gone.has(inventoryId))
}

const isOpen = (found: Found | undefined): boolean => found?.by === 'nothing'

/** As many keys as a URL should carry. */
const most = { keys: 100, characters: 1_500 }

function chunks(keys: readonly string[]): string[][] {
  const all: string[][] = []
  let length = 0
  for (const key of keys) {
    const last = all.at(-1)
    length += key.length + 1
    if (last && last.length < most.keys && length <= most.characters) last.push(key)
    else {
      all.push([key])
      length = key.length + 1
    }
  }
  return all
}
