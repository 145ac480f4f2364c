import { coffee, createDesk, mug, shipbob, tablesOf } from './desk.ts'

const kit = (over = {}) =>
  mug({
    id: '43',
    item: 'BND-GIFT-01',
    barcode: undefined,
    name: 'Mug Gift Box',
    kind: 'kit',
    components: [
      { id: '41', item: 'COF-LR-340', name: 'Coffee', quantity: '1' },
      { id: '42', item: 'MUG-BLU-01', name: 'Mug', quantity: '2' },
    ],
    ...over,
  })

describe('a product of Odoo', () => {
  it('is sent in ounces and inches, with lots, customs data and packaging', () => {
    const { run } = createDesk()
    expect(run(coffee())).toMatchObject({
      outcome: 'write',
      writes: [{ connection: 'shipbob', operation: 'upsert-product', reference: 'product:41' }],
      index: ['product:41'],
      record: {
        find: { sku: 'COF-LR-340', barcode: '0850012345017' },
        name: 'Light Roast Coffee 340 g',
        sku: 'COF-LR-340',
        barcodes: ['0850012345017'],
        active: true,
        weightOz: '12.49',
        dimensions: { length: '8', width: '5', height: '3' },
        customs: { tariff: '0901.21', origin: 'CO', value: '14', currency: 'USD' },
        lot: { tracked: true, minimumShelfLifeDays: 60 },
        packaging: { requirementId: 1, materialTypeId: 1 },
      },
    })
  })

  it.each([
    [{ value: '1', unit: 'lb' }, '16'],
    [{ value: '100', unit: 'g' }, '3.53'],
    [{ value: '0.1', unit: 'g' }, '0.01'],
    [{ value: '2.5', unit: 'oz' }, '2.5'],
  ])('weighs %j as %s ounces', (weight, ounces) => {
    expect(createDesk().run(coffee({ weight })).record.weightOz).toBe(ounces)
  })

  it('is found by the inventory id it got, once it was sent', () => {
    const { run } = createDesk({ answer: shipbob() })
    run(coffee())
    expect(run(coffee({ name: 'Coffee' })).record.find).toEqual({
      inventoryId: 21705365,
      sku: 'COF-LR-340',
      barcode: '0850012345017',
    })
  })

  it('tells its former SKU where Odoo changed it', () => {
    const { run } = createDesk({ answer: shipbob() })
    expect(run(coffee()).record.formerSku).toBeUndefined()
    expect(run(coffee({ item: 'COF-1' })).record).toMatchObject({ sku: 'COF-1', formerSku: 'COF-LR-340' })
  })

  it('has the SKU that the items table gives it', () => {
    expect(createDesk().run(mug())).toMatchObject({
      record: { sku: 'MUG-BLUE', find: { sku: 'MUG-BLUE' } },
      decisions: [{ rule: 'product.sku', value: 'MUG-BLUE', table: { name: 'items', row: 'MUG-BLUE' } }],
    })
  })

  it.each([
    [
      'one product two SKUs',
      [
        { sku: 'A', item: 'COF-LR-340' },
        { sku: 'B', item: 'COF-LR-340' },
      ],
    ],
    ['its SKU to another product', [{ sku: 'COF-LR-340', item: 'TEA' }]],
  ])('is held where the items table gives %s', (_, items) => {
    expect(createDesk({ tables: tablesOf({ items }) }).run(coffee())).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SKU_TAKEN_TWICE' }],
    })
  })

  it('is held without an internal reference', () => {
    const { item: _, ...nameless } = coffee()
    expect(createDesk().run(nameless)).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SKU_MISSING', path: 'item' }],
    })
  })

  it.each([
    ['a service', { kind: 'service' }],
    ['not stocked', { stocked: false }],
  ])('is skipped where it is %s', (_, over) => {
    expect(createDesk().run(coffee(over))).toMatchObject({ outcome: 'skipped', problems: [{ code: 'NOT_STOCKED' }] })
  })

  it('goes by its category where the settings say so, and by what is above it', () => {
    const settings = { products: { which: 'categories', categories: ['All / Saleable'] } }
    const { run } = createDesk({ settings })
    expect(run(coffee()).outcome).toBe('write')
    expect(run(coffee({ id: '44', category: 'All / Saleables' })).outcome).toBe('skipped')
    expect(run(coffee({ id: '45', category: undefined })).outcome).toBe('skipped')
  })

  it('is switched off once it is archived or deleted, and never made for that', () => {
    const { run } = createDesk({ answer: shipbob() })
    expect(run(coffee({ state: 'inactive' }))).toMatchObject({
      outcome: 'skipped',
      problems: [{ code: 'PRODUCT_NOT_SENT' }],
    })
    run(coffee())
    expect(run(coffee({ state: 'inactive' })).record.active).toBe(false)
    const gone = {
      type: 'product',
      id: '41',
      name: '',
      state: 'deleted',
      kind: 'goods',
      stocked: false,
      tracking: 'none',
      expires: false,
      customs: {},
      components: [],
    }
    expect(run(gone).record).toMatchObject({
      active: false,
      sku: 'COF-LR-340',
      name: 'Light Roast Coffee 340 g',
      find: { inventoryId: 21705365 },
    })
  })

  it('goes on being sent where it left the category, because ShipBob has it', () => {
    const { run } = createDesk({ answer: shipbob() })
    run(coffee())
    expect(run(coffee({ stocked: false })).outcome).toBe('write')
  })

  it('switches lots off only where Odoo had them, and never where the settings leave them to ShipBob', () => {
    const { run } = createDesk({ answer: shipbob() })
    expect(run(coffee({ tracking: 'serial' })).record.lot).toBeUndefined()
    run(coffee())
    expect(run(coffee({ tracking: 'none' })).record.lot).toEqual({ tracked: false })
    expect(createDesk({ settings: { products: { lots: 'never' } } }).run(coffee()).record.lot).toBeUndefined()
  })
})

describe('a kit', () => {
  it('is a bundle of its components, found by what ShipBob gave them', () => {
    const { run } = createDesk({ answer: shipbob() })
    run(coffee())
    expect(run(kit()).record.bundle).toEqual([
      { component: { inventoryId: 21705365, sku: 'COF-LR-340' }, quantity: 1, name: 'Coffee', path: 'components[0]' },
      { component: { sku: 'MUG-BLUE' }, quantity: 2, name: 'Mug', path: 'components[1]' },
    ])
  })

  it('of kits holds what those consist of', () => {
    const { run } = createDesk({ answer: shipbob() })
    run(kit())
    const big = kit({
      id: '50',
      item: 'BIG',
      components: [{ id: '43', item: 'BND-GIFT-01', name: 'Gift', quantity: '3' }],
    })
    expect(
      run(big).record.bundle.map(({ component, quantity }: { component: { sku: string }; quantity: number }) => [
        component.sku,
        quantity,
      ]),
    ).toEqual([
      ['COF-LR-340', 3],
      ['MUG-BLUE', 6],
    ])
  })

  it('is held, with everything that is wrong with it', () => {
    const { run } = createDesk({ answer: shipbob() })
    const wrong = [
      { id: '41', item: 'COF-LR-340', name: 'Coffee', quantity: '0.5' },
      { id: '60', name: 'Ribbon', quantity: '1' },
    ]
    expect(run(kit({ components: wrong }))).toMatchObject({
      problems: [
        { code: 'KIT_QUANTITY_NOT_WHOLE', path: 'components[0]' },
        { code: 'SKU_MISSING', path: 'components[1]' },
      ],
    })
    expect(run(kit({ components: [] }))).toMatchObject({ problems: [{ code: 'KIT_WITHOUT_COMPONENTS' }] })
    run(kit())
    const circle = kit({ id: '41', components: [{ id: '43', item: 'BND-GIFT-01', name: 'Gift', quantity: '1' }] })
    expect(run(circle)).toMatchObject({ problems: [{ code: 'KIT_CIRCULAR' }] })
  })
})
