import { absolute, add, cents, compare, type Decimal, multiply, subtract, toDecimal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { OdooRecord } from '../../rpc.ts'
import type { ResolvedLine } from '../resolve/order.ts'
import { decimalOf, problem } from '../work.ts'
import { isDraft, type Shape } from './shape.ts'
import { netPrice, type Standing } from './standing.ts'
import { shown, stands, type Value } from './value.ts'
import { afterDiscount, type headerValues, lineValues } from './values.ts'

/** What was meant to be written, found and complete. */
export interface Intent {
  header: ReturnType<typeof headerValues>
  plannedDate?: string | undefined
  lines: readonly ResolvedLine[]
  tolerance: Decimal
}

/**
 * Where an order differs from what was sent: Odoo empties, rounds, moves and prices by itself, and answers that all is
 * well (odoo.md §5.2). One problem for each field, with both values.
 */
export function differences(shape: Shape, intent: Intent, order: Standing): Problem[] {
  const say = (what: string, sent: string, found: string, path: string) =>
    problem('ODOO_ORDER_DIFFERS', `The ${shape.title} ${order.number} has ${what} ${found} instead of ${sent}.`, path)
  const header = intent.header
    // Confirming sets the date of a sales order to now.
    .filter(({ field }) => isDraft(order.state) || field !== shape.date)
    .filter((value) => !stands(value, order.record[value.field]))
    .map((value) => say(value.label, value.cell, shown(value, order.record[value.field]), value.field))
  const lines = intent.lines.flatMap((line) => {
    const row = order.lines.find((one) => one.line === line.sent.line)?.record
    const path = `lines[${line.sent.line}]`
    if (!row) return [say(`line ${line.sent.line}`, 'the line that was sent', 'missing', path)]
    return lineDifferences(shape, intent, line, row).map((value) =>
      say(
        `in line ${line.sent.line} the ${value.label}`,
        value.cell,
        `${shown(value, row[value.field])}${rounded(value) ? ' (Odoo rounds prices to the digits of Product Price)' : ''}`,
        `${path}.${value.field}`,
      ),
    )
  })
  const found = [...header, ...lines]
  return found.length > 0 ? found : totalDifference(shape, intent, order, say)
}

const rounded = ({ kind, cell }: Value): boolean => kind === 'price' && (cell.split('.')[1] ?? '').length > 2

/** The fields of one line that do not stand as they were sent. */
export const lineDifferences = (
  shape: Shape,
  intent: Pick<Intent, 'plannedDate' | 'tolerance'>,
  line: ResolvedLine,
  row: OdooRecord,
): Value[] =>
  lineValues(shape, intent, line).filter(
    (value) =>
      !stands(value, row[value.field]) && !(value.kind === 'price' && sameAmount(shape, line, row, intent.tolerance)),
  )

/** A price that was rounded is no matter where the line's amount is the same to the cent, or within the tolerance. */
function sameAmount(shape: Shape, line: ResolvedLine, row: OdooRecord, tolerance: Decimal): boolean {
  const quantity = decimalOf(row[shape.quantity])
  const found = cents(multiply(quantity, netPrice(shape, row)))
  return compare(absolute(subtract(found, amountOf(line, quantity) ?? found)), tolerance) <= 0
}

/** What a line comes to as it was sent; undefined where Odoo prices it. */
function amountOf({ sent }: ResolvedLine, quantity = toDecimal(sent.quantity) ?? '0'): Decimal | undefined {
  const price = toDecimal(sent.price)
  return price === undefined
    ? undefined
    : cents(multiply(quantity, afterDiscount(price, toDecimal(sent.discount) ?? '0')))
}

/** The order's amount before tax, where the price of every line was sent. Finds taxes included in prices, for one. */
function totalDifference(
  shape: Shape,
  intent: Intent,
  order: Standing,
  say: (what: string, sent: string, found: string, path: string) => Problem,
): Problem[] {
  const amounts = intent.lines.flatMap((line) => amountOf(line) ?? [])
  if (shape.total === undefined || amounts.length !== intent.lines.length) return []
  const sent = add(...amounts)
  const found = decimalOf(order.record[shape.total])
  return compare(absolute(subtract(sent, found)), intent.tolerance) <= 0
    ? []
    : [say('the amount before tax', sent, found, shape.total)]
}
