import { createDesk, type Raw, records, told } from './desk.ts'
import { answers, lineIn, liveOrder, liveTables, unitField, versions } from './live.ts'

const asOrdered = { '0001': [['IA', 4, 'CA']], '0002': [['IA', 30, 'EA']], '0003': [['IA', 5, 'EA']] }

describe.each(versions)('an order of Odoo %s that came as an 850', (version, number) => {
  const standing = (edit?: (bundle: Raw) => void) => records(`received-sale-order-${version}`, edit)
  const desk = (wishes: Record<string, string> = {}) => createDesk({ tables: liveTables(wishes), first: number })
  const answered = async (bundle: Raw, raw = liveOrder(), at = desk()) => {
    await at.receive(raw)
    return at.received(bundle)
  }

  test('is acknowledged once it is confirmed: in the order’s terms, on the promised day', async () => {
    const { outcome, writes, record, warnings } = await answered(standing())
    expect([outcome, warnings]).toEqual(['write', []])
    expect(writes.map((w) => [w.connection, w.operation, w.reference])).toEqual([
      ['sps', 'send-acknowledgement', 'PR3F1HARBORPINE-4500187734--66d645b3'],
    ])
    expect(record.Header.OrderHeader).toEqual({
      TradingPartnerId: '3F1HARBORPINE',
      PurchaseOrderNumber: '4500187734',
      TsetPurposeCode: '00',
      PurchaseOrderDate: '2026-10-05',
      AcknowledgementNumber: number,
      AcknowledgementType: 'AD',
      InternalOrderNumber: number,
      AcknowledgementDate: '2026-10-05',
      BuyersCurrency: 'USD',
      Department: '062',
      Vendor: '40127',
      Division: '01',
    })
    expect(answers(record)).toEqual(asOrdered)
    expect(record.LineItem[0].LineItemAcknowledgement[0]).toMatchObject({
      ItemScheduleQualifier: '068',
      ItemScheduleDate: '2026-12-02',
    })
  })

  test.each<[string, (bundle: Raw) => void, string, Raw]>([
    [
      'fewer of a line: the rest is rejected',
      (b) => Object.assign(lineIn(b, '0002'), { product_uom_qty: 20, price_subtotal: 202.5 }),
      'AC',
      {
        '0002': [
          ['IQ', 20, 'EA'],
          ['IR', 10, 'EA'],
        ],
      },
    ],
    [
      'more of a line',
      (b) => Object.assign(lineIn(b, '0003'), { product_uom_qty: 6, price_subtotal: 237 }),
      'AC',
      { '0003': [['IQ', 6, 'EA']] },
    ],
    [
      'another price',
      (b) => Object.assign(lineIn(b, '0001'), { price_unit: 95, price_subtotal: 380 }),
      'AC',
      { '0001': [['IP', 4, 'CA', 95]] },
    ],
    [
      'no discount where one was asked for',
      (b) => Object.assign(lineIn(b, '0002'), { discount: 0, price_subtotal: 337.5 }),
      'AC',
      { '0002': [['IP', 30, 'EA', 12.5]] },
    ],
    [
      'a line at nothing',
      (b) => Object.assign(lineIn(b, '0003'), { product_uom_qty: 0, price_subtotal: 0 }),
      'AC',
      { '0003': [['IR', 5, 'EA']] },
    ],
    [
      'the same in another unit: 48 pieces are four cases',
      (b) => {
        const line = lineIn(b, '0001')
        Object.assign(line, { product_uom_qty: 48, price_unit: 7.8, [unitField(line)]: [1, 'Units'] })
      },
      'AD',
      {},
    ],
  ])('tells %s', async (_, edit, type, changed) => {
    const { record, outcome } = await answered(standing(edit))
    expect([outcome, record?.Header.OrderHeader.AcknowledgementType]).toEqual(['write', type])
    expect(answers(record)).toEqual({ ...asOrdered, ...changed })
  })

  test('in a unit that makes no whole ordered unit is held', async () => {
    const outcome = await answered(
      standing((b) => {
        const line = lineIn(b, '0001')
        Object.assign(line, { product_uom_qty: 50, price_unit: 7.8, [unitField(line)]: [1, 'Units'] })
      }),
    )
    expect(told(outcome)).toBe('held QUANTITY_NOT_EXACT')
  })

  test('that was cancelled in Odoo is rejected, line by line', async () => {
    const { record } = await answered(standing((b) => Object.assign(b['sale.order'][0], { state: 'cancel' })))
    expect(record.Header.OrderHeader.AcknowledgementType).toBe('RD')
    expect(answers(record)).toEqual({
      '0001': [['IR', 4, 'CA']],
      '0002': [['IR', 30, 'EA']],
      '0003': [['IR', 5, 'EA']],
    })
  })

  test.each(['draft', 'sent'])('waits while it is %s', async (state) => {
    const outcome = await answered(standing((b) => Object.assign(b['sale.order'][0], { state })))
    expect(told(outcome)).toBe('skipped NOT_ELIGIBLE')
  })

  test.each(['nothing', 'its writes'] as const)(
    'is answered once where the ledger knows %s of the 850 yet: it died, or is not through',
    async (far) => {
      const at = desk()
      at.record(far)
      const order = await at.receive(liveOrder())
      at.record('all')
      const first = await at.received(standing())
      expect(told(first)).toBe('write')
      expect(first.record.Header.OrderHeader.Vendor).toBe('40127')
      await at.redrive(order)
      const touched = standing((b) => Object.assign(b['sale.order'][0], { write_date: '2026-11-22 07:00:00' }))
      expect(told(await at.received(touched))).toBe('skipped ALREADY_SENT')
    },
  )

  test('is answered once: a later change is agreed by hand', async () => {
    const at = desk()
    await at.receive(liveOrder())
    expect(told(await at.received(standing()))).toBe('write')
    const changed = standing((b) => {
      Object.assign(lineIn(b, '0003'), { product_uom_qty: 4, price_subtotal: 158 })
      b['sale.order'][0].write_date = '2026-11-22 07:00:00'
    })
    expect(told(await at.received(changed))).toBe('skipped ALREADY_SENT')
  })

  test('is answered again, under another name, after the retailer replaced it', async () => {
    const at = desk()
    await at.receive(liveOrder())
    const first = await at.received(standing())
    await at.receive(
      liveOrder((o) => {
        o.Header.OrderHeader.TsetPurposeCode = '05'
        o.LineItem[2].OrderLine.OrderQty = 4
      }),
    )
    const replaced = standing((b) => {
      Object.assign(lineIn(b, '0003'), { product_uom_qty: 4, price_subtotal: 158 })
      b['sale.order'][0].write_date = '2026-11-22 07:00:00'
    })
    const second = await at.received(replaced)
    expect(answers(second.record)).toEqual({ ...asOrdered, '0003': [['IA', 4, 'EA']] })
    expect(second.writes[0]?.reference).not.toBe(first.writes[0]?.reference)
    Object.assign(replaced['sale.order'][0], {
      write_date: '2026-11-23 07:00:00',
      commitment_date: '2026-12-09 15:00:00',
    })
    expect(told(await at.received(replaced))).toBe('skipped ALREADY_SENT')
  })

  test('that the retailer cancelled is not answered', async () => {
    const at = desk()
    await at.receive(liveOrder())
    await at.receive(liveOrder((o) => Object.assign(o.Header.OrderHeader, { TsetPurposeCode: '01' })))
    const gone = standing((b) => Object.assign(b['sale.order'][0], { state: 'cancel' }))
    expect(told(await at.received(gone))).toBe('skipped ALREADY_CANCELLED')
  })

  test('that came before the ledger began is accepted as it stands', async () => {
    const { record, outcome } = await desk().received(standing())
    expect(outcome).toBe('write')
    expect(record.Header.OrderHeader).toMatchObject({
      PurchaseOrderNumber: '4500187734',
      AcknowledgementType: 'AD',
      InternalOrderNumber: number,
    })
    expect(answers(record)).toEqual(asOrdered)
    expect(record.LineItem[0].OrderLine).toMatchObject({
      BuyerPartNumber: '771204',
      VendorPartNumber: 'JS-MUG-12',
      ConsumerPackageCode: '614141001217',
      PurchasePrice: 93.6,
    })
    expect(record.Header.Address).toMatchObject([{ AddressTypeCode: 'ST', AddressLocationNumber: '0417' }])
  })

  test('that a person entered is nobody’s answer', async () => {
    const byHand = standing((b) => {
      Object.assign(b['sale.order'][0], { origin: false })
      delete b['ir.model.data']
    })
    expect(told(await desk().received(byHand))).toBe('skipped NOT_EDI')
  })

  test('of a partner that wants none is not answered', async () => {
    expect(told(await answered(standing(), liveOrder(), desk({ acknowledge: 'no' })))).toBe('skipped NOT_ELIGIBLE')
  })

  describe('with lines that people entered', () => {
    const nameless = (b: Raw, number: string) => {
      b['ir.model.data'] = b['ir.model.data'].filter((r: Raw) => !r.name.endsWith(`__${number}`))
    }

    test('anew for one of the retailer’s: it is known by its item', async () => {
      const { record, outcome } = await answered(standing((b) => nameless(b, '0003')))
      expect([outcome, answers(record)]).toEqual(['write', asOrdered])
    })

    test('beside all of the retailer’s: the answer does not tell it, and says so', async () => {
      const more = standing((b) => {
        const line = { ...lineIn(b, '0003'), id: 9001, product_id: [31, '[JS-PLT-10] Plate'] }
        b['sale.order.line'].push(line)
        b['sale.order'][0].order_line.push(9001)
      })
      const { record, warned } = await answered(more)
      expect(answers(record)).toEqual(asOrdered)
      expect(warned.map((w) => [w.code, w.path])).toEqual([['ANSWER_LINE_UNKNOWN', 'order_line[3]']])
    })

    test('in place of one with another item: a person has to say what that means', async () => {
      const other = standing((b) => {
        lineIn(b, '0003').product_id = [31, '[JS-PLT-10] Plate']
        nameless(b, '0003')
      })
      const { codes, problems } = await answered(other)
      expect(codes).toEqual(['BUYER_LINE_UNKNOWN'])
      expect(problems[0]?.message).toContain("of the retailer's lines 0003 is not there")
    })

    test('under a database id that is also a number of the retailer: never taken for its line', async () => {
      const raw = liveOrder((o) => {
        o.LineItem[2].OrderLine.LineSequenceNumber = '9001'
      })
      const more = standing((b) => {
        const row = b['ir.model.data'].find((r: Raw) => r.name.endsWith('__0003'))
        row.name = row.name.replace('__0003', '__9001')
        b['sale.order.line'].push({ ...lineIn(b, '0002'), id: 9001, product_id: [31, '[JS-PLT-10] Plate'] })
        b['sale.order'][0].order_line.push(9001)
      })
      const { record } = await answered(more, raw)
      expect(answers(record)).toMatchObject({ '9001': [['IA', 5, 'EA']] })
    })
  })
})
