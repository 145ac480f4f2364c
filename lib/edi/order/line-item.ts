import { equal } from '../../core/decimal.ts'
import type { PurchaseOrderLine } from '../../documents/purchase-order.ts'
import { type ItemFacts, itemFacts, missingItem, resolveItem } from '../resolve/item.ts'
import { resolveUnit, type Unit, type UnitFor } from '../resolve/unit.ts'
import type { PlanContext } from './context.ts'

export interface LineItem {
  item: string
  facts: ItemFacts
}

/** The stock item of a line; holds where there is none, more than one, or an inactive one. */
export function lineItem(line: PurchaseOrderLine, index: number, context: PlanContext): LineItem | undefined {
  const { tables, find, tradingPartner, partner } = context
  const path = `${context.linePath(index)}.OrderLine`
  const whose = { tradingPartner, customer: partner?.customer }
  const resolution = resolveItem(tables, line.numbers, whose)
  const unlisted = 'unknown' in resolution ? context.erp.unlisted?.(line) : undefined
  if (unlisted !== undefined) {
    find.decide({
      field: context.erp.fields.item(index),
      rule: '850.item.by-number',
      input: spell(line),
      value: unlisted,
    })
    return { item: unlisted, facts: itemFacts(tables, unlisted, whose) }
  }
  if ('unknown' in resolution)
    return find.hold(
      'ITEM_UNKNOWN',
      `Line ${line.line}: no stock item for ${spell(line)}. Add it to the items table.`,
      path,
      missingItem(line.numbers, tradingPartner),
    )
  if ('ambiguous' in resolution) {
    const hits = resolution.ambiguous.map((hit) => `${hit.item} (${hit.input}, row ${hit.source.row})`).join(', ')
    return find.hold(
      'ITEM_AMBIGUOUS',
      `Line ${line.line}: several stock items fit: ${hits}. Make the items table say which.`,
      path,
    )
  }
  const { found, others } = resolution
  find.decide({
    field: context.erp.fields.item(index),
    rule: `850.item.${found.step}`,
    input: `${path}.${found.input}`,
    value: found.item,
    table: found.source,
  })
  if (others.length > 0)
    find.warn(
      'ITEM_NUMBERS_DISAGREE',
      `Line ${line.line}: ${found.input} is ${found.item}, other numbers of the line are ${others.join(', ')}. Taken: ${found.item}.`,
      path,
    )
  const facts = itemFacts(tables, found.item, whose)
  if (!facts.active)
    find.hold('ITEM_INACTIVE', `Line ${line.line}: item ${found.item} is inactive in the items table.`, path)
  return { item: found.item, facts }
}

/** The unit of a line for its item; holds where it is not given or not mapped. */
export function lineUnit(
  line: PurchaseOrderLine,
  index: number,
  { item, facts }: LineItem,
  context: PlanContext,
): { unit: Unit; wanted: UnitFor } | undefined {
  const { tables, find, tradingPartner } = context
  const path = `${context.linePath(index)}.OrderLine.OrderQtyUOM`
  if (line.unit === undefined)
    return find.hold('UNIT_MISSING', `Line ${line.line}: the quantity has no unit of measure.`, path)
  const wanted: UnitFor = { tradingPartner, item, caseSize: facts.caseSize ?? line.packSize }
  const unit = resolveUnit(tables, line.unit, wanted)
  if (!unit)
    return find.hold(
      'UNIT_UNKNOWN',
      `Line ${line.line}: unit ${line.unit} of item ${item} is not in the units table. Add a row with the ERP unit.`,
      path,
      { table: 'units', cells: { x12: line.unit } },
    )
  if (unit.unsized)
    return find.hold(
      'UNIT_SIZE_UNKNOWN',
      `Line ${line.line}: nobody says how many ${unit.erpUnit} a ${line.unit} of ${item} is. Fill caseSize in the items table.`,
      path,
    )
  find.decide({
    field: context.erp.fields.unit(index),
    rule: '850.unit',
    input: `${path}=${line.unit}`,
    value: unit.erpUnit,
    table: unit.source,
  })
  checkPack(line, index, facts, context)
  return { unit, wanted }
}

/** The retailer's case size is a check; ours counts (sps-commerce.md 7.9). */
function checkPack(line: PurchaseOrderLine, index: number, facts: ItemFacts, { find, linePath }: PlanContext): void {
  const { packSize } = line
  if (packSize === undefined || facts.caseSize === undefined || equal(packSize, facts.caseSize)) return
  find.warn(
    'PACK_SIZE_DIFFERS',
    `Line ${line.line}: the order says ${packSize} in a case, the items table ${facts.caseSize}. Ours is used.`,
    `${linePath(index)}.PhysicalDetails`,
  )
}

/** The numbers a line carries, for a person. */
function spell({ numbers, description }: PurchaseOrderLine): string {
  const named = [
    ['buyer part', numbers.buyerPart],
    ['vendor part', numbers.vendorPart],
    ['UPC', numbers.upc],
    ['EAN', numbers.ean],
    ['GTIN', numbers.gtin],
    ['case code', numbers.caseUpc],
    ...(numbers.other ?? []).map((o) => [o.qualifier, o.id]),
  ].flatMap(([name, value]) => (value ? [`${name} ${value}`] : []))
  return `${named.join(', ') || 'a line without any item number'}${description ? ` (${description})` : ''}`
}
