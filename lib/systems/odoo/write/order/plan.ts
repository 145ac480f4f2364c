import { compare, isZero } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ResolvedLine } from '../resolve/order.ts'
import { decimalOf, problem } from '../work.ts'
import { lineDifferences } from './compare.ts'
import { isDraft, type Shape } from './shape.ts'
import type { Standing, StandingLine } from './standing.ts'
import { dayValue, numberValue, stands, type Value } from './value.ts'
import { lineValues } from './values.ts'

/** What an order is to become. */
export interface Wish {
  header: readonly Value[]
  plannedDate?: string | undefined
  lines: readonly ResolvedLine[]
  /** Numbers of lines that are to go. */
  removed: readonly string[]
  tolerance: string
}

/** A line of an order with the values it is to get. */
export interface LineChange {
  line: StandingLine
  values: Value[]
}

/** What is to be written so that an order becomes what it is to be. */
export interface Plan {
  header: Value[]
  changes: LineChange[]
  /** Lines of a draft: taken out. Those of a confirmed order are changed to 0 instead. */
  removals: StandingLine[]
  additions: ResolvedLine[]
  /** Why it cannot be written. */
  problems: Problem[]
}

export const isEmpty = ({ header, changes, removals, additions }: Plan): boolean =>
  header.length + changes.length + removals.length + additions.length === 0

/** Compares an order as it stands with what it is to become. Lines are known by the other side's number only. */
export function planChange(shape: Shape, wish: Wish, order: Standing): Plan {
  const problems: Problem[] = []
  const byLine = new Map(order.lines.map((one) => [one.line, one]))
  const changes: LineChange[] = []
  for (const wanted of wish.lines) {
    const line = byLine.get(wanted.sent.line)
    const differing = line ? lineDifferences(shape, wish, wanted, line.record) : []
    if (!line || differing.length === 0) continue
    problems.push(...unchangeable(shape, order, line, differing))
    changes.push({ line, values: withPrice(shape, wish, wanted, differing) })
  }
  changes.push(...dated(shape, wish, order))
  const removals: StandingLine[] = []
  for (const number of wish.removed) {
    const line = byLine.get(number)
    if (!line) continue
    const gone = removal(shape, order, line)
    if (gone === 'out') removals.push(line)
    else if (gone !== 'done') changes.push({ line, values: [gone, ...asPriced(shape, line)] })
    if (gone !== 'done') problems.push(...unchangeable(shape, order, line, [zero(shape)]))
  }
  return {
    header: wish.header.filter((value) => !stands(value, order.record[value.field])),
    changes,
    removals,
    additions: wish.lines.filter(({ sent }) => !byLine.has(sent.line)),
    problems,
  }
}

/** Where only lines have dates (purchase orders), a new date of the order is one of every line it does not name. */
function dated(shape: Shape, wish: Wish, order: Standing): LineChange[] {
  const { linePlanned } = shape
  if (wish.plannedDate === undefined || !linePlanned || shape.planned !== undefined) return []
  const value = dayValue(linePlanned.field, 'date', wish.plannedDate, linePlanned.time)
  const named = new Set([...wish.removed, ...wish.lines.map(({ sent }) => sent.line)])
  return order.lines.flatMap((line) =>
    line.line === undefined || named.has(line.line) || stands(value, line.record[value.field])
      ? []
      : [{ line, values: [value] }],
  )
}

const zero = (shape: Shape): Value => ({
  field: shape.quantity,
  column: shape.quantity,
  cell: '0',
  value: 0,
  label: 'quantity',
  kind: 'number',
})

/** Only a draft's line can be taken out; agreements let go of any line (odoo.md §5.1). */
function removal(shape: Shape, order: Standing, line: StandingLine): 'out' | 'done' | Value {
  if (isDraft(order.state) || shape.model === 'purchase.requisition') return 'out'
  return isZero(decimalOf(line.record[shape.quantity])) ? 'done' : zero(shape)
}

/** A quantity or product that changes may make Odoo price the line anew: the price sent goes with it. */
function withPrice(shape: Shape, wish: Wish, line: ResolvedLine, differing: Value[]): Value[] {
  const names = new Set(differing.map(({ field }) => field))
  const priced = lineValues(shape, wish, line).filter(
    ({ field }) => (field === shape.price || field === shape.discount) && !names.has(field),
  )
  return line.sent.price === undefined ? differing : [...differing, ...priced]
}

/** The price of a line as it stands: Odoo would price the line anew with its quantity. */
const asPriced = (shape: Shape, { record }: StandingLine): Value[] =>
  [shape.price, ...(shape.discount === undefined ? [] : [shape.discount])].map((field) =>
    numberValue(field, field, decimalOf(record[field])),
  )

/** What goods or invoices, or the order's confirmation, do not allow to change in a line. */
function unchangeable(shape: Shape, order: Standing, line: StandingLine, values: readonly Value[]): Problem[] {
  const say = (code: Parameters<typeof problem>[0], why: string) =>
    problem(code, `Line ${line.line} of the ${shape.title} ${order.number}: ${why}.`, `lines[${line.line}]`)
  const moved = decimalOf(line.record[shape.moved])
  const invoiced = shape.invoiced === undefined ? '0' : decimalOf(line.record[shape.invoiced])
  return values.flatMap(({ field, kind, cell, label }) => {
    if (field === shape.quantity && compare(cell, moved) < 0)
      return [say('ODOO_GOODS_MOVED', `${moved} moved already, which is more than ${cell}`)]
    if (kind === 'price' && !isZero(invoiced))
      return [say('ODOO_LINE_INVOICED', `${invoiced} is invoiced at the old price`)]
    if ((field === 'product_id' || field === shape.unit) && !isDraft(order.state))
      return [say('ODOO_LINE_UNCHANGEABLE', `the order is confirmed, so its ${label} cannot become another`)]
    return []
  })
}

/** What did not become as it was to be, after it was written. */
export function notTaken(shape: Shape, order: Standing, plan: Plan): Problem[] {
  const say = (what: string, path: string) =>
    problem('ODOO_ORDER_DIFFERS', `The ${shape.title} ${order.number} did not take over ${what}.`, path)
  return [
    ...plan.header.map(({ label, cell, field }) => say(`the ${label} ${cell}`, field)),
    ...plan.changes.flatMap(({ line, values }) =>
      values.map(({ label, cell }) => say(`the ${label} ${cell} of line ${line.line}`, `lines[${line.line}]`)),
    ),
    ...plan.removals.map(({ line }) => say(`that line ${line} is gone`, `lines[${line}]`)),
    ...plan.additions.map(({ sent }) => say(`the new line ${sent.line}`, `lines[${sent.line}]`)),
  ]
}
