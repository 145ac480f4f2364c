import type { Decimal } from '../../../core/decimal.ts'
import type { ErpOrder } from '../../../documents/erp-order.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import { linePrice } from './amounts.ts'
import { describe, itemNamed, itemsOf } from './items.ts'
import { companyOf, locationOf, partyOf, placeOf } from './parties.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { lineReference, orderReference } from './references.ts'
import { isGoods, orderedLines, saleLocations, saleOrder } from './sale-orders.ts'
import { lineUnit } from './units.ts'

type State = ReceivedOrder['state']
type Accepted = ReceivedOrder['accepted'][number]

const confirmed = new Set(['sale', 'purchase', 'done', 'confirmed', 'ongoing', 'in_progress', 'open'])

const stateOf = (order: Reading): State => {
  const state = order.required('state')
  if (state === 'deleted') return 'deleted'
  if (state === 'cancel') return 'cancelled'
  return confirmed.has(state) ? 'confirmed' : 'draft'
}

/** An order that came as a retailer's 850, as it now stands in Odoo; what it became is its model. */
export function receivedOrder(order: Reading, records: Records): ReceivedOrder {
  const state = stateOf(order)
  const kinds = { 'sale.order': ofSale, 'purchase.order': ofPurchase, 'purchase.requisition': ofAgreement }
  const read = kinds[order.model as keyof typeof kinds] ?? ofSale
  return { type: 'received-order', kind: order.model, state, items: itemsOf(records), ...read(order, records) }
}

type Parts = Pick<ReceivedOrder, 'order' | 'accepted' | 'locations' | 'promisedDate'>

function ofSale(order: Reading, records: Records): Parts {
  const promised = order.day('commitment_date')
  return {
    ...defined({ promisedDate: promised }),
    order: saleOrder(order, records),
    accepted: orderedLines(order).map((line) => accepted(line, records, 'product_uom_qty', promised)),
    locations: saleLocations([order]),
  }
}

function ofPurchase(order: Reading, records: Records): Parts {
  const rows = order.rows('purchase.order.line', 'order_line').filter(isGoods)
  const lines = rows.map((line) => accepted(line, records, 'product_qty', line.day('date_planned')))
  const promised = lines.flatMap((line) => line.promisedDate ?? []).sort()
  return {
    ...defined({ promisedDate: promised.at(-1) ?? order.day('date_planned') }),
    order: {
      ...header(order, 'partner_id', order.text('partner_ref')),
      ...defined({ date: order.day('date_order') }),
      lines: orderLines(rows, lines),
    },
    accepted: lines,
    locations: locationOf(order, companyOf(order, 'partner_id'), 'dest_address_id'),
  }
}

function ofAgreement(order: Reading, records: Records): Parts {
  const rows = order.rows('purchase.requisition.line', 'line_ids')
  const lines = rows.map((line) => accepted(line, records, 'product_qty', line.day('schedule_date')))
  const reference = orderReference(order)
  const theirs = order.text('reference')
  return {
    ...defined({ promisedDate: order.day('schedule_date') }),
    order: {
      ...header(order, 'vendor_id', theirs === reference ? undefined : theirs),
      ...defined({ date: order.day('ordering_date', 'date_start', 'create_date') }),
      lines: orderLines(rows, lines),
    },
    accepted: lines,
    locations: [],
  }
}

/** Before tax and after discount; an agreement's price has neither. */
function accepted(line: Reading, records: Records, quantityField: string, promised: string | undefined): Accepted {
  const quantity: Decimal = line.requiredDecimal(quantityField)
  return {
    line: line.id,
    quantity,
    unitPrice: linePrice(line, quantity).net,
    ...defined({
      externalRef: lineReference(line, records),
      item: itemNamed(line),
      unit: lineUnit(line).name,
      promisedDate: promised,
    }),
  }
}

const header = (order: Reading, partnerField: string, theirs: string | undefined): Omit<ErpOrder, 'lines'> => ({
  orderType: order.model,
  number: order.required('name'),
  ...defined({
    status: order.text('state'),
    customer: companyOf(order, partnerField),
    location: placeOf(order, 'dest_address_id'),
    customerOrder: theirs,
    externalRef: orderReference(order),
    currency: order.nameOf('currency_id'),
    shipTo: partyOf('ST', order, 'dest_address_id'),
  }),
})

const orderLines = (rows: readonly Reading[], lines: readonly Accepted[]): ErpOrder['lines'] =>
  lines.flatMap((line, i) => {
    const { externalRef, item, quantity, unit, unitPrice } = line
    const description = rows[i] && describe(rows[i])
    return item === undefined
      ? []
      : [{ line: line.line, item, quantity, unitPrice, ...defined({ externalRef, unit, description }) }]
  })
