import { deletedDocument } from '../../../lib/systems/odoo/source-document.ts'
import { createDesk, type Raw, told } from './desk.ts'
import { bowls, linesOf, mugs, type Order, placed, purchaseOrder } from './purchase.ts'
import { withPartner, withRows } from './tables.ts'

const supplier = (wishes: Record<string, string>) => withPartner('3F1PINEMILL', wishes)
const both = { lines: [mugs, bowls] }

describe('an order that the supplier has', () => {
  const again = async (change: Partial<Order>, wishes: Record<string, string> = {}) => {
    const desk = createDesk({ tables: supplier(wishes) })
    await placed(desk)
    return desk.order(purchaseOrder({ ...both, revision: 2, ...change }))
  }

  test('is not sent again as it stands, nor for what is no matter of the supplier', async () => {
    expect(told(await again({}))).toBe('skipped NO_CHANGE')
    expect(told(await again({ vendorReference: 'PM-SO-1' }))).toBe('skipped NO_CHANGE')
    expect(told(await again({ state: 'done' }))).toBe('skipped NO_CHANGE')
    expect(told(await again({ state: 'draft' }))).toBe('skipped NOT_ELIGIBLE')
  })

  test('and changed is sent anew as a whole, with purpose 05 and another name', async () => {
    const { record, writes } = await again({ lines: [{ ...mugs, quantity: 12 }, bowls] })
    expect(writes.map((w) => [w.operation, w.reference])).toEqual([['send-purchase-order', 'PO3F1PINEMILL-P00015-2']])
    expect(record.Header.OrderHeader.TsetPurposeCode).toBe('05')
    expect(linesOf(record)).toEqual([
      ['1', 'JS-MUG-12', 12, 'CA', 38.4, '2026-12-05'],
      ['2', 'JS-BWL-06', 120, 'EA', 4.1, '2026-12-07'],
    ])
  })

  test('and changed waits for a person where its row says so', async () => {
    const { codes, problems } = await again({ lines: [{ ...mugs, quantity: 12 }, bowls] }, { orderChanges: 'hold' })
    expect(codes).toEqual(['ORDER_CHANGED_AFTER_SENDING'])
    expect(problems[0]?.message).toBe('Order P00015 was changed after it was sent: 1 lines. Tell the supplier.')
  })

  const plate = { id: 12, item: 'JS-PLT-10', quantity: 50, price: 2, date: '2026-12-05' }
  test.each<[string, Order['lines'], Raw[]]>([
    [
      'more of a line',
      [{ ...mugs, quantity: 12 }, bowls],
      [{ LineSequenceNumber: '1', LineChangeCode: 'QI', OrderQty: 12, PreviousOrderQty: 10, VarianceQty: 2 }],
    ],
    [
      'less of a line',
      [mugs, { ...bowls, quantity: 100 }],
      [{ LineSequenceNumber: '2', LineChangeCode: 'QD', OrderQty: 100, PreviousOrderQty: 120, VarianceQty: -20 }],
    ],
    [
      'another price',
      [{ ...mugs, price: 40 }, bowls],
      [{ LineSequenceNumber: '1', LineChangeCode: 'PC', PurchasePrice: 40 }],
    ],
    [
      'a discount',
      [mugs, { ...bowls, discount: 10 }],
      [{ LineSequenceNumber: '2', LineChangeCode: 'PC', PurchasePrice: 3.69 }],
    ],
    [
      'price and quantity',
      [{ ...mugs, price: 40, quantity: 5 }, bowls],
      [{ LineSequenceNumber: '1', LineChangeCode: 'PQ' }],
    ],
    ['another day', [{ ...mugs, date: '2026-12-06' }, bowls], [{ LineSequenceNumber: '1', LineChangeCode: 'CT' }]],
    [
      'another unit',
      [{ ...mugs, unit: 'Units' }, bowls],
      [{ LineSequenceNumber: '1', LineChangeCode: 'CA', OrderQtyUOM: 'EA' }],
    ],
    [
      'a new line, under a number of its own',
      [mugs, bowls, plate],
      [{ LineSequenceNumber: '3', LineChangeCode: 'AI', BuyerPartNumber: 'JS-PLT-10', OrderQty: 50 }],
    ],
    [
      'a line less',
      [mugs],
      [
        {
          LineSequenceNumber: '2',
          LineChangeCode: 'DI',
          BuyerPartNumber: 'JS-BWL-06',
          OrderQty: 0,
          PreviousOrderQty: 120,
        },
      ],
    ],
    [
      'a line at nothing',
      [mugs, { ...bowls, quantity: 0 }],
      [{ LineSequenceNumber: '2', LineChangeCode: 'DI', OrderQty: 0 }],
    ],
  ])('is told %s alone, in an 860', async (_, lines, expected) => {
    const { record, writes } = await again({ lines }, { orderChanges: 'change' })
    expect(writes.map((w) => [w.operation, w.reference])).toEqual([
      ['send-purchase-order-change', 'PC3F1PINEMILL-P00015-2'],
    ])
    expect(record.Header.OrderHeader).toMatchObject({
      TsetPurposeCode: '04',
      ChangeOrderSeqNumber: '1',
      POChangeDate: '2026-10-05',
    })
    expect(record.LineItem.map((l: Raw) => l.OrderLine)).toEqual(expected.map((l) => expect.objectContaining(l)))
  })

  test('is told a changed note without lines', async () => {
    const { record } = await again({ note: 'Dock 7' }, { orderChanges: 'change' })
    expect([record.LineItem, record.Header.Notes]).toEqual([undefined, [{ NoteCode: 'GEN', Note: 'Dock 7' }]])
  })

  test('never gets a line number twice', async () => {
    const desk = createDesk({ tables: supplier({ orderChanges: 'change' }) })
    await placed(desk)
    const change = async (revision: number, lines: Order['lines']) =>
      linesOf((await desk.order(purchaseOrder({ lines, revision }))).record).map(([number]: Raw) => number)
    expect(await change(2, [mugs])).toEqual(['2'])
    expect(await change(3, [mugs, plate])).toEqual(['3'])
    expect(await change(4, [mugs, bowls])).toEqual(['4', '3'])
    expect(await change(5, [mugs, bowls, plate])).toEqual(['5'])
  })

  test('is told once that it is cancelled; placed again it needs a new number', async () => {
    const desk = createDesk()
    await placed(desk)
    const gone = await desk.order(purchaseOrder({ ...both, state: 'cancel', revision: 2 }))
    expect(gone.writes.map((w) => [w.operation, w.reference])).toEqual([
      ['send-purchase-order', 'PO3F1PINEMILL-P00015-2'],
    ])
    expect([gone.record.Header.OrderHeader.TsetPurposeCode, gone.record.LineItem]).toEqual(['01', undefined])
    expect(told(await desk.order(purchaseOrder({ ...both, state: 'cancel', revision: 3 })))).toBe(
      'skipped ALREADY_CANCELLED',
    )
    expect(told(await desk.order(purchaseOrder({ ...both, revision: 4 })))).toBe('held ORDER_CANCELLED')
  })

  test('and deleted in Odoo is cancelled at the supplier, although the record names nobody any more', async () => {
    const desk = createDesk()
    await placed(desk)
    const gone = await desk.take(deletedDocument('erp-purchase-order', 'purchase.order', 22, 'P00015'))
    expect([told(gone), gone.record.Header.OrderHeader]).toEqual([
      'write',
      {
        TradingPartnerId: '3F1PINEMILL',
        PurchaseOrderNumber: 'P00015',
        TsetPurposeCode: '01',
        PrimaryPOTypeCode: 'SA',
      },
    ])
  })

  test('and deleted before it was ever sent is nobody’s matter', async () => {
    const gone = await createDesk().take(deletedDocument('erp-purchase-order', 'purchase.order', 22, 'P00015'))
    expect(told(gone)).toBe('skipped NOT_ELIGIBLE')
  })

  test('goes to another vendor: the first supplier is told that it is cancelled', async () => {
    const tables = withRows({ partners: [{ tradingPartner: '3F1OAKMILL', customer: 'OAKMILL', role: 'vendor' }] })
    const desk = createDesk({ tables })
    await placed(desk, { lines: [bowls] })
    const moved = await desk.order(purchaseOrder({ lines: [bowls], vendor: 'OAKMILL', revision: 2 }))
    expect(
      moved.writes.map(({ reference, record }) => [reference, (record as Raw).Header.OrderHeader.TsetPurposeCode]),
    ).toEqual([
      ['PO3F1PINEMILL-P00015-2', '01'],
      ['PO3F1OAKMILL-P00015', '00'],
    ])
    expect(told(await desk.order(purchaseOrder({ lines: [bowls], vendor: 'OAKMILL', revision: 3 })))).toBe(
      'skipped NO_CHANGE',
    )
    const later = await desk.order(
      purchaseOrder({ lines: [{ ...bowls, quantity: 60 }], vendor: 'OAKMILL', revision: 4 }),
    )
    expect(later.writes.map((w) => w.reference)).toEqual(['PO3F1OAKMILL-P00015-2'])
    const nobody = await desk.order(
      purchaseOrder({ lines: [{ ...bowls, quantity: 60 }], vendor: 'SOMEBODY', revision: 5 }),
    )
    expect(nobody.writes.map((w) => w.reference)).toEqual(['PO3F1OAKMILL-P00015-3'])
  })

  test('is not mixed up with one of the same number of another company', async () => {
    const desk = createDesk()
    await placed(desk)
    const other = purchaseOrder({ ...both, revision: 2 })
    other['purchase.order'][0].id = 23
    for (const line of other['purchase.order.line']) line.order_id[0] = 23
    const outcome = await desk.order(other)
    expect(outcome.record.Header.OrderHeader.TsetPurposeCode).toBe('00')
  })
})
