import { createDesk, fixture, order, plain, type Raw, receiveOne, tablesOf, told, withPartner } from './order-world.ts'

const lineOf = (raw: Raw, index = 0): Raw => raw.LineItem[index].OrderLine
const rows = (record: Raw): Raw[] => plain(record).Details
const oneLine = (line: Raw, details: Raw = {}) =>
  order((o) => {
    o.LineItem = [{ OrderLine: { ...lineOf(o), ...line }, ...details }]
    delete o.Summary
  })

describe('an 850 as the fact sheet has it', () => {
  test('becomes the PUT of the fact sheet, field by field, and nothing else', async () => {
    const { record } = await receiveOne(order())
    expect(record).toEqual(fixture('acumatica/sales-order-put-request.json'))
  })

  test('names its allowance in a warning: the order has no field for it, and nothing is dropped in silence', async () => {
    const { warned } = await receiveOne(order())
    expect(warned.map((w) => w.code)).toEqual(['CHARGE_NOT_HELD'])
    expect(warned[0]?.message).toContain('7.34')
  })

  test('with nothing but what the structure demands is an order of one line', async () => {
    const { record, outcome } = await receiveOne(fixture('sps-commerce/order-850-minimal.json'))
    expect(outcome).toBe('write')
    expect(plain(record)).toEqual({
      OrderType: 'SO',
      CustomerID: 'HARBORPINE',
      CustomerOrder: '4500187735',
      ExternalRef: 'SPS:3F1HARBORPINE:4500187735',
      Description: 'EDI 850 4500187735',
      Hold: true,
      Details: [
        {
          InventoryID: 'JS-MUG-12',
          OrderQty: 24,
          UOM: 'EA',
          UnitPrice: 4.25,
          ManualPrice: true,
          WarehouseID: 'W1',
          ExternalRef: '1',
        },
      ],
    })
  })

  test('for a consumer takes name, address and carrier of the order; the gift text is in the note', async () => {
    const { record } = await receiveOne(fixture('sps-commerce/order-850-dropship.json'))
    expect(plain(record)).toEqual({
      OrderType: 'SO',
      CustomerID: 'HARBORPINE',
      CustomerOrder: 'D-90077412',
      ExternalRef: 'SPS:3F1HARBORPINE:D-90077412',
      Date: '2026-10-06T00:00:00',
      Description: 'EDI 850 D-90077412',
      Hold: true,
      note: 'Congratulations on the new flat!\nCustomer order HPW-5561208\nThird-party freight account 1R77A4',
      ShipToAddress: {
        AddressLine1: '905 Marrow Lane',
        AddressLine2: 'Apt 3B',
        City: 'Eau Claire',
        State: 'WI',
        PostalCode: '54701',
        Country: 'US',
      },
      ShipToAddressOverride: true,
      ShipToContact: { BusinessName: 'Ines Okafor', Attention: 'Ines Okafor', Phone1: '715-555-0188' },
      ShipToContactOverride: true,
      ShippingSettings: { ScheduledShipmentDate: '2026-10-08T00:00:00', ShipVia: 'UPSGROUND' },
      Details: [
        {
          InventoryID: 'JS-BWL-06',
          OrderQty: 2,
          UOM: 'EA',
          UnitPrice: 7.9,
          ManualPrice: true,
          WarehouseID: 'W1',
          ExternalRef: '1',
        },
      ],
    })
  })

  test('for three stores is three orders, each with a reference of its own, and one acknowledgement of the whole', async () => {
    const { writes } = await receiveOne(fixture('sps-commerce/order-850-multistore.json'))
    const creates = writes.filter((w) => w.operation === 'create-order').map((w) => plain(w.record))
    expect(
      creates.map((c) => [c.ExternalRef, c.LocationID, c.CustomerOrder, ...c.Details.map((d: Raw) => d.OrderQty)]),
    ).toEqual([
      ['SPS:3F1HARBORPINE:4500187801#0012', 'ST0012', '4500187801', 12, 6],
      ['SPS:3F1HARBORPINE:4500187801#0031', 'ST0031', '4500187801', 24, 12],
      ['SPS:3F1HARBORPINE:4500187801#0107', 'ST0107', '4500187801', 12, 6],
    ])
    expect(writes.map((w) => w.operation)).toEqual([
      'create-order',
      'create-order',
      'create-order',
      'send-acknowledgement',
    ])
    expect(writes[3]?.record.LineItem.map((l: Raw) => l.LineItemAcknowledgement[0].ItemScheduleQty)).toEqual([48, 24])
  })
})

describe('what comes in another shape', () => {
  test('a single object where a list belongs, numbers as text and blanks around codes change nothing', async () => {
    const { record } = await receiveOne(
      order((o) => {
        const [first] = o.LineItem
        o.Header.CarrierInformation = o.Header.CarrierInformation[0]
        o.Header.PaymentTerms = o.Header.PaymentTerms[0]
        o.Header.FOBRelatedInstruction = o.Header.FOBRelatedInstruction[0]
        first.OrderLine.OrderQty = '24.0'
        first.OrderLine.PurchasePrice = ' 4.25 '
        first.OrderLine.OrderQtyUOM = ' EA '
        first.PhysicalDetails = first.PhysicalDetails[0]
        first.ProductOrItemDescription = first.ProductOrItemDescription[0]
        o.Header.Notes = []
        o.Header.Contacts = {}
        o.Header.Taxes = null
      }),
    )
    const { note: _, ...expected } = fixture('acumatica/sales-order-put-request.json') as Raw
    expect(record).toEqual(expected)
  })

  test('the names of older RSX versions are understood: no line is lost', async () => {
    const { record, outcome } = await receiveOne(
      order((o) => {
        const { LineItem, Header } = o
        o.LineItems = { LineItem }
        delete o.LineItem
        Header.Date = Header.Dates.map((d: Raw) => ({ DateTimeQualifier1: d.DateTimeQualifier, Date1: d.Date }))
        delete Header.Dates
        Header.OrderHeader.PurchaseOrderTypeCode = Header.OrderHeader.PrimaryPOTypeCode
        delete Header.OrderHeader.PrimaryPOTypeCode
        Header.Reference = Header.References
        delete Header.References
        Header.Notes = Header.Notes.map((n: Raw) => ({ NoteCode: n.NoteCode, NoteInformationField: n.Note }))
        for (const line of LineItem)
          if (line.Notes) line.Notes = line.Notes.map((n: Raw) => ({ NoteInformationField: n.Note }))
      }),
    )
    expect(outcome).toBe('write')
    expect(record).toEqual(fixture('acumatica/sales-order-put-request.json'))
  })

  test('texts of every script come through unchanged', async () => {
    const name = 'Épicerie “Søndergård” 株式会社 🥣'
    const { record } = await receiveOne(
      order((o) => {
        o.Header.OrderHeader.CustomerOrderNumber = 'ß-№7'
        o.Header.Notes = [{ NoteCode: 'GEN', Note: name }]
        o.Header.OrderHeader.PurchaseOrderNumber = 'Ä-4711'
      }),
    )
    expect(plain(record)).toMatchObject({
      CustomerOrder: 'Ä-4711',
      ExternalRef: 'SPS:3F1HARBORPINE:Ä-4711',
      note: `${name}\nCustomer order ß-№7`,
    })
  })

  test('leading zeros of line numbers stay', async () => {
    const { record, writes } = await receiveOne(oneLine({ LineSequenceNumber: '00010' }))
    expect(rows(record)[0]?.ExternalRef).toBe('00010')
    expect(writes[1]?.record.LineItem[0].OrderLine.LineSequenceNumber).toBe('00010')
  })

  test('without sections, dates or addresses it goes to the default location and says so', async () => {
    const bare = await receiveOne(
      order((o) => {
        o.Header = { OrderHeader: o.Header.OrderHeader }
        delete o.Summary
        delete o.Meta
      }),
    )
    expect(bare.outcome).toBe('write')
    expect(bare.warnings).toContain('SHIP_TO_MISSING')
    expect(plain(bare.record)).not.toHaveProperty('LocationID')
    expect(plain(bare.record)).not.toHaveProperty('ShippingSettings')
  })

  test('without lines nothing is written', async () => {
    for (const LineItem of [undefined, [], {}, null])
      expect(
        told([
          await receiveOne(
            order((o) => {
              o.LineItem = LineItem
            }),
          ),
        ]),
      ).toEqual(['held ORDER_WITHOUT_LINES'])
  })
})

describe('units and prices (sps-commerce.md 7.9)', () => {
  const priced = async (line: Raw, details?: Raw) => rows((await receiveOne(oneLine(line, details))).record)[0]

  test.each([
    // Mugs: 4.25 each, 24 in a case.
    [
      'eaches per each',
      { OrderQty: 24, OrderQtyUOM: 'EA', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' },
      24,
      'EA',
      4.25,
    ],
    ['eaches without a basis', { OrderQty: 24, OrderQtyUOM: 'EA', PurchasePrice: 4.25 }, 24, 'EA', 4.25],
    [
      'cases per each',
      { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' },
      2,
      'CASE',
      102,
    ],
    [
      'cases per case',
      { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 102, PurchasePriceBasis: 'CA' },
      2,
      'CASE',
      102,
    ],
    [
      'cases per dozen',
      { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 51, PurchasePriceBasis: 'PD' },
      2,
      'CASE',
      102,
    ],
    [
      'eaches per case',
      { OrderQty: 48, OrderQtyUOM: 'EA', PurchasePrice: 102, PurchasePriceBasis: 'CA' },
      48,
      'EA',
      4.25,
    ],
    [
      'eaches per dozen',
      { OrderQty: 24, OrderQtyUOM: 'EA', PurchasePrice: 51, PurchasePriceBasis: 'PD' },
      24,
      'EA',
      4.25,
    ],
    [
      'eaches per hundred',
      { OrderQty: 24, OrderQtyUOM: 'EA', PurchasePrice: 425, PurchasePriceBasis: 'HP' },
      24,
      'EA',
      4.25,
    ],
    ['dozens without a basis', { OrderQty: 2, OrderQtyUOM: 'DZ', PurchasePrice: 51 }, 24, 'EA', 4.25],
    [
      'dozens per each',
      { OrderQty: 2, OrderQtyUOM: 'DZ', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' },
      24,
      'EA',
      4.25,
    ],
    [
      'dozens per case',
      { OrderQty: 2, OrderQtyUOM: 'DZ', PurchasePrice: 102, PurchasePriceBasis: 'CA' },
      24,
      'EA',
      4.25,
    ],
    [
      'gross per each',
      { OrderQty: 1, OrderQtyUOM: 'GS', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' },
      144,
      'EA',
      4.25,
    ],
  ])('%s', async (_, line, OrderQty, UOM, UnitPrice) => {
    expect(await priced(line)).toMatchObject({ InventoryID: 'JS-MUG-12', OrderQty, UOM, UnitPrice, ManualPrice: true })
  })

  test('10.00 a dozen, ordered in eaches, keeps the amount of the line to the cent', async () => {
    const { record, warnings } = await receiveOne(
      oneLine({ OrderQty: 12, OrderQtyUOM: 'EA', PurchasePrice: 10, PurchasePriceBasis: 'PD' }),
    )
    expect(rows(record)[0]).toMatchObject({ OrderQty: 12, UnitPrice: 0.833333 })
    expect(warnings).toContain('PRICE_ROUNDED')
  })

  test('where no price per unit keeps the amount, the order is held', async () => {
    const outcome = await receiveOne(
      oneLine({ OrderQty: 120000, OrderQtyUOM: 'EA', PurchasePrice: 10, PurchasePriceBasis: 'PD' }),
    )
    expect(told([outcome])).toEqual(['held PRICE_NOT_EXACT'])
  })

  test('a price basis that is none holds', async () => {
    const basis = (PurchasePriceBasis: string) => receiveOne(oneLine({ PurchasePriceBasis }))
    expect(told([await basis('ZZ'), await basis('PP')])).toEqual([
      'held PRICE_BASIS_UNKNOWN',
      'held PRICE_BASIS_UNKNOWN',
    ])
  })

  test('our case size counts, the retailer’s other one is warned about', async () => {
    const line = { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' }
    const pack = (PackValue: number) => ({ PhysicalDetails: [{ PackQualifier: 'OU', PackValue }] })
    const other = await receiveOne(oneLine(line, pack(12)))
    expect(rows(other.record)[0]).toMatchObject({ OrderQty: 2, UOM: 'CASE', UnitPrice: 102 })
    expect(other.warnings).toContain('PACK_SIZE_DIFFERS')
    const same = await receiveOne(oneLine(line, pack(24)))
    expect(same.warnings).not.toContain('PACK_SIZE_DIFFERS')
  })

  test('the retailer’s case size serves where we have none; where nobody says, the order is held', async () => {
    const tables = tablesOf(({ items = [] }) => ({ items: items.map(({ caseSize: _, ...row }) => row) }))
    const line = { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 4.25, PurchasePriceBasis: 'PE' }
    const stated = await receiveOne(oneLine(line, { PhysicalDetails: [{ PackQualifier: 'OU', PackValue: 10 }] }), {
      tables,
    })
    expect(rows(stated.record)[0]).toMatchObject({ OrderQty: 2, UOM: 'CASE', UnitPrice: 42.5 })
    expect(told([await receiveOne(oneLine(line), { tables })])).toEqual(['held UNIT_SIZE_UNKNOWN'])
  })

  test('quantities and prices of many places are exact', async () => {
    const row = await priced({ OrderQty: 1.1, OrderQtyUOM: 'EA', PurchasePrice: 0.30000000000000004 })
    expect(row).toMatchObject({ OrderQty: 1.1 })
    expect(await priced({ OrderQty: 3, PurchasePrice: 0.1 })).toMatchObject({ OrderQty: 3, UnitPrice: 0.1 })
  })

  test.each([0, -6])('a quantity of %d is held', async (OrderQty) => {
    expect(told([await receiveOne(oneLine({ OrderQty }))])).toEqual(['held QUANTITY_INVALID'])
  })

  test('a line without quantity, without unit or with a word for a number is not written', async () => {
    const without = (field: string) =>
      receiveOne(
        order((o) => {
          delete lineOf(o)[field]
        }),
      )
    expect(told([await without('OrderQty'), await without('OrderQtyUOM')])).toEqual([
      'held QUANTITY_INVALID',
      'held UNIT_MISSING',
    ])
    const { outcome } = await receiveOne(oneLine({ OrderQty: 'a few' }))
    expect(outcome).not.toBe('write')
  })

  test('a free line is a line', async () => {
    expect(await priced({ PurchasePrice: 0 })).toMatchObject({ OrderQty: 24, UnitPrice: 0, ManualPrice: true })
  })
})

describe('what the tables do not know', () => {
  const lost = (o: Raw) => {
    Object.assign(lineOf(o, 0), {
      BuyerPartNumber: 'NIX',
      VendorPartNumber: 'NIX',
      ConsumerPackageCode: '012345678905',
      GTIN: '00012345678905',
      UPCCaseCode: '10012345678902',
    })
    lineOf(o, 1).OrderQtyUOM = 'BG'
    lineOf(o, 2).OrderQty = 0
    o.Header.Address[1].AddressLocationNumber = '9999'
    o.Header.Address[1].AddressName = 'Store of nobody'
    o.Header.OrderHeader.BuyersCurrency = 'CAD'
  }

  test('is named all at once: item, unit, quantity, location, currency; nothing is written', async () => {
    const held = await receiveOne(order(lost))
    expect(held.outcome).toBe('held')
    expect(held.writes).toEqual([])
    expect(held.codes.toSorted()).toEqual(
      ['CURRENCY_DIFFERS', 'ITEM_UNKNOWN', 'LOCATION_UNKNOWN', 'QUANTITY_INVALID', 'UNIT_UNKNOWN'].toSorted(),
    )
    const text = held.problems.map((p) => p.message).join('\n')
    for (const said of ['NIX', '012345678905', 'BG', '9999', 'CAD']) expect(text).toContain(said)
  })

  test('of an unknown partner, items and units are looked at all the same', async () => {
    const held = await receiveOne(
      order((o) => {
        lineOf(o, 1).OrderQtyUOM = 'BG'
        o.Header.OrderHeader.TradingPartnerId = '3F1NOBODY'
      }),
    )
    expect(held.codes).toContain('PARTNER_UNKNOWN')
    expect(held.codes).toContain('UNIT_UNKNOWN')
  })

  test('an item number that is two items holds, with both named', async () => {
    const tables = tablesOf(({ items = [] }) => ({
      items: [...items, { tradingPartner: '3F1HARBORPINE', customer: '', buyerPart: '771204', item: 'JS-PLT-10' }],
    }))
    const held = await receiveOne(order(), { tables })
    expect(told([held])).toEqual(['held ITEM_AMBIGUOUS'])
    expect(held.problems[0]?.message).toMatch(/JS-MUG-12.*JS-PLT-10|JS-PLT-10.*JS-MUG-12/)
  })

  test('a UPC finds its item whatever zeros are in front', async () => {
    for (const code of ['614141001217', '0614141001217', '00614141001217']) {
      const line = { BuyerPartNumber: '', VendorPartNumber: '', GTIN: '', UPCCaseCode: '', ConsumerPackageCode: code }
      expect(rows((await receiveOne(oneLine(line))).record)[0]?.InventoryID).toBe('JS-MUG-12')
    }
  })

  test('numbers of one line that stand for different items are warned about', async () => {
    const { warnings, record } = await receiveOne(oneLine({ BuyerPartNumber: '771204', VendorPartNumber: 'JS-BWL-06' }))
    expect(rows(record)[0]?.InventoryID).toBe('JS-MUG-12')
    expect(warnings).toContain('ITEM_NUMBERS_DISAGREE')
  })

  test('another retailer’s part number is not ours to guess from', async () => {
    const line = {
      BuyerPartNumber: 'TW-100412',
      VendorPartNumber: '',
      GTIN: '',
      UPCCaseCode: '',
      ConsumerPackageCode: '',
    }
    expect(told([await receiveOne(oneLine(line))])).toEqual(['held ITEM_UNKNOWN'])
  })

  test('once the table has it, the same order is written without anything sent again', async () => {
    const desk = createDesk({
      tables: tablesOf(({ locations = [] }) => ({ locations: locations.filter((l) => l.code !== '0417') })),
    })
    const [held] = await desk.receive(order())
    expect(told(held ? [held] : [])).toEqual(['held LOCATION_UNKNOWN'])
    const written = held && (await desk.redrive(held, tablesOf()))
    expect(written?.record).toEqual(fixture('acumatica/sales-order-put-request.json'))
  })
})

describe('two lines with one number, dates and totals', () => {
  test('two lines of the same number hold: answers could not tell them apart', async () => {
    const held = await receiveOne(
      order((o) => {
        lineOf(o, 2).LineSequenceNumber = '1'
      }),
    )
    expect(told([held])).toEqual(['held LINE_NUMBER_TWICE'])
  })

  test('an item on two lines is two lines', async () => {
    const { record } = await receiveOne(
      order((o) => {
        o.LineItem[1] = { OrderLine: { ...lineOf(o), LineSequenceNumber: '2', OrderQty: 6 } }
      }),
    )
    expect(rows(record).map((r) => [r.ExternalRef, r.InventoryID, r.OrderQty])).toEqual([
      ['1', 'JS-MUG-12', 24],
      ['2', 'JS-MUG-12', 6],
      ['3', 'JS-TRY-LG', 2],
    ])
  })

  test('totals that do not add up are warned about, and the order is written', async () => {
    const { outcome, warned } = await receiveOne(
      order((o) => {
        o.Summary = { TotalAmount: 999.99, TotalLineItemNumber: 4 }
      }),
    )
    expect(outcome).toBe('write')
    expect(warned.filter((w) => w.code === 'TOTAL_DIFFERS').map((w) => w.path)).toEqual([
      'Summary.TotalLineItemNumber',
      'Summary.TotalAmount',
    ])
  })

  test('an order that comes after its cancel-after date is held, or warned about where the partner wants that', async () => {
    const at = '2026-10-27T06:00:00Z'
    expect(told([await receiveOne(order(), { at })])).toEqual(['held PAST_CANCEL_DATE'])
    const late = await receiveOne(order(), { at, tables: withPartner({ pastCancelDate: 'warn' }) })
    expect(late.outcome).toBe('write')
    expect(late.warnings).toContain('PAST_CANCEL_DATE')
    expect(told([await receiveOne(order(), { at: '2026-10-26T23:00:00Z' })])).toEqual(['write'])
  })

  test.each(['CF', 'IN'])('order type %s moves no goods', async (PrimaryPOTypeCode) => {
    const outcome = await receiveOne(
      order((o) => {
        o.Header.OrderHeader.PrimaryPOTypeCode = PrimaryPOTypeCode
      }),
    )
    expect(told([outcome])).toEqual(['skipped NO_GOODS'])
  })
})
