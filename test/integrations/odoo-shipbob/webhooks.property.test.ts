import fc from 'fast-check'
import type { SourceDocument } from '../../../lib/core/exchange.ts'
import { documentsOf } from '../../../lib/systems/shipbob/preview.ts'
import { addCentre, moved, soldOrder } from '../../systems/odoo/shipping.ts'
import { closeCompanies, confirmedOrder, line, Pusher, purchase, startCompany } from '../../systems/odoo/writing.ts'
import type { Raw } from './desk.ts'
import { createLine } from './line.ts'
import { recorded } from './warehouse.ts'

afterEach(closeCompanies)

const faults = [
  { kind: 'drop-before' as const },
  { kind: 'drop-after' as const },
  { kind: 'truncate' as const },
  { kind: 'status' as const, status: 502 },
]

const stampOf = (step: number) => `2026-09-13T1${step}:00:00+00:00`

/** The life of a shipment: held up, labelled without tracking, on its way, delivered. */
const lives: ((shipment: Raw) => void)[] = [
  (s) => Object.assign(s, { status: 'OnHold', status_details: [{ id: 401, name: 'InvalidAddress' }], tracking: null }),
  (s) => Object.assign(s, { status: 'LabeledCreated', status_details: [{ id: 102, name: 'Labeled' }], tracking: null }),
  (s) => Object.assign(s, { status: 'Completed', status_details: [{ id: 201, name: 'InTransit' }] }),
  (s) =>
    Object.assign(s, {
      status: 'Completed',
      status_details: [{ id: 203, name: 'Delivered' }],
      delivery_date: '2026-09-15T10:00:00Z',
    }),
]

/** A shipment of the recorded order, whose goods the sandbox's products stand for, at one step of its life. */
function shipmentAt(id: number, step: number): SourceDocument {
  const order = recorded('order.get.split', (body) => {
    for (const shipment of body.shipments) {
      shipment.last_update_at = stampOf(step)
      shipment.last_tracking_update_at = null
      shipment.actual_fulfillment_date = null
      for (const product of shipment.products)
        Object.assign(product, { sku: product.sku === 'COF-LR-340' ? 'WIDGET' : 'GADGET' })
      for (const goods of shipment.products.flatMap((one: Raw) => one.inventory_items)) goods.lot = null
      if (shipment.id === id) lives[step]?.(shipment)
    }
  })
  const found = documentsOf(['shipment'], order).find(({ key }) => key === String(id))
  if (!found) throw new Error(`no shipment ${id}`)
  return { ...found, arrival: `${id}@${step}` }
}

/** A receiving order with so much of both goods on the shelf: complete with the last step. */
function receivingAt(id: number, step: number, order: string): SourceDocument {
  const receiving = recorded('receiving.get.processing-partial', (body) => {
    Object.assign(body, { id, purchase_order_number: order, last_updated_date: stampOf(step) })
    if (step === 3) body.status = 'Completed'
    body.inventory_quantities = [
      { inventory_id: 1, sku: 'WIDGET', expected_quantity: 9, received_quantity: 0, stowed_quantity: step * 3 },
      { inventory_id: 2, sku: 'GADGET', expected_quantity: 4, received_quantity: 9, stowed_quantity: step + 1 },
    ]
  })
  const [found] = documentsOf(['receiving-progress'], { receiving })
  if (!found) throw new Error('no receiving order')
  return { ...found, arrival: `${id}@${step}` }
}

/** Which states are told: in any order, and more than once, by webhook and poll alike. */
const telling = (ids: number[]) =>
  fc.record({
    version: fc.constantFrom(18 as const, 19 as const),
    seed: fc.nat(),
    probability: fc.constantFrom(0, 0.04, 0.1),
    told: fc.array(fc.record({ id: fc.constantFrom(...ids), step: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 9,
    }),
  })

describe('states of the warehouse, told in any order, repeatedly, over a connection that fails', () => {
  test('every shipment that has left is delivered exactly once, from its centre', async () => {
    await fc.assert(
      fc.asyncProperty(telling([352900411, 352900412]), async ({ version, seed, probability, told }) => {
        const company = await startCompany(version)
        try {
          const push = new Pusher(company)
          const centres = [
            { centre: '10', warehouse: 'WH', stock: addCentre(company, 'West') },
            { centre: '211', warehouse: 'WH', stock: addCentre(company, 'East') },
          ]
          const number = await soldOrder(push, [line('1', 'WIDGET', 2, 4), line('2', 'GADGET', 4, 3)])
          const { id } = company.one('sale.order', [['name', '=', number]])
          company.write('sale.order', id, { client_order_ref: 'SO-2026-1187' })
          const warehouse = createLine(push, centres)
          company.faults.random(seed, probability, faults)
          for (const one of told) expect(await warehouse.take(shipmentAt(one.id, one.step))).not.toMatch(/^held/)
          company.faults.clear()
          const left = (shipment: number) => told.some((one) => one.id === shipment && one.step > 0)
          expect(moved(company, 'outgoing')).toEqual(
            [
              ...(left(352900411) ? ['GADGET 1 from WH/West', 'WIDGET 2 from WH/West'] : []),
              ...(left(352900412) ? ['GADGET 3 from WH/East'] : []),
            ].sort(),
          )
          const numbers = company
            .records('stock.picking', [['state', '=', 'done']])
            .map((row) => row.carrier_tracking_ref || undefined)
          const tracked = (shipment: number) => told.some((one) => one.id === shipment && one.step > 1)
          expect(numbers.filter((one) => one !== undefined)).toHaveLength([352900411, 352900412].filter(tracked).length)
        } finally {
          await closeCompanies()
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 60_000)

  test('exactly what is stowed is received, and ShipBob hears of each complete receiving order once', async () => {
    await fc.assert(
      fc.asyncProperty(telling([918363, 918400]), async ({ version, seed, probability, told }) => {
        const company = await startCompany(version)
        try {
          const push = new Pusher(company)
          const centres = [{ centre: '10', warehouse: 'WH', stock: addCentre(company, 'West') }]
          const order = await confirmedOrder(
            push,
            purchase({ lines: [line('1', 'WIDGET', 20, 4), line('2', 'GADGET', 6, 2)] }),
          )
          const warehouse = createLine(push, centres)
          company.faults.random(seed, probability, faults)
          for (const { id, step } of told)
            expect(await warehouse.take(receivingAt(id, step, order))).not.toMatch(/^held/)
          company.faults.clear()
          const reached = [918363, 918400].map((id) =>
            Math.max(-1, ...told.filter((one) => one.id === id).map(({ step }) => step)),
          )
          const sum = (of: (step: number) => number) =>
            reached.reduce((all, step) => all + (step < 0 ? 0 : of(step)), 0)
          expect(company.onHand(company.products.widget)).toBe(sum((step) => step * 3))
          expect(company.onHand(company.products.gadget)).toBe(sum((step) => step + 1))
          expect(warehouse.marked.toSorted()).toEqual(
            [918363, 918400].filter((_, i) => reached[i] === 3).map((id) => `received:WRO:${id}`),
          )
        } finally {
          await closeCompanies()
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 60_000)
})
