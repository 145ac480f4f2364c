import type { Json } from '../../../lib/core/exchange.ts'
import { acceptAsSent } from '../../../lib/systems/odoo/accept.ts'
import { progress, shipment } from './shipping.ts'
import { goods, line, orderRecord, receipt, reference } from './writing.ts'

const write = (operation: string, record: object) => ({
  connection: 'odoo',
  operation,
  reference,
  record: JSON.parse(JSON.stringify(record)) as { [key: string]: Json },
})

describe('what a preview takes Odoo to answer', () => {
  const created = acceptAsSent(write('create-order', orderRecord()), undefined, '<new>')

  test('a new order stands as it was sent, confirmed where that is asked', () => {
    expect(created.numbers).toEqual(['<new>'])
    expect(created.result).toMatchObject({
      model: 'sale.order',
      number: '<new>',
      state: 'sale',
      lines: [
        { externalRef: '1', quantity: '24', price: '4.25', unit: 'Units' },
        { externalRef: '2', quantity: '2', price: '51', unit: 'Dozens' },
      ],
    })
    const draft = acceptAsSent(write('create-order', orderRecord({ confirm: false })), undefined, '<new>')
    expect(draft.result.state).toBe('draft')
  })

  test('a change goes by the other side’s line numbers, and keeps the order’s own', () => {
    const change = {
      model: 'sale.order',
      lines: [{ line: '2', remove: true }, line('1', 'WIDGET', 30, 5, { discount: 10 }), line('3', 'GADGET', 1, 2)],
    }
    const { result, numbers } = acceptAsSent(write('change-order', change), created.record, '<new 2>')
    expect(numbers).toEqual(['<new>'])
    expect(result.lines).toMatchObject([
      { externalRef: '1', quantity: '30', price: '4.5' },
      { externalRef: '3', quantity: '1', price: '2' },
    ])
  })

  test('a cancelled order keeps its lines', () => {
    const { result } = acceptAsSent(write('cancel-order', { model: 'sale.order' }), created.record, '<new 2>')
    expect(result).toMatchObject({ state: 'cancel', number: '<new>' })
    expect(result.lines).toHaveLength(2)
  })

  test('answers, receipts and figures', () => {
    expect(
      acceptAsSent(write('annotate-order', { number: 'P00012', summary: '', lines: [] }), undefined, '<new>'),
    ).toMatchObject({
      numbers: ['P00012'],
      result: { number: 'P00012', state: 'purchase' },
    })
    expect(
      acceptAsSent(write('receive-goods', receipt('P00012', 'validate', [goods('WIDGET', 1)])), undefined, '<new>'),
    ).toMatchObject({
      numbers: ['<new>', 'P00012'],
      result: { picking: '<new>', state: 'done' },
    })
    const figure = { product: { item: 'WIDGET' }, field: 'weight', value: 1 }
    expect(acceptAsSent(write('update-product', figure), undefined, '<new>').numbers).toEqual(['WIDGET'])
  })

  test('what a warehouse did', () => {
    const [booked, told] = [
      acceptAsSent(write('book-delivery', shipment('S00012', [])), undefined, '<new>'),
      acceptAsSent(write('annotate-delivery', { order: 'S00012' }), undefined, '<new>'),
    ]
    expect(booked).toMatchObject({ numbers: ['<new>', 'S00012'], result: { picking: '<new>', state: 'done' } })
    expect(told.numbers).toEqual(['S00012'])
    expect(acceptAsSent(write('book-receipt', progress('P00012', [])), undefined, '<new>')).toMatchObject({
      numbers: ['<new>', 'P00012'],
    })
  })
})
