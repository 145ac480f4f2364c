import { useEffect, useState } from 'preact/hooks'
import { documentName } from '../../../show/names.ts'
import type { Done, Overview, PreviewAnswer, ReplayAsked } from '../../api.ts'
import { act, Refusal } from '../http.ts'
import { Ask, type Question } from '../parts/ask.tsx'
import { count, duration, StateMark, Trouble } from '../parts/basics.tsx'
import { href, useRead } from '../use.ts'

/** Stored documents through today's mapping and tables: first what would change, then, if wanted, the replay. */
export function ReplayView({ id }: { id: string | undefined }) {
  const [asked, setAsked] = useState<ReplayAsked>(id ? { document: id } : {})
  const [answer, setAnswer] = useState<PreviewAnswer>()
  const [error, setError] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState('')
  const [question, setQuestion] = useState<Question>()
  const { data } = useRead<Overview>('api/overview', { hours: '720' })
  const look = async () => {
    setBusy(true)
    setError(undefined)
    try {
      setAnswer(await act<PreviewAnswer>('api/preview', asked))
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      setAnswer(undefined)
      setError(thrown)
    }
    setBusy(false)
  }
  useEffect(() => {
    if (id) look()
  }, [])
  const field = (name: keyof ReplayAsked, label: string, placeholder: string) => (
    <label>
      {label}
      <input
        value={asked[name] ?? ''}
        placeholder={placeholder}
        onInput={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })}
      />
    </label>
  )
  const written = answer?.documents.filter((document) => document.writes).length ?? 0
  return (
    <>
      <h1>Replay</h1>
      <p class="lead">Stored documents through today's mapping and tables. Nothing is written twice.</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          look()
        }}
      >
        {field('document', 'Document', 'a number or a document id')}
        <label>
          Flow
          <select
            value={asked.flow ?? ''}
            onChange={(event) => setAsked({ ...asked, flow: event.currentTarget.value })}
          >
            <option value="">every flow</option>
            {[...new Set(data?.flows.map(({ flow }) => flow))].map((flow) => (
              <option key={flow} value={flow}>
                {flow}
              </option>
            ))}
          </select>
        </label>
        {field('from', 'From', '2026-03-02')}
        {field('to', 'Before', '2026-03-03T09:00Z')}
        {field('code', 'Problem code', 'PRICE_DIFFERS')}
        <button type="submit" class="main" disabled={busy}>
          {busy ? 'Looking…' : 'Preview'}
        </button>
      </form>
      <Trouble error={error} />
      <p role="status">{told}</p>
      {answer && (
        <>
          <Summary answer={answer} />
          {written > 0 && (
            <button
              type="button"
              class="main"
              onClick={() =>
                setQuestion({
                  title: `Replay ${count(written, 'document')}?`,
                  verb: 'Replay',
                  field: 'Why',
                  work: async (why) => {
                    const done = await act<Done>('api/replay', { ...asked, why })
                    setTold(`${count(done.count, 'document')} on the way again.`)
                    setAnswer(undefined)
                  },
                })
              }
            >
              Replay
            </button>
          )}
          <Differences documents={answer.documents} />
        </>
      )}
      {question && <Ask question={question} close={() => setQuestion(undefined)} />}
    </>
  )
}

function Summary({ answer: { documents, efforts } }: { answer: PreviewAnswer }) {
  const same = documents.filter((document) => !document.changed).length
  const written = documents.filter((document) => document.writes).length
  const differing = documents.filter((document) => document.differences.length > 0).length
  const waiting = documents.filter(({ outcome }) => outcome === 'held' || outcome === 'rejected').length
  return (
    <ul class="plain">
      <li>{count(documents.length, 'document')} mapped again, nothing written</li>
      <li>{same} end as before</li>
      {differing > 0 && <li>{differing} with other records than were sent; what is delivered is not written again</li>}
      {waiting > 0 && <li>{waiting} would wait for a person</li>}
      <li>{written} would be written by a replay</li>
      {efforts.map(({ connection, writes, requests, seconds }) => (
        <li key={connection}>
          {connection}: {count(writes, 'write')}, about {count(requests, 'request')}, about {duration(seconds)}
        </li>
      ))}
    </ul>
  )
}

function Differences({ documents }: { documents: PreviewAnswer['documents'] }) {
  const changed = documents.filter((document) => document.changed || document.problems.length > 0)
  return (
    <>
      {changed.slice(0, 100).map(({ documentId, number, type, state, differences, problems }) => (
        <article class="card" key={documentId}>
          <h2>
            <a href={href('document', documentId)}>
              {documentName(type)} {number}
            </a>{' '}
            <StateMark state={state} />
          </h2>
          {problems.map((problem) => (
            <p key={problem.message}>
              <b>{problem.code}</b> {problem.message}
            </p>
          ))}
          {differences.length > 0 && (
            <div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">field</th>
                    <th scope="col">was sent</th>
                    <th scope="col">today</th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map(({ field, before, after }) => (
                    <tr key={field}>
                      <th scope="row">{field}</th>
                      <td>
                        <del>{shown(before)}</del>
                      </td>
                      <td>
                        <ins>{shown(after)}</ins>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </article>
      ))}
      {changed.length > 100 && <p class="quiet">and {count(changed.length - 100, 'document')} more</p>}
    </>
  )
}

const shown = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
