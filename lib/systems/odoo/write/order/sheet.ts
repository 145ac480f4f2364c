import { nameOfLine, nameOfReference, qualified } from '../external-id.ts'
import type { Sheet } from '../load.ts'
import type { ResolvedLine } from '../resolve/order.ts'
import type { Shape } from './shape.ts'
import type { Value } from './value.ts'
import { lineValues } from './values.ts'

/** A line with what is sent of it. */
export interface LineSheet {
  line: ResolvedLine
  values: Value[]
}

/**
 * Lines in groups of equal columns. An empty cell in `load` would empty the field: a line that Odoo is to price cannot
 * stand in one sheet with a line that has a price.
 */
export function groups(
  shape: Shape,
  record: { plannedDate?: string | undefined },
  lines: readonly ResolvedLine[],
): LineSheet[][] {
  const found = new Map<string, LineSheet[]>()
  for (const line of lines) {
    const values = lineValues(shape, record, line)
    const key = values.map(({ column }) => column).join(' ')
    found.set(key, [...(found.get(key) ?? []), { line, values }])
  }
  return [...found.values()]
}

/** A new order with the lines of one group: the header in the first row, the other lines below it (odoo.md §6.2). */
export function orderSheet(shape: Shape, reference: string, header: readonly Value[], lines: LineSheet[]): Sheet {
  const name = nameOfReference(reference)
  const headerRow = [qualified(name), ...header.map(({ cell }) => cell)]
  return {
    columns: [
      'id',
      ...header.map(({ column }) => column),
      ...lineColumns(lines).map((column) => `${shape.lines.field}/${column}`),
    ],
    rows: lines.map((one, i) => [...(i === 0 ? headerRow : headerRow.map(() => '')), ...cells(name, one)]),
  }
}

/** Lines that are added to an order that stands. */
export const linesSheet = (shape: Shape, reference: string, orderId: number, lines: LineSheet[]): Sheet => ({
  columns: [`${shape.lines.header}/.id`, ...lineColumns(lines)],
  rows: lines.map((one) => [String(orderId), ...cells(nameOfReference(reference), one)]),
})

const lineColumns = (lines: LineSheet[]): string[] => ['id', ...(lines[0]?.values ?? []).map(({ column }) => column)]

const cells = (name: string, { line, values }: LineSheet): string[] => [
  qualified(nameOfLine(name, line.sent.line)),
  ...values.map(({ cell }) => cell),
]
