import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, problemsOf } from './support.ts'

const only = (value: unknown) => {
  const [first, ...others] = sourceDocuments(value)
  expect(others).toEqual([])
  if (!first) throw new Error('no document')
  return first
}

describe('identity', () => {
  it('of an order: trading partner, PO number, release', () => {
    const order = fixture('order-850.json')
    expect(only(order)).toMatchObject({
      type: 'purchase-order',
      key: '3F1HARBORPINE/4500187734/',
      number: '4500187734',
      group: 'order/3F1HARBORPINE/4500187734/',
      version: '',
      raw: order,
    })
    order.Header.OrderHeader.ReleaseNumber = '07'
    expect(only(order).key).toBe('3F1HARBORPINE/4500187734/07')
  })

  it('of a change: the order and its sequence; it shares the thread of its order', () => {
    expect(only(fixture('order-change-860.json'))).toMatchObject({
      type: 'purchase-order-change',
      key: '3F1HARBORPINE/4500187734//1',
      number: '4500187734',
      group: 'order/3F1HARBORPINE/4500187734/',
      version: '0000000001/2026-10-08',
    })
  })

  it('the tenth change is newer than the second', () => {
    const change = fixture('order-change-860.json')
    const version = (sequence: string) => {
      change.Header.OrderHeader.ChangeOrderSeqNumber = sequence
      return only(change).version
    }
    expect(version('2') < version('10')).toBe(true)
  })

  it('changes without a sequence are different documents when they say different things', () => {
    const change = fixture('order-change-860.json')
    delete change.Header.OrderHeader.ChangeOrderSeqNumber
    const first = only(change).key
    expect(only(change).key).toBe(first)
    change.LineItem[0].OrderLine.OrderQty = 36
    expect(only(change).key).not.toBe(first)
  })

  it('of reports: period, document id, item and place', () => {
    expect(only(fixture('product-activity-852.json')).key).toBe('3F1HARBORPINE/2026-10-11/2026-10-17')
    expect(only(fixture('inventory-846.json'))).toMatchObject({
      key: '3F1HARBORPINE/IB-20261019-0600',
      version: '2026-10-19T06:00:00-05:00',
    })
    expect(only(fixture('http/inventory-items.json'))).toMatchObject({
      type: 'inventory-advice',
      key: 'HARBORPINE/JS-MUG-12@JS-W1',
      version: '2026-10-19T11:00:00Z',
    })
  })

  it('of an answer: the order, its release and the number of the answer; found by the number of the order', () => {
    const ack = fixture('ack-855.json')
    ack.Header.OrderHeader.ReleaseNumber = '07'
    expect(only(ack)).toMatchObject({
      key: '3F1HARBORPINE/4500187734/07/SO-20931-A1',
      number: '4500187734',
      group: 'order/3F1HARBORPINE/4500187734/',
    })
  })

  it('of a shipment: its own number; in the thread of its order where it has one', () => {
    expect(only(fixture('shipment-856.json'))).toMatchObject({
      key: '3F1HARBORPINE/JS-SHP-0031877',
      number: 'JS-SHP-0031877',
      group: 'order/3F1HARBORPINE/4500187734/',
    })
    expect(only(fixture('shipment-856-pallet.json')).group).toBe('shipment/3F1HARBORPINE/JS-SHP-0031902')
  })

  it('of a receipt: its own number; in the thread of its order where it names one', () => {
    const receipt = fixture('warehouse-receipt-944.json')
    expect(only(receipt)).toMatchObject({
      key: '3F1COLDQUAY3PL/CQ-RCV-77120',
      number: 'CQ-RCV-77120',
      group: 'order/3F1COLDQUAY3PL/TO-3390/',
      version: '',
    })
    delete receipt.Header.HeaderDetail.DepositorOrderNumber
    expect(only(receipt).group).toBe('receipt/3F1COLDQUAY3PL/CQ-RCV-77120')
  })

  it('of an answer, a shipment or a receipt that lacks an identifier: incomplete, and refused', () => {
    const [ack, shipment, receipt] = [
      fixture('ack-855.json'),
      fixture('shipment-856.json'),
      fixture('warehouse-receipt-944.json'),
    ]
    delete ack.Header.OrderHeader.TradingPartnerId
    delete shipment.Header.ShipmentHeader.ShipmentIdentification
    delete receipt.Header.HeaderDetail.WarehouseReceiptId
    for (const document of [ack, shipment, receipt].map((d) => only(d))) {
      expect(document.key).toMatch(/^incomplete\//)
      expect(problemsOf(document.type, document.raw).map((p) => p.code)).toContain('SPS_IDENTIFIER_MISSING')
    }
  })

  it('the state made later is the newer one; a replacement is newer than the original of its moment or day', () => {
    const version = (purpose: string, time?: string, date = '2026-10-21') => {
      const shipment = fixture('shipment-856.json')
      Object.assign(shipment.Header.ShipmentHeader, {
        TsetPurposeCode: purpose,
        ShipNoticeDate: date,
        ShipNoticeTime: time,
      })
      return only(shipment).version
    }
    const inOrder = [
      version('00'),
      version('00', '09:00:00-05:00'),
      version('05', '09:00:00-05:00'),
      version('00', '10:00:00-05:00'),
      version('01', '15:00:00-05:00'),
      version('05'),
      version('00', '08:00:00-05:00', '2026-10-22'),
    ]
    expect([...inOrder].sort()).toEqual(inOrder)
    expect(version('05', undefined, '')).toBe('')
  })

  it('a slash inside a number does not make two keys one', () => {
    const [a, b] = [fixture('order-850-minimal.json'), fixture('order-850-minimal.json')]
    a.Header.OrderHeader.PurchaseOrderNumber = '1/2'
    b.Header.OrderHeader.PurchaseOrderNumber = '1'
    b.Header.OrderHeader.ReleaseNumber = '2/'
    expect(only(a).key).not.toBe(only(b).key)
  })
})
