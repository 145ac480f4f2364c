import { add, type Decimal, multiply, toNumber } from '../../core/decimal.ts'
import type { MapResult, Write } from '../../core/exchange.ts'
import { createFindings, type Findings, skipped, written } from '../../core/findings.ts'
import type { MapContext } from '../../core/flow.ts'
import type { ItemNumbers } from '../../documents/parts.ts'
import type { Erp } from '../erp.ts'
import { nameSafe } from '../order/identity.ts'
import { itemFacts, resolveItem } from '../resolve/item.ts'
import { resolveUnit } from '../resolve/unit.ts'
import { monthOf, monthsAfter, type ReportAge, writtenSince } from './age.ts'

/** One line of a report, and the quantities whose sum goes into the ERP where a field is named for it. */
export interface ReportLine {
  numbers: ItemNumbers
  path: string
  quantities: { quantity: Decimal; unit?: string | undefined }[]
}

/**
 * Keeps a report as supporting data (acumatica.md: never written by itself): found by `item/<item>` and
 * `partner/<TradingPartnerId>`, and written to a field of the stock item where the settings name one,
 * unless a newer report of the partner was written there before.
 */
export function keepReport(
  age: ReportAge,
  lines: readonly ReportLine[],
  field: string | undefined,
  context: MapContext,
  erp: Erp,
  number: string,
): MapResult {
  const find = createFindings()
  const { tradingPartner } = age
  const taken = context
    .history(number)
    .filter((h) => h.key === context.key && (h.state === 'mapped' || h.state === 'delivered'))
  if (taken.some((h) => h.hash === context.hash))
    return skipped(find, 'DUPLICATE', 'The same report was already taken with the same content.')
  const items = lines.map((line) => ({ line, item: itemOf(tradingPartner, line, context, find) }))
  const index = [
    `partner/${tradingPartner}`,
    ...new Set(items.map(({ line, item }) => `item/${item ?? numberOf(line.numbers) ?? '?'}`)),
  ]
  const byItem = Map.groupBy(items, ({ item }) => item)
  if (field === undefined) return written(find, [], { index })
  const asOf = age.asOf ?? context.capturedAt
  const since = writtenSince(
    asOf,
    monthsAfter(age).flatMap((month) => context.history(month)),
  )
  const figures = [...byItem].flatMap(([item, found]) => {
    const newer = item === undefined ? undefined : since.get(item)
    if (newer !== undefined)
      find.warn(
        'REPORT_OUTDATED',
        `A report of ${newer} wrote ${item} before this one of ${asOf} came; it is not written over.`,
      )
    const ofItem = found.map(({ line }) => line)
    if (item === undefined || newer !== undefined) return []
    const write = figureOf(tradingPartner, ofItem, item, field, context, erp, find)
    return write ? [{ item, write }] : []
  })
  const snapshot = { asOf, items: figures.map((f) => f.item) }
  return written(
    find,
    figures.map((f) => f.write),
    { index: [...index, monthOf(age, asOf)], snapshot },
  )
}

/** The number an item goes by that no table knows. */
const numberOf = ({ buyerPart, upc, ean, gtin, caseUpc, vendorPart }: ItemNumbers): string | undefined =>
  buyerPart ?? upc ?? ean ?? gtin ?? caseUpc ?? vendorPart

function itemOf(
  tradingPartner: string,
  { numbers, path }: ReportLine,
  { tables }: MapContext,
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
  const named = numberOf(numbers) ?? 'an item without numbers'
  find.warn(
    'REPORT_ITEM_UNKNOWN',
    `${named} is ${'ambiguous' in found ? 'several items' : 'no item'} in the items table; the report is kept under that number.`,
    path,
  )
  return undefined
}

/**
 * What all lines of an item come to in its base unit, into the named field: plain, or custom.<View>.<Field>. One
 * write per item: a second one would overwrite the first. Nothing where a part of it cannot be told in base units.
 */
function figureOf(
  tradingPartner: string,
  lines: readonly ReportLine[],
  item: string,
  field: string,
  { tables, connections, key }: MapContext,
  erp: Erp,
  find: Findings,
): Write | undefined {
  const { caseSize } = itemFacts(tables, item, { tradingPartner })
  const parts = lines.flatMap(({ quantities, path }) => quantities.map((q) => ({ ...q, path })))
  const inBase = parts.flatMap(({ quantity, unit, path }) => {
    const factor = unit === undefined ? '1' : resolveUnit(tables, unit, { tradingPartner, item, caseSize })?.eaches
    if (factor !== undefined) return [multiply(quantity, factor)]
    find.warn(
      'UNIT_SIZE_UNKNOWN',
      `${quantity} ${unit} of ${item} cannot be told in base units; the report is kept and the item not written.`,
      path,
    )
    return []
  })
  if (parts.length === 0 || inBase.length < parts.length) return undefined
  const value = toNumber(add('0', ...inBase))
  const input = parts.map(({ path, quantity, unit }) => [path, quantity, unit].filter(Boolean).join(' ')).join(' + ')
  find.decide({ field, rule: 'report.field', input, value: String(value) })
  return {
    connection: connections[erp.system] ?? '',
    reference: nameSafe(`${key}/${item}`),
    ...erp.itemFigure(item, field, value),
  }
}
