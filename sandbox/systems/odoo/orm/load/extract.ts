import type { Environment } from '../env.ts'
import { PythonError } from '../errors.ts'
import type { Value } from '../model.ts'

/** One record of the rows: cells by column, lines of its relations as drafts of their own. */
export interface Draft {
  values: { [column: string]: Value | Draft[] }
  rows: { from: number; to: number }
  hasLines: boolean
}

/** Throws for a column that is no field: a fault, not a message. */
export function checkColumns(env: Environment, model: string, paths: readonly string[][]): void {
  for (const path of paths) {
    let at: string | undefined = model
    for (const step of path) {
      if (step === 'id' || step === '.id') break
      const field: { relation?: string } | undefined = at ? env.definition(at).fields[step] : undefined
      if (!field) throw new PythonError('ValueError', `Invalid field name '${step}'`)
      at = field.relation
    }
  }
}

/** Rows into records: a row whose own columns are all empty continues the record above it with one more line. */
export function extract(
  env: Environment,
  model: string,
  paths: readonly string[][],
  data: readonly Value[][],
): Draft[] {
  const { fields } = env.definition(model)
  const isLine = (path: string[]) => path.length > 1 && fields[path[0] ?? '']?.type === 'one2many'
  const own = paths.flatMap((path, i) => (isLine(path) ? [] : [i]))
  const lineColumns = paths.flatMap((path, i) => (isLine(path) ? [i] : []))
  const relations = [...new Set(lineColumns.map((i) => paths[i]?.[0] ?? ''))]
  const filled = (row: Value[] | undefined, columns: number[]) => columns.some((i) => !isBlank(row?.[i]))

  const drafts: Draft[] = []
  for (let from = 0; from < data.length; ) {
    let to = from
    while (data[to + 1] && !filled(data[to + 1], own) && filled(data[to + 1], lineColumns)) to += 1
    const first = data[from]
    const values: Draft['values'] = {}
    // Plain columns come first: that is the order in which errors are told.
    const plain = own.filter((i) => paths[i]?.length === 1 && !fields[paths[i]?.[0] ?? '']?.relation)
    for (const i of [...plain, ...own.filter((i) => !plain.includes(i))])
      setCell(values, paths[i] ?? [], first?.[i] ?? '')
    for (const relation of relations) {
      const columns = lineColumns.filter((i) => paths[i]?.[0] === relation)
      const rows = data.slice(from, to + 1).filter((row) => filled(row, columns))
      values[relation] = extract(
        env,
        fields[relation]?.relation ?? '',
        columns.map((i) => paths[i]?.slice(1) ?? []),
        rows.map((row) => columns.map((i) => row[i] ?? '')),
      )
    }
    drafts.push({ values, rows: { from, to }, hasLines: relations.length > 0 })
    from = to + 1
  }
  return drafts
}

/** A reference ('country_id/id') is a small draft of its own: how the other record is named. */
function setCell(values: Draft['values'], path: string[], cell: Value): void {
  const [name = '', ...rest] = path
  if (!rest.length) values[name] = cell
  else values[name] = [{ values: { [rest.join('/')]: cell }, rows: { from: 0, to: 0 }, hasLines: false }]
}

const isBlank = (cell: Value | undefined): boolean =>
  cell === undefined || cell === '' || cell === false || cell === null
