import { closeAll } from './server.ts'
import { insist, recordedProducts, startWarehouse } from './warehouse.ts'
import type { Raw } from './warehouse-api.ts'
import { coffee } from './written.ts'

afterEach(closeAll)

const variantOf = (products: Raw[], sku: string): Raw =>
  products.flatMap(({ variants }) => variants).find((variant: Raw) => variant.sku === sku)

/** The recorded products, one of them edited. */
const edited = (sku: string, edit: (variant: Raw) => void): Raw[] => {
  const products = recordedProducts()
  edit(variantOf(products, sku))
  return products
}

describe('a product that ShipBob does not have', () => {
  it('is made with what the ERP knows, and found by its SKU and inventory id', async () => {
    const { write, changes, world } = await startWarehouse({ products: [] })
    const outcome = await write('upsert-product', coffee())
    expect(JSON.parse(changes()[0]?.body ?? '')).toEqual({
      name: 'Light Roast Coffee 340 g',
      type_id: 1,
      variants: [
        {
          name: 'Light Roast Coffee 340 g',
          sku: 'COF-LR-340',
          barcodes: [{ value: '0850012345017' }],
          weight: 12.5,
          dimension: { length: 8, width: 5, height: 3 },
          packaging_material_type_id: 1,
          packaging_requirement_id: 1,
          lot_information: { is_lot: true, minimum_shelf_life_days: 60 },
          customs: {
            country_code_of_origin: 'CO',
            hs_tariff_code: '0901.21',
            value: 14,
            description: 'Roasted coffee',
          },
          status_id: 0,
        },
      ],
    })
    const { inventory_id } = variantOf(world.products, 'COF-LR-340').inventory
    expect(outcome).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      targetNumbers: ['COF-LR-340', `inventory:${inventory_id}`],
      result: { inventoryId: inventory_id, mergedInventoryIds: [] },
    })
  })

  it('is not made where it is archived', async () => {
    const { write, changes } = await startWarehouse({ products: [] })
    const outcome = await write('upsert-product', coffee({ active: false }))
    expect(outcome).toMatchObject({ outcome: 'delivered', warnings: [{ code: 'SHIPBOB_PRODUCT_ABSENT' }] })
    expect(changes()).toEqual([])
  })

  it('is not made twice when the answer was lost', async () => {
    let lost = false
    const { write, world } = await startWarehouse({
      products: [],
      strike: ({ method }) => {
        const first = method === 'POST' && !lost
        lost ||= first
        return first ? 'after' : undefined
      },
    })
    await expect(write('upsert-product', coffee())).rejects.toMatchObject({ class: 'ambiguous' })
    expect(await write('upsert-product', coffee(), true)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(world.products).toHaveLength(1)
  })

  it('is looked for again where ShipBob says that its SKU is taken', async () => {
    let hidden = true
    const { write, world } = await startWarehouse({
      answer: ({ method }) => {
        if (method === 'GET' && hidden) return { body: { items: [], next: null } }
        hidden = false
        return undefined
      },
    })
    expect(await write('upsert-product', coffee())).toMatchObject({ outcome: 'delivered', targetId: '41220011' })
    expect(world.products).toHaveLength(4)
  })

  it('is refused with the words of ShipBob where the SKU is taken by something that cannot be found', async () => {
    const { write } = await startWarehouse({ products: edited('COF-LR-340', (v) => (v.sku = 'Cof-LR-340')) })
    const record = coffee({ find: { sku: 'COF-LR-340' }, barcodes: [] })
    const refusing = await startWarehouse({
      products: [],
      answer: ({ method }) =>
        method === 'POST' ? { status: 422, body: { Sku: ['Cannot insert duplicate sku: COF-LR-340'] } } : undefined,
    })
    expect(await write('upsert-product', record)).toMatchObject({ outcome: 'delivered', adopted: false })
    expect(await refusing.write('upsert-product', record)).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'SHIPBOB_DUPLICATE', message: expect.stringContaining('duplicate sku: COF-LR-340') }],
    })
  })
})

describe('a product that ShipBob has', () => {
  it('is left alone where nothing differs', async () => {
    const { write, changes } = await startWarehouse()
    expect(await write('upsert-product', coffee())).toMatchObject({
      outcome: 'delivered',
      adopted: true,
      targetId: '41220011',
      targetNumbers: ['COF-LR-340', 'inventory:21705365'],
      result: { productId: 31870021, variantId: 41220011, inventoryId: 21705365, mergedInventoryIds: [] },
    })
    expect(changes()).toEqual([])
  })

  it('gets only what differs, and keeps barcodes that somebody added there', async () => {
    const { write, changes } = await startWarehouse()
    await write('upsert-product', coffee({ name: 'Light Roast Coffee 340 g (new label)', barcodes: ['0850012345918'] }))
    expect(changes().map(({ method, url, body }) => [method, url, JSON.parse(body)])).toEqual([
      [
        'PATCH',
        '/2026-07/product/31870021',
        {
          name: 'Light Roast Coffee 340 g (new label)',
          variants: [
            {
              id: 41220011,
              name: 'Light Roast Coffee 340 g (new label)',
              barcodes: [{ value: '0850012345017' }, { value: '0850012345918' }],
            },
          ],
        },
      ],
    ])
  })

  it('is switched off by its status', async () => {
    const { write, changes } = await startWarehouse()
    await write('upsert-product', coffee({ active: false }))
    expect(JSON.parse(changes()[0]?.body ?? '').variants).toEqual([{ id: 41220011, status_id: 1 }])
  })

  it('is found by a barcode where nobody has the SKU, and keeps the SKU that shops order by', async () => {
    const { write, changes } = await startWarehouse()
    const outcome = await write(
      'upsert-product',
      coffee({ sku: 'CAFE-1', find: { sku: 'CAFE-1', barcode: '0850012345017' } }),
    )
    expect(outcome).toMatchObject({
      outcome: 'delivered',
      targetId: '41220011',
      warnings: [{ code: 'SHIPBOB_SKU_KEPT' }],
    })
    expect(changes()).toEqual([])
  })

  it('gets the new SKU where the old one was the former SKU of the ERP', async () => {
    const { write, changes } = await startWarehouse()
    const renamed = coffee({ find: { inventoryId: 21705365, sku: 'COF-1' }, sku: 'COF-1', formerSku: 'COF-LR-340' })
    expect(await write('upsert-product', renamed)).toMatchObject({ targetNumbers: ['COF-1', 'inventory:21705365'] })
    expect(JSON.parse(changes()[0]?.body ?? '').variants).toEqual([{ id: 41220011, sku: 'COF-1' }])
  })

  it('is held where its new SKU is that of another one', async () => {
    const { write, changes } = await startWarehouse()
    const renamed = coffee({
      find: { inventoryId: 21705365, sku: 'MUG-BLU-01' },
      sku: 'MUG-BLU-01',
      formerSku: 'COF-LR-340',
    })
    expect(await write('upsert-product', renamed)).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_PRODUCT_AMBIGUOUS', message: expect.stringMatching(/41220012.*41220011/) }],
    })
    expect(changes()).toEqual([])
  })

  it('is found under the inventory id of a variant that was merged into it', async () => {
    const merged = { inventory_id: 21700001, variant_id: 41210001, variant_name: 'Coffee', channel_ids: [] }
    const { write } = await startWarehouse({ products: edited('COF-LR-340', (v) => v.merge_children.push(merged)) })
    expect(await write('upsert-product', coffee({ find: { inventoryId: 21700001, sku: 'GONE' } }))).toMatchObject({
      targetId: '41220011',
      targetNumbers: ['COF-LR-340', 'inventory:21705365', 'inventory:21700001'],
      result: { mergedInventoryIds: [21700001] },
    })
  })

  it('is held where two variants have its barcode, both named', async () => {
    const { write, changes } = await startWarehouse({
      products: edited('MUG-BLU-01', (v) => (v.barcodes = [{ value: '0850012345017' }])),
    })
    const outcome = await write(
      'upsert-product',
      coffee({ sku: 'NEW', find: { sku: 'NEW', barcode: '0850012345017' } }),
    )
    expect(outcome).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_PRODUCT_AMBIGUOUS', message: expect.stringMatching(/COF-LR-340.*MUG-BLU-01/) }],
    })
    expect(changes()).toEqual([])
  })

  it('is not taken for one whose SKU differs in case or leading zeros', async () => {
    const { write, world } = await startWarehouse({ products: edited('MUG-BLU-01', (v) => (v.sku = 'cof-0LR')) })
    await write('upsert-product', coffee({ sku: 'COF-0LR', find: { sku: 'COF-0LR' }, barcodes: [] }))
    expect(world.products).toHaveLength(5)
  })

  it('keeps the dimensions that the warehouse measured', async () => {
    const { write, changes } = await startWarehouse({
      products: edited('COF-LR-340', (v) => Object.assign(v.dimension, { is_locked: true, length: 8.4 })),
    })
    expect(await write('upsert-product', coffee())).toMatchObject({ warnings: [{ code: 'SHIPBOB_DIMENSIONS_LOCKED' }] })
    expect(changes()).toEqual([])
  })

  it('gets packaging where it has none, since its orders would not be shipped', async () => {
    const { write, changes } = await startWarehouse({
      products: edited('COF-LR-340', (v) =>
        Object.assign(v, { packaging_requirement: null, packaging_material_type: null }),
      ),
    })
    await write('upsert-product', coffee())
    expect(JSON.parse(changes()[0]?.body ?? '').variants).toEqual([
      { id: 41220011, packaging_requirement_id: 1, packaging_material_type_id: 1 },
    ])
  })
})

describe('a customs value', () => {
  const customs = { value: '14.50', currency: 'USD' }

  it('has cents from version 2026-07 on', async () => {
    const { write, changes } = await startWarehouse()
    await write('upsert-product', coffee({ customs }))
    expect(JSON.parse(changes()[0]?.body ?? '').variants[0].customs).toEqual({ value: 14.5 })
  })

  it('is rounded before, with a warning, and never to nothing', async () => {
    const { write, changes } = await startWarehouse({ version: '2026-01' })
    const rounded = await write('upsert-product', coffee({ customs }))
    expect(rounded).toMatchObject({ warnings: [{ code: 'SHIPBOB_CUSTOMS_ROUNDED' }] })
    await write('upsert-product', coffee({ customs: { value: '0.30' } }))
    expect(changes().map(({ body }) => JSON.parse(body).variants[0].customs)).toEqual([{ value: 15 }, { value: 1 }])
  })

  it('is left out in another currency than the one ShipBob keeps', async () => {
    const { write, changes } = await startWarehouse()
    const outcome = await write('upsert-product', coffee({ customs: { value: '13.10', currency: 'EUR' } }))
    expect(outcome).toMatchObject({ warnings: [{ code: 'SHIPBOB_CUSTOMS_CURRENCY' }] })
    expect(changes()).toEqual([])
  })
})

describe('a bundle', () => {
  const gift = (over = {}) =>
    coffee({
      find: { sku: 'GIFT-2' },
      name: 'Mug Gift Box',
      sku: 'GIFT-2',
      barcodes: [],
      weightOz: undefined,
      dimensions: undefined,
      customs: undefined,
      lot: undefined,
      packaging: undefined,
      bundle: [
        { component: { inventoryId: 21705365 }, quantity: 1, name: 'Coffee', path: 'components[0]' },
        { component: { sku: 'MUG-BLU-01' }, quantity: 2, name: 'Mug', path: 'components[1]' },
      ],
      ...over,
    })

  it('is made of the variants of its components, and has no inventory of its own', async () => {
    const { write, changes } = await startWarehouse()
    const outcome = await write('upsert-product', gift())
    expect(JSON.parse(changes()[0]?.body ?? '')).toMatchObject({
      type_id: 2,
      variants: [
        {
          bundle_definition: [
            { variant_id: 41220011, quantity: 1 },
            { variant_id: 41220012, quantity: 2 },
          ],
        },
      ],
    })
    expect(outcome).toMatchObject({ targetNumbers: ['GIFT-2'], result: { inventoryId: null } })
  })

  it('is held with every component that is not there, and makes nothing', async () => {
    const { write, changes } = await startWarehouse()
    const bundle = ['A', 'B', 'BND-GIFT-01'].map((sku, index) => ({
      component: { sku },
      quantity: 1,
      name: sku,
      path: `components[${index}]`,
    }))
    expect(await write('upsert-product', gift({ bundle }))).toMatchObject({
      outcome: 'held',
      problems: [
        { code: 'SHIPBOB_COMPONENT_NOT_FOUND', path: 'components[0]' },
        { code: 'SHIPBOB_COMPONENT_NOT_FOUND', path: 'components[1]' },
        { code: 'SHIPBOB_COMPONENT_IS_BUNDLE', path: 'components[2]' },
      ],
    })
    expect(changes()).toEqual([])
  })

  it('is never made of an ordinary product, nor the other way round', async () => {
    const { write, changes } = await startWarehouse()
    const kinds = [
      gift({ find: { sku: 'MUG-BLU-01' }, sku: 'MUG-BLU-01' }),
      coffee({ find: { sku: 'BND-GIFT-01' }, sku: 'BND-GIFT-01' }),
    ]
    for (const record of kinds)
      expect(await write('upsert-product', record)).toMatchObject({ problems: [{ code: 'SHIPBOB_KIND_DIFFERS' }] })
    expect(changes()).toEqual([])
  })

  it('is changed where its components are', async () => {
    const { write, changes } = await startWarehouse()
    const bundle = [{ component: { sku: 'MUG-BLU-01' }, quantity: 3, name: 'Mug', path: 'components[0]' }]
    await write('upsert-product', gift({ find: { sku: 'BND-GIFT-01' }, sku: 'BND-GIFT-01', bundle }))
    expect(JSON.parse(changes()[0]?.body ?? '').variants).toEqual([
      { id: 41220030, bundle_definition: [{ variant_id: 41220012, quantity: 3 }] },
    ])
  })
})

it('is tried until ShipBob answers, and then known', async () => {
  let down = 9
  const { write, world } = await startWarehouse({
    products: [],
    strike: () => {
      down -= 1
      return down > 0 ? 'unavailable' : undefined
    },
  })
  expect(await insist((again) => write('upsert-product', coffee(), again))).toMatchObject({ outcome: 'delivered' })
  expect(world.products).toHaveLength(1)
})
