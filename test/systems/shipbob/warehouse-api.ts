import { fixture, type Reply, type Seen } from './server.ts'

/** JSON of which a test knows the shape. */
export type Raw = ReturnType<typeof JSON.parse>

export interface World {
  products: Raw[]
  orders: Raw[]
  /** Boxes of receiving orders, by their id. */
  boxes: Map<number, Raw[]>
}

/** The warehouse's clock, and ours. */
export const now = Date.parse('2026-09-03T03:14:23Z')

let counter = 0
const nextId = (): number => {
  counter += 1
  return 50_000_000 + counter
}

export function handle({ method, url, body }: Seen, world: World): Reply {
  const { pathname, searchParams: query } = new URL(url, 'http://shipbob')
  const path = pathname.replace(/^\/[^/]+/, '')
  const given = body === '' ? undefined : JSON.parse(body)
  const found = /^\/(product|receiving)(?:\/(\d+))?(.*)$/.exec(path)
  const id = Number(found?.[2])
  if (method === 'GET' && path === '/product')
    return { body: { items: productsBy(query, world), next: null, prev: null } }
  if (method === 'POST' && path === '/product') return addProduct(given, world)
  if (method === 'PATCH' && found?.[1] === 'product') return patchProduct(id, given, world)
  if (method === 'GET' && path === '/receiving') return { body: ordersBy(query, world) }
  if (method === 'POST' && path === '/receiving') return addOrder(given, world)
  if (path === '/receiving:setExternalSync')
    return {
      body: {
        results: given.ids.map((one: number) => ({ id: one, action: 'ExternalSync', is_success: true, reason: '' })),
      },
    }
  const order = world.orders.find((one) => one.id === id)
  if (!order) return { status: 404, body: { title: 'Not Found', status: 404 } }
  if (found?.[3] === '/boxes') return { body: world.boxes.get(id) }
  if (method === 'GET') return { body: order }
  if (order.status !== 'Awaiting')
    return { status: 422, body: { Status: [`Receiving order cannot be changed in status ${order.status}`] } }
  if (found?.[3] === ':cancel') order.status = 'Cancelled'
  else Object.assign(order, orderBody({ ...order, ...given, id }, world))
  return { body: order }
}

const listed = (query: URLSearchParams, name: string): string[] | undefined =>
  query.get(name)?.replace(/^any:/, '').split(',')

function productsBy(query: URLSearchParams, { products }: World): Raw[] {
  const [ids, skus, barcodes] = ['InventoryId', 'SKU', 'Barcode'].map((name) => listed(query, name))
  return products.filter(({ variants }) =>
    variants.some(
      (v: Raw) =>
        ids?.includes(String(v.inventory.inventory_id)) ||
        v.merge_children.some((c: Raw) => ids?.includes(String(c.inventory_id))) ||
        skus?.some((sku) => sku.toLowerCase() === v.sku.toLowerCase()) ||
        v.barcodes.some(({ value }: Raw) => barcodes?.includes(value)),
    ),
  )
}

function addProduct(given: Raw, { products }: World): Reply {
  const [variant] = given.variants
  if (products.some(({ variants }) => variants.some(({ sku }: Raw) => sku === variant.sku)))
    return { status: 422, body: fixture('rest/product.create.json').duplicate_sku.body }
  const bundle = given.type_id === 2
  const made = {
    id: nextId(),
    name: given.name,
    type: bundle ? 'Bundle' : 'Regular',
    variants: [variantBody({ ...variant, id: nextId() }, { inventory_id: bundle ? null : nextId() })],
  }
  products.push(made)
  return { status: 201, body: made }
}

function variantBody(given: Raw, inventory: Raw): Raw {
  const { status_id, weight, packaging_requirement_id, packaging_material_type_id, ...rest } = given
  return {
    barcodes: [],
    dimension: null,
    customs: null,
    lot_information: { is_lot: false, minimum_shelf_life_days: null },
    bundle_definition: [],
    merge_children: [],
    ...rest,
    inventory,
    ...(status_id === undefined ? {} : { status: status_id === 0 ? 'Active' : 'Inactive' }),
    ...(weight === undefined ? {} : { weight: { weight, unit: 'oz' } }),
    ...(packaging_requirement_id === undefined
      ? {}
      : {
          packaging_requirement: { id: packaging_requirement_id },
          packaging_material_type: { id: packaging_material_type_id },
        }),
  }
}

function patchProduct(id: number, { variants, ...fields }: Raw, { products }: World): Reply {
  const product = products.find((one) => one.id === id)
  Object.assign(product, fields)
  for (const given of variants ?? []) {
    const variant = product.variants.find((one: Raw) => one.id === given.id)
    const { customs, ...rest } = given
    Object.assign(variant, variantBody({ ...variant, ...rest, weight: given.weight }, variant.inventory), {
      weight: given.weight === undefined ? variant.weight : { weight: given.weight, unit: 'oz' },
      customs: { ...variant.customs, ...customs },
    })
  }
  return { body: product }
}

const ordersBy = (query: URLSearchParams, { orders }: World): Raw[] => {
  const numbers = listed(query, 'PurchaseOrderNumbers')
  const ids = listed(query, 'IDs')
  return orders.filter((o) => numbers?.includes(o.purchase_order_number) || ids?.includes(String(o.id)))
}

function addOrder(given: Raw, world: World): Reply {
  if (!(Date.parse(given.expected_arrival_date) > now))
    return { status: 422, body: { expected_arrival_date: ['Arrival date must be in the future.'] } }
  const made = orderBody({ ...given, id: nextId(), status: 'Awaiting' }, world)
  world.orders.push(made)
  return { status: 201, body: made }
}

/** A receiving order shows what it expects in all; its boxes are read apart. */
function orderBody({ boxes, ...given }: Raw, world: World): Raw {
  if (!boxes) return given
  const sums = new Map<number, number>()
  for (const { inventory_id, quantity } of boxes.flatMap((box: Raw) => box.box_items))
    sums.set(inventory_id, (sums.get(inventory_id) ?? 0) + quantity)
  world.boxes.set(given.id, boxes)
  return {
    ...given,
    box_labels_uri: `https://api.shipbob.com/2026-07/receiving/${given.id}/labels`,
    inventory_quantities: [...sums].map(([inventory_id, expected_quantity]) => ({
      inventory_id,
      expected_quantity,
      received_quantity: 0,
      stowed_quantity: 0,
    })),
  }
}
