import type { Desk, Outcome, Raw } from './desk.ts'

export interface Line {
  id: number
  item?: string
  quantity: number
  price: number
  unit?: string
  discount?: number
  /** YYYY-MM-DD. */
  date?: string
  barcode?: string
  vendorPart?: string
}

export interface Order {
  lines: Line[]
  number?: string
  state?: string
  vendor?: string | false
  note?: string
  currency?: string
  /** The supplier's own number of the order. */
  vendorReference?: string
  version?: 18 | 19
  /** Counts up with every change. */
  revision?: number
}

const unitIds: Record<string, number> = { Units: 1, 'Case of 12': 31, Dozens: 2 }
const noon = (date: string) => `${date} 17:00:00`

/** A purchase order as Odoo tells it, with the records it refers to. */
export function purchaseOrder({
  lines,
  number = 'P00015',
  state = 'purchase',
  vendor = 'PINEMILL',
  version = 19,
  revision = 1,
  ...header
}: Order): Raw {
  const unitField = version === 19 ? 'product_uom_id' : 'product_uom'
  const stamp = `2026-11-21 07:${String(revision).padStart(2, '0')}:00`
  return {
    'purchase.order': [
      {
        id: 22,
        name: number,
        state,
        partner_id: [29, 'Pinewood Mills'],
        partner_ref: header.vendorReference ?? false,
        date_order: '2026-11-20 15:00:00',
        date_planned: noon(lines.map((l) => l.date ?? '2026-12-01').toSorted()[0] ?? '2026-12-01'),
        currency_id: [1, header.currency ?? 'USD'],
        picking_type_id: [1, 'My Company: Receipts'],
        company_id: [1, 'Juniper & Slate Goods'],
        [version === 19 ? 'note' : 'notes']: header.note === undefined ? false : `<p>${header.note}</p>`,
        order_line: lines.map((l) => l.id),
        write_date: stamp,
      },
    ],
    'purchase.order.line': lines.map((l) => ({
      id: l.id,
      name: `[${l.item ?? 'x'}] Product ${l.id}`,
      display_type: false,
      product_id: [100 + l.id, `Product ${l.id}`],
      product_qty: l.quantity,
      [unitField]: [unitIds[l.unit ?? 'Units'], l.unit ?? 'Units'],
      price_unit: l.price,
      discount: l.discount ?? 0,
      date_planned: noon(l.date ?? '2026-12-01'),
      order_id: [22, number],
      write_date: stamp,
    })),
    'product.product': lines.map((l) => ({
      id: 100 + l.id,
      name: `Product ${l.id}`,
      default_code: l.item ?? false,
      barcode: l.barcode ?? false,
      uom_id: [1, 'Units'],
      product_tmpl_id: [100 + l.id, `Product ${l.id}`],
    })),
    'product.supplierinfo': lines.flatMap((l) =>
      l.vendorPart === undefined
        ? []
        : [
            {
              id: l.id,
              partner_id: [29, 'Pinewood Mills'],
              product_tmpl_id: [100 + l.id, ''],
              product_code: l.vendorPart,
            },
          ],
    ),
    'res.partner': [
      { id: 29, name: 'Pinewood Mills', ref: vendor, is_company: true, commercial_partner_id: [29, 'Pinewood Mills'] },
    ],
    'stock.picking.type': [{ id: 1, name: 'Receipts', code: 'incoming', warehouse_id: [1, 'My Company'] }],
    'stock.warehouse': [{ id: 1, name: 'My Company', code: 'WH' }],
    'ml_connector.reading': [{ id: 1, timezone: 'America/Chicago' }],
  }
}

/** Two lines of one order: mugs in cases, bowls in pieces. */
export const mugs: Line = {
  id: 9,
  item: 'JS-MUG-12',
  quantity: 10,
  unit: 'Case of 12',
  price: 38.4,
  date: '2026-12-05',
}
export const bowls: Line = { id: 10, item: 'JS-BWL-06', quantity: 120, price: 4.1, date: '2026-12-07' }

/** An order that the supplier has. */
export async function placed(desk: Desk, order: Order = { lines: [mugs, bowls] }): Promise<Outcome> {
  const outcome = await desk.order(purchaseOrder(order))
  if (outcome.outcome !== 'write') throw new Error(JSON.stringify(outcome.problems))
  return outcome
}

/** Number, item, quantity, unit, price and day of every line of an 850 or 860. */
export const linesOf = (record: Raw): Raw[] =>
  (record.LineItem ?? []).map(({ OrderLine: l, Dates: d }: Raw) => [
    l.LineSequenceNumber,
    l.BuyerPartNumber,
    l.OrderQty,
    l.OrderQtyUOM,
    l.PurchasePrice,
    d?.[0]?.Date,
  ])
