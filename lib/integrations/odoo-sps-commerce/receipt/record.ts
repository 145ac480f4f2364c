import { multiply, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ItemNumbers } from '../../../documents/parts.ts'
import { itemFacts } from '../../../edi/resolve/item.ts'
import { resolveUnit } from '../../../edi/resolve/unit.ts'
import type { ReceiptRecord } from '../../../systems/odoo/records.ts'
import { type OurNumber, productRef, unlistedItem } from '../erp/product.ts'
import { answeredLine, receivedLine } from '../sent-order/line-of.ts'
import type { SentLine, SentOrder } from '../sent-order/snapshot.ts'
import { itemTold, toldItem } from './item.ts'

/** Goods of one line as their sender tells them. */
export interface Goods {
  line?: string | undefined
  numbers: ItemNumbers
  quantity: string
  unit?: string | undefined
  lot?: string | undefined
  expires?: string | undefined
  pack?: string | undefined
  held?: boolean | undefined
  path: string
}

interface Whose {
  tables: Tables
  tradingPartner: string
  sent: SentOrder | undefined
  /** Which number of a line is our own. */
  ours: OurNumber
  find: Findings
}

/** A line of a receipt: product, order line and unit as Odoo knows them. Undefined where the findings hold it. */
export function receiptLine(goods: Goods, whose: Whose): ReceiptRecord['lines'][number] | undefined {
  const { tables, tradingPartner, sent, find } = whose
  const { line, path } = goods
  const told = { line, item: itemTold(tables, goods.numbers, whose) }
  const found = (whose.ours === 'buyerPart' ? answeredLine : receivedLine)(sent, told)
  if (found.differs)
    return find.hold(
      'RECEIPT_UNCLEAR',
      `Line ${line} of order ${sent?.number} is ${found.differs.item}, and ${told.item} was sent as that line.`,
      path,
    )
  const ordered = found.line
  const item = ordered?.item ?? itemOf(goods, whose)
  if (item === undefined) return undefined
  if (sent && !ordered)
    find.warn(
      'ANSWER_LINE_UNKNOWN',
      `Line ${line ?? '(no number)'} is no line of order ${sent.number} as it was sent; it is found by its product.`,
      path,
    )
  const unit = unitOf(goods, item, ordered, { tables, tradingPartner, find })
  if (goods.unit !== undefined && unit === undefined) return undefined
  const { lot, expires, pack, held } = goods
  return {
    ...(ordered ? { orderLine: ordered.line } : {}),
    product: productRef(item, goods.numbers, whose.ours),
    quantity: toNumber(unit?.quantity ?? goods.quantity),
    ...(unit ? { unit: unit.name } : {}),
    ...(lot === undefined ? {} : { lot }),
    ...(expires === undefined ? {} : { expires }),
    ...(pack === undefined ? {} : { pack }),
    ...(held ? { held } : {}),
    path,
  }
}

function itemOf({ numbers, path, line }: Goods, whose: Whose): string | undefined {
  const { tables, find } = whose
  const found = toldItem(tables, numbers, whose)
  if ('found' in found) {
    find.decide({
      field: path,
      rule: `receipt.item.${found.found.step}`,
      input: found.found.input,
      value: found.found.item,
      table: found.found.source,
    })
    return found.found.item
  }
  if ('ambiguous' in found) {
    const hits = found.ambiguous.map((hit) => `${hit.item} (row ${hit.source.row})`).join(', ')
    return find.hold('ITEM_AMBIGUOUS', `Line ${line ?? '(no number)'}: several items fit: ${hits}.`, path)
  }
  return (
    unlistedItem(numbers) ??
    find.hold('ITEM_UNKNOWN', `Line ${line ?? '(no number)'} has no number of an item at all.`, path)
  )
}

function unitOf(
  { unit, quantity, line, path }: Goods,
  item: string,
  ordered: SentLine | undefined,
  { tables, tradingPartner, find }: Pick<Whose, 'tables' | 'tradingPartner' | 'find'>,
): { name: string; quantity: string } | undefined {
  // Without a unit it is that of the order, not whatever the product is counted in.
  if (ordered?.erpUnit !== undefined && (unit === undefined || unit === ordered.unit))
    return { name: ordered.erpUnit, quantity: multiply(quantity, ordered.perUnit) }
  if (unit === undefined) return undefined
  const { caseSize } = itemFacts(tables, item, { tradingPartner })
  const found = resolveUnit(tables, unit, { tradingPartner, item, caseSize })
  if (!found)
    return find.hold(
      'UNIT_UNKNOWN',
      `Line ${line ?? '(no number)'}: unit ${unit} is not in the units table. Add a row with its unit in Odoo.`,
      path,
      { table: 'units', cells: { x12: unit } },
    )
  if (found.unsized)
    return find.hold(
      'UNIT_SIZE_UNKNOWN',
      `Line ${line ?? '(no number)'}: nobody says how many units a ${unit} of ${item} is. Fill caseSize in the items table.`,
      path,
    )
  find.decide({ field: `${path}.unit`, rule: 'receipt.unit', input: unit, value: found.erpUnit, table: found.source })
  return { name: found.erpUnit, quantity: multiply(quantity, found.perUnit) }
}
