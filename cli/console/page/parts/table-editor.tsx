import { useEffect, useMemo, useState } from 'preact/hooks'
import type { TableContent } from '../../api.ts'
import { act, Refusal, read } from '../http.ts'
import { href } from '../use.ts'
import { count, Loading, Trouble } from './basics.tsx'

type Rows = TableContent['rows']

/** How many rows are shown at once; a filter finds the others. */
const most = 200

/** One table edited in place; what is wrong is said at its row, and nothing is stored until all is right. */
export function TableEditor({ integration, name, cells }: { integration: string; name: string; cells: string }) {
  const [table, setTable] = useState<TableContent>()
  const [rows, setRows] = useState<Rows>([])
  const [error, setError] = useState<Refusal>()
  const [filter, setFilter] = useState('')
  const [told, setTold] = useState('')
  const load = () =>
    read<TableContent>('api/table', { integration, name }).then((content) => {
      setTable(content)
      const added = cells === '' ? [] : [Object.fromEntries(new URLSearchParams(cells))]
      setRows([...added, ...content.rows])
      setError(undefined)
    }, setError)
  useEffect(() => void load(), [])
  const shown = useMemo(() => {
    const wanted = filter.toLowerCase()
    const all = rows.map((row, i) => ({ row, i }))
    return wanted === ''
      ? all
      : all.filter(({ row }) => Object.values(row).some((cell) => cell.toLowerCase().includes(wanted)))
  }, [rows, filter])
  if (!table) return error ? <Trouble error={error} /> : <Loading />

  const edit = (i: number, column: string, cell: string) =>
    setRows((before) => before.map((row, n) => (n === i ? { ...row, [column]: cell } : row)))
  const store = async () => {
    try {
      const body = { integration, name, ...(table.version ? { version: table.version } : {}), rows }
      await act('api/table', body, 'PUT')
      const content = await read<TableContent>('api/table', { integration, name })
      setTable(content)
      setRows([...content.rows])
      setError(undefined)
      setTold(`Stored as version ${content.version}.`)
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      setError(thrown)
      setTold('')
    }
  }
  const changed = JSON.stringify(rows) !== JSON.stringify(table.rows)
  const problemsAt = (i: number) => error?.problems.filter(({ at }) => at === i) ?? []
  return (
    <section>
      <header class="row">
        <h2>
          {name} <small>{integration}</small>
        </h2>
        <span class="quiet">
          {count(rows.length, 'row')}
          {table.version ? `, version ${table.version}` : ''}
        </span>
      </header>
      <p class="quiet">{table.description}</p>
      <div class="row">
        <input
          type="search"
          placeholder="Filter rows"
          aria-label="Filter rows"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <button type="button" onClick={() => setRows((before) => [{}, ...before])}>
          Add a row
        </button>
        <button type="button" class="main" disabled={!changed} onClick={store}>
          Store
        </button>
        {changed && (
          <button type="button" onClick={load}>
            Undo changes
          </button>
        )}
      </div>
      <p role="status">
        {told} {told !== '' && <a href={href('exceptions')}>Retry what waits for it</a>}
      </p>
      <Trouble error={error} />
      <div class="scroll">
        <table class="grid">
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.name} scope="col" title={column.description}>
                  {column.name}
                  {column.required ? ' *' : ''}
                </th>
              ))}
              <th scope="col">
                <span class="hidden">remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map(({ row, i }) => (
              <tr
                key={i}
                class={problemsAt(i).length > 0 ? 'wrong' : ''}
                title={problemsAt(i)
                  .map((p) => p.message)
                  .join('\n')}
              >
                {table.columns.map((column) => (
                  <td key={column.name}>
                    <Cell
                      column={column}
                      cell={row[column.name] ?? ''}
                      row={i + 1}
                      edit={(cell) => edit(i, column.name, cell)}
                    />
                  </td>
                ))}
                <td>
                  <button
                    type="button"
                    aria-label={`Remove row ${i + 1}`}
                    onClick={() => setRows((before) => before.filter((_, n) => n !== i))}
                  >
                    ×
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length > most && (
        <p class="quiet">
          The first {most} of {shown.length} rows; filter for others.
        </p>
      )}
    </section>
  )
}

function Cell({
  column,
  cell,
  row,
  edit,
}: {
  column: TableContent['columns'][number]
  cell: string
  row: number
  edit(cell: string): void
}) {
  const label = `${column.name}, row ${row}`
  if (column.values)
    return (
      <select aria-label={label} value={cell} onChange={(event) => edit(event.currentTarget.value)}>
        {[...new Set(['', ...column.values, cell])].map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    )
  return (
    <input
      aria-label={label}
      value={cell}
      size={Math.max(6, Math.min(28, cell.length + 1))}
      onInput={(event) => edit(event.currentTarget.value)}
    />
  )
}
