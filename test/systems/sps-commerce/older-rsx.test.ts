import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, parsed } from './support.ts'

// Older naming as sps-commerce.md §6 "Versions" describes it; the content is ours.
const older = `<?xml version="1.0"?>
<Orders>
  <Order>
    <Header>
      <OrderHeader>
        <TradingPartnerId>000ALLTESTID</TradingPartnerId>
        <PurchaseOrderNumber>0021</PurchaseOrderNumber>
        <TsetPurposeCode>00</TsetPurposeCode>
        <PurchaseOrderTypeCode>SA</PurchaseOrderTypeCode>
        <PurchaseOrderDate>2026-10-05</PurchaseOrderDate>
      </OrderHeader>
      <Date><DateTimeQualifier1>010</DateTimeQualifier1><Date1>2026-10-19</Date1><Time1>08:00:00-05:00</Time1></Date>
      <Date><DateTimeQualifier1>001</DateTimeQualifier1><Date1>2026-10-26</Date1></Date>
      <Contact><ContactTypeCode>BD</ContactTypeCode><ContactName>Noor</ContactName></Contact>
      <Address>
        <AddressTypeCode>ST</AddressTypeCode>
        <AddressLocationNumber>0417</AddressLocationNumber>
        <Contact><ContactName>Dock</ContactName><PrimaryPhone>218</PrimaryPhone></Contact>
      </Address>
      <Reference><ReferenceQual>CT</ReferenceQual><ReferenceID>C-1</ReferenceID></Reference>
      <Notes><NoteCode>GEN</NoteCode><NoteInformationField>Pack by store</NoteInformationField></Notes>
      <Tax><TaxTypeCode>ST</TaxTypeCode><TaxAmount>1.50</TaxAmount></Tax>
    </Header>
    <LineItems>
      <LineItem>
        <OrderLine>
          <LineSequenceNumber>01</LineSequenceNumber>
          <VendorPartNumber>JS-MUG-12</VendorPartNumber>
          <OrderQty>24</OrderQty>
          <OrderQtyUOM>EA</OrderQtyUOM>
          <PurchasePrice>4.25</PurchasePrice>
        </OrderLine>
        <ProductOrItemDescription>
          <ItemDescriptionType>08</ItemDescriptionType>
          <ProductDescription>Mug</ProductDescription>
        </ProductOrItemDescription>
        <Reference><ReferenceQual>BY</ReferenceQual><ReferenceID>R</ReferenceID></Reference>
        <Date><DateTimeQualifier1>002</DateTimeQualifier1><Date1>2026-10-20</Date1></Date>
      </LineItem>
      <LineItem>
        <OrderLine><LineSequenceNumber>02</LineSequenceNumber><OrderQty>1</OrderQty></OrderLine>
      </LineItem>
    </LineItems>
    <Summary><TotalLineItemNumber>2</TotalLineItemNumber></Summary>
  </Order>
</Orders>`

describe('an order in older RSX', () => {
  const { document, warnings } = parsed('purchase-order', older)

  it('is read with all its lines, dates, notes, references and taxes', () => {
    expect(document).toMatchObject({
      number: '0021',
      orderType: 'SA',
      dates: [
        { qualifier: '010', date: '2026-10-19', time: '08:00:00-05:00' },
        { qualifier: '001', date: '2026-10-26' },
      ],
      parties: [{ role: 'ST', code: '0417', contact: 'Dock', phone: '218' }],
      references: [{ qualifier: 'CT', id: 'C-1' }],
      notes: [{ code: 'GEN', text: 'Pack by store' }],
      taxes: [{ code: 'ST', amount: '1.5' }],
    })
    expect(document.lines).toHaveLength(2)
    expect(document.lines[0]).toMatchObject({
      line: '01',
      description: 'Mug',
      quantity: '24',
      references: [{ qualifier: 'BY', id: 'R' }],
      dates: [{ qualifier: '002', date: '2026-10-20' }],
    })
  })

  it('says so', () => {
    expect(warnings).toEqual([{ code: 'SPS_OLDER_RSX', message: expect.stringContaining('LineItems') }])
  })

  it('with a single line as JSON is read as well', () => {
    const raw = {
      Order: {
        Header: {
          OrderHeader: { TradingPartnerId: 'T', PurchaseOrderNumber: '1', PurchaseOrderTypeCode: 'SA' },
          Date: { DateTimeQualifier1: '010', Date1: '2026-10-19' },
        },
        LineItems: { LineItem: { OrderLine: { LineSequenceNumber: '1', OrderQty: '2' } } },
      },
    }
    expect(parsed('purchase-order', raw).document).toMatchObject({
      orderType: 'SA',
      dates: [{ qualifier: '010', date: '2026-10-19' }],
      lines: [{ line: '1', quantity: '2' }],
    })
  })

  it('sent again in 7.7.7 is the same content', () => {
    const modern = fixture('order-850-minimal.json')
    const asOld = {
      Header: { OrderHeader: modern.Header.OrderHeader },
      LineItems: { LineItem: modern.LineItem[0] },
    }
    expect(sourceDocuments(asOld)[0]?.hash).toBe(sourceDocuments(modern)[0]?.hash)
  })

  it('an order in 7.7.7 is not taken for an older one because of the Date field inside Dates', () => {
    expect(parsed('purchase-order', fixture('order-850.json')).warnings).toEqual([])
  })
})
