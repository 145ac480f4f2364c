import { useState } from 'preact/hooks'
import type { Done, Exceptions, WaitingRow } from '../../api.ts'
import { act } from '../http.ts'
import { Ask, type Question } from '../parts/ask.tsx'
import { count, Loading, StateMark, Trouble, When } from '../parts/basics.tsx'
import { addRow } from '../parts/links.ts'
import { href, useKeys, useRead } from '../use.ts'

type Cause = Exceptions['causes'][number]

/** What waits for a person, by cause: mend it, retry the group. */
export function ExceptionsView({ cause: open }: { cause: string | undefined }) {
  const { data, error, reload } = useRead<Exceptions>('api/exceptions', {}, 3000)
  const [question, setQuestion] = useState<Question>()
  const [told, setTold] = useState('')
  const [at, setAt] = useState(0)
  const causes = data?.causes ?? []
  const step = (by: number) => {
    const next = Math.min(causes.length - 1, Math.max(0, at + by))
    setAt(next)
    document.getElementById(causes[next]?.cause ?? '')?.focus()
  }
  const retry = (cause: Cause) =>
    setQuestion({
      title: `Retry ${count(cause.documents, 'document')}? They are mapped with today's tables.`,
      verb: 'Retry',
      work: async () => {
        const done = await act<Done>('api/redrive', { cause: cause.cause })
        setTold(`${count(done.count, 'document')} on the way again.`)
        reload()
      },
    })
  const chosen = causes[at]
  useKeys({ j: () => step(1), k: () => step(-1), r: () => chosen && retry(chosen) })
  if (!data) return error ? <Trouble error={error} /> : <Loading />
  return (
    <>
      <h1>Exceptions</h1>
      <p class="lead" role="status">
        {told}{' '}
        {causes.length === 0
          ? 'No document waits for a person.'
          : `${count(data.documents, 'document waits', 'documents wait')}, for ${count(causes.length, 'cause')}.`}
      </p>
      <Trouble error={error} />
      <ol class="causes">
        {causes.map((cause, i) => (
          <li key={cause.cause} id={cause.cause} tabIndex={-1} class="card" onFocus={() => setAt(i)}>
            <CauseCard cause={cause} open={open === cause.cause} retry={() => retry(cause)} />
          </li>
        ))}
      </ol>
      {question && <Ask question={question} close={() => setQuestion(undefined)} />}
    </>
  )
}

function CauseCard({ cause, open, retry }: { cause: Cause; open: boolean; retry(): void }) {
  const { code, documents, example, remedy, flows, integrations, first, last, row } = cause
  return (
    <>
      <div class="row">
        <h2>
          <span class="figure">{documents.toLocaleString('en')}</span> {code}
        </h2>
        <span class="quiet">{flows.join(', ')}</span>
      </div>
      <p>{example.message}</p>
      {remedy && (
        <p class="todo">
          <b>To do:</b> {remedy}
        </p>
      )}
      <p class="quiet">
        {documents === 1 ? (
          <When at={last} />
        ) : (
          <>
            <When at={first} /> to <When at={last} />
          </>
        )}{' '}
        UTC
      </p>
      <div class="row">
        <button type="button" class="main" onClick={retry}>
          Retry {documents === 1 ? 'it' : `all ${documents.toLocaleString('en')}`}
        </button>
        {row && (
          <a class="button" href={addRow(row, integrations.length === 1 ? integrations[0] : '')}>
            Add the row to {row.table}
          </a>
        )}
        <a href={open ? href('exceptions') : href('exceptions', cause.cause)}>
          {open ? 'Hide documents' : 'Documents'}
        </a>
        <a href={href('document', example.documentId)}>Example: {example.number}</a>
      </div>
      {open && <Waiting cause={cause.cause} />}
    </>
  )
}

function Waiting({ cause }: { cause: string }) {
  const { data, error } = useRead<WaitingRow[]>('api/waiting', { cause }, 5000)
  if (!data) return error ? <Trouble error={error} /> : <Loading />
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">number</th>
            <th scope="col">state</th>
            <th scope="col">captured (UTC)</th>
            <th scope="col">why</th>
            <th scope="col">who</th>
          </tr>
        </thead>
        <tbody>
          {data.slice(0, 200).map(({ entry, state, problems, assignee, notes, hold }) => (
            <tr key={entry.documentId}>
              <th scope="row">
                <a href={href('document', entry.documentId)}>{entry.number}</a>
              </th>
              <td>
                <StateMark state={state} />
              </td>
              <td>
                <When at={entry.capturedAt} />
              </td>
              <td>{problems.map(({ message }) => message).join(' ')}</td>
              <td>{[assignee, hold && `held by ${hold.by}`, notes.at(-1)?.text].filter(Boolean).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.length > 200 && <p class="quiet">and {count(data.length - 200, 'document')} more</p>}
    </div>
  )
}
