import type { Json } from '../../../lib/core/exchange.ts'
import type { CustomerReturn } from '../../../lib/documents/customer-return.ts'
import { body, codes, parsed, problemsOf, words } from './parsing.ts'

const found = (record: Json) => parsed<CustomerReturn>('customer-return', { return: record })
const completed = body('return.get.completed')

test('what was done with each article, with two outcomes of one line apart', () => {
  const { document, warnings } = found(completed)
  expect(document).toEqual({
    type: 'customer-return',
    id: '2933435',
    reference: 'RMA-2026-0091',
    kind: 'regular',
    state: 'completed',
    status: 'Completed',
    shipment: '352900411',
    order: 'SO-2026-1187',
    channel: '318204',
    tracking: '1Z999AA10999000111',
    centre: { id: '10', name: 'Moreno Valley (CA)' },
    completedAt: '2026-09-24T09:10:00.000Z',
    lines: [
      {
        inventory: '21705365',
        item: 'COF-LR-340',
        name: 'Light Roast Coffee 340 g',
        barcodes: ['0850012345017'],
        expected: '2',
        lot: 'LR-2608-A',
        expires: '2027-02-28',
        outcomes: [
          { action: 'restock', word: 'Restock', quantity: '1' },
          {
            action: 'dispose',
            word: 'Dispose',
            quantity: '1',
            reason: 'Package torn open',
            image: 'https://img.example.com/returns/2933435-1.jpg',
          },
        ],
        path: 'return.inventory[0]',
      },
      {
        inventory: '21705372',
        item: 'MUG-BLU-01',
        name: 'Ceramic Mug, Blue',
        barcodes: ['0850012345024'],
        expected: '1',
        outcomes: [
          {
            action: 'quarantine',
            word: 'Quarantine',
            quantity: '1',
            reason: 'Chipped rim',
            image: 'https://img.example.com/returns/2933435-2.jpg',
          },
        ],
        path: 'return.inventory[1]',
      },
    ],
  })
  expect(warnings).toEqual([])
})

test('an undeliverable parcel has its shipment and no reference of ours; its goods name the bundle', () => {
  const { document } = found(body('return.list-completed').items[1])
  expect(document).toMatchObject({
    kind: 'return-to-sender',
    shipment: '352900411',
    lines: [{ item: 'MUG-BLU-01', bundle: 'BND-GIFT-01' }],
  })
  expect(document).not.toHaveProperty('reference')
})

test.each([
  ['AwaitingArrival', 'awaiting'],
  ['Awaiting Arrival', 'awaiting'],
  ['Arrived', 'arrived'],
  ['Processing', 'processing'],
  ['Completed', 'completed'],
  ['Cancelled', 'cancelled'],
])('%s is %s', (status, state) => {
  expect(found({ ...completed, status }).document.state).toBe(state)
})

test('every word of the fact sheet is known, in both spellings', () => {
  const warned = [
    ...words.return.flatMap((status) => found({ ...completed, status }).warnings),
    ...words.returnType.flatMap((return_type) => found({ ...completed, return_type }).warnings),
  ]
  expect(warned).toEqual([])
  expect(found({ ...completed, return_type: 'RTS' }).document.kind).toBe('return-to-sender')
})

test('words nobody knows are told, each with a warning', () => {
  const [line] = completed.inventory
  const taken = [{ action: 'Donate', quantity_processed: 1 }]
  const { document, warnings } = found({
    ...completed,
    status: 'Lost',
    return_type: 'Warranty',
    inventory: [{ ...line, action_taken: taken }],
  })
  expect(document).toMatchObject({
    state: 'unknown',
    kind: 'regular',
    lines: [{ outcomes: [{ action: 'other', word: 'Donate' }] }],
  })
  expect(codes(warnings)).toEqual(['SHIPBOB_WORD_UNKNOWN', 'SHIPBOB_WORD_UNKNOWN', 'SHIPBOB_WORD_UNKNOWN'])
})

test('an outcome without a quantity is a problem, never a zero', () => {
  const [line] = completed.inventory
  const raw = { return: { ...completed, inventory: [{ ...line, action_taken: [{ action: 'Restock' }] }] } }
  expect(problemsOf('customer-return', raw)).toMatchObject([
    { code: 'SHIPBOB_FIELD_MISSING', path: 'return.inventory[0].action_taken[0].quantity_processed' },
  ])
})

test('the older model that a change answers with, and an awaited return, are read as well', () => {
  const { inventory: _, ...older } = body('return.get.awaiting')
  expect(found({ ...older, invoice_amount: 5.5 }).document).toMatchObject({ state: 'awaiting', lines: [] })
})
