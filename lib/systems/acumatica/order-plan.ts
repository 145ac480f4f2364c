import type { Problem } from '../../core/problems.ts'
import { referenceOf, rowsByReference, same } from './order-compare.ts'
import { customIn, fieldsIn, linkedIn, numberOf, type OrderWork } from './order-lookup.ts'
import { type ApiRecord, identifier, linked, rows, text, value } from './records.ts'

/** What has to be written to an order so that it becomes what a record asks for. */
export interface Plan {
  /** Header fields that differ. */
  header: ApiRecord
  /** Rows to change or delete by id, and whole new rows. */
  lines: ApiRecord[]
  /** What cannot be done at all. */
  problems: Problem[]
  warnings: Problem[]
}

/** Fields that say which order it is, and those that are not a matter of its content. */
const notContent = ['OrderType', 'OrderNbr', 'CustomerID', 'ExternalRef', 'Hold']

/**
 * Compares an order with the record of a change. Rows are found by the buyer's line number and written by their id, so
 * that nothing is inserted twice; a second run over the changed order finds nothing left to do.
 * @param mode `change`: lines that the record does not name stay; `replace`: they are taken out
 */
export function planChange(work: OrderWork, order: ApiRecord, mode: 'change' | 'replace'): Plan {
  const plan: Plan = { header: planHeader(work.record, order), lines: [], problems: [], warnings: [] }
  const sent = rows(work.record, 'Details')
  if (!sent) return plan
  const left = rowsByReference(order)
  const times = new Map<string, number>()
  for (const line of sent) times.set(referenceOf(line), (times.get(referenceOf(line)) ?? 0) + 1)
  for (const [index, line] of sent.entries())
    if ((times.get(referenceOf(line)) ?? 0) > 1) plan.problems.push(named(order, line, `Details[${index}]`))
    else planLine(plan, order, left, line, `Details[${index}]`)
  if (mode === 'change') return plan
  for (const row of [...left.values()].flat())
    if (referenceOf(row) !== '') plan.lines.push({ id: row.id ?? null, delete: true })
    else plan.warnings.push(kept(order, row))
  return plan
}

export const isEmpty = (plan: Plan): boolean => Object.keys(plan.header).length === 0 && plan.lines.length === 0

function planHeader(record: ApiRecord, order: ApiRecord): ApiRecord {
  const header: ApiRecord = {}
  for (const name of fieldsIn(record))
    if (!notContent.includes(name) && !same(record, order, name)) header[name] = record[name] ?? null
  if ((text(record, 'note') ?? text(order, 'note')) !== text(order, 'note')) header.note = record.note ?? null
  for (const name of linkedIn(record)) {
    const [sent, got] = [linked(record, name) ?? {}, linked(order, name) ?? {}]
    if (fieldsIn(sent).some((field) => !same(sent, got, field))) header[name] = sent
  }
  const differs = (path: string) => value(record, custom(path)) !== value(order, custom(path))
  if (customIn(record).some(differs)) header.custom = record.custom ?? null
  return header
}

const custom = (path: string): string => `custom/${path.replace('.', '/')}`

function planLine(plan: Plan, order: ApiRecord, left: Map<string, ApiRecord[]>, line: ApiRecord, path: string): void {
  const reference = identifier(line, 'ExternalRef')
  const rowsOfIt = left.get(referenceOf(line)) ?? []
  const [row] = rowsOfIt
  left.delete(referenceOf(line))
  const { delete: remove, ...fields } = line
  if (reference === undefined || rowsOfIt.length > 1) plan.problems.push(named(order, line, path))
  else if (remove === true) {
    if (row) plan.lines.push({ id: row.id ?? null, delete: true })
  } else if (row) {
    // Screen logic works out a line anew when one of its fields changes, so all that was sent goes along.
    const changed = fieldsIn(fields).some((field) => !same(fields, row, field))
    if (changed) plan.lines.push({ id: row.id ?? null, ...fields })
  } else if (value(line, 'InventoryID') !== undefined && value(line, 'OrderQty') !== undefined) plan.lines.push(fields)
  else plan.problems.push(lineProblem(`Order ${numberOf(order)} has no line ${reference} to change.`, path))
}

const named = (order: ApiRecord, line: ApiRecord, path: string): Problem => {
  const reference = identifier(line, 'ExternalRef')
  const why = reference === undefined ? 'A line has no line number of the buyer' : `Line ${reference} stands twice`
  return lineProblem(`${why}: it cannot be told which row of order ${numberOf(order)} is meant.`, path)
}

const lineProblem = (message: string, path: string): Problem => ({ code: 'ACUMATICA_LINE_NOT_FOUND', message, path })

const kept = (order: ApiRecord, row: ApiRecord): Problem => ({
  code: 'ACUMATICA_LINE_KEPT',
  message: `Line ${identifier(row, 'LineNbr')} (${identifier(row, 'InventoryID')}) of order ${numberOf(order)} was added in Acumatica and stays.`,
})
