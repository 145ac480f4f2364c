import type { ErpPurchaseOrder } from '../../../documents/erp-purchase-order.ts'
import type { Party } from '../../../documents/parts.ts'
import { linePrice } from './amounts.ts'
import { describe, itemNamed, itemsOf, vendorPartOf } from './items.ts'
import { companyNameOf, companyOf, partyOf } from './parties.ts'
import { plainText } from './plain-text.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { lineReference, orderReference } from './references.ts'
import { isGoods } from './sale-orders.ts'
import { lineUnit } from './units.ts'

const states: { readonly [state: string]: ErpPurchaseOrder['state'] } = {
  draft: 'draft',
  sent: 'draft',
  'to approve': 'draft',
  purchase: 'placed',
  done: 'placed',
  cancel: 'cancelled',
  deleted: 'deleted',
}

/** A purchase order that Odoo placed (odoo.md §8.1). Sections and remarks between its lines become notes. */
export function purchaseOrder(order: Reading, records: Records): ErpPurchaseOrder {
  const rows = order.rows('purchase.order.line', 'order_line')
  const goods = rows.filter(isGoods)
  const lines = goods.map((line) => orderLine(line, order, records))
  const planned = lines.flatMap((line) => line.plannedDate ?? []).sort()
  const state = states[order.required('state')]
  const gone = state === 'deleted'
  if (state === undefined)
    order.problem('ODOO_VALUE_INVALID', 'state', `${order.text('state')} is no state of a purchase order.`)
  if (!gone && order.idOf('partner_id') === undefined) order.required('partner_id')
  return {
    type: 'erp-purchase-order',
    number: order.required('name'),
    state: state ?? 'draft',
    ...defined({
      vendor: companyOf(order, 'partner_id'),
      vendorName: companyNameOf(order, 'partner_id'),
      vendorReference: order.text('partner_ref'),
      externalRef: orderReference(order),
      company: order.nameOf('company_id'),
      warehouse: order
        .linked('stock.picking.type', 'picking_type_id')
        ?.linked('stock.warehouse', 'warehouse_id')
        ?.text('code'),
      date: order.day('date_order'),
      plannedDate: planned.at(-1) ?? order.day('date_planned'),
      currency: order.nameOf('currency_id'),
      paymentTerms: order.nameOf('payment_term_id'),
      incoterm: order.linked('account.incoterms', 'incoterm_id')?.text('code') ?? order.nameOf('incoterm_id'),
      buyer: order.nameOf('user_id'),
      amount: order.decimal('amount_untaxed'),
      tax: order.decimal('amount_tax'),
      total: order.decimal('amount_total'),
    }),
    parties: partiesOf(order),
    notes: [
      plainText(order.text('note', 'notes')),
      ...rows.filter((row) => !isGoods(row)).map((row) => row.text('name')),
    ]
      .filter((text) => text !== undefined)
      .map((text) => ({ text })),
    lines,
    items: itemsOf(records),
  }
}

function orderLine(line: Reading, order: Reading, records: Records): ErpPurchaseOrder['lines'][number] {
  const product = line.linked('product.product', 'product_id')
  const vendor = order.linked('res.partner', 'partner_id')
  const vendors = [order.idOf('partner_id'), vendor?.idOf('commercial_partner_id')].filter((id) => id !== undefined)
  const quantity = line.requiredDecimal('product_qty')
  return {
    line: line.id,
    ...defined({
      externalRef: lineReference(line, records),
      item: itemNamed(line),
      vendorPart: vendorPartOf(product, records, new Set(vendors)),
      barcode: product?.text('barcode'),
      description: describe(line),
      received: line.decimal('qty_received'),
      unit: lineUnit(line).name,
      discount: line.decimal('discount'),
      plannedDate: line.day('date_planned'),
    }),
    quantity,
    unitPrice: linePrice(line, quantity).gross,
  }
}

/**
 * Vendor, buyer and bill-to (the company), and ship-to: a dropship address, else the warehouse that receives, else the
 * company.
 */
function partiesOf(order: Reading): Party[] {
  const company = order.linked('res.company', 'company_id')
  const warehouse = order.linked('stock.picking.type', 'picking_type_id')?.linked('stock.warehouse', 'warehouse_id')
  const ofCompany = (role: string): Party | undefined => {
    const name = order.nameOf('company_id')
    if (company) return partyOf(role, company, 'partner_id')
    return name === undefined ? undefined : { role, name, address: [] }
  }
  const shipTo =
    partyOf('ST', order, 'dest_address_id') ?? (warehouse && partyOf('ST', warehouse, 'partner_id')) ?? ofCompany('ST')
  return [partyOf('VN', order, 'partner_id'), ofCompany('BY'), ofCompany('BT'), shipTo].filter((p) => p !== undefined)
}
