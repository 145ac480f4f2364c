import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, parsed, problemsOf } from './support.ts'

const ack = () => fixture('ack-855.json')
const read = (raw: unknown) => parsed('acknowledgement', raw)
/** The example after a change to it. */
// biome-ignore lint/suspicious/noExplicitAny: a fixture is changed freely
const changed = (change: (document: any) => void) => {
  const document = ack()
  change(document)
  return document
}
const codes = (warnings: { code: string }[]) => warnings.map((w) => w.code)

describe('an answer to an order of ours (855)', () => {
  it('is read with its header and every outcome of its lines', () => {
    const { document, warnings } = read(ack())
    expect(warnings).toEqual([])
    expect(document).toMatchObject({
      type: 'acknowledgement',
      tradingPartner: '3F1HARBORPINE',
      number: '4500187734',
      purpose: 'original',
      acknowledgementType: 'AC',
      acknowledgementNumber: 'SO-20931-A1',
      date: '2026-10-05',
      supplierOrder: 'SO-20931',
      currency: 'USD',
      vendor: '40127',
    })
    expect(document.lines.map((l: { line: string }) => l.line)).toEqual(['1', '2', '3'])
    expect(document.lines[1]).toMatchObject({
      quantity: '12',
      unit: 'EA',
      price: '7.9',
      path: 'LineItem[1]',
      outcomes: [
        { status: 'IQ', quantity: '8', unit: 'EA', dateQualifier: '068', date: '2026-10-19' },
        { status: 'IB', quantity: '4', unit: 'EA', dateQualifier: '068', date: '2026-11-02' },
      ],
    })
  })

  it('without lines says only its type', () => {
    const { document } = read(fixture('ack-855-minimal.json'))
    expect(document).toMatchObject({ number: '4500187735', acknowledgementType: 'AK', lines: [] })
  })

  it('a line that stands in several entries is one line with all their outcomes', () => {
    const raw = changed((d) => {
      const [first, second] = d.LineItem[1].LineItemAcknowledgement
      d.LineItem = [
        { ...d.LineItem[1], LineItemAcknowledgement: [first] },
        { ...d.LineItem[1], LineItemAcknowledgement: [second] },
      ]
    })
    const { document } = read(raw)
    expect(document.lines).toHaveLength(1)
    expect(document.lines[0].outcomes.map((o: { status: string }) => o.status)).toEqual(['IQ', 'IB'])
  })

  it('the number of a line may stand in its answer; without any it stays open, with a warning', () => {
    const raw = changed((d) => {
      delete d.LineItem[0].OrderLine.LineSequenceNumber
      d.LineItem[0].LineItemAcknowledgement[0].LineSequenceNumber = '0001'
      delete d.LineItem[2].OrderLine.LineSequenceNumber
    })
    const { document, warnings } = read(raw)
    expect(document.lines.map((l: { line?: string }) => l.line)).toEqual(['0001', '2', undefined])
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'SPS_LINE_UNNUMBERED', path: 'LineItem[2].OrderLine.LineSequenceNumber' }),
    ])
  })

  it('two lines without a number are not taken for one', () => {
    const raw = changed((d) => {
      for (const item of d.LineItem) delete item.OrderLine.LineSequenceNumber
    })
    expect(read(raw).document.lines).toHaveLength(3)
  })

  it('another item is a substitute, the same one repeated is none; a new price is kept', () => {
    const raw = changed((d) => {
      const [one, , three] = d.LineItem
      Object.assign(one.LineItemAcknowledgement[0], { VendorPartNumber: 'JS-MUG-12', PurchasePrice: 4.4 })
      one.LineItemAcknowledgement[0].ItemStatusCode = 'IP'
      Object.assign(three.LineItemAcknowledgement[0], { ItemStatusCode: 'IS', VendorPartNumber: 'JS-TRY-XL' })
    })
    const [one, , three] = read(raw).document.lines
    expect(one.outcomes[0]).toMatchObject({ status: 'IP', price: '4.4' })
    expect(one.outcomes[0].substitute).toBeUndefined()
    expect(three.outcomes[0].substitute).toEqual({ vendorPart: 'JS-TRY-XL' })
  })

  it.each([
    ['00', 'original'],
    [undefined, 'original'],
    ['01', 'cancel'],
    ['04', 'change'],
    ['05', 'replace'],
    [5, 'replace'],
    ['06', 'confirm'],
    ['07', 'duplicate'],
    ['20', 'other'],
  ])('purpose %p is given as %s', (code, purpose) => {
    const raw = changed((d) => {
      d.Header.OrderHeader.TsetPurposeCode = code
    })
    expect(sourceDocuments(raw)[0]?.type).toBe('acknowledgement')
    expect(read(raw).document.purpose).toBe(purpose)
    expect(read(raw).warnings).toEqual([])
  })

  it('unknown codes and fields are let through with a warning', () => {
    const raw = changed((d) => {
      d.Header.OrderHeader.AcknowledgementType = 'ZZ'
      d.Header.OrderHeader.TsetPurposeCode = '99'
      d.LineItem[0].LineItemAcknowledgement[0].ItemStatusCode = 'QQ'
      delete d.LineItem[1].LineItemAcknowledgement[1].ItemStatusCode
      d.LineItem[0].OrderLine.Mood = 'good'
    })
    const { document, warnings } = read(raw)
    expect(document).toMatchObject({ acknowledgementType: 'ZZ', purpose: 'other', purposeCode: '99' })
    expect(document.lines[0].outcomes[0].status).toBe('QQ')
    expect(document.lines[1].outcomes[1].status).toBe('')
    expect(codes(warnings).sort()).toEqual([...Array(4).fill('SPS_UNKNOWN_CODE'), 'SPS_UNKNOWN_FIELDS'])
  })

  it('everything wrong is named at once: identifiers, quantities, prices', () => {
    const raw = changed((d) => {
      delete d.Header.OrderHeader.PurchaseOrderNumber
      d.LineItem[0].OrderLine.OrderQty = 'two dozen'
      d.LineItem[1].LineItemAcknowledgement[0].ItemScheduleQty = '8,0'
      d.LineItem[2].LineItemAcknowledgement[0].PurchasePrice = '?'
    })
    expect(problemsOf('acknowledgement', raw).map((p) => [p.code, p.path])).toEqual([
      ['SPS_IDENTIFIER_MISSING', 'Header.OrderHeader.PurchaseOrderNumber'],
      ['SPS_VALUE_INVALID', 'LineItem[0].OrderLine.OrderQty'],
      ['SPS_VALUE_INVALID', 'LineItem[1].LineItemAcknowledgement[0].ItemScheduleQty'],
      ['SPS_VALUE_INVALID', 'LineItem[2].LineItemAcknowledgement[0].PurchasePrice'],
    ])
  })

  it('as XML with prefixes, in older names, is the same answer', () => {
    const xml = `<?xml version="1.0"?><r:OrderAcks xmlns:r="http://www.spscommerce.com/RSX"><r:OrderAck>
      <r:Header><r:OrderHeader><r:TradingPartnerId>T</r:TradingPartnerId><r:PurchaseOrderNumber>0021</r:PurchaseOrderNumber>
      <r:AcknowledgementType>AC</r:AcknowledgementType></r:OrderHeader>
      <r:Date><r:DateTimeQualifier1>068</r:DateTimeQualifier1><r:Date1>2026-10-19</r:Date1></r:Date></r:Header>
      <r:LineItems><r:LineItem><r:OrderLine><r:LineSequenceNumber>007</r:LineSequenceNumber><r:OrderQty>24.00</r:OrderQty></r:OrderLine>
      <r:LineItemAcknowledgement><r:ItemStatusCode>IA</r:ItemStatusCode><r:ItemScheduleQty>24</r:ItemScheduleQty>
      </r:LineItemAcknowledgement><r:Note><r:NoteInformationField>für Größe 漢字</r:NoteInformationField></r:Note></r:LineItem></r:LineItems>
      </r:OrderAck></r:OrderAcks>`
    const [source] = sourceDocuments(xml)
    expect(source).toMatchObject({ type: 'acknowledgement', number: '0021' })
    const { document, warnings } = read(source?.raw)
    expect(document.lines).toEqual([
      expect.objectContaining({ line: '007', quantity: '24', outcomes: [{ status: 'IA', quantity: '24' }] }),
    ])
    expect(document.dates).toEqual([{ qualifier: '068', date: '2026-10-19' }])
    expect(codes(warnings)).toEqual(['SPS_OLDER_RSX'])
  })
})
