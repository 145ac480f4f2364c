import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entity } from '../../../lib/systems/acumatica/entities.ts'
import { schemaLine } from '../../../lib/systems/acumatica/ping/schema.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'

/** A record as Acumatica sent it. */
function recorded(file: string): ApiRecord {
  const read = JSON.parse(readFileSync(join('test/fixtures/acumatica', file), 'utf8'))
  return Array.isArray(read) ? read[0] : read
}

const samples: [Entity, string][] = [
  ['Shipment', 'shipment-two-packages.json'],
  ['SalesOrder', 'sales-order-after-shipping.json'],
  ['SalesInvoice', 'sales-invoice.json'],
  ['StockItem', 'stock-items.json'],
]

test.each(samples)('every field that mappings need of a recorded %s is there', (entity, file) => {
  expect(schemaLine(entity, recorded(file))).toMatchObject({ check: `fields: ${entity}`, level: 'pass' })
})

test('a field no document passes without fails, with its name and what to do', () => {
  const { ShipmentNbr: _, ...shipment } = recorded('shipment-two-packages.json')
  expect(schemaLine('Shipment', shipment)).toMatchObject({
    level: 'fail',
    message: expect.stringContaining('ShipmentNbr'),
    remedy: expect.stringContaining('Web Service Endpoints'),
  })
})

test('a field that documents can go without is a warning; one that is empty is there', () => {
  const shipment = recorded('shipment-two-packages.json')
  const { FOBPoint: _, ...without } = shipment
  expect(schemaLine('Shipment', without)).toMatchObject({ level: 'warn', message: expect.stringMatching(/^FOBPoint:/) })
  expect(schemaLine('Shipment', { ...shipment, FOBPoint: {} })).toMatchObject({ level: 'pass' })
})

test('a detail that is not part of the endpoint fails, and so does a field of its rows', () => {
  const { Packages: _, ...shipment } = recorded('shipment-two-packages.json')
  expect(schemaLine('Shipment', shipment)).toMatchObject({
    level: 'fail',
    message: expect.stringContaining('Packages'),
  })
  const lines = (shipment.Details as ApiRecord[]).map(({ ShippedQty: __, ...line }) => line)
  expect(schemaLine('Shipment', { ...shipment, Packages: [], Details: lines })).toMatchObject({
    message: expect.stringContaining('Details/ShippedQty'),
  })
})

test('a detail without rows tells nothing of its fields', () => {
  const shipment = { ...recorded('shipment-two-packages.json'), Details: [], Packages: [] }
  expect(schemaLine('Shipment', shipment).level).toBe('pass')
})
