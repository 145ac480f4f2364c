import type { Decimal } from '../../core/decimal.ts'
import type { HistoryEntry } from '../../core/flow.ts'
import type { Tables } from '../../core/tables.ts'
import type { ErpOrder } from '../../documents/erp-order.ts'
import { isOurs, readExternalRef } from '../order/identity.ts'
import { type OrderSnapshot, readSnapshot, type SnapshotLine } from '../order/snapshot.ts'
import { isOrder, latestOrder } from '../order/thread.ts'
import { partnersOfCustomer } from '../resolve/partner.ts'

/** An ERP order that came as an 850, and what is known of it. */
export interface EdiOrder {
  erp: ErpOrder
  tradingPartner: string
  /** The retailer's purchase order number. */
  number: string
  release?: string
  store?: string
  /** The order as the ledger last knew it; absent where the 850 came before the ledger began. */
  snapshot?: OrderSnapshot
  /** True where a person entered the order: its lines have no number of the buyer, and are counted. */
  byHand?: boolean
  /** True where people cannot give a line its number in the ERP: one they entered anew is known by its item. */
  byItem?: boolean
}

/** The key by which shipment and invoice lines name their ERP order: "SO/SO-20931". */
export const erpKeyOf = ({ orderType, number }: Pick<ErpOrder, 'orderType' | 'number'>): string =>
  `${orderType}/${number}`

/** Purchase order numbers under which the ledger may know an ERP order, and its other shipments and invoices. */
export const purchaseNumbersOf = ({ externalRef, customerOrder }: ErpOrder): string[] => {
  if (externalRef === undefined || !isOurs(externalRef)) return customerOrder === undefined ? [] : [customerOrder]
  const number = readExternalRef(externalRef)?.number ?? customerOrder
  return number === undefined ? [] : [number]
}

/** An ERP order of ours whose purchase order cannot be told. */
export interface UntoldOrder {
  untold: { code: 'PURCHASE_ORDER_UNKNOWN' | 'PARTNER_AMBIGUOUS'; message: string }
}

/**
 * Documents that made an ERP order what it is. One that stands while no write is recorded for it was written by a worker
 * that is not through, or died before it recorded that: the first 850 that has it as a part is the one.
 * @param history of the ERP order's number and, for those not recorded yet, of its purchase order's
 */
export function madeOf(
  { number, externalRef }: Pick<ErpOrder, 'number' | 'externalRef'>,
  history: readonly HistoryEntry[],
): HistoryEntry[] {
  const counted = history.filter((h) => h.state !== 'skipped')
  const recorded = counted.filter((h) => h.targetNumbers.includes(number))
  if (recorded.length > 0 || externalRef === undefined) return recorded
  const isPart = (h: HistoryEntry) => readSnapshot(h.snapshot)?.parts.some((p) => p.externalRef === externalRef)
  return counted.filter((h) => isOrder(h) && isPart(h)).slice(0, 1)
}

/**
 * The EDI order behind an ERP order (acumatica.md §9 O3, S1): from the ledger, else our reference says that it is ours
 * and of which trading partner, and the customer's order number must be there. Undefined where it was never an EDI
 * order. A reference that was too long to be read back leaves the customer's only trading partner.
 */
export function ediOrder(
  erp: ErpOrder,
  history: readonly HistoryEntry[],
  tables: Tables,
  byHand: boolean,
): EdiOrder | UntoldOrder | undefined {
  const reference = erp.externalRef
  const known = latestOrder(madeOf(erp, history))
  if (known) {
    const { tradingPartner, number, release } = known
    const store = known.parts.find((p) => p.externalRef === reference)?.store
    return {
      erp,
      tradingPartner,
      number,
      ...(release ? { release } : {}),
      ...(store ? { store } : {}),
      snapshot: known,
    }
  }
  if (reference === undefined || !isOurs(reference)) {
    const [partner, ...others] = partnersOfCustomer(tables, erp.customer ?? '')
    if (!byHand || !erp.customerOrder || partner === undefined || others.length > 0) return undefined
    return { erp, tradingPartner: partner, number: erp.customerOrder, byHand }
  }
  if (!erp.customerOrder)
    return untold('PURCHASE_ORDER_UNKNOWN', `Order ${erp.number} came by EDI (${reference}) and has no customer order.`)
  const read = readExternalRef(reference)
  if (read) return { erp, ...read }
  const [partner, ...others] = partnersOfCustomer(tables, erp.customer ?? '')
  return partner !== undefined && others.length === 0
    ? { erp, tradingPartner: partner, number: erp.customerOrder }
    : untold(
        'PARTNER_AMBIGUOUS',
        `Order ${erp.number} came by EDI (${reference}), and its customer ${erp.customer ?? '(none)'} is several trading partners: ${[partner, ...others].join(', ')}.`,
      )
}

const untold = (code: UntoldOrder['untold']['code'], message: string): UntoldOrder => ({ untold: { code, message } })

/** What one store gets of a line, in the ordered unit; undefined where the order is not of one store. */
export const storeShare = ({ store, snapshot }: EdiOrder, line: string): Decimal | undefined =>
  store === undefined
    ? undefined
    : snapshot?.parts.find((p) => p.store === store)?.lines.find((l) => l.line === line)?.quantity

/** The buyer's line of an ERP order line, by the number it was given (acumatica.md §9 S5). */
export interface BuyerLine {
  /** LineSequenceNumber as the buyer sent it. */
  line: string
  erpLine: ErpOrder['lines'][number]
  snapshot?: SnapshotLine
}

/**
 * Undefined where the order has no such line, or nothing tells whose line it is. A line that somebody entered anew in
 * the ERP is the one of its item that is gone.
 */
export function buyerLine(
  { erp, snapshot, byHand, byItem }: EdiOrder,
  orderLine: string | undefined,
): BuyerLine | undefined {
  const erpLine = erp.lines.find((l) => l.line === orderLine)
  if (erpLine && byHand) return { line: erpLine.externalRef ?? String(erp.lines.indexOf(erpLine) + 1), erpLine }
  if (!erpLine) return undefined
  const number = erpLine.externalRef ?? (byItem && snapshot && replacedLine(erpLine, erp.lines, snapshot))
  if (!number) return undefined
  const known = snapshot?.lines.find((l) => l.line === number)
  return { line: number, erpLine, ...(known ? { snapshot: known } : {}) }
}

/** The buyer's number of the only ordered line of this item that no other line of the ERP order stands for. */
export function replacedLine(
  { line, item }: { line: string; item?: string | undefined },
  lines: readonly { line: string; item?: string | undefined; externalRef?: string | undefined }[],
  { lines: ordered }: Pick<OrderSnapshot, 'lines'>,
): string | undefined {
  const taken = new Set(lines.map((l) => l.externalRef))
  const gone = ordered.filter(
    (l) => !taken.has(l.line) && item !== undefined && [l.resolved.item, l.numbers.vendorPart].includes(item),
  )
  const anew = lines.filter((l) => l.externalRef === undefined && l.item === item)
  return gone.length === 1 && anew.length === 1 && anew[0]?.line === line ? gone[0]?.line : undefined
}
