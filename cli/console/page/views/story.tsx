import { useState } from 'preact/hooks'
import { documentName } from '../../../show/names.ts'
import type { StoryAnswer, UndoAnswer, WordSaid } from '../../api.ts'
import { act } from '../http.ts'
import { Ask, type Question } from '../parts/ask.tsx'
import { Loading, StateMark, Trouble, When } from '../parts/basics.tsx'
import { addRow } from '../parts/links.ts'
import { Timeline } from '../parts/timeline.tsx'
import { href, useRead } from '../use.ts'

type Told = StoryAnswer['found'][number]

/** Every document known under an id, as time lines. */
export function StoryView({ id }: { id: string }) {
  const { data, error, reload } = useRead<StoryAnswer>('api/story', { id }, 3000)
  if (!data) return error ? <Trouble error={error} /> : <Loading />
  if (data.found.length === 0)
    return (
      <>
        <h1>{id}</h1>
        <p class="lead">
          Nothing is known under this number. Numbers are whole and written as in the document: a purchase order, an
          order, a shipment, an invoice, a document id.
        </p>
      </>
    )
  return (
    <>
      <h1>{id}</h1>
      <p class="lead chain">{data.chain}</p>
      <Trouble error={error} />
      {data.found.map((story) => (
        <Document key={story.entry.documentId} story={story} remedies={data.remedies} reload={reload} />
      ))}
      {data.related.length > 0 && (
        <section>
          <h2>Of the same thread</h2>
          <ul class="plain">
            {data.related.map((entry) => (
              <li key={entry.documentId}>
                <a href={href('document', entry.documentId)}>{entry.number}</a> {entry.flow}{' '}
                <StateMark state={entry.state} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Document({ story, remedies, reload }: { story: Told; remedies: StoryAnswer['remedies']; reload(): void }) {
  const { entry, state, progress } = story
  const [question, setQuestion] = useState<Question>()
  const said = (verb: WordSaid['verb'], title: string, button: string, field: string) => () =>
    setQuestion({
      title,
      verb: button,
      field,
      work: (text) => act('api/word', { verb, document: entry.documentId, text }).then(reload),
    })
  const retry = () =>
    setQuestion({
      title: `Retry ${entry.number}? It is mapped with today's tables.`,
      verb: 'Retry',
      work: () => act('api/redrive', { document: entry.documentId }).then(reload),
    })
  const undo = async () => {
    const { refused, does, warnings } = await act<UndoAnswer>('api/undo', { document: entry.documentId })
    setQuestion({
      title: refused === undefined ? `Undo ${entry.number}?` : `${entry.number} is not undone`,
      says: refused === undefined ? [...does, ...warnings] : [refused],
      ...(refused === undefined
        ? {
            verb: 'Undo',
            field: 'Why',
            work: (why: string) => act('api/undo', { document: entry.documentId, why }).then(reload),
          }
        : { verb: 'Understood', work: async () => undefined }),
    })
  }
  const waits = state === 'held' || state === 'rejected'
  const over = state === 'delivered' || state === 'skipped' || state === 'undone'
  return (
    <article class={`card ${state}`}>
      <div class="row">
        <h2>
          {documentName(entry.type)} {entry.number}
        </h2>
        <StateMark state={state} />
      </div>
      <p class="quiet">
        {entry.integration}, {entry.flow}, from {entry.connection}, captured <When at={entry.capturedAt} /> UTC
      </p>
      {(progress?.problems ?? []).map((problem) => (
        <div class="problem" key={problem.code + problem.message}>
          <p>
            <b>{problem.code}</b> {problem.message}
          </p>
          {remedies[problem.code] && <p class="todo">To do: {remedies[problem.code]}</p>}
          {problem.path && <p class="quiet">at {problem.path}</p>}
          {problem.row && (
            <a class="button" href={addRow(problem.row, entry.integration)}>
              Add the row to {problem.row.table}
            </a>
          )}
        </div>
      ))}
      <div class="row">
        {waits && !progress?.hold && (
          <button type="button" class="main" onClick={retry}>
            Retry
          </button>
        )}
        {progress?.hold ? (
          <button type="button" class="main" onClick={said('release', `Release ${entry.number}?`, 'Release', 'Why')}>
            Release
          </button>
        ) : (
          !over && (
            <button
              type="button"
              onClick={said('hold', `Hold ${entry.number}? It is not sent until released.`, 'Hold', 'Why')}
            >
              Hold
            </button>
          )
        )}
        {waits && (
          <button
            type="button"
            onClick={said(
              'resolve',
              `Settle ${entry.number} without sending it? It will not come back.`,
              'Settle',
              'How it was settled',
            )}
          >
            Settle without sending
          </button>
        )}
        {(state === 'delivered' || waits) && Object.keys(progress?.begun ?? {}).length > 0 && (
          <button type="button" onClick={undo}>
            Undo
          </button>
        )}
        {progress && (
          <>
            <button type="button" onClick={said('note', `A note on ${entry.number}`, 'Add', 'Note')}>
              Note
            </button>
            <button type="button" onClick={said('assign', `Who sees to ${entry.number}?`, 'Assign', 'Name')}>
              Assign
            </button>
          </>
        )}
        <a href={href('replay', entry.documentId)}>What would it become today?</a>
      </div>
      <Timeline story={story} />
      {question && <Ask question={question} close={() => setQuestion(undefined)} />}
    </article>
  )
}
