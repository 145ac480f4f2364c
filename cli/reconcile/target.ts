import * as z from 'zod'
import { add, cents, type Decimal, multiply, toDecimal } from '../../lib/core/decimal.ts'
import type { Json, Write } from '../../lib/core/exchange.ts'
import type { DeliveredWrite } from '../../lib/core/flow.ts'
import type { Figures, LineFigure } from './figures.ts'

/** A write that was delivered, with what the target answered. */
export interface Done {
  write: Write
  target: DeliveredWrite
}

const figure = z.union([z.number(), z.string()]).transform((value) => toDecimal(value) ?? '0')

/** The order as the target answered that it stands (acumatica and odoo `OrderResult`). */
const orderAnswer = z.object({
  lines: z.array(z.object({ externalRef: z.string(), quantity: figure, price: figure })),
})

const sentInvoice = z.object({
  Header: z.object({ InvoiceHeader: z.object({ BuyersCurrency: z.string().optional() }) }),
  LineItem: z.array(z.object({ InvoiceLine: z.object({ InvoiceQty: figure, ExtendedItemTotal: figure.optional() }) })),
  Summary: z.object({ TotalAmount: figure }),
})

const sentOrder = z.object({
  Header: z.object({ OrderHeader: z.object({ BuyersCurrency: z.string().optional() }) }),
  LineItem: z.array(z.object({ OrderLine: z.object({ OrderQty: figure, PurchasePrice: figure.optional() }) })),
})

const receivedGoods = z.object({ mode: z.literal('validate'), lines: z.array(z.object({ quantity: figure })) })
const stowedGoods = z.object({ lines: z.array(z.object({ stowed: figure })) })
const madeBill = z.object({ total: figure })

/**
 * What came of a document at its target: as the target answered where it answers with figures (orders, bills), else as
 * the record that it took says (invoices and orders sent, goods booked). Undefined for writes that move nothing of it.
 */
export function targetFigures(done: readonly Done[]): Figures | undefined {
  const found = done.flatMap(({ write, target }) => byOperation[write.operation]?.(write, target) ?? [])
  const [first] = found
  if (!first) return undefined
  // A document for several stores is several orders: its lines are together what was ordered.
  return found.length === 1 ? first : { ...first, lines: together(found.flatMap(({ lines }) => lines)) }
}

type Read = (write: Write, target: DeliveredWrite) => Figures | undefined

const answeredOrder: Read = ({ record }, { result }) => {
  const read = orderAnswer.safeParse(result)
  if (!read.success) return undefined
  const { lines } = read.data
  return {
    currency: text(record.currency) ?? text(unwrapped(record.CurrencyID)),
    partial: false,
    lines: lines.map(({ externalRef: line, quantity, price }) => ({
      line,
      quantity,
      amount: product(quantity, price),
    })),
  }
}

const byOperation: Readonly<Record<string, Read>> = {
  'create-order': answeredOrder,
  'replace-order': answeredOrder,
  'change-order': answeredOrder,

  'send-invoice': ({ record }) => {
    const { Header, LineItem, Summary } = sentInvoice.parse(record)
    return {
      currency: Header.InvoiceHeader.BuyersCurrency,
      amount: Summary.TotalAmount,
      partial: false,
      lines: LineItem.map(({ InvoiceLine: { InvoiceQty, ExtendedItemTotal } }, i) => ({
        line: String(i + 1),
        quantity: InvoiceQty,
        amount: ExtendedItemTotal,
      })),
    }
  },

  'send-purchase-order': ({ record }) => {
    const { Header, LineItem } = sentOrder.parse(record)
    return {
      currency: Header.OrderHeader.BuyersCurrency,
      partial: false,
      lines: LineItem.map(({ OrderLine: { OrderQty, PurchasePrice } }, i) => ({
        line: String(i + 1),
        quantity: OrderQty,
        amount: PurchasePrice === undefined ? undefined : product(OrderQty, PurchasePrice),
      })),
    }
  },

  'receive-goods': ({ record }) => {
    const read = receivedGoods.safeParse(record)
    return read.success ? summed(read.data.lines.map((l) => l.quantity)) : undefined
  },
  'book-receipt': ({ record }) => summed(stowedGoods.parse(record).lines.map((l) => l.stowed)),

  'create-bill': ({ record }, { result }) => ({
    currency: text(record.currency),
    amount: madeBill.parse(result).total,
    partial: false,
    lines: [],
  }),
}

const product = (quantity: Decimal, price: Decimal): Decimal => cents(multiply(quantity, price))

const summed = (quantities: readonly Decimal[]): Figures => ({
  partial: false,
  lines: [{ line: '', quantity: add('0', ...quantities) }],
})

function together(lines: readonly LineFigure[]): LineFigure[] {
  const byLine = Map.groupBy(lines, ({ line }) => line)
  return [...byLine].map(([line, some]) => ({
    line,
    quantity: add('0', ...some.map((one) => one.quantity ?? '0')),
    amount: some.some((one) => one.amount === undefined)
      ? undefined
      : add('0', ...some.map((one) => one.amount ?? '0')),
  }))
}

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** Acumatica wraps every value: {"value": "USD"}. */
const unwrapped = (value: Json | undefined): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value.value : undefined
