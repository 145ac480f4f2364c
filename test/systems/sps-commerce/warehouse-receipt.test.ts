import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, parsed, problemsOf } from './support.ts'

const read = (raw: unknown) => parsed('warehouse-receipt', raw)
const detail = { TradingPartnerId: 'W', WarehouseReceiptId: 'R-1', DepositorOrderNumber: 'P00042' }
const receipt = (OrderLevel: object, over: object = {}) => ({
  Header: { HeaderDetail: { ...detail, ...over } },
  OrderLevel,
})
const line = (responses: object[] | object, over: object = {}, itemOver: object = {}) => ({
  ItemDetail: { LineSequenceNumber: '1', VendorPartNumber: 'V', ShipQty: 10, ...itemOver },
  DetailResponse: responses,
  ...over,
})
const response = (ReceivingConditionCode: string | undefined, Qty: unknown, over: object = {}) => ({
  Qty,
  QtyUOM: 'EA',
  ...(ReceivingConditionCode ? { ReceivingConditionCode } : {}),
  ...over,
})

describe('a receipt at a warehouse (944)', () => {
  it('is read with what came, what was damaged and what was short', () => {
    const { document, warnings } = read(fixture('warehouse-receipt-944.json'))
    expect(warnings).toEqual([])
    expect(document).toMatchObject({
      tradingPartner: '3F1COLDQUAY3PL',
      receipt: 'CQ-RCV-77120',
      purpose: 'original',
      reporting: 'F',
      order: 'TO-3390',
      shipment: 'JS-TRF-0419',
      date: '2026-10-14',
      totals: { received: '298', shipped: '300', damagedOrHeld: '4' },
    })
    expect(document.lines).toMatchObject([
      {
        line: '1',
        shipped: '240',
        lot: 'LOT-2610',
        path: 'OrderLevel.LineItem[0]',
        outcomes: [
          { condition: '07', quantity: '234', unit: 'EA' },
          { condition: '01', quantity: '4', unit: 'EA' },
          { condition: '02', quantity: '2', unit: 'EA' },
        ],
      },
      { line: '2', shipped: '60', outcomes: [{ condition: '07', quantity: '60' }] },
    ])
  })

  it('over, wrong product, on hold, with reasons; a code sent as a number has its zero', () => {
    const responses = [
      response('03', 2),
      response('05', 1),
      response('09', 3, { DamageReasonCode: 'WC' }),
      { Qty: '4', ReceivingConditionCode: 7 },
    ]
    expect(read(receipt({ LineItem: [line(responses)] })).document.lines[0].outcomes).toEqual([
      { condition: '03', quantity: '2', unit: 'EA' },
      { condition: '05', quantity: '1', unit: 'EA' },
      { condition: '09', quantity: '3', unit: 'EA', reason: 'WC' },
      { condition: '07', quantity: '4' },
    ])
  })

  it('lines stand loose and in packs', () => {
    const packs = {
      OrderPack: [
        { WarehousePack: { ShippingSerialID: '00006141410003187802' }, LineItem: [line([response('07', 6)])] },
        { WarehousePack: { AssignedNumber: 'PLT 2' }, LineItem: line(response('07', 4)) },
      ],
      LineItem: [line([response('07', 1)])],
    }
    const { lines } = read(receipt(packs)).document
    expect(lines.map((l: { pack?: string; path: string }) => [l.pack, l.path])).toEqual([
      [undefined, 'OrderLevel.LineItem[0]'],
      ['00006141410003187802', 'OrderLevel.OrderPack[0].LineItem[0]'],
      ['PLT 2', 'OrderLevel.OrderPack[1].LineItem[0]'],
    ])
  })

  it('the order level may be a list, or be lost', () => {
    const one = { LineItem: [line([response('07', 1)])] }
    expect(read(receipt([one, one])).document.lines).toHaveLength(2)
    const { OrderLevel: _, ...bare } = receipt({})
    expect(read({ ...bare, ...one }).document.lines).toHaveLength(1)
  })

  it('parts with their own lots are lines of their own, and what was shipped of each is open', () => {
    const responses = [
      response('07', 6, { WarehouseLotID: 'A' }),
      response('01', 1, { WarehouseLotID: 'A' }),
      response('07', 3, { References: [{ ReferenceQual: 'LT', ReferenceID: 'B' }], WarehouseLotID: 'own' }),
    ]
    const { lines } = read(receipt({ LineItem: [line(responses)] })).document
    expect(lines).toMatchObject([
      {
        line: '1',
        lot: 'A',
        outcomes: [
          { condition: '07', quantity: '6' },
          { condition: '01', quantity: '1' },
        ],
      },
      { line: '1', lot: 'B', outcomes: [{ condition: '07', quantity: '3' }] },
    ])
    expect(lines.map((l: { shipped?: string }) => l.shipped)).toEqual([undefined, undefined])
  })

  it('serial numbers of the line are on what came, not on what is short', () => {
    const serials = ['S1', 'S2'].map((ReferenceID) => ({ ReferenceQual: 'SE', ReferenceID }))
    const { lines } = read(
      receipt({ LineItem: [line([response('07', 2), response('02', 1)], { References: serials })] }),
    ).document
    expect(
      lines.map((l: { serial?: string; outcomes: { condition: string; quantity: string }[] }) => [
        l.serial,
        l.outcomes.map((o) => `${o.condition} ${o.quantity}`).join(),
      ]),
    ).toEqual([
      ['S1', '07 1'],
      ['S2', '07 1'],
      [undefined, '02 1'],
    ])
  })

  it('without a condition that of the receipt counts, else the goods are good, with a warning', () => {
    const body = { LineItem: [line([response(undefined, 5)])] }
    const held = read(receipt(body, { ReceivingConditionCode: '09' }))
    expect(held.document.lines[0].outcomes[0].condition).toBe('09')
    expect(held.warnings).toEqual([])
    const assumed = read(receipt(body))
    expect(assumed.document.lines[0].outcomes[0].condition).toBe('07')
    expect(assumed.warnings.map((w) => w.code)).toEqual(['SPS_CONDITION_ASSUMED'])
  })

  it('an unknown condition is let through with a warning; a line that says nothing stays without outcome', () => {
    const { DetailResponse: _, ...silent } = line([])
    const { document, warnings } = read(receipt({ LineItem: [line([response('88', 1)]), silent] }))
    expect(
      document.lines.map((l: { outcomes: { condition: string }[] }) => l.outcomes.map((o) => o.condition)),
    ).toEqual([['88'], []])
    expect(warnings.map((w) => w.code)).toEqual(['SPS_UNKNOWN_CODE', 'SPS_VALUE_IGNORED'])
  })

  it('everything wrong is named at once', () => {
    const raw = receipt(
      { LineItem: [line([response('07', 'ten'), response('01', undefined), response('07', -1), response('02', -1)])] },
      { WarehouseReceiptId: '' },
    )
    expect(problemsOf('warehouse-receipt', raw).map((p) => [p.code, p.path])).toEqual([
      ['SPS_VALUE_INVALID', 'OrderLevel.LineItem[0].DetailResponse[0].Qty'],
      ['SPS_VALUE_INVALID', 'OrderLevel.LineItem[0].DetailResponse[1].Qty'],
      ['SPS_VALUE_INVALID', 'OrderLevel.LineItem[0].DetailResponse[2].Qty'],
      ['SPS_IDENTIFIER_MISSING', 'Header.HeaderDetail.WarehouseReceiptId'],
    ])
    expect(problemsOf('warehouse-receipt', receipt({})).map((p) => p.path)).toEqual(['OrderLevel'])
  })

  it('as XML is read and recognised by its content', () => {
    const xml = `<WarehouseTransferReceiptAdvices xmlns="http://www.spscommerce.com/RSX"><WarehouseTransferReceiptAdvice>
      <Meta><OrderManagement>StockTransfer</OrderManagement></Meta>
      <Header><HeaderDetail><TradingPartnerId>W</TradingPartnerId><WarehouseReceiptId>0007</WarehouseReceiptId></HeaderDetail></Header>
      <OrderLevel><LineItem><ItemDetail><VendorPartNumber>Ø 12 漢字</VendorPartNumber></ItemDetail>
      <DetailResponse><Qty>2.50</Qty><ReceivingConditionCode>07</ReceivingConditionCode></DetailResponse></LineItem></OrderLevel>
      </WarehouseTransferReceiptAdvice></WarehouseTransferReceiptAdvices>`
    const [source] = sourceDocuments(xml)
    expect(source).toMatchObject({ type: 'warehouse-receipt', number: '0007' })
    expect(read(source?.raw).document.lines).toMatchObject([
      { numbers: { vendorPart: 'Ø 12 漢字' }, outcomes: [{ condition: '07', quantity: '2.5' }] },
    ])
  })
})
