import {
  type ApiRecord,
  customFields,
  flag,
  identifier,
  instant,
  lastModified,
  rows,
  text,
  value,
  wrapFields,
} from '../../../lib/systems/acumatica/records.ts'

describe('fields of a record', () => {
  it.each([
    [{}],
    [{ A: {} }],
    [{ A: { value: null } }],
    [{ A: { value: '' } }],
    [{ A: null }],
    [{ A: { value: {} } }],
    [{ A: [] }],
  ])('%j has no value, whatever the spelling of null', (record) => {
    expect(value(record, 'A')).toBeUndefined()
    expect(text(record, 'A')).toBeUndefined()
    expect(identifier(record, 'A')).toBeUndefined()
  })

  it('keeps zero and false, which are values', () => {
    expect(value({ A: { value: 0 } }, 'A')).toBe(0)
    expect(value({ A: { value: false } }, 'A')).toBe(false)
    expect(flag({ A: { value: false } }, 'A')).toBe(false)
  })

  it('reads through linked entities', () => {
    expect(value({ ShipToAddress: { City: { value: 'Superior' } } }, 'ShipToAddress/City')).toBe('Superior')
    expect(value({ ShipToAddress: {} }, 'ShipToAddress/City')).toBeUndefined()
  })

  it('trims identifiers and passes text through unchanged', () => {
    const record = { InventoryID: { value: 'JS-MUG-12   ' }, Note: { value: ' Bücher & Tee ' } }
    expect(identifier(record, 'InventoryID')).toBe('JS-MUG-12')
    expect(text(record, 'Note')).toBe(' Bücher & Tee ')
  })

  it('tells a detail that was not expanded from an empty one', () => {
    expect(rows({}, 'Details')).toBeUndefined()
    expect(rows({ Details: [] }, 'Details')).toEqual([])
  })

  it('finds custom fields on whatever view they hang', () => {
    expect(
      customFields({ custom: { Packages: { UsrSSCC: { type: 'CustomStringField', value: ' 00123 ' }, UsrNone: {} } } }),
    ).toEqual({ UsrSSCC: '00123' })
  })

  it('leaves out what is absent when wrapping', () => {
    expect(wrapFields({ UOM: 'EA', OrderQty: 0, LocationID: undefined, Description: '' })).toEqual({
      UOM: { value: 'EA' },
      OrderQty: { value: 0 },
    })
  })
})

describe('time stamps', () => {
  it.each([
    ['2026-10-21T20:36:41.313+00:00', '2026-10-21T20:36:41.313Z'],
    ['2026-10-21T20:36:41+00:00', '2026-10-21T20:36:41.000Z'],
    ['2026-10-21T22:36:41.3+02:00', '2026-10-21T20:36:41.300Z'],
    ['2026-10-21T20:36:41.317', '2026-10-21T20:36:41.317Z'],
  ])('%s is %s, comparable as text', (stamp, expected) => {
    expect(instant(stamp)).toBe(expected)
  })

  it('stands in LastModifiedDateTime, LastModified or a custom field, by entity and version', () => {
    const stamp = '2026-10-21T20:36:41.313+00:00'
    const records: ApiRecord[] = [
      { LastModifiedDateTime: { value: stamp } },
      { LastModified: { value: stamp } },
      { custom: { Document: { LastModifiedDateTime: { type: 'CustomDateTimeField', value: stamp } } } },
    ]
    for (const record of records) expect(lastModified(record)).toBe('2026-10-21T20:36:41.313Z')
    expect(lastModified({})).toBeUndefined()
  })
})
