import { createRecords } from '../../../lib/systems/odoo/parse/reading.ts'
import { conversion, inUnit, unitOf } from '../../../lib/systems/odoo/parse/units.ts'

// As live servers have them: 18 with categories and inverse factors, 19 with a chain of units.
const units18 = [
  { id: 1, name: 'Units', factor: 1, uom_type: 'reference', factor_inv: 1, category_id: [1, 'Unit'] },
  { id: 2, name: 'Dozens', factor: 0.08333333333333333, uom_type: 'bigger', factor_inv: 12, category_id: [1, 'Unit'] },
  { id: 12, name: 'kg', factor: 1, uom_type: 'reference', factor_inv: 1, category_id: [2, 'Weight'] },
  { id: 13, name: 'g', factor: 1000, uom_type: 'smaller', factor_inv: 0.001, category_id: [2, 'Weight'] },
  { id: 16, name: 'oz', factor: 35.274, uom_type: 'smaller', factor_inv: 0.0283494925, category_id: [2, 'Weight'] },
]
const units19 = [
  { id: 1, name: 'Units', factor: 1, relative_factor: 1, relative_uom_id: false, parent_path: '1/' },
  { id: 2, name: 'Dozens', factor: 12, relative_factor: 12, relative_uom_id: [1, 'Units'], parent_path: '1/2/' },
  { id: 12, name: 'kg', factor: 1000, relative_factor: 1000, relative_uom_id: [13, 'g'], parent_path: '13/12/' },
  { id: 13, name: 'g', factor: 1, relative_factor: 1, relative_uom_id: false, parent_path: '13/' },
  {
    id: 16,
    name: 'oz',
    factor: 28.349523,
    relative_factor: 28.349523,
    relative_uom_id: [13, 'g'],
    parent_path: '13/16/',
  },
]
const unpathed = units19.map(({ parent_path: _, ...unit }) => unit)

describe.each([
  ['18', units18],
  ['19', units19],
  ['19, read without their path', unpathed],
])('units of %s', (_, units) => {
  const lines = units.map(({ id, name }) => ({ id, product_uom_id: [id, name] }))
  const records = createRecords({ 'uom.uom': units, 'sale.order.line': lines }, 'UTC')
  const of = (id: number) =>
    unitOf(
      records.all('sale.order.line').find((line) => line.record.id === id),
      'product_uom_id',
    )
  const unit = (id: number) => {
    const { record } = of(id)
    if (!record) throw new Error(`no unit ${id}`)
    return record
  }

  it('convert exactly where they can, and to six places where not', () => {
    expect(inUnit('36', of(1), of(2))).toBe('3')
    expect(inUnit('2.5', of(2), of(1))).toBe('30')
    expect(inUnit('1500', of(13), of(12))).toBe('1.5')
    expect(inUnit('1', of(1), of(2))).toBe('0.083333')
    expect(inUnit('10', of(16), of(13))).toMatch(/^283\.49/)
  })

  it('of other things do not convert', () => {
    expect(inUnit('1', of(1), of(12))).toBeUndefined()
  })

  it('are told to mappings as a multiplication or a division by more than one', () => {
    expect(conversion(unit(2), unit(1))).toEqual({ operation: 'multiply', factor: '12' })
    expect(conversion(unit(13), unit(12))).toEqual({ operation: 'divide', factor: '1000' })
    expect(conversion(unit(1), unit(13))).toBeUndefined()
  })
})

describe('units that say nothing', () => {
  const conversionOf = (fields: object) => {
    const raw = { 'uom.uom': [{ id: 1, name: 'A', ...fields }, units19[0] ? { ...units19[0], id: 2 } : {}] }
    const [from, to] = createRecords(raw as never, 'UTC').all('uom.uom')
    return from && to && conversion(from, to)
  }

  it.each([
    { factor: 0, relative_factor: 1, parent_path: '1/' },
    { factor: 1e300, relative_factor: 1, parent_path: '1/' },
    { factor: 2 },
    { factor: 2, category_id: false },
    { name: 'B' },
  ])('convert to nothing: %j', (fields) => {
    expect(conversionOf(fields)).toBeUndefined()
  })

  it('and go in circles, end somewhere', () => {
    const raw = {
      'uom.uom': [
        { id: 1, name: 'A', factor: 2, relative_factor: 2, relative_uom_id: [2, 'B'] },
        { id: 2, name: 'B', factor: 3, relative_factor: 3, relative_uom_id: [1, 'A'] },
      ],
    }
    const [a, b] = createRecords(raw, 'UTC').all('uom.uom')
    expect(a && b && (conversion(a, b) ?? 'none')).toBeDefined()
  })
})
