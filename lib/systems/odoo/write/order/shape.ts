import type { OrderModel } from '../../records.ts'
import type { FieldInfo, Odoo } from '../../rpc.ts'
import { cancelsSale, confirmsAgreement, nameOn } from '../../versions.ts'

type Fields = Readonly<Record<string, FieldInfo>>

/** What an order model calls its things in the version at hand; undefined where it has no such thing (odoo.md §12). */
export interface Shape {
  model: OrderModel
  /** For messages: "sales order". */
  title: string
  lines: { model: string; field: string; header: string }
  /** The document's own fields. */
  partner: string
  shipTo?: string | undefined
  theirReference?: string | undefined
  origin: string
  date?: string | undefined
  planned?: string | undefined
  currency?: string | undefined
  carrier?: string | undefined
  warehouse?: string | undefined
  pickingType?: string | undefined
  note?: { field: string; html: boolean } | undefined
  total?: string | undefined
  locked?: string | undefined
  agreementKind?: string | undefined
  /** Fields of a line. */
  quantity: string
  unit: string
  price: string
  discount?: string | undefined
  text: string
  linePlanned?: { field: string; time: boolean } | undefined
  /** Quantity that has left or come in. */
  moved: string
  invoiced?: string | undefined
  confirm: string
  cancel: { method: string; context: { [key: string]: boolean } }
}

const titles: Record<OrderModel, string> = {
  'sale.order': 'sales order',
  'purchase.order': 'purchase order',
  'purchase.requisition': 'purchase agreement',
}

const lineModels: Record<OrderModel, Shape['lines']> = {
  'sale.order': { model: 'sale.order.line', field: 'order_line', header: 'order_id' },
  'purchase.order': { model: 'purchase.order.line', field: 'order_line', header: 'order_id' },
  'purchase.requisition': { model: 'purchase.requisition.line', field: 'line_ids', header: 'requisition_id' },
}

/** Reads the fields of header and lines (kept by the session) and picks the names by presence, never by version. */
export async function shapeOf(odoo: Odoo, model: OrderModel): Promise<Shape> {
  const lines = lineModels[model]
  const [header, line] = await Promise.all([odoo.fields(model), odoo.fields(lines.model)])
  const common = {
    model,
    title: titles[model],
    lines,
    unit: nameOn(line, 'lineUnit') ?? 'product_uom_id',
    price: 'price_unit',
    discount: first(line, 'discount'),
    carrier: first(header, 'carrier_id'),
    locked: first(header, 'locked'),
  }
  if (model === 'sale.order')
    return {
      ...common,
      partner: 'partner_id',
      shipTo: 'partner_shipping_id',
      theirReference: 'client_order_ref',
      origin: 'origin',
      date: 'date_order',
      planned: first(header, 'commitment_date'),
      warehouse: first(header, 'warehouse_id'),
      note: noteOf(header, 'note'),
      total: 'amount_untaxed',
      quantity: 'product_uom_qty',
      text: 'name',
      moved: 'qty_delivered',
      invoiced: 'qty_invoiced',
      confirm: 'action_confirm',
      cancel: { method: 'action_cancel', context: cancelsSale },
    }
  if (model === 'purchase.order')
    return {
      ...common,
      partner: 'partner_id',
      theirReference: 'partner_ref',
      origin: 'origin',
      date: 'date_order',
      currency: 'currency_id',
      pickingType: first(header, 'picking_type_id'),
      note: noteOf(header, nameOn(header, 'purchaseNote')),
      total: 'amount_untaxed',
      quantity: 'product_qty',
      text: 'name',
      linePlanned: { field: 'date_planned', time: true },
      moved: 'qty_received',
      invoiced: 'qty_invoiced',
      confirm: 'button_confirm',
      cancel: { method: 'button_cancel', context: {} },
    }
  const schedule = first(line, 'schedule_date')
  return {
    ...common,
    partner: 'vendor_id',
    // From 18 on an agreement has one reference; ours stands there, since it contains the other side's number.
    theirReference: undefined,
    origin: nameOn(header, 'agreementOrigin') ?? 'reference',
    date: first(header, 'ordering_date'),
    planned: first(header, 'schedule_date'),
    currency: 'currency_id',
    pickingType: first(header, 'picking_type_id'),
    note: noteOf(header, 'description'),
    agreementKind: first(header, 'requisition_type'),
    quantity: 'product_qty',
    text: 'product_description_variants',
    linePlanned: schedule === undefined ? undefined : { field: schedule, time: false },
    moved: 'qty_ordered',
    confirm: confirmsAgreement(header),
    cancel: { method: 'action_cancel', context: {} },
  }
}

const first = (fields: Fields, name: string): string | undefined => (fields[name] ? name : undefined)

function noteOf(fields: Fields, field: string | undefined): Shape['note'] {
  return field === undefined || !fields[field] ? undefined : { field, html: fields[field].type === 'html' }
}

/** States in which an order is still a draft: it can be changed freely and confirmed. */
export const isDraft = (state: string): boolean => state === 'draft' || state === 'sent'
