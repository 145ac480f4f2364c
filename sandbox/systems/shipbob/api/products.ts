import { type Call, type Given, givenList, numberOf, type Route, textOf } from '../call.ts'
import type { Product, Variant } from '../model.ts'
import { productBody, variantBody } from '../render/product.ts'
import { type FieldErrors, fieldErrors, notFound } from '../wire/errors.ts'
import { filtersOf, linked } from '../wire/paging.ts'
import { among, type Query, queryOf } from '../wire/query.ts'
import { findVariant, type World } from '../world.ts'
import { changed, newVariant } from './variant.ts'

/** Products and their variants (shipbob.md §4.1). A SKU is one merchant's once; barcodes may repeat. */
export const productRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/product$/,
    scope: 'products_read',
    handle: (world, call) => {
      const query = queryOf(filtersOf(call))
      const found = world.products.all().filter((product) => isWanted(product, query))
      return linked(call, found, (product) => productBody(world, product))
    },
  },
  {
    method: 'POST',
    path: /^\/product$/,
    scope: 'products_write',
    handle: (world, { body }) => ({ status: 201, body: productBody(world, createProduct(world, body)) }),
  },
  {
    method: 'GET',
    path: /^\/product\/(\d+)$/,
    scope: 'products_read',
    handle: (world, call) => ({ status: 200, body: productBody(world, productOf(world, call)) }),
  },
  {
    method: 'PATCH',
    path: /^\/product\/(\d+)$/,
    scope: 'products_write',
    handle: (world, call) => {
      const product = productOf(world, call)
      const after = patch(world, product, givenList(call.body.variants), 'status_id')
      const name = textOf(call.body.name)
      return { status: 200, body: productBody(world, world.products.put({ ...after, name: name ?? after.name })) }
    },
  },
  {
    method: 'GET',
    path: /^\/product\/(\d+)\/variants$/,
    scope: 'products_read',
    handle: (world, call) => ({
      status: 200,
      body: productOf(world, call).variants.map((variant) => variantBody(world, variant)),
    }),
  },
  {
    method: 'PATCH',
    path: /^\/product\/(\d+)\/variants$/,
    scope: 'products_write',
    handle: (world, call) => {
      const given = givenList(call.json)
      const ids = new Set(given.map(({ id }) => id))
      const product = world.products.put(patch(world, productOf(world, call), given, 'status'))
      const body = product.variants.filter(({ id }) => ids.has(id)).map((variant) => variantBody(world, variant))
      return { status: 200, body }
    },
  },
]

function productOf(world: World, { params: [id = ''] }: Call): Product {
  const product = world.products.get(id)
  if (!product) throw notFound(`Product ${id} was not found`)
  return product
}

const isWanted = (product: Product, query: Query): boolean =>
  among(query, 'ProductId', product.id) &&
  product.variants.some(
    (variant) =>
      isOfAny(query, variant) &&
      among(query, 'VariantId', variant.id) &&
      among(query, 'InventoryId', variant.inventory, ...variant.merged) &&
      among(query, 'Barcode', ...variant.barcodes) &&
      among(query, 'Barcodes', ...variant.barcodes) &&
      among(query, 'Name', variant.name),
  )

/** SKUs are compared without regard to case: more than one may come back. */
function isOfAny(query: Query, { sku }: Variant): boolean {
  const wanted = query.list('SKU')
  return wanted === undefined || wanted.some((one) => one.toLowerCase() === sku.toLowerCase())
}

/** Also what a person does in the dashboard. Throws ApiError where a SKU is taken, or a component unknown. */
export function createProduct(world: World, body: Given): Product {
  const bundle = body.type_id === 2
  const given = givenList(body.variants)
  const errors: FieldErrors = {}
  if (textOf(body.name) === undefined) errors.Name = ['The Name field is required.']
  if (given.length === 0) errors.Variants = ['At least one variant is required.']
  if (Object.keys(errors).length > 0) throw fieldErrors(422, errors)
  for (const variant of given) checkSku(world, textOf(variant.sku), undefined)
  for (const variant of given) checkComponents(world, givenList(variant.bundle_definition))
  const now = world.clock.now()
  return world.products.put({
    id: world.next('product'),
    name: textOf(body.name) ?? '',
    bundle,
    created: now,
    updated: now,
    variants: given.map((variant) =>
      newVariant(variant, {
        id: world.next('variant'),
        inventory: bundle ? null : world.next('inventory'),
        now,
      }),
    ),
  })
}

function checkSku(world: World, sku: string | undefined, own: number | undefined): void {
  if (sku === undefined) throw fieldErrors(422, { Sku: ['The Sku field is required.'] })
  if (findVariant(world, (one) => one.sku === sku && one.id !== own))
    throw fieldErrors(422, { Sku: [`Cannot insert duplicate sku: ${sku}`] })
}

function checkComponents(world: World, components: readonly Given[]): void {
  for (const { variant_id } of components)
    if (!findVariant(world, ({ id }) => id === numberOf(variant_id)))
      throw fieldErrors(422, { BundleDefinition: [`Variant ${String(variant_id)} was not found`] })
}

/** Keys left out stay; arrays given replace what is stored. The bulk call spells the status otherwise (1 active). */
function patch(world: World, product: Product, given: readonly Given[], status: 'status_id' | 'status'): Product {
  const now = world.clock.now()
  const variants = product.variants.map((variant) => {
    const change = given.find(({ id }) => id === variant.id)
    if (!change) return variant
    if (change.sku !== undefined) checkSku(world, textOf(change.sku), variant.id)
    checkComponents(world, givenList(change.bundle_definition))
    const active =
      status === 'status_id' || change.status === undefined ? {} : { status_id: change.status === 1 ? 0 : 1 }
    return changed(variant, { ...change, ...active }, now)
  })
  const unknown = given.find(({ id }) => !product.variants.some((variant) => variant.id === id))
  if (unknown) throw fieldErrors(422, { Variants: [`Variant ${String(unknown.id)} is not one of the product`] })
  return { ...product, updated: now, variants }
}
