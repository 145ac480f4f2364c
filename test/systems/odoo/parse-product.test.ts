import type { Json } from '../../../lib/core/exchange.ts'
import type { Product } from '../../../lib/documents/product.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { deletedDocument } from '../../../lib/systems/odoo/source-document.ts'
import { changed, fixture, parsed, problemsOf } from './documents.ts'

const read = (raw: Bundle) => parsed<Product>('product', raw)
const parts = (raw: Bundle) => Object.fromEntries(read(raw).components.map(({ item, quantity }) => [item, quantity]))

describe.each(['18', '19'])('an article of live Odoo %s', (version) => {
  const coffee = fixture(`product-${version}`)
  const kit = fixture(`kit-${version}`)

  it('is told with unit, weight, lots and customs', () => {
    expect(read(coffee)).toEqual({
      type: 'product',
      id: '35',
      item: 'ZE-COF',
      barcode: `08500123450${version}`,
      name: 'Light Roast Coffee 340 g',
      state: 'active',
      kind: 'goods',
      stocked: true,
      unit: 'Units',
      // 19 has no category that everything belongs to.
      ...(version === '18' ? { category: 'All' } : {}),
      tracking: 'lot',
      expires: false,
      weight: { value: '0.35', unit: 'kg' },
      customs: { tariff: '0901.21', origin: 'CO', value: '14', currency: 'USD' },
      components: [],
    })
  })

  it('that is a kit is told as what it consists of in the end, for its own variant', () => {
    expect(read(kit)).toMatchObject({ item: 'ZE-KIT-M', name: 'Welcome Kit (M)', kind: 'kit', stocked: false })
    expect(parts(kit)).toEqual({ 'ZE-COF': '1', 'ZE-MUG': '2', 'ZE-TEE-M': '1' })
  })

  it('takes its components in their own units, whatever the bill counts in', () => {
    expect(parts(fixture(`kit-half-dozen-${version}`))).toEqual({ 'ZE-MUG': '6' })
  })

  it('adds up a component that comes twice', () => {
    const twice = changed(kit, 'mrp.bom.line', (line) => ({
      product_id: (line.bom_product_template_attribute_value_ids as Json[]).length > 0 ? [36, 'Mug'] : undefined,
    }))
    expect(parts(twice)).toEqual({ 'ZE-COF': '1', 'ZE-MUG': '3' })
  })

  it('is none where its bill is archived, for another company, for another variant or for manufacturing', () => {
    for (const fields of [
      { active: false },
      { company_id: [2, 'Other'] },
      { product_id: [39, 'S'] },
      { type: 'normal' },
    ]) {
      const plain = changed(kit, 'mrp.bom', (bill) => (bill.id === 3 ? fields : {}))
      const known = changed(plain, 'product.product', () => ({ is_kits: false }))
      expect(read(known)).toMatchObject({ kind: 'goods', components: [] })
    }
  })

  it('archived keeps the bill that was archived with it', () => {
    const gone = changed(
      changed(kit, 'mrp.bom', () => ({ active: false })),
      'product.product',
      (product) => ({
        active: product.id === 40 ? false : undefined,
      }),
    )
    expect(read(gone)).toMatchObject({ state: 'inactive', kind: 'kit' })
    expect(read(gone).components.length).toBeGreaterThan(0)
  })
})

describe('a kit', () => {
  const kit = fixture('kit-19')
  const without = (model: string) => {
    const { [model]: _, ...rest } = kit
    return rest as Bundle
  }

  it('goes by the first bill in Odoo’s order: sequence, the variant’s own, age', () => {
    const [bill] = kit['mrp.bom'] ?? []
    const [line] = kit['mrp.bom.line'] ?? []
    const own = { ...bill, id: 90, product_id: [40, 'M'], bom_line_ids: [91] }
    const only = { ...line, id: 91, bom_id: [90, ''], product_id: [36, 'Mug'], product_qty: 7 }
    const both = (more: object): Bundle => ({
      ...changed(kit, 'product.template', (template) => ({ bom_ids: template.id === 38 ? [3, 90] : undefined })),
      'mrp.bom': [...(kit['mrp.bom'] ?? []), { ...own, ...more } as never],
      'mrp.bom.line': [...(kit['mrp.bom.line'] ?? []), only as never],
    })
    expect(parts(both({}))).toEqual({ 'ZE-MUG': '7' })
    expect(parts(both({ sequence: 5 }))).toHaveProperty('ZE-COF')
    expect(parts(both({ product_id: false }))).toHaveProperty('ZE-COF')
  })

  it('of which bill or component cannot be read is held, by name', () => {
    expect(problemsOf('product', without('mrp.bom'))).toMatchObject([
      { code: 'ODOO_RECORD_MISSING', message: expect.stringContaining('[ZE-KIT-M] Welcome Kit (M)') },
    ])
    const noMug = { ...kit, 'product.product': (kit['product.product'] ?? []).filter(({ id }) => id !== 36) }
    expect(problemsOf('product', noMug)).toMatchObject([
      { code: 'ODOO_RECORD_MISSING', message: expect.stringContaining('[ZE-MUG] Ceramic Mug') },
    ])
  })

  it('that holds itself is held, and ends', () => {
    const own = changed(kit, 'mrp.bom.line', (line) =>
      line.bom_id === 2 || line.id === 3 ? { product_id: [41, 'Pair'] } : {},
    )
    expect(problemsOf('product', own)).toMatchObject([
      { code: 'ODOO_VALUE_INVALID', message: expect.stringContaining('Pair of Mugs is a part of itself') },
    ])
  })

  it('whose units cannot be told in one another is held', () => {
    const odd = changed(kit, 'mrp.bom.line', (line) => (line.id === 4 ? { product_uom_id: [77, 'kg'] } : {}))
    expect(problemsOf('product', odd)).toMatchObject([{ code: 'ODOO_UNITS_DIFFER' }])
  })

  it('line for variants of several attributes is for those that have one value of each', () => {
    const of = (...values: number[]) => ({
      ...changed(kit, 'mrp.bom.line', (line) =>
        line.id === 4 ? { bom_product_template_attribute_value_ids: values } : {},
      ),
      'product.template.attribute.value': [
        ...(kit['product.template.attribute.value'] ?? []),
        { id: 71, name: 'Blue', attribute_id: [9, 'Color'] },
      ],
    })
    const own = kit['product.product']?.[0]?.product_template_attribute_value_ids as number[]
    expect(parts(of(...own, 3))).toHaveProperty('ZE-COF')
    expect(parts(of(...own, 71))).not.toHaveProperty('ZE-COF')
    const unread = { ...of(...own, 71), 'product.template.attribute.value': [] } as Bundle
    expect(problemsOf('product', unread)).toMatchObject([{ code: 'ODOO_RECORD_MISSING' }])
  })
})

describe('an article', () => {
  const coffee = fixture('product-19')
  const template = (fields: { [field: string]: Json }) => changed(coffee, 'product.template', () => fields)
  const variant = (fields: { [field: string]: Json }) => changed(coffee, 'product.product', () => fields)

  it.each<[string, Json, object]>([
    ['lb', 0.78, { value: '0.78', unit: 'lb' }],
    ['lbs', 1, { value: '1', unit: 'lb' }],
    ['oz', 12, { value: '12', unit: 'oz' }],
  ])('weighs in the unit Odoo is set to: %s', (unit, weight, expected) => {
    const raw = changed(template({ weight_uom_name: unit }), 'product.product', () => ({ weight }))
    expect(read(raw).weight).toEqual(expected)
  })

  it('weighs nothing where Odoo says zero, and is held where its unit says nothing', () => {
    expect(read(variant({ weight: 0 })).weight).toBeUndefined()
    expect(problemsOf('product', template({ weight_uom_name: 'stone' }))).toMatchObject([
      { code: 'ODOO_VALUE_INVALID', message: '"stone" is no unit of weight.' },
    ])
  })

  it('has sides where the community’s add-on gives it some, all three or none', () => {
    const sides = { product_length: 0.2032, product_width: 0.127, product_height: 0.0762, dimensional_uom_id: [7, 'm'] }
    expect(read(variant(sides)).dimensions).toEqual({ length: '20.32', width: '12.7', height: '7.62', unit: 'cm' })
    expect(read(variant({ ...sides, product_height: 0 })).dimensions).toBeUndefined()
    expect(read(variant({ ...sides, dimensional_uom_id: [8, 'in'] })).dimensions).toMatchObject({ unit: 'in' })
  })

  it('is wanted out so many days before it expires; Odoo 14 counts them from the day it came', () => {
    const expiring = { use_expiration_date: true, expiration_time: 365, removal_time: 60 }
    const of = (version: number, more = {}) =>
      read({ ...template({ ...expiring, ...more }), 'ml_connector.reading': [{ id: 1, version }] })
    expect(of(19)).toMatchObject({ expires: true, minimumShelfLifeDays: 60 })
    expect(of(14, { removal_time: 335 }).minimumShelfLifeDays).toBe(30)
    expect(of(19, { removal_time: 0 }).minimumShelfLifeDays).toBeUndefined()
    expect(of(19, { tracking: 'none' })).toMatchObject({ expires: false })
    expect(read(template({ use_expiration_date: false, removal_time: 60 })).minimumShelfLifeDays).toBeUndefined()
  })

  it.each<[string, { [field: string]: Json }, boolean]>([
    ['18 by a flag', { type: 'consu', is_storable: true }, true],
    ['18 by its absence', { type: 'consu', is_storable: false }, false],
  ])('is counted in stock: in Odoo %s', (_, fields, stocked) => {
    expect(read(template(fields)).stocked).toBe(stocked)
  })

  it('is counted in stock: before 18 by its type, which 15 to 17 keep apart', () => {
    const older = (fields: { [field: string]: Json }) => {
      const [{ is_storable: _, ...rest } = { id: 0 }] = coffee['product.template'] ?? []
      return read({ ...coffee, 'product.template': [{ ...rest, ...fields } as never] })
    }
    expect(older({ type: 'product' }).stocked).toBe(true)
    expect(older({ type: 'consu' }).stocked).toBe(false)
    expect(older({ type: 'consu', detailed_type: 'product' }).stocked).toBe(true)
    expect(older({ type: 'service', detailed_type: 'service' })).toMatchObject({ kind: 'service', stocked: false })
  })

  it('has no number where Odoo has none, and its shown name tells variants apart', () => {
    const raw = variant({ default_code: false, display_name: 'Cotton Tee (M)', name: 'Cotton Tee' })
    expect(read(raw).item).toBeUndefined()
    expect(read(raw).name).toBe('Cotton Tee (M)')
    expect(read(variant({ default_code: 'A', display_name: '[A] [B] Tee' })).name).toBe('[B] Tee')
  })

  it('in a file by hand may be one record', () => {
    expect(
      read({ 'product.product': [{ id: 7, name: 'Mug', default_code: 'M', type: 'consu', weight: 0.4 }] }),
    ).toEqual({
      type: 'product',
      id: '7',
      item: 'M',
      name: 'Mug',
      state: 'active',
      kind: 'goods',
      stocked: false,
      tracking: 'none',
      expires: false,
      weight: { value: '0.4', unit: 'kg' },
      customs: {},
      components: [],
    })
    expect(problemsOf('product', { 'product.product': [{ id: 7 }] })).toMatchObject([{ code: 'ODOO_FIELD_MISSING' }])
  })

  it('that is gone says only which it was', () => {
    const { raw } = deletedDocument('product', 'product.product', 35, '35')
    expect(read(raw as Bundle)).toMatchObject({ id: '35', state: 'deleted', components: [] })
  })
})
