import type { Tables } from '../../../lib/core/tables.ts'
import { type Raw, rsx } from './desk.ts'
import { tablesOf } from './tables.ts'

/** The two versions whose recorded records the fixtures are, with the sales order's number in each. */
export const versions = [
  ['18', 'S00006'],
  ['19', 'S00005'],
] as const

/** The 850 that the recorded sales order was made from: four cases of mugs, thirty bowls at 10 % off, five sets. */
export const liveOrder = (edit: (raw: Raw) => void = () => undefined): Raw =>
  rsx('order-850', (o) => {
    delete o.Header.ChargesAllowances
    delete o.Summary
    o.Header.Dates = [{ DateTimeQualifier: '002', Date: '2026-12-02' }]
    const bowls = { AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 33.75, AllowChrgHandlingCode: '02' }
    o.LineItem = [
      { OrderLine: lineOf('0001', '771204', 'JS-MUG-12', 4, 'CA', 93.6) },
      { OrderLine: lineOf('0002', '771209', 'JS-BWL-06', 30, 'EA', 11.25), ChargesAllowances: [bowls] },
      { OrderLine: lineOf('0003', '771300', 'JS-SET-4', 5, 'EA', 39.5) },
    ]
    edit(o)
  })

const lineOf = (number: string, buyer: string, vendor: string, quantity: number, unit: string, price: number): Raw => ({
  LineSequenceNumber: number,
  BuyerPartNumber: buyer,
  VendorPartNumber: vendor,
  OrderQty: quantity,
  OrderQtyUOM: unit,
  PurchasePrice: price,
})

/** Tables for it: a case of mugs is a unit of its own in Odoo, allowances of lines become discounts. */
export const liveTables = (wishes: Record<string, string> = {}): Tables =>
  tablesOf((rows) => ({
    partners: (rows.partners ?? []).map((row) =>
      row.tradingPartner === '3F1HARBORPINE' ? { ...row, charges: 'apply', ...wishes } : row,
    ),
    items: [
      ...(rows.items ?? []),
      { item: 'JS-SET-4' },
      { tradingPartner: '3F1HARBORPINE', buyerPart: '771300', item: 'JS-SET-4' },
    ],
    units: [...(rows.units ?? []), { x12: 'CA', unit: 'Case of 12', eaches: '12', item: 'JS-MUG-12' }],
  }))

/** The lines of the order in the records, by the buyer's number that their external id ends in. */
export function lineIn(bundle: Raw, number: string, model = 'sale.order.line'): Raw {
  const row = bundle['ir.model.data'].find((r: Raw) => r.model === model && r.name.endsWith(`__${number}`))
  return bundle[model].find((l: Raw) => l.id === row?.res_id)
}

/** The line's own field of that meaning, whatever this version calls it. */
export const unitField = (line: Raw): string => ('product_uom_id' in line ? 'product_uom_id' : 'product_uom')

/** Status, quantity, unit and price of every entry of an 855 by line. */
export const answers = (record: Raw) =>
  Object.fromEntries(
    record.LineItem.map((l: Raw) => [
      l.OrderLine.LineSequenceNumber,
      l.LineItemAcknowledgement.map((a: Raw) =>
        [a.ItemStatusCode, a.ItemScheduleQty, a.ItemScheduleUOM, a.PurchasePrice].filter((v) => v !== undefined),
      ),
    ]),
  )
