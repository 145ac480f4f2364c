import type { Flow, MapContext } from '../../core/flow.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Table, Tables } from '../../core/tables.ts'

/** Units that mean the same everywhere, under the names every Odoo begins with. A row of the table comes before them. */
const standard = [
  { x12: 'EA', unit: 'Units', eaches: '1' },
  { x12: 'UN', unit: 'Units', eaches: '1' },
  { x12: 'PC', unit: 'Units', eaches: '1' },
  { x12: 'DZ', unit: 'Dozens', eaches: '12' },
] as const

const completed = new WeakMap<Table, Table>()
const absent: Table = { name: 'units', version: 'standard', rows: standard }

function withStandard(units: Table | undefined): Table {
  if (!units) return absent
  const known = completed.get(units)
  if (known) return known
  // A row for one item or partner says nothing of the others.
  const general = (x12: string) =>
    rowsBy(units, 'x12', x12).some((row) => cell(row, 'item') === '' && cell(row, 'tradingPartner') === '')
  const rows = [...units.rows, ...standard.filter(({ x12 }) => !general(x12))]
  const all = { ...units, rows }
  completed.set(units, all)
  return all
}

/** A flow that knows the standard units, so that a first order does not wait for rows that say nothing new. */
export function knowingStandardUnits<Document, Settings>(flow: Flow<Document, Settings>): Flow<Document, Settings> {
  const complete = (context: MapContext<Settings>): MapContext<Settings> => ({
    ...context,
    tables: { ...context.tables, units: withStandard(context.tables.units) } satisfies Tables,
  })
  const { followUp } = flow
  return {
    ...flow,
    map: (document, context) => flow.map(document, complete(context)),
    ...(followUp ? { followUp: (document, context, ...rest) => followUp(document, complete(context), ...rest) } : {}),
  }
}
