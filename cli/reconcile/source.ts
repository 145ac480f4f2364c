import {
  absolute,
  add,
  cents,
  type Decimal,
  divideExactly,
  isZero,
  multiply,
  subtract,
} from '../../lib/core/decimal.ts'
import type { ErpPurchaseOrder } from '../../lib/documents/erp-purchase-order.ts'
import type { DocumentType } from '../../lib/documents/index.ts'
import type { Invoice } from '../../lib/documents/invoice.ts'
import type { PurchaseOrder, PurchaseOrderChange, PurchaseOrderLine } from '../../lib/documents/purchase-order.ts'
import type { ReceivingProgress } from '../../lib/documents/receiving-progress.ts'
import type { ServiceInvoice } from '../../lib/documents/service-invoice.ts'
import type { WarehouseReceipt } from '../../lib/documents/warehouse-receipt.ts'
import type { Figures, LineFigure } from './figures.ts'

/** Pieces of a price basis by definition (X12 element 639); stated apart from the mapping's, which it is a check of. */
const basisPieces: Readonly<Record<string, Decimal>> = {
  PE: '1',
  PN: '10',
  PD: '12',
  HP: '100',
  HT: '1000',
  TT: '10000',
  HTH: '100000',
}
/** Units that are a number of pieces by definition (X12 element 355). */
const unitPieces: Readonly<Record<string, Decimal>> = { EA: '1', UN: '1', PC: '1', DZ: '12', GR: '144' }

type Reckon<Document> = (document: Document) => Figures | undefined

/**
 * What a document comes to as its source states it, by type: orders, invoices and receipts. Reckoned from the canonical
 * document alone, without the tables or the rules by which it was mapped, so that it is a check of them. Undefined for
 * another type, and for a document that moves nothing.
 */
export function sourceFigures(type: string, document: unknown): Figures | undefined {
  const reckon = bySource[type as DocumentType] as Reckon<unknown> | undefined
  return reckon?.(document)
}

const bySource: Partial<Record<DocumentType, unknown>> = {
  'purchase-order': (order: PurchaseOrder): Figures => ordered(order, false),
  'purchase-order-change': (change: PurchaseOrderChange): Figures => ordered(change, change.purpose !== 'replace'),

  'erp-purchase-order': ({ currency, lines }: ErpPurchaseOrder): Figures => ({
    currency,
    partial: false,
    lines: lines.map(({ quantity, unitPrice, discount }, i) => ({
      line: String(i + 1),
      quantity,
      amount: cents(multiply(multiply(quantity, unitPrice), less(discount))),
    })),
  }),

  invoice: ({ currency, amount, lines }: Invoice): Figures => ({
    currency,
    amount: absolute(amount),
    partial: false,
    lines: lines.map((line, i) => ({
      line: String(i + 1),
      quantity: absolute(line.quantity),
      amount: add(absolute(line.amount), absolute(line.discountAmount)),
    })),
  }),

  'service-invoice': ({ currency, amount, billable }: ServiceInvoice): Figures | undefined =>
    billable ? { currency, amount: absolute(amount), partial: false, lines: [] } : undefined,

  // What is short never came; what is another product is for a person and never delivered.
  'warehouse-receipt': ({ lines }: WarehouseReceipt): Figures =>
    summed(lines.flatMap(({ outcomes }) => outcomes.filter((o) => o.condition !== '02').map((o) => o.quantity))),

  // Totals so far on both sides, never differences.
  'receiving-progress': ({ lines }: ReceivingProgress): Figures => summed(lines.map(({ stowed }) => stowed)),
}

function ordered({ currency, lines }: PurchaseOrder | PurchaseOrderChange, partial: boolean): Figures {
  const moving = lines.filter(({ change, quantity }) => change !== 'DI' && quantity !== undefined)
  return {
    currency,
    partial,
    lines: moving.map(
      (line): LineFigure => ({
        line: line.line,
        quantity: line.quantity,
        pieces: piecesOf(line),
        amount: amountOf(line),
      }),
    ),
  }
}

/** How many pieces one ordered unit has, as far as the document or the unit's definition says. */
const inUnit = ({ unit, packSize }: PurchaseOrderLine): Decimal | undefined => unitPieces[unit ?? ''] ?? packSize

function piecesOf(line: PurchaseOrderLine): Decimal | undefined {
  const each = inUnit(line)
  return each === undefined || line.quantity === undefined ? undefined : multiply(line.quantity, each)
}

/** Quantity times price; a price per another unit than the ordered one where both are known in pieces. */
function amountOf(line: PurchaseOrderLine): Decimal | undefined {
  const { quantity, price, priceBasis, unit } = line
  if (quantity === undefined || price === undefined) return undefined
  if (priceBasis === undefined || priceBasis === 'UM' || priceBasis === unit) return cents(multiply(quantity, price))
  const pieces = piecesOf(line)
  const basis = basisPieces[priceBasis] ?? unitPieces[priceBasis]
  if (pieces === undefined || basis === undefined || isZero(basis)) return undefined
  const amount = multiply(pieces, price)
  const exact = divideExactly(amount, basis)
  return exact === undefined ? undefined : cents(exact)
}

const less = (percent: Decimal | undefined): Decimal => multiply(subtract('100', percent ?? '0'), '0.01')

/** Goods that the two sides list differently: one sum. */
const summed = (quantities: readonly Decimal[]): Figures => ({
  partial: false,
  lines: [{ line: '', quantity: add('0', ...quantities) }],
})
