import fc from 'fast-check'
import type { Json } from '../../../lib/core/exchange.ts'
import { type Bundle, invoiceBundle, shipmentBundles } from '../../../lib/systems/shipbob/bundle.ts'
import { instantOf, stampOf } from '../../../lib/systems/shipbob/parse/time.ts'
import { describe as describeBundle } from '../../../lib/systems/shipbob/source-document.ts'
import { body } from './parsing.ts'
import { fixture } from './server.ts'

const order = body('order.get.split')
const receiving = body('receiving.get.processing-partial')
const boxes = body('receiving.boxes.processing')
const of = (bundle: Bundle) => describeBundle(bundle).document
const shipmentOf = (fields: { [name: string]: Json } = {}) => {
  const [bundle] = shipmentBundles({ ...order, shipments: [{ ...order.shipments[0], ...fields }] })
  return of(bundle as Bundle)
}

describe('what a document is called', () => {
  test('a shipment by its id, found by the order, in line with the other shipments of it', () => {
    expect(shipmentOf()).toMatchObject({
      type: 'shipment',
      key: '352900411',
      number: 'SO-2026-1187',
      group: 'order/341200771',
      version: '2026-09-13T18:10:00.0000000Z',
    })
  })
  test('a receiving order by its id, found by the purchase order, in line with its other receiving orders', () => {
    expect(of({ receiving, boxes })).toMatchObject({
      type: 'receiving-progress',
      key: '918363',
      number: 'P00042',
      group: 'receiving/P00042',
      version: '2026-09-11T14:32:10.4328299Z',
    })
    expect(of({ receiving: { ...receiving, purchase_order_number: null } })).toMatchObject({
      number: '918363',
      group: 'receiving/918363',
    })
  })
  test('a return by its id, found by its RMA number, in line with others of its shipment', () => {
    expect(of({ return: body('return.get.completed') })).toMatchObject({
      key: '2933435',
      number: 'RMA-2026-0091',
      group: 'return/352900411',
      version: '2026-09-24T09:10:00.0000000Z',
    })
  })
  test('an invoice and an unidentified receiving order by their numbers', () => {
    const [invoice] = body('billing.invoices').items
    expect(of(invoiceBundle(invoice, []))).toMatchObject({
      key: '8634110',
      number: '8634110',
      group: 'invoice/8634110',
    })
    expect(of({ unidentified: body('uro.list.2026-07')[0] })).toMatchObject({ key: '70211', number: 'URO-70211' })
  })
})

describe('what makes another document', () => {
  test('nothing that the warehouse notes for itself', () => {
    const same = {
      is_tracking_uploaded: true,
      invoice_amount: 6.58,
      estimated_fulfillment_date: '2026-09-20T00:00:00Z',
    }
    expect(shipmentOf(same)).toMatchObject({ hash: shipmentOf().hash, arrival: shipmentOf().arrival })
    const marked = { ...receiving, external_sync_timestamp: '2026-09-12T19:00:00Z' }
    expect(of({ receiving: marked, boxes }).hash).toBe(of({ receiving, boxes }).hash)
  })
  test('a quantity, a lot, a state', () => {
    const [line] = receiving.inventory_quantities
    const more = { ...receiving, inventory_quantities: [{ ...line, stowed_quantity: 101 }] }
    const hashes = [
      of({ receiving, boxes }),
      of({ receiving: more, boxes }),
      of({ receiving, boxes: boxes.slice(1) }),
      of({ receiving: { ...receiving, status: 'Completed' }, boxes }),
    ].map(({ hash }) => hash)
    expect(new Set(hashes).size).toBe(4)
  })
  test('delivery, although no stamp moves; and it is the later state', () => {
    const delivered = shipmentOf({ delivery_date: '2026-09-16T15:00:00Z', status: 'Completed' })
    expect(delivered.version > shipmentOf().version).toBe(true)
    expect(delivered.version < shipmentOf({ last_update_at: '2026-09-13T18:10:00.0000001Z' }).version).toBe(true)
  })
  test('transactions in another order are the same invoice', () => {
    const [invoice] = body('billing.invoices').items
    const { items } = fixture('rest/billing.all-transaction-kinds.json')
    expect(of(invoiceBundle(invoice, [...items].reverse()))).toEqual(of(invoiceBundle(invoice, items)))
  })
  test('a record that cannot be parsed is a document all the same', () => {
    expect(of({ return: { id: 7, inventory: [{}] } })).toMatchObject({ key: '7', number: '7', version: '' })
  })
})

describe('stamps', () => {
  test.each([
    ['2026-09-11T14:32:10.4328299+00:00', '2026-09-11T14:32:10.4328299Z'],
    ['2026-09-11T14:32:10Z', '2026-09-11T14:32:10.0000000Z'],
    ['2026-09-11T14:32:10.5', '2026-09-11T14:32:10.5000000Z'],
    ['2026-09-11T16:32:10.5+02:00', '2026-09-11T14:32:10.5000000Z'],
    ['2026-09-21', '2026-09-21T00:00:00.0000000Z'],
  ])('%s is %s', (sent, stamp) => {
    expect(stampOf(sent)).toBe(stamp)
  })
  test.each(['', 'soon', '0001-01-01T00:00:00', '2026-13-45T00:00:00Z', '12/09/2026'])('"%s" is none', (sent) => {
    expect(stampOf(sent)).toBeUndefined()
  })
  test('text order is time order, whatever the digits and the zone', () => {
    const sent = fc
      .tuple(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: -14, max: 14 }),
      )
      .map(([second, ticks, hours]) => {
        const local = new Date((second + hours * 3_600) * 1_000).toISOString().slice(0, 19)
        const zone = hours === 0 ? 'Z' : `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
        return {
          time: BigInt(second) * 10_000_000n + BigInt(ticks),
          text: `${local}.${String(ticks).padStart(7, '0')}${zone}`,
        }
      })
    fc.assert(
      fc.property(sent, sent, (a, b) => {
        const order = (stampOf(a.text) ?? '') < (stampOf(b.text) ?? '')
        expect(order).toBe(a.time < b.time)
        expect(Date.parse(instantOf(a.text) ?? '')).toBe(Number(a.time / 10_000n))
      }),
    )
  })
})
