import { documentsOf } from '../../../lib/systems/sps-commerce/preview.ts'
import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, fixtureText, parsed, problemsOf } from './support.ts'

const only = (value: unknown, origin = {}) => {
  const [first, ...others] = sourceDocuments(value, origin)
  expect(others).toEqual([])
  if (!first) throw new Error('no document')
  return first
}

describe('the content hash', () => {
  const hash = only(fixture('order-850.json')).hash

  it('is the same for JSON and XML, and without Meta', () => {
    expect(only(fixtureText('order-850.xml')).hash).toBe(hash)
    const { Meta: _, ...bare } = fixture('order-850.json')
    expect(only({ ...bare, Meta: { DocumentControlNumber: '99' } }).hash).toBe(hash)
    expect(only(bare).hash).toBe(hash)
  })

  it('changes with the content', () => {
    const order = fixture('order-850.json')
    order.LineItem[2].OrderLine.OrderQty = 3
    expect(only(order).hash).not.toBe(hash)
  })

  it('two arrivals of the same content differ where their envelopes do', () => {
    const order = fixture('order-850.json')
    const first = only(order).arrival
    expect(only(order).arrival).toBe(first)
    order.Meta.DocumentControlNumber = '99'
    expect(only(order).arrival).not.toBe(first)
  })
})

describe('the kind of a document is decided by its content', () => {
  it.each([
    ['order-850.json', 'purchase-order'],
    ['order-change-860-minimal.json', 'purchase-order-change'],
    ['product-activity-852-minimal.json', 'product-activity'],
    ['inventory-846-minimal.json', 'inventory-advice'],
    ['ack-855.json', 'acknowledgement'],
    ['ack-855-minimal.json', 'acknowledgement'],
    ['order-change-ack-865.json', 'unknown'],
    ['shipment-856.json', 'advance-ship-notice'],
    ['shipment-856-minimal.json', 'advance-ship-notice'],
    ['shipment-856-pallet.json', 'advance-ship-notice'],
    ['invoice-810.json', 'unknown'],
    ['warehouse-order-940.json', 'unknown'],
    ['warehouse-receipt-944.json', 'warehouse-receipt'],
    ['warehouse-receipt-944-minimal.json', 'warehouse-receipt'],
    ['warehouse-ship-advice-945.json', 'unknown'],
  ])('%s is %s', (file, type) => {
    expect(only(fixture(file)).type).toBe(type)
  })

  it.each<[string, unknown, string]>([
    [
      'an answer in its wrapper, without any mark',
      { OrderAcks: { OrderAck: fixture('order-850-minimal.json') } },
      'acknowledgement',
    ],
    ['the answer to a change in its wrapper', { OrderChangeAck: fixture('ack-855.json') }, 'unknown'],
    [
      'an order that asks for a kind of answer',
      { Header: { OrderHeader: { TradingPartnerId: 'T', PurchaseOrderNumber: '1', AcknowledgementType: 'AD' } } },
      'purchase-order',
    ],
    [
      'a shipment to a warehouse (943)',
      { ...fixture('shipment-856.json'), Meta: { OrderManagement: 'StockTransfer' } },
      'unknown',
    ],
    ['a receipt without its mark', { ...fixture('warehouse-receipt-944.json'), Meta: undefined }, 'warehouse-receipt'],
  ])('%s', (_what, document, type) => {
    expect(only(document).type).toBe(type)
  })

  it('what came as an answer is one, unless it is marked as a change', () => {
    const bare = (over: object) => ({
      Header: { OrderHeader: { TradingPartnerId: 'T', PurchaseOrderNumber: '1', ...over } },
    })
    const asAnswer = (over: object) => only(bare(over), { type: 'acknowledgement' }).type
    expect(asAnswer({ AcknowledgementType: 'AK' })).toBe('acknowledgement')
    expect(asAnswer({ TsetPurposeCode: '04' })).toBe('acknowledgement')
    expect(asAnswer({ POChangeDate: '2026-10-05' })).toBe('purchase-order-change')
    const [order, answer] = documentsOf(['acknowledgement'], [bare({}), bare({ AcknowledgementType: 'AK' })])
    expect([order?.type, answer?.type]).toEqual(['purchase-order', 'acknowledgement'])
  })

  it('purpose 01 or 05 without change marks is an order, unless it came as a change', () => {
    const order = fixture('order-850-minimal.json')
    order.Header.OrderHeader.TsetPurposeCode = '05'
    expect(only(order).type).toBe('purchase-order')
    expect(only(order, { type: 'purchase-order-change' }).type).toBe('purchase-order-change')
    expect(only({ OrderChanges: { OrderChange: order } }).type).toBe('purchase-order-change')
  })

  it('a wrapped change is read again from its raw copy as a change', () => {
    const order = fixture('order-850-minimal.json')
    order.Header.OrderHeader.TsetPurposeCode = '01'
    const document = only({ OrderChanges: { OrderChange: order } })
    expect(only(document.raw).type).toBe('purchase-order-change')
    expect(parsed(document.type, document.raw).document.purpose).toBe('cancel')
  })
})

describe('what cannot be read or identified is a document all the same', () => {
  it('broken text has a key of its own and is refused with the reason', () => {
    const [a, b] = [only('<Orders><Order>', { type: 'purchase-order' }), only('{"x":', { type: 'purchase-order' })]
    expect(a.type).toBe('purchase-order')
    expect(a.key).toMatch(/^unreadable\//)
    expect(a.key).not.toBe(b.key)
    expect(problemsOf(a.type, a.raw)[0]?.code).toBe('SPS_UNREADABLE')
  })

  it('two orders without a number are two documents', () => {
    const [a, b] = [fixture('order-850.json'), fixture('order-850-minimal.json')]
    delete a.Header.OrderHeader.PurchaseOrderNumber
    delete b.Header.OrderHeader.PurchaseOrderNumber
    expect(only(a).key).not.toBe(only(b).key)
    expect(only(a).type).toBe('purchase-order')
  })

  it('of a page, one bad entry leaves the others alone', () => {
    const page = [fixture('order-850-minimal.json'), 'garbage', null, fixture('order-850.json')]
    expect(sourceDocuments({ results: page }, { type: 'purchase-order' }).map((d) => d.key.split('/')[0])).toEqual([
      '3F1HARBORPINE',
      'unreadable',
      'unreadable',
      '3F1HARBORPINE',
    ])
  })
})

describe('preview', () => {
  it('takes one document, a list, a wrapper, XML, or lists by entity; arrival is the position', () => {
    const order = fixture('order-850.json')
    const change = fixture('order-change-860.json')
    const types = ['purchase-order']
    expect(documentsOf(types, order)).toHaveLength(1)
    expect(documentsOf(types, [order, change]).map((d) => [d.type, d.arrival])).toEqual([
      ['purchase-order', '0'],
      ['purchase-order-change', '1'],
    ])
    expect(documentsOf(types, { orders: [order, order], orderChanges: [change] }).map((d) => d.type)).toEqual([
      'purchase-order',
      'purchase-order',
      'purchase-order-change',
    ])
    expect(documentsOf(types, { Orders: { Order: [order, order] } })).toHaveLength(2)
    expect(documentsOf(types, fixtureText('order-850.xml'))[0]?.number).toBe('4500187734')
    expect(documentsOf(types, [])).toEqual([])
    expect(documentsOf(types, { orders: [] })).toEqual([])
  })

  it('in a flow of changes, an order stays an order and a bare cancellation is a change', () => {
    const [order, cancel] = [fixture('order-850-minimal.json'), fixture('order-850-minimal.json')]
    cancel.Header.OrderHeader.TsetPurposeCode = '01'
    expect(documentsOf(['purchase-order-change'], [order, cancel]).map((d) => d.type)).toEqual([
      'purchase-order',
      'purchase-order-change',
    ])
  })

  it('each document of a file of several keeps its own raw copy', () => {
    const xml = fixtureText('order-850.xml')
    const body = xml.slice(xml.indexOf('<Order>'), xml.indexOf('</Orders>'))
    const second = body.replace('4500187734', '4500187799')
    const documents = documentsOf(['purchase-order'], xml.replace('</Orders>', `${second}</Orders>`))
    expect(documents.map((d) => parsed(d.type, d.raw).document.number)).toEqual(['4500187734', '4500187799'])
  })

  it("content that is no document at all is the flow's type, and refused", () => {
    const [document] = documentsOf(['product-activity'], { hello: 'world' })
    expect(document?.type).toBe('product-activity')
    expect(problemsOf('product-activity', document?.raw).map((p) => p.code)).toContain('SPS_IDENTIFIER_MISSING')
  })
})
