import { byNotice, one } from './announced.ts'
import { createDesk, told } from './desk.ts'
import { placed } from './purchase.ts'
import { receipt, type Shipped, shipment } from './receipts.ts'

describe('an 856 that comes again', () => {
  const other = (purpose: string) => shipment({ P00015: [['1', 5, 'CA']] }, { TsetPurposeCode: purpose })

  test.each([
    ['with the same content', one('1', 6, 'CA'), 'skipped DUPLICATE', 'skipped DUPLICATE'],
    ['marked as a repeat', other('07'), 'skipped DUPLICATE', 'skipped DUPLICATE'],
    ['as a confirmation', other('06'), 'skipped CONFIRMATION', 'skipped CONFIRMATION'],
    ['in place of the first', other('05'), 'write', 'held RECEIPT_CHANGED'],
    ['with other content', other('00'), 'held RECEIPT_CHANGED', 'held RECEIPT_CHANGED'],
    ['called off', other('01'), 'held RECEIPT_CANCELLED', 'held RECEIPT_CANCELLED'],
  ])('%s', async (_, raw, whenAnnounced, whenBooked) => {
    for (const [settings, expected] of [
      [{}, whenAnnounced],
      [byNotice, whenBooked],
    ] as const) {
      const desk = createDesk({ settings })
      await placed(desk)
      await desk.receive(one('1', 6, 'CA'), 'advance-ship-notice')
      expect(told(await desk.receive(raw, 'advance-ship-notice'))).toBe(expected)
    }
  })

  test('called off while the first one waits for a person is for that person, and before it ever came is nothing', async () => {
    const desk = createDesk()
    await placed(desk)
    expect(told(await desk.receive(other('01'), 'advance-ship-notice'))).toBe('skipped ALREADY_CANCELLED')
    await desk.receive(one('1', 6, 'BG'), 'advance-ship-notice')
    expect(told(await desk.receive(other('01'), 'advance-ship-notice'))).toBe('held RECEIPT_CANCELLED')
  })

  test('in place of one that named an order more says what stays announced there', async () => {
    const desk = createDesk()
    await placed(desk)
    const lines: Shipped[] = [['1', 5, 'EA', { BuyerPartNumber: 'JS-BWL-06' }]]
    await desk.receive(shipment({ P00015: [['1', 6, 'CA']], P00016: lines }), 'advance-ship-notice')
    const { outcome, warned } = await desk.receive(other('05'), 'advance-ship-notice')
    expect([outcome, warned.map((w) => w.message)]).toEqual([
      'write',
      [
        'Ship notice PM-SHP-77 no longer names order P00016; what it announced there stays until a person takes it back.',
      ],
    ])
  })

  test('comes after the warehouse has told what came of the shipment: nothing is announced any more', async () => {
    const desk = createDesk()
    await placed(desk)
    const came = receipt([[{ VendorPartNumber: 'JS-BWL-06' }, [[120, 'EA', '07']]]], {
      ShipmentIdentification: 'PM-SHP-77',
    })
    expect(told(await desk.receive(came, 'warehouse-receipt'))).toBe('write')
    expect(told(await desk.receive(one('2', 120, 'EA'), 'advance-ship-notice'))).toBe('skipped RECEIPT_KNOWN')
  })
})
