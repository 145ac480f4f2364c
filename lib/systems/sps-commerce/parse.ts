import type { Json } from '../../core/exchange.ts'
import type { Parse } from '../../core/flow.ts'
import type { Problem } from '../../core/problems.ts'
import { documentSchemas } from '../../documents/index.ts'
import { readAcknowledgement } from './parse/acknowledgement.ts'
import { readInventoryItem } from './parse/inventory-item.ts'
import { readOrder } from './parse/order.ts'
import { readItemRegistry, readProductActivity } from './parse/reports.ts'
import { readShipment } from './parse/shipment.ts'
import { type Findings, viewOf } from './parse/view.ts'
import { readWarehouseReceipt } from './parse/warehouse-receipt.ts'
import { problem } from './problem.ts'
import type { Section } from './rsx/clean.ts'
import { isInventoryItem } from './rsx/families.ts'
import { unknownFields } from './rsx/known-fields.ts'
import { documentsIn } from './rsx/unwrap.ts'

type ReadType =
  | 'purchase-order'
  | 'purchase-order-change'
  | 'acknowledgement'
  | 'advance-ship-notice'
  | 'warehouse-receipt'
  | 'product-activity'
  | 'inventory-advice'

const readers: Readonly<Record<ReadType, (document: Section, found: Findings) => object>> = {
  'purchase-order': (d, found) => readOrder('purchase-order', viewOf(d, '', found), found),
  'purchase-order-change': (d, found) => readOrder('purchase-order-change', viewOf(d, '', found), found),
  acknowledgement: (d, found) => readAcknowledgement(viewOf(d, '', found), found),
  'advance-ship-notice': (d, found) => readShipment(viewOf(d, '', found), found),
  'warehouse-receipt': (d, found) => readWarehouseReceipt(viewOf(d, '', found), found),
  'product-activity': (d, found) => readProductActivity(viewOf(d, '', found), found),
  'inventory-advice': (d, found) => {
    const view = viewOf(d, '', found)
    return isInventoryItem(d) ? readInventoryItem(d, view) : readItemRegistry(view, found)
  },
}

/**
 * A stored raw RSX document (JSON, or XML as text) as its canonical document, or every reason why not. Pure.
 * Tolerant as sps-commerce.md §6 lists; a document whose identifiers are missing is refused, and so is a quantity,
 * price or amount that is no number. Older RSX names, unknown fields and unknown codes are read with a warning.
 */
export const parse: Parse = (type, raw) => {
  const read = readers[type as ReadType] as (typeof readers)[ReadType] | undefined
  if (read === undefined) return refuse('SPS_UNKNOWN_DOCUMENT', `no flow takes documents of type "${type}"`)
  const [first, ...others] = documentsIn(raw satisfies Json)
  if (first === undefined || others.length > 0)
    return refuse('SPS_NOT_ONE_DOCUMENT', `${first ? others.length + 1 : 0} documents where one belongs`)
  if (first.document === undefined)
    return refuse('SPS_UNREADABLE', `the content cannot be read: ${first.unreadable ?? 'it is no document'}`)

  const found: Findings = { problems: [], warnings: [] }
  if (first.renamed.length > 0)
    found.warnings.push(
      problem('SPS_OLDER_RSX', `older RSX names were translated to 7.7.7: ${first.renamed.join(', ')}`),
    )
  const document = read(first.document, found)
  const unknown = isInventoryItem(first.document) ? [] : unknownFields(type, first.document)
  if (unknown.length > 0)
    found.warnings.push(problem('SPS_UNKNOWN_FIELDS', `fields that are not read: ${list(unknown)}`))
  if (found.problems.length > 0) return { problems: once(found.problems) }

  const checked = documentSchemas[type as ReadType].safeParse(document)
  if (checked.success) return { document: checked.data, warnings: once(found.warnings) }
  return {
    problems: checked.error.issues.map(
      (issue): Problem => problem('SPS_VALUE_INVALID', issue.message, issue.path.join('.')),
    ),
  }
}

const refuse = (code: 'SPS_UNKNOWN_DOCUMENT' | 'SPS_NOT_ONE_DOCUMENT' | 'SPS_UNREADABLE', message: string) => ({
  problems: [problem(code, message)],
})

const list = (names: string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ')

/** A field that two rules look at is named once. */
const once = (problems: Problem[]): Problem[] => [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()]
