import { type Decimal, multiply, toNumber } from '../../../core/decimal.ts'
import type { MapResult, Write } from '../../../core/exchange.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { ItemNumbers } from '../../../documents/parts.ts'
import { type StockItemPut, wrap } from '../../../systems/acumatica/records.ts'
import { createFindings, type Findings, skipped, toJson, written } from '../findings.ts'
import { nameSafe } from '../order/identity.ts'
import { itemFacts, resolveItem } from '../resolve/item.ts'
import { resolveUnit } from '../resolve/unit.ts'
import type { Settings } from '../settings.ts'

/** One line of a report, and the quantity that goes into the ERP where a field is named for it. */
export interface ReportLine {
  numbers: ItemNumbers
  path: string
  quantity?: Decimal
  unit?: string
}

/**
 * Keeps a report as supporting data (acumatica.md: never written by itself): found by `item/<InventoryID>` and
 * `partner/<TradingPartnerId>`, and written to a field of the stock item where the settings name one.
 */
export function keepReport(
  tradingPartner: string,
  lines: readonly ReportLine[],
  field: string | undefined,
  context: MapContext<Settings>,
  number: string,
): MapResult {
  const find = createFindings()
  const earlier = context.history(number).filter((h) => h.key === context.key && h.state !== 'skipped')
  if (earlier.some((h) => h.hash === context.hash))
    return skipped(find, 'DUPLICATE', 'The same report was already taken with the same content.')
  const items = lines.map((line) => ({ line, item: itemOf(tradingPartner, line, context, find) }))
  const index = [
    `partner/${tradingPartner}`,
    ...new Set(
      items.map(
        ({ line, item }) =>
          `item/${item ?? line.numbers.buyerPart ?? line.numbers.upc ?? line.numbers.vendorPart ?? '?'}`,
      ),
    ),
  ]
  const writes =
    field === undefined
      ? []
      : items.flatMap(({ line, item }) => write(tradingPartner, line, item, field, context, find))
  return written(find, writes, { index })
}

function itemOf(
  tradingPartner: string,
  { numbers, path }: ReportLine,
  { tables }: MapContext<Settings>,
  find: Findings,
): string | undefined {
  const found = resolveItem(tables, numbers, { tradingPartner })
  if ('found' in found) {
    find.decide({
      field: path,
      rule: `report.item.${found.found.step}`,
      input: found.found.input,
      value: found.found.item,
      table: found.found.source,
    })
    return found.found.item
  }
  const named = numbers.buyerPart ?? numbers.upc ?? numbers.vendorPart ?? 'an item without numbers'
  find.warn(
    'REPORT_ITEM_UNKNOWN',
    `${named} is ${'ambiguous' in found ? 'several items' : 'no item'} in the items table; the report is kept under that number.`,
    path,
  )
  return undefined
}

/** The quantity in the item's base unit, into the named field: plain, or custom.<View>.<Field>. */
function write(
  tradingPartner: string,
  { quantity, unit, path }: ReportLine,
  item: string | undefined,
  field: string,
  { tables, connections, key }: MapContext<Settings>,
  find: Findings,
): Write[] {
  if (item === undefined || quantity === undefined) return []
  const { caseSize } = itemFacts(tables, item, { tradingPartner })
  const factor = unit === undefined ? '1' : resolveUnit(tables, unit, { tradingPartner, item, caseSize })?.eaches
  if (factor === undefined) {
    find.warn(
      'UNIT_SIZE_UNKNOWN',
      `${quantity} ${unit} of ${item} cannot be told in base units; it is kept and not written.`,
      path,
    )
    return []
  }
  const value = toNumber(multiply(quantity, factor))
  const [, view, name] = /^custom\.(\w+)\.(\w+)$/.exec(field) ?? []
  const record: StockItemPut = {
    InventoryID: wrap(item),
    ...(view !== undefined && name !== undefined
      ? { custom: { [view]: { [name]: { type: 'CustomDecimalField', value } } } }
      : { [field]: wrap(value) }),
  }
  find.decide({ field, rule: 'report.field', input: `${path} ${quantity} ${unit ?? ''}`, value: String(value) })
  return [
    {
      connection: connections.acumatica ?? '',
      operation: 'update-item',
      reference: nameSafe(`${key}/${item}`),
      record: toJson(record),
    },
  ]
}
