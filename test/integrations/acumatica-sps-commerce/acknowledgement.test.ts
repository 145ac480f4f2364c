import { createDesk, fixture, order, type Raw, receiveOne, withPartner } from './order-world.ts'

const ackOf = (writes: Raw[]): Raw => writes.find((w) => w.operation === 'send-acknowledgement')?.record

/** The acknowledgement where Acumatica made something else of the rows. */
const acknowledged = async (edit: (lines: Raw[]) => Raw[], raw: Raw = order(), wishes: Record<string, string> = {}) => {
  const outcome = await receiveOne(raw, {
    tables: withPartner(wishes),
    answer: (_, result) => ({ ...result, lines: edit(structuredClone(result.lines)) }),
  })
  return { ...outcome, ack: ackOf(outcome.writes) }
}
const entries = (ack: Raw, index: number): Raw[] => ack.LineItem[index].LineItemAcknowledgement
const planned = { ItemScheduleQualifier: '068', ItemScheduleDate: '2026-10-19' }

describe('an 855 (sps-commerce.md 7.3)', () => {
  test('of an order taken as it was says AD, every line IA, and gives back what the order said', async () => {
    const { writes } = await receiveOne(order())
    expect(writes[1]).toEqual({
      connection: 'sps',
      operation: 'send-acknowledgement',
      reference: expect.stringMatching(/^PR/),
      record: expect.anything(),
    })
    const expected: Raw = fixture('sps-commerce/ack-855.json')
    const { AcknowledgementTime: _, InternalOrderDate: _d, ...header } = expected.Header.OrderHeader
    expect(ackOf(writes)).toEqual({
      Meta: expected.Meta,
      Header: {
        ...expected.Header,
        OrderHeader: {
          ...header,
          AcknowledgementType: 'AD',
          AcknowledgementNumber: 'SO-20931',
          Division: '01',
        },
      },
      LineItem: expected.LineItem.map((item: Raw, i: number) => ({
        OrderLine: { ...item.OrderLine, ...(i === 2 ? { PurchasePriceBasis: 'CA' } : {}) },
        LineItemAcknowledgement: [
          {
            ItemStatusCode: 'IA',
            ItemScheduleQty: item.OrderLine.OrderQty,
            ItemScheduleUOM: item.OrderLine.OrderQtyUOM,
            ...planned,
          },
        ],
      })),
      Summary: { TotalAmount: 367.2, TotalLineItemNumber: 3 },
    })
  })

  test('of a reduced line says how much is accepted and how much is not; together they are what was ordered', async () => {
    const { ack } = await acknowledged(([first, second, third]) => [first, { ...second, quantity: '8' }, third])
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('AC')
    expect(entries(ack, 1)).toEqual([
      { ItemStatusCode: 'IQ', ItemScheduleQty: 8, ItemScheduleUOM: 'EA', ...planned },
      { ItemStatusCode: 'IR', ItemScheduleQty: 4, ItemScheduleUOM: 'EA' },
    ])
    expect(entries(ack, 0).map((e) => e.ItemStatusCode)).toEqual(['IA'])
  })

  test('answers every line: one that is not in Acumatica’s order is rejected, none is left out', async () => {
    const { ack } = await acknowledged(([first, , third]) => [first, third])
    expect(ack.LineItem.map((l: Raw) => l.OrderLine.LineSequenceNumber)).toEqual(['1', '2', '3'])
    expect(entries(ack, 1)).toEqual([{ ItemStatusCode: 'IR', ItemScheduleQty: 12, ItemScheduleUOM: 'EA' }])
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('AC')
  })

  test('of an order of which nothing is left is a rejection', async () => {
    const { ack } = await acknowledged(() => [])
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('RD')
    expect(ack.LineItem.flatMap((_: Raw, i: number) => entries(ack, i).map((e) => e.ItemStatusCode))).toEqual([
      'IR',
      'IR',
      'IR',
    ])
  })

  test('adds up rows of one line that Acumatica split', async () => {
    const { ack } = await acknowledged(([first, ...rest]) => [
      { ...first, quantity: '16' },
      { ...first, quantity: '8' },
      ...rest,
    ])
    expect(entries(ack, 0)).toEqual([{ ItemStatusCode: 'IA', ItemScheduleQty: 24, ItemScheduleUOM: 'EA', ...planned }])
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('AD')
  })

  test('of another price says which', async () => {
    const { ack } = await acknowledged(([first, ...rest]) => [{ ...first, price: '4.5' }, ...rest])
    expect(entries(ack, 0)).toEqual([
      { ItemStatusCode: 'IP', ItemScheduleQty: 24, ItemScheduleUOM: 'EA', ...planned, PurchasePrice: 4.5 },
    ])
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('AC')
  })

  test('of another price tells it as the order prices the line: per each where the order says each', async () => {
    const raw = order((o) => {
      Object.assign(o.LineItem[0].OrderLine, { OrderQty: 2, OrderQtyUOM: 'CA', PurchasePriceBasis: 'PE' })
    })
    const { ack } = await acknowledged(([first, ...rest]) => [{ ...first, price: '108' }, ...rest], raw)
    // 108 a case of 24 is 4.50 an each; the order's line says 4.25 an each.
    expect(ack.LineItem[0].OrderLine).toMatchObject({ PurchasePrice: 4.25, PurchasePriceBasis: 'PE' })
    expect(entries(ack, 0)).toMatchObject([
      { ItemStatusCode: 'IP', ItemScheduleQty: 2, ItemScheduleUOM: 'CA', PurchasePrice: 4.5 },
    ])
  })

  test('where Acumatica prices the lines, an other price is not acknowledged as the order’s', async () => {
    const wishes = { pricePolicy: 'erp' }
    const priced = (prices: string[]) =>
      acknowledged((lines) => lines.map((l, i) => ({ ...l, price: prices[i] })), order(), wishes)
    const same = await priced(['4.25', '7.9', '85.2'])
    expect(same.ack.Header.OrderHeader.AcknowledgementType).toBe('AD')
    const other = await priced(['4.25', '8.1', '85.2'])
    expect(other.ack.Header.OrderHeader.AcknowledgementType).toBe('AC')
    expect(entries(other.ack, 1)).toMatchObject([{ ItemStatusCode: 'IP', PurchasePrice: 8.1 }])
  })

  test('of a dozen answers in dozens', async () => {
    const dozens = order((o) => {
      Object.assign(o.LineItem[0].OrderLine, { OrderQty: 2, OrderQtyUOM: 'DZ', PurchasePrice: 51 })
    })
    const { ack } = await acknowledged((l) => l, dozens)
    expect(entries(ack, 0)).toMatchObject([{ ItemStatusCode: 'IA', ItemScheduleQty: 2, ItemScheduleUOM: 'DZ' }])
    const fewer = await acknowledged(
      ([first, ...rest]) => [{ ...first, quantity: '18', price: '4.5' }, ...rest],
      dozens,
    )
    expect(entries(fewer.ack, 0)).toMatchObject([
      { ItemStatusCode: 'IQ', ItemScheduleQty: 1.5, ItemScheduleUOM: 'DZ', PurchasePrice: 54 },
      { ItemStatusCode: 'IR', ItemScheduleQty: 0.5, ItemScheduleUOM: 'DZ' },
    ])
    const odd = await acknowledged(([first, ...rest]) => [{ ...first, quantity: '17' }, ...rest], dozens)
    expect(odd.codes).toEqual(['QUANTITY_NOT_EXACT'])
  })

  test('is not sent to a partner who wants none', async () => {
    const { writes } = await receiveOne(order(), { tables: withPartner({ acknowledge: 'no' }) })
    expect(writes.map((w) => w.operation)).toEqual(['create-order'])
  })

  test('of a replacement goes under a name of its own, of a cancellation there is none', async () => {
    const with_ = (TsetPurposeCode: string, quantity: number) =>
      order((o) => {
        o.Header.OrderHeader.TsetPurposeCode = TsetPurposeCode
        o.LineItem[0].OrderLine.OrderQty = quantity
      })
    const outcomes = await createDesk().receive(order(), with_('05', 36), with_('05', 48), with_('01', 48))
    const names = outcomes.flatMap((o) => o.writes.filter((w) => w.connection === 'sps').map((w) => w.reference))
    expect(names).toHaveLength(3)
    expect(new Set(names).size).toBe(3)
  })

  test('of several stores answers the whole line', async () => {
    const { writes } = await receiveOne(fixture('sps-commerce/order-850-multistore.json'), {
      answer: (write, result) =>
        write.reference.endsWith('#0031')
          ? { ...result, lines: result.lines.map((l: Raw) => ({ ...l, quantity: '6' })) }
          : result,
    })
    const ack = ackOf(writes)
    expect(ack.Header.OrderHeader.InternalOrderNumber).toBeUndefined()
    // 12 + 6 + 12 of 48, and 6 + 6 + 6 of 24.
    expect([0, 1].map((i) => entries(ack, i).map((e) => [e.ItemStatusCode, e.ItemScheduleQty]))).toEqual([
      [
        ['IQ', 30],
        ['IR', 18],
      ],
      [
        ['IQ', 18],
        ['IR', 6],
      ],
    ])
  })
})
