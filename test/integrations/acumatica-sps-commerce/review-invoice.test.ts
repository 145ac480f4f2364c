import type { HistoryEntry } from '../../../lib/core/flow.ts'
import { parse } from '../../../lib/systems/acumatica/parse.ts'
import { documentsOf } from '../../../lib/systems/acumatica/preview.ts'
import type { RsxInvoice } from '../../../lib/systems/sps-commerce/records.ts'
import { shipNoticeFlow } from './flows.ts'
import {
  bill,
  changedFields,
  codesOf,
  entry,
  fixture,
  harborInvoice,
  harborOrder,
  mapOne,
  rsxOf,
  tablesWith,
} from './invoice-world.ts'

/** The example shipment as the ledger keeps it once its ship notice was sent. */
function announcement(): HistoryEntry {
  const tables = tablesWith()
  const carriers = [{ scac: 'ODFL', routing: 'Old Dominion LTL', shipVia: 'ODFL', method: 'M', mode: 'ltl' }]
  const known = { ...tables, carriers: { name: 'carriers', version: '1', rows: carriers } }
  const [source] = documentsOf(['ship-notice'], {
    shipments: [fixture('acumatica/shipment-two-packages.json')],
    salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
    stockItems: fixture('acumatica/stock-items.json'),
  })
  if (!source) throw new Error('no shipment in the file')
  const { result } = mapOne(shipNoticeFlow, parse, source, { tables: known, history: [harborOrder()] })
  if (result.outcome !== 'write') throw new Error(JSON.stringify(result.problems))
  return entry({
    connection: 'acumatica',
    type: 'ship-notice',
    key: source.key,
    number: source.number,
    ...(result.snapshot === undefined ? {} : { snapshot: result.snapshot }),
  })
}

const example = fixture('sps-commerce/invoice-810.json') as unknown as RsxInvoice

describe('an invoice of a shipment that was announced', () => {
  const history = [harborOrder(), announcement()]

  test('names ship date, PRO number, carrier and cartons as the ship notice did', () => {
    const { Header, Summary } = rsxOf(bill(harborInvoice(), { history }).result)
    const { ShipDate, CarrierProNumber } = example.Header.InvoiceHeader
    expect(Header.InvoiceHeader).toMatchObject({ ShipDate, CarrierProNumber })
    expect(Header.CarrierInformation).toEqual(example.Header.CarrierInformation)
    expect(Summary?.TotalCartonCount).toBe(example.Summary?.TotalCartonCount)
  })

  test('says of every line what was shipped and what is still to come', () => {
    const lines = rsxOf(bill(harborInvoice(), { history }).result).LineItem ?? []
    expect(lines.map((l) => l.InvoiceLine)).toEqual(example.LineItem?.map((l) => l.InvoiceLine))
  })

  test('is held where it bills more than was shipped', () => {
    const file = changedFields(harborInvoice(), {
      'salesInvoices.0.Details.1.Qty': 12,
      'salesInvoices.0.Details.1.Amount': 94.8,
      'salesInvoices.0.Amount': 360.49,
    })
    expect(codesOf(bill(file, { history }).result)).toEqual(['INVOICED_ABOVE_SHIPPED'])
    expect(bill(file, { history: [harborOrder()] }).result.outcome).toBe('write')
  })
})

test('an invoice whose lines together bill more of a line than was ordered is held', () => {
  const file = changedFields(harborInvoice(), {
    'salesInvoices.0.Details.0.Qty': 25,
    'salesInvoices.0.Details.0.Amount': 106.25,
    'salesInvoices.0.Amount': 333.14,
  })
  expect(codesOf(bill(file, { history: [harborOrder()] }).result)).toEqual(['INVOICED_ABOVE_ORDERED'])
})
