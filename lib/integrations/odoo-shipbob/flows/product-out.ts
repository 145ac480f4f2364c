import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import type { Product } from '../../../documents/product.ts'
import type { ProductRecord } from '../../../systems/shipbob/records.ts'
import { type KnownProduct, keepProduct, knownProducts, productNumber } from '../known-products.ts'
import { bundleOf, goodsOf } from '../product/kit.ts'
import { skuOf } from '../product/sku.ts'
import { inches, ounces } from '../product/units.ts'
import type { Settings } from '../settings.ts'

/** Product of Odoo → product of ShipBob: made, changed, or switched off once it is archived. A kit becomes a bundle. */
export const productOutFlow: Flow<Product, Settings> = {
  name: 'product-out',
  source: 'odoo',
  types: ['product'],
  lookups: ({ id, item, components }) => [
    ...(item === undefined ? [] : [{ number: item }]),
    { number: id },
    ...[id, ...components.map((component) => component.id)].map((one) => ({ number: productNumber(one) })),
  ],

  map(document, context): MapResult {
    const find = createFindings()
    const known = knownProducts(context.history(productNumber(document.id))).find(({ id }) => id === document.id)
    const product = document.state === 'deleted' && known ? remembered(document, known) : document
    const what = product.item ?? product.name
    if (product.state !== 'active' && !known)
      return skipped(find, 'PRODUCT_NOT_SENT', `Product ${what} is ${product.state}, and ShipBob never got it.`)
    const reason = known ? undefined : unwanted(product, context.settings)
    if (reason !== undefined) return skipped(find, 'NOT_STOCKED', `Product ${what} is not sent: ${reason}.`)
    const goods = product.kind === 'kit' ? goodsOf(product, context, find) : []
    const record = recordOf(product, goods, known, context, find)
    if (!record || find.problems.length > 0) return held(find)
    const write = {
      connection: context.connections.shipbob ?? '',
      operation: 'upsert-product',
      reference: productNumber(product.id),
      record: toJson(record),
    }
    const snapshot = keepProduct({ ...product, components: goods })
    return written(find, [write], { snapshot, index: [productNumber(product.id)] })
  },
}

/** A record that is gone says nothing of itself: it is switched off as it was sent. */
const remembered = (document: Product, { item, name, kind, tracking, components }: KnownProduct): Product => ({
  ...document,
  item,
  name,
  kind,
  tracking,
  components: components.map((component) => ({ ...component })),
})

/** Why a product is none of the warehouse's; undefined where it is. */
function unwanted({ kind, stocked, category }: Product, { products }: Settings): string | undefined {
  if (kind === 'service') return 'it is a service'
  if (kind === 'goods' && !stocked) return 'Odoo does not count its stock'
  const within = (one: string) => category === one || category?.startsWith(`${one} / `)
  if (products.which === 'categories' && !products.categories.some(within))
    return `its category ${category ?? '(none)'} is not among those that are sent`
  return undefined
}

function recordOf(
  product: Product,
  goods: Product['components'],
  known: KnownProduct | undefined,
  context: MapContext<Settings>,
  find: Findings,
): ProductRecord | undefined {
  const { tables, settings } = context
  const sku = skuOf(tables, product, find, 'item')
  const bundle = product.kind === 'kit' ? bundleOf(product, goods, context, find) : undefined
  if (sku === undefined) return undefined
  const former = known && known.item !== product.item ? known.item : undefined
  const lot = lotOf(product, known, settings)
  const { barcode } = product
  return {
    find: { inventoryId: known?.inventoryId ?? undefined, sku, barcode },
    name: product.name,
    sku,
    ...(former === undefined ? {} : { formerSku: former }),
    barcodes: barcode === undefined ? [] : [barcode],
    active: product.state === 'active',
    weightOz: product.weight && ounces(product.weight),
    dimensions: product.dimensions && inches(product.dimensions),
    customs: product.customs,
    ...(lot ? { lot } : {}),
    packaging: settings.products.packaging,
    ...(bundle ? { bundle } : {}),
  }
}

/** Switched on where Odoo has lots, and off only where Odoo had them before: else it is as somebody set it at ShipBob. */
function lotOf(
  { kind, tracking, expires, minimumShelfLifeDays: days }: Product,
  known: KnownProduct | undefined,
  { products }: Settings,
): ProductRecord['lot'] {
  if (products.lots === 'never' || kind === 'kit') return undefined
  if (tracking !== 'lot') return known?.tracking === 'lot' ? { tracked: false } : undefined
  return { tracked: true, ...(expires && days !== undefined && days > 0 ? { minimumShelfLifeDays: days } : {}) }
}
