import { createDesk, told } from './desk.ts'
import { placed } from './purchase.ts'
import { receipt, shipment } from './receipts.ts'
import { bowl, mug, one, received } from './received.ts'
import { withRows } from './tables.ts'

describe('a 944 that comes again', () => {
  test.each([
    ['with the same content', one([10, 'EA', '07']), 'skipped DUPLICATE'],
    ['with other content: nothing is booked twice', one([9, 'EA', '07']), 'held RECEIPT_CHANGED'],
  ])('%s', async (_, raw, expected) => {
    const desk = createDesk()
    await placed(desk)
    await desk.receive(one([10, 'EA', '07']), 'warehouse-receipt')
    expect(told(await desk.receive(raw, 'warehouse-receipt'))).toBe(expected)
  })
})

describe('a 944 where it is not the one that books', () => {
  const notice = shipment({
    P00015: [
      ['1', 6, 'CA'],
      ['2', 100, 'EA'],
    ],
  })
  const same = receipt(
    [
      [bowl, [[100, 'EA', '07']]],
      [mug, [[6, 'CA', '07']]],
    ],
    { ShipmentIdentification: 'PM-SHP-77' },
  )
  const less = receipt(
    [
      [bowl, [[98, 'EA', '07']]],
      [mug, [[6, 'CA', '07']]],
    ],
    { ShipmentIdentification: 'PM-SHP-77' },
  )
  const tables = withRows({
    units: [{ x12: 'CA', unit: 'Case of 12', eaches: '12', item: 'JS-MUG-12', tradingPartner: '3F1COLDQUAY3PL' }],
  })

  test.each(['ship-notice', 'nobody'])(
    '(%s): nothing is told twice, and a difference is for a person',
    async (validatedBy) => {
      const desk = createDesk({ tables, settings: { receipts: { validatedBy } } })
      await placed(desk)
      await desk.receive(notice, 'advance-ship-notice')
      expect(told(await desk.receive(less, 'warehouse-receipt'))).toBe('held RECEIPT_UNCLEAR')
      const again = structuredClone(same)
      again.Header.HeaderDetail.WarehouseReceiptId = 'CQ-RCV-77121'
      expect(told(await desk.receive(again, 'warehouse-receipt'))).toBe('skipped RECEIPT_KNOWN')
    },
  )

  test('announces the goods of an order of which no notice came', async () => {
    const { record } = await received(one([10, 'EA', '07']), { settings: { receipts: { validatedBy: 'ship-notice' } } })
    expect(record.mode).toBe('announce')
  })

  test('and where it books, it books after the notice announced', async () => {
    const desk = createDesk({ tables })
    await placed(desk)
    await desk.receive(notice, 'advance-ship-notice')
    expect((await desk.receive(less, 'warehouse-receipt')).record.mode).toBe('validate')
  })
})
