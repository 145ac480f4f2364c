import type { TableList } from '../../api.ts'
import { count, Loading, Trouble } from '../parts/basics.tsx'
import { TableEditor } from '../parts/table-editor.tsx'
import { href, useRead } from '../use.ts'

/** The cross-reference tables, and one of them to edit. */
export function TablesView({ integration, table, cells }: { integration?: string; table?: string; cells?: string }) {
  const { data, error } = useRead<TableList[]>('api/tables', {})
  if (!data) return error ? <Trouble error={error} /> : <Loading />
  const having = data.filter((one) => one.tables.some(({ name }) => name === table))
  const chosen = integration || (having.length === 1 ? having[0]?.integration : undefined)
  return (
    <>
      <h1>Tables</h1>
      {chosen && table ? (
        <>
          <p>
            <a href={href('tables')}>All tables</a>
          </p>
          <TableEditor
            key={`${chosen} ${table} ${cells ?? ''}`}
            integration={chosen}
            name={table}
            cells={cells ?? ''}
          />
        </>
      ) : (
        (table ? having : data).map((one) => (
          <section key={one.integration}>
            <h2>{one.integration}</h2>
            <ul class="plain">
              {one.tables
                .filter(({ name }) => table === undefined || table === '' || name === table)
                .map(({ name, description, rows }) => (
                  <li key={name}>
                    <a href={href('tables', one.integration, name, ...(cells ? [cells] : []))}>{name}</a>{' '}
                    <span class="quiet">{count(rows, 'row')}</span>
                    <br />
                    <span class="quiet">{description}</span>
                  </li>
                ))}
            </ul>
          </section>
        ))
      )}
    </>
  )
}
