import { createDesk, mug, type Raw, shipbob, tablesOf } from './desk.ts'
import { documents, recorded, shipmentOf, take, toldBy, writesOf } from './warehouse.ts'

const centres = [
  {
    centre: '10',
    warehouse: 'SBCA',
    stock: 'SBCA/Stock',
    quarantine: 'SBCA/Quarantine',
    scrap: 'Virtual Locations/Scrap CA',
  },
]
const tables = (over: Record<string, Raw> = {}) => tablesOf({ centres, ...over })

/** The recorded return in some state of its life. */
function returnOf(name: 'awaiting' | 'completed', edit: (body: Raw) => void = () => undefined) {
  const [one] = documents('customer-return', recorded(`return.get.${name}`, edit))
  if (!one) throw new Error('no return')
  return one
}

const linesOf = (result: Raw): string[] =>
  result.record.lines.map(
    (line: Raw) =>
      `${line.product.item} ${line.quantity} ${line.action} ${line.destination ?? ''} ${line.lot ?? ''} ${line.reason ?? ''}`,
  )

describe('a return', () => {
  test('is booked by what was done with the goods, each where it was put', () => {
    const result = take(createDesk({ tables: tables() }), returnOf('completed'))
    expect(writesOf(result)).toMatchObject([
      { operation: 'book-return', reference: 'return:2933435', connection: 'odoo' },
    ])
    expect(result.record).toMatchObject({
      order: 'SO-2026-1187',
      shipment: '352900411',
      returnNumber: '2933435',
      rma: 'RMA-2026-0091',
      at: '2026-09-24T09:10:00.000Z',
    })
    expect(linesOf(result)).toEqual([
      'COF-LR-340 1 restock SBCA/Stock LR-2608-A ',
      'COF-LR-340 1 scrap Virtual Locations/Scrap CA LR-2608-A Package torn open',
      'MUG-BLU-01 1 quarantine SBCA/Quarantine  Chipped rim',
    ])
    expect(result.record.lines[0].expires).toBe('2027-02-28')
  })

  test('goes to where Odoo itself would put it, where the table names no place', () => {
    const blank = [{ centre: '10', warehouse: 'SBCA', quarantine: 'SBCA/Quarantine' }]
    const result = take(createDesk({ tables: tables({ centres: blank }) }), returnOf('completed'))
    expect(linesOf(result).slice(0, 2)).toEqual([
      'COF-LR-340 1 restock  LR-2608-A ',
      'COF-LR-340 1 scrap  LR-2608-A Package torn open',
    ])
  })

  test('is booked once it is completed, unless what is done so far is to be booked', () => {
    const underWay = returnOf('completed', (body) => {
      body.status = 'Processing'
      body.completed_date = null
    })
    expect(toldBy(take(createDesk({ tables: tables() }), underWay))).toBe('skipped RETURN_NOT_DONE')
    const progressive = { tables: tables(), settings: { returns: { book: 'progressive' } } }
    expect(toldBy(take(createDesk(progressive), underWay))).toBe('write book-return')
    expect(toldBy(take(createDesk(progressive), returnOf('awaiting')))).toBe('skipped RETURN_NOT_DONE')
    expect(toldBy(take(createDesk({ tables: tables() }), returnOf('awaiting')))).toBe('skipped RETURN_NOT_DONE')
  })

  test('with the same content is a duplicate, with more is told anew as totals', () => {
    const desk = createDesk({ tables: tables(), settings: { returns: { book: 'progressive' } } })
    const less = returnOf('completed', (body) => {
      body.status = 'Processing'
      body.inventory = body.inventory.slice(0, 1)
    })
    expect(toldBy(take(desk, less))).toBe('write book-return')
    expect(toldBy(take(desk, less))).toBe('skipped DUPLICATE')
    expect(linesOf(take(desk, returnOf('completed')))).toHaveLength(3)
  })

  test('that nobody did anything with, or that was cancelled, is no return', () => {
    const empty = returnOf('awaiting', (body) => {
      body.status = 'Completed'
    })
    expect(toldBy(take(createDesk({ tables: tables() }), empty))).toBe('skipped RETURN_EMPTY')
    const cancelled = returnOf('awaiting', (body) => {
      body.status = 'Cancelled'
    })
    expect(toldBy(take(createDesk({ tables: tables() }), cancelled))).toBe('skipped RETURN_CANCELLED')
  })

  test('that was cancelled after goods were handled is for a person', () => {
    const cancelled = returnOf('completed', (body) => {
      body.status = 'Cancelled'
    })
    expect(toldBy(take(createDesk({ tables: tables() }), cancelled))).toBe('held RETURN_CANCELLED_LATE')
    const desk = createDesk({ tables: tables() })
    take(desk, returnOf('completed'))
    const later = returnOf('awaiting', (body) => {
      body.status = 'Cancelled'
    })
    expect(toldBy(take(desk, later))).toBe('held RETURN_CANCELLED_LATE')
  })

  test('names everything at once that nobody knows', () => {
    const strange = returnOf('completed', (body) => {
      body.status = 'Lost in the post'
      body.inventory[0].action_taken[0].action = 'Donate'
      body.original_shipment_id = null
      body.store_order_id = null
    })
    const blank = [{ centre: '10', warehouse: 'SBCA' }]
    const result = take(createDesk({ tables: tables({ centres: blank }) }), strange)
    expect(toldBy(result)).toBe(
      'held RETURN_STATE_UNKNOWN RETURN_WITHOUT_ORDER RETURN_ACTION_UNKNOWN QUARANTINE_UNKNOWN',
    )
    expect(result).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ message: 'ShipBob did "Donate" with 1 of COF-LR-340, which means nothing here.' }),
      ]),
    })
  })

  test('to a centre that is not in the table is held', () => {
    const elsewhere = returnOf('completed', (body) => {
      body.fulfillment_center.id = 77
    })
    expect(toldBy(take(createDesk({ tables: tables() }), elsewhere))).toBe('held CENTRE_UNKNOWN')
  })

  test('of a channel that is not ours is recorded and left alone', () => {
    const settings = { deliveries: { channels: ['1'] } }
    expect(toldBy(take(createDesk({ tables: tables(), settings }), returnOf('completed')))).toBe(
      'skipped CHANNEL_NOT_OURS',
    )
  })

  test('is of the product that the ledger knows for the inventory id, whatever the SKU says by now', () => {
    const desk = createDesk({ tables: tables(), answer: shipbob() })
    desk.run(mug({ item: 'MUG-BLU-02' }), { key: '42', number: 'MUG-BLU-02' })
    expect(linesOf(take(desk, returnOf('completed')))[2]).toMatch(/^MUG-BLU-02 1 quarantine/)
  })
})

describe('a parcel that could not be delivered', () => {
  const undeliverable = () =>
    returnOf('completed', (body) => {
      body.return_type = 'ReturnToSender'
      body.reference_id = null
      body.store_order_id = null
    })

  test('is found by the shipment it left with, and its order by what the ledger knows of the shipment', () => {
    const desk = createDesk({ tables: tables({ centres: [...centres, { centre: '211', warehouse: 'SBGA' }] }) })
    const shipment = shipmentOf(352900411)
    take(desk, shipment)
    const result = take(desk, undeliverable())
    expect(result.record).toMatchObject({ order: shipment.number, shipment: '352900411' })
    expect(result.decisions).toContainEqual(
      expect.objectContaining({ rule: 'return.shipment', value: shipment.number }),
    )
  })

  test('of a shipment that the ledger does not know is told by the shipment alone', () => {
    const result = take(createDesk({ tables: tables() }), undeliverable())
    expect(result.record).toMatchObject({ shipment: '352900411' })
    expect(result.record).not.toHaveProperty('order')
  })
})
