import type { ErpItem } from '../../../documents/erp-order.ts'
import { isOfProduct, vendorOf } from '../related/vendor-prices.ts'
import { companyOf } from './parties.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { conversion, unitOf } from './units.ts'

/** How mappings know barcodes of an item (acumatica.md §7 gave the word). */
const barcodeKind = 'GTIN/EAN/UPC/ISBN'

/** An item by its internal reference, else its barcode, else "id:<database id>". */
export const itemOf = (product: Reading): string =>
  product.text('default_code') ??
  product.text('barcode') ??
  codeInName(product.text('display_name')) ??
  `id:${product.id}`

/** A product's display name begins with its internal reference: "[RX-19-1] RX widget". */
export const codeInName = (name: string | undefined): string | undefined =>
  /^\[([^\]]+)\]/.exec(name ?? '')?.[1]?.trim()

/** The item a `product_id` means; undefined where the line has no product. */
export function itemNamed(from: Reading, field = 'product_id'): string | undefined {
  const product = from.linked('product.product', field)
  if (product) return itemOf(product)
  const id = from.idOf(field)
  return id === undefined ? undefined : (codeInName(from.nameOf(field)) ?? `id:${id}`)
}

/** A description in one line: line names carry the item's code and further text below (odoo.md §8.1). */
export const describe = (from: Reading): string | undefined => {
  const [first] = (from.text('name') ?? from.nameOf('product_id') ?? '').split('\n')
  const plain = first?.replace(/^\[[^\]]*\]\s*/, '').trim()
  return plain === undefined || plain === '' ? undefined : plain
}

/** The vendor's own number of a product: of the variant before its template, first in Odoo's own order. */
export function vendorPartOf(
  product: Reading | undefined,
  records: Records,
  vendors: ReadonlySet<number>,
): string | undefined {
  if (!product) return undefined
  const rows = records
    .all('product.supplierinfo')
    .filter((row) => vendors.has(vendorOf(row.record) ?? 0) && isOfProduct(row.record, product.record))
  const [own, general] = [rows.filter((row) => row.idOf('product_id') !== undefined), rows]
  return [...own, ...general].map((row) => row.text('product_code')).find((code) => code !== undefined)
}

/** Every product of the bundle with its barcodes and unit conversions. */
export const itemsOf = (records: Records): ErpItem[] =>
  records.all('product.product').map((product) => {
    const base = unitOf(product, 'uom_id')
    const packs = product.rows('product.packaging', 'packaging_ids')
    const vendors = records.all('product.supplierinfo').filter((row) => isOfProduct(row.record, product.record))
    const barcode = (id: string | undefined, unit: string | undefined) =>
      id === undefined ? [] : [{ id, kind: barcodeKind, ...defined({ unit }) }]
    return {
      item: itemOf(product),
      kit: product.flag('is_kits'),
      ...defined({ description: product.text('name'), baseUnit: base.name }),
      crossReferences: [
        ...barcode(product.text('barcode'), base.name),
        ...packs.flatMap((pack) => barcode(pack.text('barcode'), pack.text('name'))),
        ...product
          .rows('product.uom', 'product_uom_ids')
          .flatMap((row) => barcode(row.text('barcode'), unitOf(row, 'uom_id').name)),
        ...vendors.flatMap((row) => {
          const id = row.text('product_code')
          const party = companyOf(row, 'partner_id', 'name')
          return id === undefined || party === undefined ? [] : [{ id, kind: 'Vendor Part Number', party }]
        }),
      ],
      conversions: [
        ...otherUnits(records, base.record),
        ...packs.flatMap((pack) => {
          const [from, factor] = [pack.text('name'), pack.decimal('qty')]
          return from === undefined || factor === undefined || base.name === undefined
            ? []
            : [{ from, to: base.name, operation: 'multiply' as const, factor }]
        }),
      ],
    }
  })

/** Units of the bundle that measure the same as the item's own. */
const otherUnits = (records: Records, base: Reading | undefined): ErpItem['conversions'] =>
  records.all('uom.uom').flatMap((unit) => {
    const [from, to] = [unit.text('name'), base?.text('name')]
    if (!base || from === undefined || to === undefined || unit.id === base.id) return []
    const found = conversion(unit, base)
    return found ? [{ from, to, ...found }] : []
  })
