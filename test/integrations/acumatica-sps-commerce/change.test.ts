import { change, createDesk, fixture, order, plain, type Raw, told, withPartner } from './order-world.ts'

/** The example order and then a change of it: purpose 04, sequence 1, with these lines and this header. */
const changing = (lines: Raw[], header: Raw = {}, own: Raw = {}) =>
  change((c) => {
    c.LineItem = lines
    delete c.Header.Dates
    delete c.Summary
    Object.assign(c.Header, header)
    Object.assign(c.Header.OrderHeader, own)
  })
const line = (LineSequenceNumber: string, LineChangeCode: string, fields: Raw = {}) => ({
  OrderLine: { LineSequenceNumber, LineChangeCode, VendorPartNumber: vendorParts[LineSequenceNumber], ...fields },
})
const vendorParts: Record<string, string> = { 1: 'JS-MUG-12', 2: 'JS-BWL-06', 3: 'JS-TRY-LG' }

async function changed(...changes: Raw[]) {
  const [, ...outcomes] = await createDesk().receive(order(), ...changes)
  return outcomes
}
const rowsOf = (outcome: { record: Raw } | undefined) => plain(outcome?.record).Details

describe('an 860 (sps-commerce.md 7.2)', () => {
  test('of the fact sheet raises line 1, takes line 3 out and moves the cancel date; line 2 is not touched', async () => {
    const [outcome] = await changed(change())
    expect(outcome?.writes.map((w) => [w.connection, w.operation, w.reference])).toEqual([
      ['acumatica', 'change-order', 'SPS:3F1HARBORPINE:4500187734'],
    ])
    expect(plain(outcome?.record)).toEqual({
      OrderType: 'SO',
      CustomerID: 'HARBORPINE',
      ExternalRef: 'SPS:3F1HARBORPINE:4500187734',
      ShippingSettings: { CancelByDate: '2026-10-30T00:00:00' },
      Details: [
        {
          InventoryID: 'JS-MUG-12',
          OrderQty: 48,
          UOM: 'EA',
          UnitPrice: 4.25,
          ManualPrice: true,
          WarehouseID: 'W1',
          ExternalRef: '1',
        },
        { ExternalRef: '3', delete: true },
      ],
    })
  })

  test('with nothing but what the structure demands sets the new quantity', async () => {
    const [, outcome] = await createDesk().receive(
      fixture('sps-commerce/order-850-minimal.json'),
      fixture('sps-commerce/order-change-860-minimal.json'),
    )
    expect(rowsOf(outcome)).toEqual([
      {
        InventoryID: 'JS-MUG-12',
        OrderQty: 12,
        UOM: 'EA',
        UnitPrice: 4.25,
        ManualPrice: true,
        WarehouseID: 'W1',
        ExternalRef: '1',
      },
    ])
  })

  test('whose order never came is held, and names it', async () => {
    const [outcome] = await createDesk().receive(change())
    expect(told(outcome ? [outcome] : [])).toEqual(['held ORDER_UNKNOWN'])
    expect(outcome?.problems[0]?.message).toContain('4500187734')
  })

  test('takes the new quantity, never the difference', async () => {
    const [outcome] = await changed(
      changing([line('2', 'QI', { OrderQty: 18, OrderQtyUOM: 'EA', PreviousOrderQty: 12, VarianceQty: 6 })]),
    )
    expect(rowsOf(outcome)).toMatchObject([{ ExternalRef: '2', OrderQty: 18 }])
  })

  test('of a price only leaves the quantity; of a quantity only leaves the price', async () => {
    const [price, quantity] = await changed(
      changing([line('1', 'PC', { PurchasePrice: 4.1 })]),
      changing([line('1', 'QD', { OrderQty: 12 })], {}, { ChangeOrderSeqNumber: '2' }),
    )
    expect(rowsOf(price)).toMatchObject([{ ExternalRef: '1', OrderQty: 24, UnitPrice: 4.1 }])
    expect(rowsOf(quantity)).toMatchObject([{ ExternalRef: '1', OrderQty: 12, UnitPrice: 4.1 }])
  })

  test('adds a line whole', async () => {
    const added = line('4', 'AI', {
      VendorPartNumber: 'JS-PIT-02',
      BuyerPartNumber: '771251',
      OrderQty: 8,
      OrderQtyUOM: 'EA',
      PurchasePrice: 18.5,
    })
    const [outcome] = await changed(changing([added]))
    expect(rowsOf(outcome)).toEqual([
      {
        InventoryID: 'JS-PIT-02',
        OrderQty: 8,
        UOM: 'EA',
        UnitPrice: 18.5,
        ManualPrice: true,
        WarehouseID: 'W1',
        ExternalRef: '4',
      },
    ])
    const again = await changed(changing([added]), changing([added], {}, { ChangeOrderSeqNumber: '2' }))
    expect(told(again)).toEqual(['write', 'held LINE_NUMBER_TWICE'])
  })

  test('of a line that is not there is held, and so is an unknown item, both at once', async () => {
    const outcomes = await changed(
      changing([
        line('9', 'QI', { OrderQty: 5, OrderQtyUOM: 'EA' }),
        line('4', 'AI', { VendorPartNumber: 'NIX', OrderQty: 1, OrderQtyUOM: 'EA' }),
      ]),
    )
    expect(told(outcomes)).toEqual(['held LINE_UNKNOWN ITEM_UNKNOWN'])
  })

  test('that takes every line out is held: a cancellation says so plainly', async () => {
    expect(told(await changed(changing([line('1', 'DI'), line('2', 'DI'), line('3', 'DI')])))).toEqual([
      'held ORDER_WITHOUT_LINES',
    ])
  })

  test('that says what the order says already changes nothing', async () => {
    expect(told(await changed(changing([line('1', 'QI', { OrderQty: 24, OrderQtyUOM: 'EA' })])))).toEqual([
      'skipped NO_CHANGE',
    ])
  })

  test('sent twice is taken once', async () => {
    expect(told(await changed(change(), change()))).toEqual(['write', 'skipped DUPLICATE'])
  })

  test('under a number that was applied with other content is not applied over it', async () => {
    const [, second] = await changed(change(), changing([line('1', 'QI', { OrderQty: 96 })]))
    expect(second?.outcome).not.toBe('write')
  })

  test('that comes after a later one is not applied over it', async () => {
    const outcomes = await changed(
      changing([line('1', 'QI', { OrderQty: 48 })], {}, { ChangeOrderSeqNumber: '10' }),
      changing([line('1', 'QI', { OrderQty: 36 })], {}, { ChangeOrderSeqNumber: '9' }),
    )
    expect(outcomes.map((o) => o.outcome)).toEqual(['write', 'skipped'])
  })

  test('of another unit keeps the price per the old one: two cases of 24 at 4.25 an each cost 102 a case', async () => {
    const [outcome] = await changed(changing([line('1', 'CA', { OrderQty: 2, OrderQtyUOM: 'CA' })]))
    expect(rowsOf(outcome)).toMatchObject([{ OrderQty: 2, UOM: 'CASE', UnitPrice: 102 }])
  })

  test('with purpose 05 replaces the whole order: lines it does not name are gone', async () => {
    const [outcome] = await changed(
      changing(
        [line('2', 'RZ', { OrderQty: 6, OrderQtyUOM: 'EA', PurchasePrice: 7.9 })],
        {},
        { TsetPurposeCode: '05' },
      ),
    )
    expect(outcome?.writes[0]?.operation).toBe('replace-order')
    expect(plain(outcome?.record)).toMatchObject({
      LocationID: 'DC0417',
      CustomerOrder: '4500187734',
      ShippingSettings: { ShipVia: 'ODFL', CancelByDate: '2026-10-26T00:00:00' },
    })
    expect(rowsOf(outcome)).toMatchObject([{ ExternalRef: '2', OrderQty: 6 }])
  })

  test('with purpose 01 cancels, with 06 confirms, with 07 repeats', async () => {
    const purpose = (TsetPurposeCode: string, sequence: string) =>
      changing([], {}, { TsetPurposeCode, ChangeOrderSeqNumber: sequence })
    const [confirmed, cancelled] = await changed(purpose('06', '1'), purpose('01', '2'))
    expect(told(confirmed ? [confirmed] : [])).toEqual(['skipped CONFIRMATION'])
    expect(cancelled?.writes.map((w) => w.operation)).toEqual(['cancel-order'])
    const [, repeated] = await changed(change(), purpose('07', '1'))
    expect(told(repeated ? [repeated] : [])).toEqual(['skipped DUPLICATE'])
  })

  test('moves the ship-to, the carrier and the dates of the order', async () => {
    const [outcome] = await changed(
      changing([], {
        Dates: [{ DateTimeQualifier: '002', Date: '2026-10-28' }],
        Address: [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0073' }],
        CarrierInformation: [{ CarrierAlphaCode: 'UPSN', CarrierRouting: 'UPS Ground' }],
      }),
    )
    expect(plain(outcome?.record)).toMatchObject({
      LocationID: 'ST0073',
      RequestedOn: '2026-10-28T00:00:00',
      ShippingSettings: { ShipVia: 'UPSGROUND' },
    })
    expect(plain(outcome?.record)).not.toHaveProperty('Details')
  })

  test('of an order in several stores waits for a person: it does not say which store', async () => {
    const stores: Raw = fixture('sps-commerce/order-850-multistore.json')
    const own = { PurchaseOrderNumber: '4500187801' }
    const [, outcome] = await createDesk().receive(stores, changing([line('1', 'QI', { OrderQty: 60 })], {}, own))
    expect(told(outcome ? [outcome] : [])).toEqual(['held STORES_DIFFER'])
  })

  test('is held where it names what no field of the order can take', async () => {
    const terms = changing([], { PaymentTerms: [{ TermsType: '08', TermsNetDueDays: 60 }] })
    const allowance = changing([], {
      ChargesAllowances: [{ AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 1 }],
    })
    expect(told(await changed(terms))).toEqual(['held CHANGE_NOT_APPLIED'])
    expect(told(await changed(allowance))).toEqual(['held CHANGE_NOT_APPLIED'])
  })
})

describe('a page of an order and its changes', () => {
  test('is applied in order, and each change stands on the one before', async () => {
    const desk = createDesk()
    const outcomes = await desk.receive(
      order(),
      change(),
      changing([line('1', 'QD', { OrderQty: 12 })], {}, { ChangeOrderSeqNumber: '2' }),
      changing([line('3', 'QI', { OrderQty: 4 })], {}, { ChangeOrderSeqNumber: '3' }),
    )
    expect(told(outcomes)).toEqual(['write', 'write', 'write', 'held LINE_UNKNOWN'])
    expect(rowsOf(outcomes[2])).toMatchObject([{ ExternalRef: '1', OrderQty: 12, UnitPrice: 4.25 }])
  })

  test('without acknowledgement of the order changes the order all the same', async () => {
    const outcomes = await createDesk({ tables: withPartner({ acknowledge: 'no' }) }).receive(order(), change())
    expect(outcomes.map((o) => o.writes.map((w) => w.operation))).toEqual([['create-order'], ['change-order']])
  })
})
