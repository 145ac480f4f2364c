import type { Row, Table } from './tables.ts'

/** Rows of a table by the text of one column. */
type View = Map<string, Row[]>

const views = new WeakMap<Table, Map<string, View>>()

/** A cell's text without outer blanks; empty where the column is absent. */
export const cell = (row: Row, column: string): string => row[column]?.trim() ?? ''

/**
 * The rows whose column equals `key`, in the table's order. The first look-up in a column reads the table once;
 * later ones cost nothing, so that an order of thousands of lines stays quick.
 * @param keyOf compares what it makes of the cell instead of the cell itself (a GTIN padded to 14 digits);
 *   a named function, because its name tells views apart.
 */
export function rowsBy(
  table: Table | undefined,
  column: string,
  key: string,
  keyOf: (text: string) => string = asIs,
): readonly Row[] {
  if (!table) return []
  const ofTable = views.get(table) ?? new Map<string, View>()
  views.set(table, ofTable)
  const name = `${column}/${keyOf.name}`
  const view = ofTable.get(name) ?? build(table, column, keyOf)
  ofTable.set(name, view)
  return view.get(key) ?? []
}

function asIs(text: string): string {
  return text
}

function build(table: Table, column: string, keyOf: (text: string) => string): View {
  const view: View = new Map()
  for (const row of table.rows) {
    const key = keyOf(cell(row, column))
    const rows = view.get(key)
    if (rows) rows.push(row)
    else view.set(key, [row])
  }
  return view
}

/**
 * Of the rows that fit, those that say most. A blank cell fits everything; a filled one must equal what is wanted,
 * and where nothing is wanted it fits but says nothing. Earlier columns outweigh later ones.
 * More than one row in the answer means that the table does not decide.
 */
export function mostSpecific(rows: readonly Row[], wanted: Readonly<Record<string, string | undefined>>): Row[] {
  let best: Row[] = []
  let bestRank = -1
  for (const row of rows) {
    let rank = 0
    let fits = true
    for (const [column, value] of Object.entries(wanted)) {
      const has = cell(row, column)
      rank *= 2
      if (has === '') continue
      if (value === undefined) continue
      if (has === value) rank += 1
      else fits = false
    }
    if (!fits || rank < bestRank) continue
    if (rank > bestRank) best = []
    bestRank = rank
    best.push(row)
  }
  return best
}
