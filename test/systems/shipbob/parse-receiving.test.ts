import type { Json } from '../../../lib/core/exchange.ts'
import type { ReceivingProgress, UnidentifiedReceipt } from '../../../lib/documents/receiving-progress.ts'
import { body, codes, parsed, words } from './parsing.ts'

const type = 'receiving-progress'
const progress = (receiving: Json, boxes?: Json) =>
  parsed<ReceivingProgress>(type, { receiving, ...(boxes === undefined ? {} : { boxes }) })

const completed = body('receiving.get.completed-short')
const boxes = body('receiving.boxes.completed')

describe('how far a receiving order is', () => {
  test('short and completed: totals of the order, lots of the boxes', () => {
    const { document, warnings } = progress(completed, boxes)
    expect(document).toEqual({
      type,
      id: '918363',
      order: 'P00042',
      state: 'completed',
      status: 'Completed',
      updatedAt: '2026-09-12T18:40:02.117Z',
      centre: { id: '10', name: 'Moreno Valley (CA)' },
      lines: [
        {
          inventory: '21705365',
          item: 'COF-LR-340',
          expected: '200',
          received: '200',
          stowed: '200',
          lots: [
            { lot: 'LR-2608-A', expires: '2027-02-28', stowed: '100' },
            { lot: 'LR-2609-B', expires: '2027-04-30', stowed: '100' },
          ],
          path: 'receiving.inventory_quantities[0]',
        },
        {
          inventory: '21705372',
          item: 'MUG-BLU-01',
          expected: '120',
          received: '112',
          stowed: '112',
          lots: [],
          path: 'receiving.inventory_quantities[1]',
        },
      ],
    })
    expect(warnings).toEqual([])
  })

  test('stowed counts although nothing is received yet', () => {
    const { document, warnings } = progress(
      body('receiving.get.processing-partial'),
      body('receiving.boxes.processing'),
    )
    expect(document).toMatchObject({
      state: 'processing',
      lines: [
        { received: '0', stowed: '100', lots: [{ lot: 'LR-2608-A', stowed: '100' }] },
        { stowed: '0', lots: [] },
      ],
    })
    expect(warnings).toEqual([])
  })

  test('more than expected is told as it is', () => {
    expect(progress(body('receiving.get.completed-over')).document.lines[0]).toMatchObject({
      expected: '200',
      stowed: '212',
    })
  })

  test('nothing has come', () => {
    expect(progress(body('receiving.get.awaiting')).document).toMatchObject({
      state: 'awaiting',
      lines: [{ stowed: '0' }, { stowed: '0' }],
    })
  })

  test('whoever was told that the ERP holds it says so', () => {
    expect(progress(completed).document).not.toHaveProperty('markedReceived')
    const marked = { ...completed, external_sync_timestamp: '2026-09-12T19:00:00Z' }
    expect(progress(marked).document.markedReceived).toBe(true)
  })

  test('an empty purchase order number is none, and one id twice is one total', () => {
    const [coffee] = completed.inventory_quantities
    const { document } = progress({ ...completed, purchase_order_number: '  ', inventory_quantities: [coffee, coffee] })
    expect(document).not.toHaveProperty('order')
    expect(document.lines).toMatchObject([{ expected: '400', stowed: '400' }])
  })
})

describe('states', () => {
  test.each([
    ['Awaiting', 'awaiting'],
    ['Arrived', 'arrived'],
    ['PartiallyArrived', 'arrived'],
    ['PartiallyArrivedAtHub', 'arrived'],
    ['ArrivedAtHub', 'arrived'],
    ['ProcessingAtHub', 'processing'],
    ['InternalTransfer', 'processing'],
    ['Processing', 'processing'],
    ['Incomplete', 'incomplete'],
    ['Completed', 'completed'],
    ['Cancelled', 'cancelled'],
    ['Partially Arrived', 'arrived'],
  ])('%s is %s', (status, state) => {
    expect(progress({ ...completed, status }).document.state).toBe(state)
  })
  test('every word of the fact sheet is known', () => {
    expect(words.receiving.flatMap((status) => progress({ ...completed, status }).warnings)).toEqual([])
  })
  test('a word nobody knows is unknown, with a warning', () => {
    const { document, warnings } = progress({ ...completed, status: 'Quarantined' })
    expect(document).toMatchObject({ state: 'unknown', status: 'Quarantined' })
    expect(codes(warnings)).toEqual(['SHIPBOB_WORD_UNKNOWN'])
  })
})

describe('boxes that do not fit', () => {
  const item = (inventory_id: number, stowed_quantity: number, lot_number: string | null, lot_date?: string) => ({
    ...{ inventory_id, stowed_quantity, quantity: stowed_quantity, received_quantity: 0, lot_number },
    lot_date: lot_date ?? null,
  })
  const box = (...box_items: Json[]): Json => ({ box_id: 1, box_items })

  test('fewer on the boxes: the total of the order stands, the lots are as the boxes have them', () => {
    const { document, warnings } = progress(completed, [box(item(21705365, 150, 'A'), item(21705372, 112, null))])
    expect(document.lines[0]).toMatchObject({ stowed: '200', lots: [{ lot: 'A', stowed: '150' }] })
    expect(warnings).toMatchObject([{ code: 'SHIPBOB_BOXES_DISAGREE' }])
    expect(warnings[0]?.message).toContain('200 of COF-LR-340 are stowed by the order, 150 by its boxes')
  })
  test('one lot in several boxes is one lot', () => {
    const two = [
      box(item(21705365, 150, 'A', '2027-02-28T00:00:00Z'), item(21705372, 112, null)),
      box(item(21705365, 50, 'A')),
    ]
    const { document, warnings } = progress(completed, two)
    expect(document.lines[0]?.lots).toEqual([{ lot: 'A', expires: '2027-02-28', stowed: '200' }])
    expect(warnings).toEqual([])
  })
  test('one lot with two ends, and goods with and without a lot, are unclear', () => {
    const odd = [
      box(
        item(21705365, 50, 'A', '2027-02-28T00:00:00Z'),
        item(21705365, 50, 'A', '2027-03-31T00:00:00Z'),
        item(21705365, 100, null),
        item(21705372, 112, null),
      ),
    ]
    expect(codes(progress(completed, odd).warnings)).toEqual(['SHIPBOB_LOT_UNCLEAR', 'SHIPBOB_LOT_UNCLEAR'])
  })
  test('goods that the order does not list', () => {
    const { document, warnings } = progress(completed, [...boxes, box(item(999, 3, null), item(998, 0, null))])
    expect(document.lines).toHaveLength(2)
    expect(codes(warnings)).toEqual(['SHIPBOB_BOXES_DISAGREE'])
  })
})

describe('an unidentified receiving order', () => {
  const [row] = body('uro.list.2026-07')
  const receipt = (fields: object = {}) =>
    parsed<UnidentifiedReceipt>('unidentified-receipt', { unidentified: { ...row, ...fields } }).document

  test('what came, with the words of the warehouse', () => {
    expect(receipt()).toEqual({
      type: 'unidentified-receipt',
      id: '70211',
      completed: false,
      tracking: '1Z999AA10123456800',
      description: 'No WRO found for tracking number: 2 cartons, blue mugs',
    })
  })
  test('0 is no receiving order, another number is', () => {
    expect(receipt({ linked_wro_id: 0 })).not.toHaveProperty('receivingOrder')
    expect(receipt({ linked_wro_id: 918363 })).toMatchObject({ completed: true, receivingOrder: '918363' })
  })
})
