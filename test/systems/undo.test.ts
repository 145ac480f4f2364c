import type { Json } from '../../lib/core/exchange.ts'
import type { DeliveredWrite } from '../../lib/core/flow.ts'
import type { WriteToUndo } from '../../lib/core/undo.ts'
import { undo as undoAcumatica } from '../../lib/systems/acumatica/undo.ts'
import { undo as undoOdoo } from '../../lib/systems/odoo/undo.ts'
import { undo as undoShipBob } from '../../lib/systems/shipbob/undo.ts'
import { undo as undoSpsCommerce } from '../../lib/systems/sps-commerce/undo.ts'

const undos = { acumatica: undoAcumatica, odoo: undoOdoo, shipbob: undoShipBob, 'sps-commerce': undoSpsCommerce }

const at = '2026-03-02T09:00:00.000Z'

const target = (operation: string, result: { [key: string]: Json } = {}, adopted = false): DeliveredWrite => ({
  operation,
  connection: 'c',
  targetId: 'T/1',
  numbers: ['N-1'],
  adopted,
  result,
  at,
})

const done = (
  operation: string,
  over: Partial<WriteToUndo> = {},
  record: { [key: string]: Json } = {},
): WriteToUndo => ({
  write: { connection: 'c', operation, reference: 'SPS:1', record },
  target: target(operation),
  begun: 1,
  later: [],
  ...over,
})

describe('what is undone by a write', () => {
  test.each([
    ['acumatica', 'create-order', 'cancel-order'],
    ['acumatica', 'replace-order', 'cancel-order'],
    ['odoo', 'create-order', 'cancel-order'],
    ['odoo', 'replace-order', 'cancel-order'],
    ['odoo', 'create-bill', 'cancel-bill'],
    ['shipbob', 'create-receiving-order', 'cancel-receiving-order'],
  ] as const)('at %s, of %s: its record, named as a person knows it', (system, operation, by) => {
    expect(undos[system](done(operation))).toMatchObject({ operation: by, does: expect.stringMatching(/cancels/) })
  })

  test('an order is looked for where it was made', () => {
    const acumatica = undoAcumatica(done('create-order', {}, { OrderType: { value: 'EO' }, Details: [] }))
    expect(acumatica).toMatchObject({ record: { OrderType: { value: 'EO' } } })
    const odoo = undoOdoo(done('create-order', {}, { model: 'purchase.requisition', lines: [] }))
    expect(odoo).toMatchObject({ record: { model: 'purchase.requisition' } })
  })
})

describe('a receiving order', () => {
  const made = { purchaseOrder: 'P00012', known: [] }

  test('is cancelled with those that the warehouse, or a later change, made of it', () => {
    const one = done('create-receiving-order', { target: target('', { id: 7, others: [8] }) }, made)
    const later = [target('change-receiving-order', { id: 9 })]
    expect(undoShipBob({ ...one, later })).toMatchObject({ record: { purchaseOrder: 'P00012', known: [7, 8, 9] } })
  })

  test('that somebody else had made is not ours to cancel; one that an earlier attempt may have made is', () => {
    const found = { target: target('', { id: 7 }, true) }
    expect(undoShipBob(done('create-receiving-order', { ...found, begun: 1 }, made))).toHaveProperty('byHand')
    expect(undoShipBob(done('create-receiving-order', { ...found, begun: 2 }, made))).toHaveProperty('operation')
  })
})

test.each([
  ['acumatica', ['change-order', 'cancel-order', 'update-item', 'something-new']],
  ['odoo', ['change-order', 'receive-goods', 'book-receipt', 'book-delivery', 'book-return', 'toString']],
  ['shipbob', ['upsert-product', 'mark-received', 'change-receiving-order', 'something-new']],
  [
    'sps-commerce',
    ['send-purchase-order', 'send-acknowledgement', 'send-ship-notice', 'send-invoice', 'send-inventory'],
  ],
] as const)('what is not undone at %s says what a person does', (system, operations) => {
  for (const operation of operations)
    expect(undos[system](done(operation))).toEqual({ byHand: expect.stringMatching(/\.$/) })
})
