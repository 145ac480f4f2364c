import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, fixtureText, parsed, problemsOf } from './support.ts'

const order = () => fixture('order-850.json')
const plain = parsed('purchase-order', order()).document

/** Every list of one entry as that entry, as XML conversions give it; then every list, nested ones too. */
const collapse = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 1 ? collapse(value[0]) : value.map(collapse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, collapse(v)]))
}
const mapScalars = (value: unknown, change: (v: unknown, key: string) => unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((v) => mapScalars(v, change, key))
  if (typeof value !== 'object' || value === null) return change(value, key)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapScalars(v, change, k)]))
}
const mapKeys = (value: unknown, change: (key: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((v) => mapKeys(v, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [change(k), mapKeys(v, change)]))
}

describe('the same order is read', () => {
  it.each<[string, unknown]>([
    ['as JSON text', fixtureText('order-850.json')],
    ['behind a byte order mark', `\uFEFF${fixtureText('order-850.json')}`],
    ['as XML behind a byte order mark', `\uFEFF${fixtureText('order-850.xml')}`],
    ['as XML text in an object', { xml: fixtureText('order-850.xml') }],
    ['in an array', [order()]],
    ['as {Order}', { Order: order() }],
    ['as {Orders: {Order}}', { Orders: { Order: order() } }],
    ['as {Orders: {Order: []}}', { Orders: { Order: [order()] } }],
    ['as {RSX}', { RSX: order() }],
    [
      'as {RSX: {Orders: {Order}}}',
      { RSX: { '@xmlns': 'http://www.spscommerce.com/RSX', Orders: { Order: order() } } },
    ],
    ['as {document}', { document: order() }],
    ['with single objects where lists belong', collapse(order())],
    ['with numbers and booleans as text', mapScalars(order(), (v) => (typeof v === 'string' ? v : String(v)))],
    ['with blanks around every text', mapScalars(order(), (v) => (typeof v === 'string' ? `  ${v}\n` : v))],
    ['with namespace prefixes', mapKeys(order(), (k) => `rsx:${k}`)],
    ['with XML attributes left over', { '@xmlns': 'x', 'xmlns:i': 'y', Order: { '@id': '1', ...order() } }],
    [
      'with text nodes of an XML conversion',
      mapScalars(order(), (v) => (typeof v === 'string' ? { '#text': v, '@type': 's' } : v)),
    ],
    [
      'with prefixes in XML',
      fixtureText('order-850.xml')
        .replace(/<(\/?)(?=[A-Z])/g, '<$1r:')
        .replace('xmlns=', 'xmlns:r='),
    ],
  ])('%s', (_name, raw) => {
    const result = parsed('purchase-order', raw)
    expect(result.document).toEqual(plain)
    expect(result.warnings).toEqual([])
  })

  it('with empty text, null, {} and [] where something is absent', () => {
    const raw = order()
    raw.Header.OrderHeader.ReleaseNumber = ''
    raw.Header.OrderHeader.CustomerOrderNumber = null
    raw.Header.Taxes = []
    raw.Header.Packaging = {}
    raw.LineItem[0].OrderLine.EAN = '   '
    raw.LineItem[0].Taxes = [{}]
    raw.LineItem[0].QuantitiesSchedulesLocations = [{ LocationQuantity: [] }]
    expect(parsed('purchase-order', raw)).toEqual({ document: plain, warnings: [] })
  })

  it('with sections missing', () => {
    const { Meta: _, Summary: __, LineItem: ___, ...raw } = order()
    raw.Header = { OrderHeader: raw.Header.OrderHeader }
    const { document } = parsed('purchase-order', raw)
    expect(document).toMatchObject({ number: '4500187734', lines: [], parties: [], dates: [], totals: {} })
  })
})

describe('identifiers stay text', () => {
  it('sent as numbers they become text, and codes get their zeros back', () => {
    const raw = order()
    raw.Header.OrderHeader.PurchaseOrderNumber = 4500187734
    raw.Header.OrderHeader.TsetPurposeCode = 5
    raw.Header.Dates[0].DateTimeQualifier = 10
    raw.LineItem[0].OrderLine.LineSequenceNumber = 1
    const { document } = parsed('purchase-order', raw)
    expect(document).toMatchObject({ number: '4500187734', purpose: 'replace', purposeCode: '05' })
    expect(document.dates[0].qualifier).toBe('010')
    expect(document.lines[0].line).toBe('1')
  })

  it('leading zeros survive XML', () => {
    const xml = fixtureText('order-850.xml')
      .replace('<LineSequenceNumber>1<', '<LineSequenceNumber>0001<')
      .replace('<ConsumerPackageCode>614141001217<', '<ConsumerPackageCode>0014141001217<')
    const { document } = parsed('purchase-order', xml)
    expect(document.lines[0]).toMatchObject({ line: '0001', numbers: { upc: '0014141001217' } })
    expect(document.parties[1].code).toBe('0417')
  })

  it('a number too long to be exact keeps its digits in JSON text, and refuses the document where they are lost', () => {
    const text = fixtureText('order-850-minimal.json').replace('"4500187735"', '45001877350123456789')
    expect(sourceDocuments(text)[0]).toMatchObject({ number: '45001877350123456789' })
    const lost = JSON.parse(text)
    expect(problemsOf('purchase-order', lost)[0]?.code).toBe('SPS_NUMBER_INEXACT')
  })
})

describe('what is unknown is let through with a warning', () => {
  it('fields, named once each', () => {
    const raw = order()
    raw.Header.OrderHeader.FloorPlan = 'x'
    for (const item of raw.LineItem) item.OrderLine.ShelfLife = 3
    const { document, warnings } = parsed('purchase-order', raw)
    expect(document).toEqual(plain)
    expect(warnings).toEqual([
      {
        code: 'SPS_UNKNOWN_FIELDS',
        message: 'fields that are not read: Header.OrderHeader.FloorPlan, LineItem.OrderLine.ShelfLife',
      },
    ])
  })

  it('codes: purpose, line change, charge indicator', () => {
    const raw = order()
    raw.Header.OrderHeader.TsetPurposeCode = '99'
    raw.Header.ChargesAllowances[0].AllowChrgIndicator = 'Q'
    raw.LineItem[0].OrderLine.OrderQtyUOM = 'XX'
    const { document, warnings } = parsed('purchase-order', raw)
    expect(document).toMatchObject({ purpose: 'other', purposeCode: '99', lines: [{ unit: 'XX' }, {}, {}] })
    expect(document.charges[0].indicator).toBe('N')
    expect(warnings.map((w) => w.code)).toEqual(['SPS_UNKNOWN_CODE', 'SPS_UNKNOWN_CODE'])
  })

  it('dates that are none, totals that are no numbers, line numbers that are absent or double', () => {
    const raw = order()
    raw.Header.Dates[0].Date = 'next week'
    raw.Header.Dates[1].Date = '2026-10-23T00:00:00-05:00'
    raw.Header.Dates[2].Date = '20261026'
    raw.Summary.TotalAmount = 'n/a'
    delete raw.LineItem[1].OrderLine.LineSequenceNumber
    raw.LineItem[2].OrderLine.LineSequenceNumber = '1'
    const { document, warnings } = parsed('purchase-order', raw)
    expect(document.dates).toEqual([
      { qualifier: '002', date: '2026-10-23' },
      { qualifier: '001', date: '2026-10-26' },
    ])
    expect(document.lines.map((l: { line: string }) => l.line)).toEqual(['1', '2', '1'])
    expect(warnings.map((w) => w.code).sort()).toEqual([
      'SPS_LINE_NUMBER_MISSING',
      'SPS_LINE_NUMBER_TWICE',
      'SPS_VALUE_IGNORED',
      'SPS_VALUE_IGNORED',
    ])
  })
})

describe('XML', () => {
  it('entities, numeric references, CDATA, comments and processing instructions', () => {
    const xml = fixtureText('order-850.xml')
      .replace('Accounts Payable', 'A &amp;#233; &lt;b&gt; &#233;&#x1F600; <!-- no --><![CDATA[<&amp;>]]>')
      .replace('<Order>', '<?note x?><Order>')
    const { document } = parsed('purchase-order', xml)
    expect(document.parties[0].name2).toBe('A &#233; <b> é😀 <&amp;>')
  })

  it('of 3,000 lines with an entity in each is read', () => {
    const line =
      '<LineItem><OrderLine><LineSequenceNumber>#</LineSequenceNumber><OrderQty>1</OrderQty></OrderLine><ProductOrItemDescription><ProductDescription>A &amp; B</ProductDescription></ProductOrItemDescription></LineItem>'
    const lines = Array.from({ length: 3000 }, (_, i) => line.replace('#', String(i + 1))).join('')
    const xml = `<Orders xmlns="http://www.spscommerce.com/RSX"><Order><Header><OrderHeader><TradingPartnerId>T</TradingPartnerId><PurchaseOrderNumber>1</PurchaseOrderNumber></OrderHeader></Header>${lines}</Order></Orders>`
    const { document } = parsed('purchase-order', xml)
    expect(document.lines).toHaveLength(3000)
    expect(document.lines[2999].description).toBe('A & B')
  })

  it('with a name that could reach into our objects reaches nothing', () => {
    const xml =
      '<Orders><Order><Header><__proto__><OrderHeader><x>1</x></OrderHeader></__proto__></Header></Order></Orders>'
    expect(problemsOf('purchase-order', xml)).toHaveLength(1)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
