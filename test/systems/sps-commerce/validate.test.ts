import { codeLists } from '../../../lib/systems/sps-commerce/rsx/code-lists.ts'
import { outbound } from '../../../lib/systems/sps-commerce/rsx/outbound.ts'
import { validate } from '../../../lib/systems/sps-commerce/rsx/validate.ts'
import { fixture } from './support.ts'

const check = (operation: keyof typeof outbound, record: unknown, extraCodes = {}) =>
  validate(record, outbound[operation].structure, { extraCodes })

describe('a document is checked before it is sent', () => {
  it('every problem is named at once, with its path', () => {
    const shipment = fixture('shipment-856.json')
    delete shipment.Header.ShipmentHeader.ShipmentIdentification
    shipment.Header.ShipmentHeader.TradingPartnerId = '1234567890123456'
    shipment.Header.ShipmentHeader.ShipDate = '10/21/2026'
    shipment.Header.ShipmentHeader.ShipmentTime = '15:30'
    shipment.Header.ShipmentHeader.ASNStructureCode = '9999'
    shipment.Header.QuantityAndWeight[0].LadingQuantity = 2.5
    shipment.Header.Address = shipment.Header.Address[0]
    shipment.OrderLevel[0].PackLevel[0].ItemLevel[0].ShipmentLine.ShipQty = '24'
    shipment.OrderLevel[0].PackLevel[1].Pack.Colour = 'blue'
    expect(check('send-ship-notice', shipment).map((p) => [p.code, p.path])).toEqual([
      ['SPS_DOCUMENT_INVALID', 'Header.ShipmentHeader.TradingPartnerId'],
      ['SPS_DOCUMENT_INVALID', 'Header.ShipmentHeader.ShipmentIdentification'],
      ['SPS_DOCUMENT_INVALID', 'Header.ShipmentHeader.ShipDate'],
      ['SPS_DOCUMENT_INVALID', 'Header.ShipmentHeader.ShipmentTime'],
      ['SPS_CODE_NOT_LISTED', 'Header.ShipmentHeader.ASNStructureCode'],
      ['SPS_DOCUMENT_INVALID', 'Header.Address'],
      ['SPS_DOCUMENT_INVALID', 'Header.QuantityAndWeight[0].LadingQuantity'],
      ['SPS_DOCUMENT_INVALID', 'OrderLevel[0].PackLevel[0].ItemLevel[0].ShipmentLine.ShipQty'],
      ['SPS_DOCUMENT_INVALID', 'OrderLevel[0].PackLevel[1].Pack.Colour'],
    ])
  })

  it('an SSCC must be right, and stand once in a shipment, pallets included', () => {
    const shipment = fixture('shipment-856-pallet.json')
    const [first, second] = shipment.OrderLevel[0].PackLevel[0].PackLevel
    first.Pack.ShippingSerialID = '00006141410003190209'
    second.Pack.ShippingSerialID = shipment.OrderLevel[1].PackLevel[0].PackLevel[0].Pack.ShippingSerialID
    expect(check('send-ship-notice', shipment)).toEqual([
      expect.objectContaining({
        code: 'SPS_SSCC_INVALID',
        path: 'OrderLevel[0].PackLevel[0].PackLevel[0].Pack.ShippingSerialID',
      }),
      expect.objectContaining({
        code: 'SPS_SSCC_INVALID',
        message: expect.stringContaining('more than one pack'),
        path: 'OrderLevel[1].PackLevel[0].PackLevel[0].Pack.ShippingSerialID',
      }),
    ])
  })

  it('an empty carton is not sent', () => {
    const shipment = fixture('shipment-856-minimal.json')
    delete shipment.OrderLevel[0].PackLevel[0].ItemLevel
    expect(check('send-ship-notice', shipment)[0]?.path).toBe('OrderLevel[0].PackLevel[0]')
  })

  it('a code a partner asked for may be allowed', () => {
    const shipment = fixture('shipment-856-minimal.json')
    shipment.Header.ShipmentHeader.ASNStructureCode = '0002'
    expect(check('send-ship-notice', shipment)).toHaveLength(1)
    expect(check('send-ship-notice', shipment, { ASNStructureCode: ['0002'] })).toEqual([])
  })

  it('a percentage is 0 to 100, a date is a day of the calendar', () => {
    const invoice = fixture('invoice-810.json')
    invoice.Header.PaymentTerms[0].TermsDiscountPercentage = 200
    invoice.Header.InvoiceHeader.InvoiceDate = '2026-02-30'
    expect(check('send-invoice', invoice).map((p) => p.path)).toEqual([
      'Header.InvoiceHeader.InvoiceDate',
      'Header.PaymentTerms[0].TermsDiscountPercentage',
    ])
  })

  it('an order in place of an acknowledgement or an invoice is not taken for one', () => {
    expect(check('send-invoice', fixture('order-850.json')).map((p) => p.path)).toContain('Header.InvoiceHeader')
  })

  it('an order holds nothing of an answer or of a change', () => {
    const order = fixture('order-850.json')
    Object.assign(order.Header.OrderHeader, {
      TsetPurposeCode: '04',
      AcknowledgementDate: '2026-10-05',
      POChangeDate: '2026-10-05',
    })
    Object.assign(order.LineItem[0].OrderLine, { LineChangeCode: 'AI' })
    order.LineItem[1].LineItemAcknowledgement = [{ ItemStatusCode: 'IA' }]
    delete order.Header.OrderHeader.PurchaseOrderNumber
    expect(check('send-purchase-order', order).map((p) => [p.code, p.path])).toEqual([
      ['SPS_DOCUMENT_INVALID', 'Header.OrderHeader.AcknowledgementDate'],
      ['SPS_DOCUMENT_INVALID', 'Header.OrderHeader.POChangeDate'],
      ['SPS_DOCUMENT_INVALID', 'Header.OrderHeader.PurchaseOrderNumber'],
      ['SPS_CODE_NOT_LISTED', 'Header.OrderHeader.TsetPurposeCode'],
      ['SPS_DOCUMENT_INVALID', 'LineItem[0].OrderLine.LineChangeCode'],
      ['SPS_DOCUMENT_INVALID', 'LineItem[1].LineItemAcknowledgement'],
    ])
  })

  it('a change is never an original; its lines say what changes', () => {
    const change = fixture('order-change-860.json')
    expect(check('send-purchase-order-change', change)).toEqual([])
    change.Header.OrderHeader.TsetPurposeCode = '00'
    change.LineItem[0].OrderLine.LineChangeCode = 'XX'
    expect(check('send-purchase-order-change', change).map((p) => [p.code, p.path])).toEqual([
      ['SPS_CODE_NOT_LISTED', 'Header.OrderHeader.TsetPurposeCode'],
      ['SPS_CODE_NOT_LISTED', 'LineItem[0].OrderLine.LineChangeCode'],
    ])
    expect(check('send-purchase-order-change', change, { TsetPurposeCode: ['00'], LineChangeCode: ['XX'] })).toEqual([])
  })

  it('a stock report has its numbers, its structure and numbers as numbers', () => {
    const report = fixture('inventory-846.json')
    delete report.Header.HeaderReport.DocumentId
    report.Structure[0].LineItem[1].QuantitiesSchedulesLocations[0].TotalQty = '0'
    delete report.Structure[0].LineItem[2].InventoryLine
    expect(check('send-inventory', report).map((p) => p.path)).toEqual([
      'Header.HeaderReport.DocumentId',
      'Structure[0].LineItem[1].QuantitiesSchedulesLocations[0].TotalQty',
      'Structure[0].LineItem[2].InventoryLine',
    ])
    expect(check('send-inventory', { ...report, Structure: [{}] }).map((p) => p.path)).toContain(
      'Structure[0].LineItem',
    )
  })

  it('the closed lists are those of the fact sheet', () => {
    const lists = fixture('code-lists.json') as Record<string, Record<string, string>>
    for (const [name, codes] of Object.entries(codeLists))
      expect([name, [...codes].sort()]).toEqual([
        name,
        Object.keys(lists[name] ?? {})
          .filter((c) => c !== '_usedIn')
          .sort(),
      ])
  })
})
