import { parseFilter } from '../../../sandbox/systems/acumatica/filter.ts'

const record = {
  ShipmentNbr: { value: 'JS-SHP-0031877 ' },
  Type: { value: 'Shipment' },
  CustomerOrder: { value: "PO'26" },
  ShippedQty: { value: 34 },
  Hold: { value: false },
  ExternalRef: {},
  LastModifiedDateTime: { value: '2026-10-21T20:36:41.313+00:00' },
  MainContact: { id: 'x', Email: { value: 'ap@harborpine.example' } },
  Details: [{ id: 'y' }],
}

describe('a filter', () => {
  it.each([
    ["ShipmentNbr eq 'js-shp-0031877'", true],
    ["ShipmentNbr gt 'JS-SHP-0031870' and Type eq 'Shipment'", true],
    ["ShipmentNbr gt 'JS-SHP-0031877'", false],
    ["CustomerOrder eq 'PO''26'", true],
    ["ExternalRef eq ''", false],
    ["ExternalRef ne 'x'", true],
    ['ShippedQty ge 34M', true],
    ['Hold eq false', true],
    ["LastModifiedDateTime ge datetimeoffset'2026-10-21T22:36:41.313+02:00'", true],
    ["LastModifiedDateTime gt datetimeoffset'2026-10-21T20:36:41.313+00:00'", false],
    ["cf.DateTime(f='Document.LastModifiedDateTime') le datetimeoffset'2026-10-21T20:36:41.317+00:00'", true],
    ["MainContact/Email eq 'ap@harborpine.example'", true],
    ["(Type eq 'Transfer' or Type eq 'Shipment') and ShippedQty lt 35", true],
    ["Type eq 'Transfer' or Type eq 'Shipment' and ShippedQty gt 35", false],
    ["substringof('SHP', ShipmentNbr) and startswith(ShipmentNbr, 'JS') and endswith(Type, 'MENT')", true],
  ])('%s is %s', (text, expected) => {
    expect(parseFilter(text, [])(record)).toBe(expected)
  })

  it.each(["ShipmentNbr eq 'x", 'ShipmentNbr like 1', "Type eq 'a' and", '"'])(
    'that cannot be read (%s) is a fault',
    (text) => {
      expect(() => parseFilter(text, [])).toThrow('500')
    },
  )

  it('on rows, or on a field that the version lacks, is a fault', () => {
    expect(() => parseFilter("Details/InventoryID eq 'x'", [])(record)).toThrow('500')
    expect(() =>
      parseFilter("LastModifiedDateTime ge datetimeoffset'2026-10-21T00:00:00Z'", ['LastModifiedDateTime']),
    ).toThrow('500')
  })
})
