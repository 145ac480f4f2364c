import { readdirSync, readFileSync } from 'node:fs'
import { URL } from 'node:url'
import type { Json } from '../../../lib/core/exchange.ts'
import { webhook } from '../../../lib/systems/shipbob/webhook.ts'

const folder = new URL('../../fixtures/shipbob/webhooks/', import.meta.url)

interface Delivery {
  topic: string
  request: { body_raw: string }
  expected: { refs?: { [name: string]: Json }; channel_id_in_body?: number | null }
}

const deliveries = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.startsWith('legacy.'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Delivery)

/** Which of the sheet's references is the record to read, by the topic's subject. */
function recordOf({ topic, expected }: Delivery): { stream: string; id: string } {
  const refs = expected.refs ?? {}
  if (topic.startsWith('order.')) return { stream: 'shipments', id: String(refs.order_id) }
  if (topic.startsWith('return.')) return { stream: 'returns', id: String(refs.return_id) }
  if (topic.startsWith('wro.')) return { stream: 'receiving', id: String(refs.wro_id) }
  return { stream: 'billing', id: `transaction:${refs.transaction_id}` }
}

describe('what a delivery is about', () => {
  test.each(deliveries.map((one) => [one.topic, one] as const))(
    '%s names its record and channel',
    (topic, delivery) => {
      const channel = delivery.expected.channel_id_in_body
      expect(webhook.recognise(topic, JSON.parse(delivery.request.body_raw) as Json)).toEqual({
        records: [recordOf(delivery)],
        ...(typeof channel === 'number' ? { channel: String(channel) } : {}),
      })
    },
  )

  test.each(deliveries.map((one) => [one.topic, one] as const))(
    '%s is understood inside of `data` too',
    (topic, delivery) => {
      const data = JSON.parse(delivery.request.body_raw) as Json
      expect(webhook.recognise(topic, { topic, data })).toEqual(webhook.recognise(topic, data))
    },
  )

  test('every topic of version 2026-07 has a delivery here, and the special one', () => {
    expect(deliveries).toHaveLength(25)
  })
})

describe('ids in other places', () => {
  const one = (topic: string, body: Json) => {
    const found = webhook.recognise(topic, body)
    return 'records' in found ? found.records[0] : found.unread
  }
  test('an order by order_id before id, a number as text too', () => {
    expect(one('order.shipped', { order_id: '341200771', id: 7 })).toEqual({ stream: 'shipments', id: '341200771' })
  })
  test('a shipment without its order is looked up', () => {
    expect(one('order.shipment.exception', { shipment_id: 352900411 })).toEqual({
      stream: 'shipments',
      id: 'shipment:352900411',
    })
    expect(one('order.shipment.exception', { shipment: { id: 352900411 } })).toEqual({
      stream: 'shipments',
      id: 'shipment:352900411',
    })
  })
  test('a whole order under a topic of shipments is the order', () => {
    expect(one('order.shipment.delivered', { id: 341200771, shipments: [] })).toEqual({
      stream: 'shipments',
      id: '341200771',
    })
  })
  test('a shipment whose order is not said, by id alone, is no id: it may be either', () => {
    expect(one('order.shipment.delivered', { id: 341200771 })).toBe('WEBHOOK_WITHOUT_ID')
  })
  test('a receiving order under either name', () => {
    expect(one('wro.updated', { receiving_order_id: 918363, id: 1 })).toEqual({ stream: 'receiving', id: '918363' })
  })
  test('a box with the receiving order around it, by itself, and by its tracking number', () => {
    expect(one('wro.box.stowed', { id: 918363, purchase_order_number: 'P00042' })).toEqual({
      stream: 'receiving',
      id: '918363',
    })
    expect(one('wro.box.stowed', { box_id: 1571187 })).toEqual({ stream: 'receiving', id: 'box:1571187' })
    expect(one('wro.box.stowed', { tracking_number: '1Z999AA10123456784' })).toEqual({
      stream: 'receiving',
      id: 'tracking:1Z999AA10123456784',
    })
  })
  test('a transaction that is on an invoice already is that invoice', () => {
    expect(
      one('billing.credit.created', { transaction_id: '01K5A1B2C3D4E5F6G7H8J9KFMN', invoice_id: 8634115 }),
    ).toEqual({ stream: 'billing', id: '8634115' })
  })
  test('a charge without an id goes by what it is for', () => {
    expect(one('billing.charge.created', { reference_type: 'WRO', reference_id: '918363' })).toEqual({
      stream: 'billing',
      id: 'reference:WRO/918363',
    })
  })
})

describe('what cannot be read', () => {
  const unread = (topic: string, body: Json) => webhook.recognise(topic, body)
  test.each(['', 'order_shipped', 'inventory.updated', 'order.created', 'wro.labels.printed', '__proto__'])(
    'topic "%s" is unknown, whatever the body says',
    (topic) => {
      expect(unread(topic, { id: 1, order_id: 2 })).toEqual({ unread: 'WEBHOOK_TOPIC_UNKNOWN' })
    },
  )
  test.each<[string, Json]>([
    ['nothing', null],
    ['text', 'order 341200771'],
    ['a list', [{ id: 341200771 }]],
    ['no id', { status: 'Fulfilled' }],
    ['zero', { id: 0 }],
    ['a fraction', { id: 341200771.5 }],
    ['a path', { id: '341200771/../channel' }],
    ['an object', { id: { value: 341200771 } }],
    ['data that is text', { data: '341200771' }],
  ])('a body with %s has no id', (_, body) => {
    expect(unread('order.shipped', body)).toEqual({ unread: 'WEBHOOK_WITHOUT_ID' })
  })
  test('a body that is plainly about something else is not what its unsigned topic says', () => {
    expect(unread('order.shipped', { id: 2933435, return_type: 'Regular' })).toEqual({ unread: 'WEBHOOK_WITHOUT_ID' })
    expect(unread('return.completed', { id: 341200771, shipments: [] })).toEqual({ unread: 'WEBHOOK_WITHOUT_ID' })
    expect(unread('wro.completed', { id: 352900411, order_id: 341200771 })).toEqual({ unread: 'WEBHOOK_WITHOUT_ID' })
  })
})

describe('the signature', () => {
  test('ids of deliveries are remembered for longer than ShipBob repeats them (27.6 hours)', () => {
    expect(webhook.signature.rememberSeconds).toBeGreaterThan(27.6 * 3_600 + webhook.signature.toleranceSeconds)
  })
})
