import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import type { TableDefinition } from '../../lib/core/flow.ts'
import type { Problem } from '../../lib/core/problems.ts'
import type { Row } from '../../lib/core/tables.ts'
import { didYouMean } from '../suggest.ts'

/** One line of the file: where it begins, and its cells without outer blanks. */
interface Line {
  at: number
  cells: string[]
}

/** A table file's rows, or everything that is wrong with it; every problem says the file and the line. */
export type TableFile = { rows: Row[] } | { problems: Problem[] }

/**
 * Reads a cross-reference table from CSV: UTF-8 with or without a byte order mark, a header line, comma (or semicolon
 * or tab, as spreadsheets in some countries save it). Every column of the definition is in every row, blank where
 * the file has none, so that the version depends on the content alone and not on the order of columns.
 * @param name what problems call the file
 */
export function readTable(definition: TableDefinition, name: string, bytes: Uint8Array): TableFile {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problems: [unreadable(name, 'is not UTF-8; save it as "CSV UTF-8 (comma delimited)"')] }
  }
  let lines: Line[]
  try {
    lines = split(text)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { problems: [unreadable(`${name}:${Number(error.lines ?? 1)}`, plain(error))] }
  }
  const [header, ...body] = lines
  if (!header) return { problems: [unreadable(name, `is empty; the first line must be ${headerOf(definition)}`)] }
  const problems = checkHeader(definition, `${name}:${header.at}`, header.cells)
  if (problems.length > 0) return { problems }
  const rows = body.map((line) => toRow(definition, header.cells, line))
  problems.push(...body.flatMap((line) => checkCells(line, header.cells, name)))
  problems.push(...body.flatMap((line, i) => checkValues(definition, rows[i] ?? {}, `${name}:${line.at}`)))
  problems.push(...checkKeys(definition, name, body, rows))
  return problems.length > 0 ? { problems: inOrder(problems) } : { rows }
}

export const headerOf = (definition: TableDefinition): string => definition.columns.map((c) => c.name).join(',')

function split(text: string): Line[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = firstLine.includes(',')
    ? ','
    : firstLine.includes(';')
      ? ';'
      : firstLine.includes('\t')
        ? '\t'
        : ','
  const parsed = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as { record: string[]; info: InfoRecord }[]
  return parsed
    .map(({ record, info }) => ({
      // The parser counts to the record's last line; cells may hold line breaks.
      at: info.lines - record.reduce((n, cell) => n + cell.split('\n').length - 1, 0),
      cells: record.map((cell) => cell.trim()),
    }))
    .filter((line) => line.cells.some((cell) => cell !== ''))
}

/** A spreadsheet may leave empty columns on the right: a blank title is no column. */
function checkHeader(definition: TableDefinition, at: string, header: string[]): Problem[] {
  const known = definition.columns.map((c) => c.name)
  const problems: Problem[] = []
  for (const [i, title] of header.entries()) {
    if (title === '') continue
    if (!known.includes(title))
      problems.push({
        code: 'CSV_COLUMN_UNKNOWN',
        message: `there is no column "${title}" in the table ${definition.name}; ${didYouMean(title, known)}`,
        path: at,
      })
    if (header.indexOf(title) !== i)
      problems.push({ code: 'CSV_COLUMN_UNKNOWN', message: `the column "${title}" is there twice`, path: at })
  }
  for (const column of definition.columns)
    if (column.required && !header.includes(column.name))
      problems.push({
        code: 'CSV_COLUMN_MISSING',
        message: `the column "${column.name}" is missing (${column.description})`,
        path: at,
      })
  return problems
}

const toRow = (definition: TableDefinition, header: string[], line: Line): Row =>
  Object.fromEntries(
    definition.columns.map(({ name }) => [name, (header.includes(name) && line.cells[header.indexOf(name)]) || '']),
  )

/** A cell without a column is text with an unquoted comma, and the cells after it are in the wrong columns. */
function checkCells(line: Line, header: string[], name: string): Problem[] {
  const stray = line.cells.findIndex((cell, i) => cell !== '' && (header[i] ?? '') === '')
  if (stray < 0) return []
  const message = `cell ${stray + 1} ("${line.cells[stray]}") has no column; a text with a comma must stand in double quotes`
  return [{ code: 'CSV_VALUE_INVALID', message, path: `${name}:${line.at}` }]
}

function checkValues(definition: TableDefinition, row: Row, at: string): Problem[] {
  return definition.columns.flatMap(({ name, required, values, description }): Problem[] => {
    const value = row[name] ?? ''
    if (value === '')
      return required ? [{ code: 'CSV_VALUE_MISSING', message: `"${name}" is empty (${description})`, path: at }] : []
    if (/^\d(\.\d+)?E\+\d+$/i.test(value))
      return [
        {
          code: 'CSV_VALUE_INVALID',
          message: `"${name}" is ${value}: a spreadsheet has shortened the number; format the column as text and enter it again`,
          path: at,
        },
      ]
    if (values && !values.includes(value))
      return [
        {
          code: 'CSV_VALUE_INVALID',
          message: `"${name}" is "${value}"; ${didYouMean(value, values)}`,
          path: at,
        },
      ]
    return []
  })
}

function checkKeys(definition: TableDefinition, name: string, body: Line[], rows: Row[]): Problem[] {
  const seen = new Map<string, number>()
  return rows.flatMap((row, i): Problem[] => {
    const values = definition.key.map((column) => row[column] ?? '')
    const key = JSON.stringify(values)
    const at = body[i]?.at ?? 0
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, at)
      return []
    }
    const shown = definition.key.map((column, n) => `${column} "${values[n]}"`).join(', ')
    return [{ code: 'CSV_KEY_TWICE', message: `${shown} is already on line ${first}`, path: `${name}:${at}` }]
  })
}

const lineOf = (problem: Problem): number => Number(problem.path?.split(':').at(-1) ?? 0)
const inOrder = (problems: Problem[]): Problem[] => problems.toSorted((a, b) => lineOf(a) - lineOf(b))

const unreadable = (path: string, message: string): Problem => ({ code: 'CSV_UNREADABLE', message, path })

const plain = (error: CsvError): string =>
  error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a double quote is opened and never closed' : error.message
