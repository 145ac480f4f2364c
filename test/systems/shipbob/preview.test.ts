import type { SourceDocument } from '../../../lib/core/exchange.ts'
import { documentsOf } from '../../../lib/systems/shipbob/preview.ts'
import { body } from './parsing.ts'
import { fixture } from './server.ts'

const recording = (name: string) => fixture(`rest/${name}.json`)
const shown = (documents: readonly SourceDocument[]) => documents.map(({ type, key, arrival }) => [type, key, arrival])

test('an order gives a document for each shipment, in the file’s order', () => {
  expect(shown(documentsOf(['shipment'], body('order.get.split')))).toEqual([
    ['shipment', '352900411', '0'],
    ['shipment', '352900412', '1'],
  ])
})

test('a recording, a list, and a list with items are taken as they are', () => {
  expect(shown(documentsOf(['shipment'], recording('shipment.get')))).toEqual([['shipment', '352900411', '0']])
  expect(documentsOf(['receiving-progress'], body('receiving.list-unsynced'))).toHaveLength(2)
  expect(documentsOf(['customer-return'], recording('return.list-completed'))).toHaveLength(2)
  expect(documentsOf(['unidentified-receipt'], recording('uro.list.2026-07'))).toHaveLength(1)
})

test('boxes go to the receiving order in the path of their recording', () => {
  const [short, over] = documentsOf(
    ['receiving-progress'],
    [recording('receiving.list-unsynced'), recording('receiving.boxes.completed')],
  )
  expect(short?.raw).toHaveProperty('boxes')
  expect(over?.raw).not.toHaveProperty('boxes')
})

test('boxes of nobody go to the only receiving order of the file', () => {
  const [found] = documentsOf(
    ['receiving-progress'],
    [body('receiving.get.processing-partial'), body('receiving.boxes.processing')],
  )
  expect(found?.raw).toHaveProperty('boxes')
})

test('transactions go to the invoice they name', () => {
  const documents = documentsOf(
    ['service-invoice'],
    [recording('billing.invoices'), fixture('rest/billing.all-transaction-kinds.json')],
  )
  const counts = documents.map(({ raw }) => (raw as { transactions: unknown[] }).transactions.length)
  expect(counts).toEqual([1, 1, 1, 1, 1, 1, 0])
})

test('what preview shows can be given to it again', () => {
  const files: [string, unknown][] = [
    ['shipment', body('order.get.split')],
    ['shipment', body('shipment.get')],
    ['receiving-progress', [body('receiving.get.processing-partial'), body('receiving.boxes.processing')]],
    ['customer-return', body('return.get.completed')],
    ['service-invoice', [recording('billing.invoices'), fixture('rest/billing.all-transaction-kinds.json')]],
  ]
  for (const [type, file] of files) {
    const documents = documentsOf([type], file)
    expect(
      documentsOf(
        [type],
        documents.map(({ raw }) => raw),
      ),
    ).toEqual(documents)
  }
})

test('records of other flows, and what is no record, give nothing', () => {
  expect(documentsOf(['shipment'], body('return.get.completed'))).toEqual([])
  expect(documentsOf(['shipment'], [null, 'text', 7, {}])).toEqual([])
})
