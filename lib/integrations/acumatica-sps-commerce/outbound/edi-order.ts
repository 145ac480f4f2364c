import type { HistoryEntry } from '../../../core/flow.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ErpOrder } from '../../../documents/erp-order.ts'
import { isOurs, readExternalRef } from '../order/identity.ts'
import { type OrderSnapshot, readSnapshot, type SnapshotLine } from '../order/snapshot.ts'
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
}

/** The key by which shipment and invoice lines name their ERP order: "SO/SO-20931". */
export const erpKeyOf = ({ orderType, number }: Pick<ErpOrder, 'orderType' | 'number'>): string =>
  `${orderType}/${number}`

/** Purchase order numbers under which the ledger may know an ERP order, and its other shipments and invoices. */
export const purchaseNumbersOf = ({ externalRef, customerOrder }: ErpOrder): string[] => {
  if (externalRef === undefined || !isOurs(externalRef)) return []
  const number = readExternalRef(externalRef)?.number ?? customerOrder
  return number === undefined ? [] : [number]
}

/**
 * The EDI order behind an ERP order (acumatica.md §9 O3, S1): from the ledger, else from our reference on the order.
 * Undefined where it was never an EDI order. An order of ours whose reference was too long to be read back takes the
 * customer's order number and the customer's only trading partner.
 */
export function ediOrder(erp: ErpOrder, history: readonly HistoryEntry[], tables: Tables): EdiOrder | undefined {
  const known = history
    .filter((h) => h.state !== 'skipped' && h.targetNumbers.includes(erp.number))
    .map((h) => readSnapshot(h.snapshot))
    .findLast((s) => s !== undefined)
  const reference = erp.externalRef
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
  if (reference === undefined || !isOurs(reference)) return undefined
  const read = readExternalRef(reference)
  if (read) return { erp, ...read, release: read.release } as EdiOrder
  const [partner, ...others] = partnersOfCustomer(tables, erp.customer ?? '')
  return partner !== undefined && others.length === 0 && erp.customerOrder
    ? { erp, tradingPartner: partner, number: erp.customerOrder }
    : undefined
}

/** The buyer's line of an ERP order line, by the number it was given (acumatica.md §9 S5). */
export interface BuyerLine {
  /** LineSequenceNumber as the buyer sent it. */
  line: string
  erpLine: ErpOrder['lines'][number]
  snapshot?: SnapshotLine
}

/** Undefined where the order has no such line, or the line no buyer's number: somebody added it in the ERP. */
export function buyerLine({ erp, snapshot }: EdiOrder, orderLine: string | undefined): BuyerLine | undefined {
  const erpLine = erp.lines.find((l) => l.line === orderLine)
  if (!erpLine?.externalRef) return undefined
  const known = snapshot?.lines.find((l) => l.line === erpLine.externalRef)
  return { line: erpLine.externalRef, erpLine, ...(known ? { snapshot: known } : {}) }
}
