import { idOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { modelIn, nameOn } from '../../versions.ts'
import { textOf } from '../work.ts'

/** Ids of the products that a number stands for. */
export type CodeHolders = ReadonlyMap<string, number[]>

function collect(pairs: Iterable<readonly [string, number]>): CodeHolders {
  const holders = new Map<string, number[]>()
  for (const [code, id] of pairs) holders.set(code, [...(holders.get(code) ?? []), id])
  return holders
}

/** Barcodes of packagings: product.packaging up to 18, a unit's barcode (product.uom) from 19 on (odoo.md §12). */
export async function packagingHolders(odoo: Odoo, codes: string[]): Promise<CodeHolders> {
  if (codes.length === 0) return new Map()
  const model = await modelIn(odoo, 'packagingBarcode')
  if (model === undefined) return new Map()
  const rows = await odoo.searchRead(model, [['barcode', 'in', codes]], {
    fields: ['barcode', 'product_id'],
    order: 'id',
  })
  return collect(
    rows.flatMap((row) => {
      const [code, id] = [textOf(row.barcode), idOf(row.product_id)]
      return code === undefined || id === undefined ? [] : [[code, id] as const]
    }),
  )
}

/** A vendor's part numbers (product.supplierinfo): of a variant, or of a product with a single variant. */
export async function vendorHolders(odoo: Odoo, parts: string[], vendor: number | undefined): Promise<CodeHolders> {
  if (parts.length === 0) return new Map()
  const known = await odoo.fields('product.supplierinfo')
  const partner = nameOn(known, 'priceVendor') ?? 'partner_id'
  const rows = await odoo.searchRead(
    'product.supplierinfo',
    [
      ['product_code', 'in', parts],
      ...(vendor === undefined ? [] : [[`${partner}.commercial_partner_id`, '=', vendor]]),
    ],
    { fields: ['product_code', 'product_id', 'product_tmpl_id'], order: 'id' },
  )
  const templates = rows.flatMap((row) => (idOf(row.product_id) === undefined ? (idOf(row.product_tmpl_id) ?? []) : []))
  const variants =
    templates.length === 0
      ? []
      : await odoo.searchRead('product.product', [['product_tmpl_id', 'in', templates]], {
          fields: ['product_tmpl_id'],
          order: 'id',
        })
  return collect(
    rows.flatMap((row) => {
      const code = textOf(row.product_code)
      const variant = idOf(row.product_id)
      if (code === undefined) return []
      if (variant !== undefined) return [[code, variant] as const]
      const template = idOf(row.product_tmpl_id)
      return variants.flatMap((one) => (idOf(one.product_tmpl_id) === template ? [[code, one.id] as const] : []))
    }),
  )
}
