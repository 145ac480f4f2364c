import { receiptInFlow } from '../../../lib/integrations/odoo-shipbob/flows/receipt-in.ts'
import { coffee, createDesk, mug, purchase, type Raw, shipbob } from './desk.ts'
import { documents, receivingOf, recorded, take, toldBy, writesOf } from './warehouse.ts'

const processing = (edit?: (body: Raw) => void) =>
  receivingOf('receiving.get.processing-partial', 'receiving.boxes.processing', edit)
const short = (edit?: (body: Raw) => void) => receivingOf('receiving.get.completed-short', undefined, edit)
const over = () => receivingOf('receiving.get.completed-over', undefined)

/** What follows once the write of a document was delivered. */
const follow = (document: Raw) =>
  receiptInFlow.followUp?.(document, { connections: { odoo: 'odoo', shipbob: 'shipbob' } } as never, undefined, [
    { operation: 'book-receipt', connection: 'odoo', targetId: 'x', numbers: [], adopted: false, result: {}, at: '' },
  ])

describe('progress of a receiving order', () => {
  test('is booked by what is stowed, whatever is received, by lot, at its centre', () => {
    const result = take(createDesk(), processing())
    expect(writesOf(result)).toEqual([
      {
        connection: 'odoo',
        operation: 'book-receipt',
        reference: 'WRO:918363',
        record: {
          order: 'P00042',
          receivingOrder: '918363',
          complete: false,
          shortage: 'keep',
          destination: 'SBCA/Stock',
          at: expect.stringMatching(/^2026-09-11T14:32:10/),
          lines: [
            {
              product: { item: 'COF-LR-340' },
              stowed: '100',
              lot: 'LR-2608-A',
              expires: '2027-02-28',
              path: expect.stringContaining('LR-2608-A'),
            },
          ],
        },
      },
    ])
    expect(follow(processing().document)).toBeUndefined()
  })

  test('complete is told as such, and ShipBob hears that Odoo holds it', () => {
    const { document, key, number } = short()
    const result = take(createDesk({ settings: { receipts: { shortage: 'cancel' } } }), { document, key, number })
    expect(result.record).toMatchObject({ complete: true, shortage: 'cancel' })
    expect(result.record.lines.map((l: Raw) => l.stowed)).toEqual(['200', '112'])
    expect(follow(document)).toMatchObject({
      writes: [
        {
          connection: 'shipbob',
          operation: 'mark-received',
          reference: 'received:WRO:918363',
          record: { ids: [918363] },
        },
      ],
    })
    expect(follow({ ...document, markedReceived: true })).toBeUndefined()
  })

  test('more than was expected is told as it is', () => {
    expect(take(createDesk(), over()).record.lines.map((l: Raw) => l.stowed)).toEqual(['212', '120'])
  })

  test('is left alone while nothing is on a shelf, and when it says the same again', () => {
    const desk = createDesk()
    const nothing = (status: string) =>
      processing((body) => {
        body.status = status
        for (const row of body.inventory_quantities) row.stowed_quantity = 0
      })
    const quiet = receivingOf('receiving.get.awaiting', undefined)
    expect(toldBy(take(desk, quiet))).toBe('skipped RECEIPT_NOTHING_STOWED')
    const { document, ...rest } = nothing('Cancelled')
    const empty = { ...document, lines: document.lines.map((l: Raw) => ({ ...l, lots: [] })) }
    expect(toldBy(take(desk, { document: empty, ...rest }))).toBe('skipped RECEIPT_CALLED_OFF')
    take(desk, processing())
    expect(toldBy(take(desk, processing()))).toBe('skipped DUPLICATE')
    expect(toldBy(take(desk, { document: empty, ...rest }))).toBe('held RECEIPT_CANCELLED_LATE')
  })

  test('whose boxes are ahead of it waits until both agree; a difference in the end is for a person', () => {
    const behind = (name: string) =>
      receivingOf(name, 'receiving.boxes.processing', (body) => {
        body.inventory_quantities[0].stowed_quantity = 60
      })
    const desk = createDesk()
    expect(toldBy(take(desk, behind('receiving.get.processing-partial')))).toBe('skipped RECEIPT_LOTS_UNSETTLED')
    expect(toldBy(take(desk, processing()))).toBe('write book-receipt')
    expect(toldBy(take(desk, behind('receiving.get.completed-short')))).toBe('held RECEIPT_LOTS_DIFFER')
  })

  test('goods whose lot is not told yet are booked once it is, and in the end without', () => {
    const more = (name: string) =>
      receivingOf(name, 'receiving.boxes.processing', (body) => {
        body.inventory_quantities[0].stowed_quantity = 130
      })
    const lots = (result: { record: Raw }) => result.record.lines.map((l: Raw) => [l.stowed, l.lot])
    expect(lots(take(createDesk(), more('receiving.get.processing-partial')))).toEqual([['100', 'LR-2608-A']])
    expect(lots(take(createDesk(), more('receiving.get.completed-short'))).slice(0, 2)).toEqual([
      ['100', 'LR-2608-A'],
      ['30', undefined],
    ])
  })
})

describe('several receiving orders of one purchase order', () => {
  const other = (status: string) =>
    short((body) => {
      body.id = 918400
      body.status = status
    })

  test('nothing is called off while goods may still come by another one', () => {
    const desk = createDesk({ answer: shipbob(), settings: { receipts: { shortage: 'cancel' } } })
    desk.run(coffee())
    desk.run(mug())
    desk.run(purchase())
    expect(take(desk, other('Processing')).record.shortage).toBe('keep')
    expect(take(desk, short()).record.shortage).toBe('keep')
    expect(take(desk, other('Completed')).record).toMatchObject({ receivingOrder: '918400', shortage: 'cancel' })
  })

  test('each is booked under a reference of its own', () => {
    const desk = createDesk()
    const references = [short(), other('Completed')].map((one) => writesOf(take(desk, one))[0]?.reference)
    expect(references).toEqual(['WRO:918363', 'WRO:918400'])
  })
})

describe('what a person has to see', () => {
  test('a receiving order that is Incomplete, names no order, or is at a centre that nobody knows', () => {
    const incomplete = processing((body) => Object.assign(body, { status: 'Incomplete' }))
    expect(toldBy(take(createDesk(), incomplete))).toBe('held RECEIPT_INCOMPLETE')
    const without = processing((body) => Object.assign(body, { purchase_order_number: null }))
    expect(toldBy(take(createDesk(), without))).toBe('held RECEIPT_ORDER_UNSTATED')
    const elsewhere = processing((body) => Object.assign(body.fulfillment_center, { id: 999 }))
    expect(toldBy(take(createDesk(), elsewhere))).toBe('held CENTRE_UNKNOWN')
  })

  test('goods at another centre than was told are booked there, with a warning', () => {
    const desk = createDesk({ answer: shipbob() })
    desk.run(coffee())
    desk.run(mug())
    desk.run(purchase())
    const result = take(
      desk,
      processing((body) => Object.assign(body.fulfillment_center, { id: 211 })),
    )
    expect(result.record.destination).toBe('SBGA/Stock')
    expect(result.warnings.map(({ code }) => code)).toEqual(['RECEIPT_ELSEWHERE'])
    expect(take(desk, short()).warnings).toEqual([])
  })

  test('goods of no receiving order, until they have one', () => {
    const [open, linked] = [null, 918363].map((id) => {
      const [one] = documents(
        'unidentified-receipt',
        recorded('uro.list.2026-07', ([row]) => Object.assign(row, { linked_wro_id: id })),
      )
      if (!one) throw new Error('no unidentified receiving order')
      return take(createDesk(), one)
    })
    expect(open).toMatchObject({
      outcome: 'held',
      problems: [
        { code: 'URO_OPEN', message: expect.stringContaining('2 cartons, blue mugs, tracking 1Z999AA10123456800') },
      ],
    })
    expect(linked && toldBy(linked)).toBe('skipped URO_SETTLED')
  })
})
