import { asList, isSection, type Section } from './clean.ts'

/** One kind of RSX document (sps-commerce.md §6): plural root, document name, main header. */
export interface Family {
  root: string
  name: string
  header: string
  /** The canonical document type a reader makes of it; absent = stored, not handled. */
  type?: string
}

/** Every family whose structure is known. Order matters where two share a header: the first is what content falls back to. */
export const families: readonly Family[] = [
  { root: 'Orders', name: 'Order', header: 'OrderHeader', type: 'purchase-order' },
  { root: 'OrderChanges', name: 'OrderChange', header: 'OrderHeader', type: 'purchase-order-change' },
  { root: 'OrderAcks', name: 'OrderAck', header: 'OrderHeader', type: 'acknowledgement' },
  { root: 'OrderChangeAcks', name: 'OrderChangeAck', header: 'OrderHeader' },
  { root: 'Shipments', name: 'Shipment', header: 'ShipmentHeader', type: 'advance-ship-notice' },
  { root: 'Invoices', name: 'Invoice', header: 'InvoiceHeader' },
  { root: 'ItemRegistries', name: 'ItemRegistry', header: 'HeaderReport', type: 'inventory-advice' },
  { root: 'ProductActivities', name: 'ProductActivity', header: 'ReportHeader', type: 'product-activity' },
  { root: 'PlanningSchedules', name: 'PlanningSchedule', header: 'PlanningHeader' },
  {
    root: 'WarehouseTransferReceiptAdvices',
    name: 'WarehouseTransferReceiptAdvice',
    header: 'HeaderDetail',
    type: 'warehouse-receipt',
  },
]

/** The family a wrapper's name stands for, in any case: "Orders", "OrderChange", "orderChanges". */
export const familyOfWrapper = (name: string): Family | undefined => {
  const wanted = name.toLowerCase()
  return families.find((f) => f.root.toLowerCase() === wanted || f.name.toLowerCase() === wanted)
}

/** Uses of a family that are not the one its type stands for: warehouse orders (940, 943, 945), price catalogues. */
const otherUses = new Set(['StockRelease', 'StockTransfer', 'SalesOrPriceCatalog', 'ItemManagementService'])

/**
 * The canonical type of a cleaned, modernised document by its content, "unknown" where no flow can take it.
 * @param wrapper the root or wrapper it came in
 * @param streamType what the source says it is (a stream of changes); decides only where the content does not
 */
export function typeOf(document: Section, wrapper?: Family, streamType?: string): string {
  if (isInventoryItem(document)) return 'inventory-advice'
  const header = isSection(document.Header) ? document.Header : {}
  const byHeader = families.find((f) => f.header in header)
  const family = byHeader ?? wrapper
  const type = family ? (family.type ?? 'unknown') : (streamType ?? 'unknown')
  const orderManagement = isSection(document.Meta) ? document.Meta.OrderManagement : undefined
  // A receipt at a warehouse has the mark of a stock transfer: there it is the proper use.
  if (type !== 'warehouse-receipt' && typeof orderManagement === 'string' && otherUses.has(orderManagement))
    return 'unknown'
  return family?.header === 'OrderHeader' ? typeOfOrder(document, wrapper, streamType) : type
}

/** 850, 860, 855 and 865 share a header: the wrapper's name or the marks of the content tell them apart. */
function typeOfOrder(document: Section, wrapper: Family | undefined, streamType: string | undefined): string {
  const header = isSection(document.Header) ? document.Header.OrderHeader : undefined
  const order = isSection(header) ? header : {}
  const lines = asList(document.LineItem).filter(isSection)
  if (wrapper?.name.endsWith('Ack')) return wrapper.type ?? 'unknown'
  const changed = isChange(order, lines)
  if (isAcknowledged(order, lines)) return changed ? 'unknown' : 'acknowledgement'
  if (wrapper?.name === 'OrderChange' || changed) return 'purchase-order-change'
  // Purpose 04 is an answer's as well (sps-commerce.md 7.3, code-lists.json).
  if (wrapper === undefined && streamType === 'acknowledgement') return streamType
  if (Number(order.TsetPurposeCode) === 4) return 'purchase-order-change'
  return wrapper?.type ?? (streamType === 'purchase-order-change' ? streamType : 'purchase-order')
}

/** The marks of an 855 or 865 (sps-commerce.md 7.3). AcknowledgementType is none: an 850 asks for one with it. */
const isAcknowledged = (header: Section, lines: Section[]): boolean =>
  ['AcknowledgementDate', 'AcknowledgementTime', 'AcknowledgementNumber'].some((name) => name in header) ||
  lines.some((line) => 'LineItemAcknowledgement' in line)

/** The marks of an 860 or 865 (sps-commerce.md 7.2): an 850 and an 855 have none of them. */
const isChange = (header: Section, lines: Section[]): boolean =>
  'ChangeOrderSeqNumber' in header ||
  'POChangeDate' in header ||
  lines.some((line) => isSection(line.OrderLine) && 'LineChangeCode' in line.OrderLine)

/** An entry of the Inventory API (sps-commerce.md 3.3), which is not RSX. */
export const isInventoryItem = (value: Section): boolean =>
  'partnerId' in value && !('Header' in value) && ('availableQuantity' in value || 'item' in value)
