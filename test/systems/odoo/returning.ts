import type { ReturnRecord } from '../../../lib/systems/odoo/records.ts'
import { addCentre, sent, shipment, soldOrder, stock } from './shipping.ts'
import { line, Pusher, startCompany, type TestCompany } from './writing.ts'

type Line = ReturnRecord['lines'][number]

/** Goods that came back and what was done with them. */
export const back = (item: string, quantity: number, action: Line['action'], over: Partial<Line> = {}): Line => ({
  product: { item },
  quantity: String(quantity),
  action,
  path: `${item} ${action}`,
  ...over,
})

export const returned = (lines: Line[], over: Partial<ReturnRecord> = {}): ReturnRecord => ({
  order: 'SHOP:1',
  shipment: '352900411',
  returnNumber: '2933435',
  rma: 'RMA-2026-0091',
  at: '2026-09-24T09:10:00Z',
  lines,
  ...over,
})

export interface Desk {
  company: TestCompany
  push: Pusher
  /** Complete names of the places of the fulfilment centre. */
  west: string
  apart: string
}

/** 5 widgets and 3 creams of lot A that left the centre with one shipment. */
export async function shipped(version: 18 | 19, settings: object = {}): Promise<Desk> {
  const company = await startCompany(version)
  const push = new Pusher(company, settings)
  const [west, apart] = [addCentre(company, 'West'), addCentre(company, 'Quarantine')]
  stock(company, company.products.widget, west, 10)
  stock(company, company.products.cream, west, 10, 'A')
  await soldOrder(push, [line('1', 'WIDGET', 5, 4), line('2', 'CREAM', 3, 3)])
  const record = shipment('SHOP:1', [sent('WIDGET', 5), sent('CREAM', 3, { lot: 'A' })], { source: west })
  const outcome = await push.write('book-delivery', record, 'shipment:352900411')
  if (outcome.outcome !== 'delivered') throw new Error(JSON.stringify(outcome))
  return { company, push, west, apart }
}

/** What stands at a place of a product. */
export const at = (company: TestCompany, place: string, product: number): number =>
  company
    .records('stock.quant', [
      ['location_id.complete_name', '=', place],
      ['product_id', '=', product],
    ])
    .reduce((sum, row) => sum + Number(row.quantity), 0)

export const scrapOf = (company: TestCompany): string =>
  company.version === 18 ? 'Virtual Locations/Scrap' : 'Inventory adjustment'

/** Delivered quantities of the order's lines. */
export const deliveredOf = (company: TestCompany): unknown[] =>
  company.records('sale.order.line', [], ['qty_delivered']).map((row) => row.qty_delivered)

/** Transfers as "name state", without the notes; the notes are given apart. */
export const transfersOf = (company: TestCompany): string[] =>
  company.records('stock.picking').map((row) => `${row.name} ${row.state}`)
export const notesOf = (company: TestCompany): string[] =>
  company.records('stock.picking').map((row) => String(row.note))
