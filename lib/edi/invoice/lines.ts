import {
  absolute,
  add,
  cents,
  compare,
  type Decimal,
  divideExactly,
  equal,
  multiply,
  subtract,
  toNumber,
} from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { Invoice, InvoiceLine } from '../../documents/invoice.ts'
import type { RsxInvoiceLineItem } from '../../systems/sps-commerce/records.ts'
import { type BuyerLine, buyerLine, type EdiOrder, erpKeyOf, storeShare } from '../outbound/edi-order.ts'
import { itemNumbersOf } from '../outbound/item-numbers.ts'
import { type OutUnit, outUnit } from '../outbound/units.ts'
import type { Coded } from './totals.ts'

/** Where a line's order line is: on an invoice its own, on a credit memo the original invoice's (I5). */
export interface LineOrigin {
  key?: string
  orderLine?: string
}

/** The order line behind every invoice line; on a credit memo by way of the invoice line it credits. */
export function origins({ lines, originals, kind }: Invoice, find: Findings): LineOrigin[] {
  const ofLine = ({ orderType, order, orderLine }: InvoiceLine): LineOrigin =>
    order === undefined ? {} : { key: `${orderType}/${order}`, ...(orderLine === undefined ? {} : { orderLine }) }
  return lines.map((line, index) => {
    if (kind !== 'Credit Memo') return ofLine(line)
    const { original } = line
    const invoice = originals.find((o) => o.number === original?.number && o.kind === original?.kind)
    const credited = invoice?.lines.find((l) => l.line === original?.line)
    // A credit made for an order itself names it: no invoice is needed to tell the buyer's line.
    if (!credited && line.original === undefined && line.order !== undefined) return ofLine(line)
    if (!credited) {
      const named = original ? `${original.kind} ${original.number} line ${original.line ?? '?'}` : 'no invoice line'
      find.hold(
        'ORIGINAL_UNKNOWN',
        `Credit line ${line.line} credits ${named}, which could not be read. Its order and buyer's line are needed.`,
        `Details[${index}].OrigInvNbr`,
      )
      return {}
    }
    find.decide({
      field: `LineItem[${index}]`,
      rule: 'I5',
      input: `Details[${index}] credits ${original?.number}/${original?.line}`,
      value: `${credited.orderType}/${credited.order}/${credited.orderLine}`,
    })
    return ofLine(credited)
  })
}

/** An invoiced line as the retailer gets it, and its amount before the line discount. */
export interface BilledLine {
  item: RsxInvoiceLineItem
  path: string
  /** "SO/SO-20931", the buyer's line in it, and the shipment it bills. */
  erpOrder: string
  line: string
  shipment: string | undefined
  /** X12 unit of `quantity`. */
  unit: string
  /** What was ordered, or one store's share of it, in the same unit; absent where that cannot be told, or does not matter. */
  limit: Decimal | undefined
  quantity: Decimal
  gross: Decimal
  discount: Decimal
}

/** One line (I2): quantity in the order's unit, price before discount, the discount as an allowance. */
export function billLine(
  invoice: Invoice,
  index: number,
  origin: LineOrigin,
  orders: ReadonlyMap<string, EdiOrder>,
  { tables, find, discountCode }: { tables: Tables; find: Findings; discountCode: Coded },
): BilledLine | undefined {
  const line = invoice.lines[index]
  const order = orders.get(origin.key ?? '')
  if (!line || !order) return undefined
  const path = `Details[${index}]`
  const buyer = buyerLine(order, origin.orderLine)
  if (!buyer)
    return find.hold(
      'BUYER_LINE_UNKNOWN',
      `Invoice line ${line.line} (${line.item ?? line.description ?? ''}) is order line ${origin.orderLine ?? '?'} of ${order.erp.number}, which has no line number of the buyer.`,
      `${path}.OrderLineNbr`,
    )
  const unit = outUnit(buyer, line.unit, {
    tables,
    tradingPartner: order.tradingPartner,
    find,
    field: `LineItem[${index}].InvoiceLine.InvoiceQtyUOM`,
    path: `${path}.UOM`,
  })
  if (!unit) return undefined
  const erpQuantity = absolute(line.quantity)
  const quantity = divideExactly(erpQuantity, unit.perUnit)
  if (quantity === undefined)
    return find.hold(
      'QUANTITY_NOT_EXACT',
      `Line ${buyer.line}: ${line.quantity} ${line.unit ?? ''} is no exact quantity in ${unit.x12}.`,
      `${path}.Qty`,
    )
  const discount = absolute(line.discountAmount)
  const gross = add(absolute(line.amount), discount)
  const price = multiply(absolute(line.unitPrice), unit.perUnit)
  const reckoned = cents(multiply(price, quantity))
  // Acumatica rounds its own way; more than a cent is another price than the one stated.
  if (compare(absolute(subtract(reckoned, gross)), '0.01') > 0)
    find.hold(
      'LINE_AMOUNT_DIFFERS',
      `Line ${buyer.line}: ${quantity} at ${price} is ${reckoned}, the invoice says ${gross} before discount.`,
      `${path}.Amount`,
    )
  const { snapshot } = buyer
  const credit = invoice.kind === 'Credit Memo'
  const ordered = credit ? undefined : orderedQuantity(buyer, line.unit, unit)
  const basis = snapshot?.priceBasis !== undefined && snapshot.price !== undefined && equal(snapshot.price, price)
  const description = snapshot?.description ?? line.description
  const stock = invoice.items.find((i) => i.item === line.item)
  const item: RsxInvoiceLineItem = {
    InvoiceLine: {
      LineSequenceNumber: buyer.line,
      ...itemNumbersOf(buyer, stock, {
        customer: order.erp.customer ?? invoice.customer,
        tradingPartner: order.tradingPartner,
        tables,
        find,
      }),
      InvoiceQty: toNumber(quantity),
      InvoiceQtyUOM: unit.x12,
      OrderQty: ordered && toNumber(ordered.quantity),
      OrderQtyUOM: ordered?.unit,
      PurchasePrice: toNumber(price),
      ExtendedItemTotal: toNumber(gross),
      PurchasePriceBasis: basis ? snapshot?.priceBasis : undefined,
    },
    ProductOrItemDescription:
      description === undefined ? [] : [{ ProductCharacteristicCode: '08', ProductDescription: description }],
    ChargesAllowances:
      compare(discount, '0') > 0
        ? [
            {
              AllowChrgIndicator: 'A',
              AllowChrgCode: discountCode.value,
              AllowChrgAmt: toNumber(discount),
              AllowChrgHandlingCode: '02',
            },
          ]
        : [],
  }
  if (item.ChargesAllowances?.length)
    find.decide({
      field: `LineItem[${index}].ChargesAllowances`,
      rule: 'I2',
      input: `${path}.DiscountAmount=${line.discountAmount}`,
      value: `${discountCode.value} ${discount}`,
      ...(discountCode.source ? { table: discountCode.source } : {}),
    })
  const most = invoice.kind === 'Invoice' && ordered?.unit === unit.x12 ? ordered.quantity : undefined
  return {
    item,
    path: `${path}.Qty`,
    erpOrder: erpKeyOf(order.erp),
    line: buyer.line,
    shipment: line.shipment,
    unit: unit.x12,
    limit: most === undefined ? undefined : (storeShare(order, buyer.line) ?? most),
    quantity,
    gross,
    discount,
  }
}

/** What was ordered, in its own unit: a line may be billed in another one. Absent where the units cannot be compared. */
function orderedQuantity(
  { snapshot, erpLine }: BuyerLine,
  billedUnit: string | undefined,
  unit: OutUnit,
): { quantity: Decimal; unit: string } | undefined {
  if (snapshot) return { quantity: snapshot.resolved.quantity, unit: snapshot.resolved.unit }
  if (erpLine.quantity === undefined || erpLine.unit !== billedUnit) return undefined
  const quantity = divideExactly(erpLine.quantity, unit.perUnit)
  return quantity === undefined ? undefined : { quantity, unit: unit.x12 }
}
