import type { ComponentChildren } from 'preact'
import type { PersonsWord } from '../../../../lib/pipeline/ledger/ledger.ts'
import { writeName } from '../../../show/names.ts'
import type { StoryAnswer } from '../../api.ts'
import { When } from './basics.tsx'

type Told = StoryAnswer['found'][number]

interface Moment {
  at: string
  kind: string
  title: ComponentChildren
  detail?: ComponentChildren
}

/** One document's story in the order in which it happened: what came, what was decided, every attempt, every answer. */
export function Timeline({ story }: { story: Told }) {
  const moments = momentsOf(story).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return (
    <ol class="timeline">
      {moments.map((moment, i) => (
        <li key={`${moment.at} ${i}`} class={moment.kind}>
          <When at={moment.at} />
          <div>
            <p>{moment.title}</p>
            {moment.detail}
          </div>
        </li>
      ))}
    </ol>
  )
}

function momentsOf({ entry, raw, mappings, progress }: Told): Moment[] {
  return [
    {
      at: entry.capturedAt,
      kind: 'captured',
      title: <>Captured from {entry.connection}</>,
      detail: <Json title="What came in" value={raw} />,
    },
    ...mappings.map(
      (mapping): Moment => ({
        at: mapping.at,
        kind: 'mapped',
        title: (
          <>
            {mapping.undoes ? 'To be undone' : 'Mapped'}:{' '}
            {mapping.writes.length === 0
              ? 'nothing to write'
              : mapping.writes.map((w) => `${w.operation} at ${w.connection}`).join(', ')}
          </>
        ),
        detail: (
          <>
            <Warnings warnings={mapping.warnings} />
            <Decisions decisions={mapping.decisions} />
            {mapping.writes.map((write) => (
              <Json
                key={write.reference}
                title={`Record of ${write.operation} (${write.reference})`}
                value={write.record}
              />
            ))}
          </>
        ),
      }),
    ),
    ...(progress?.targets ?? []).map(
      (target): Moment => ({
        at: target.at,
        kind: 'delivered',
        title: (
          <>
            {target.adopted ? 'Found at' : 'Written to'} {target.connection}: {writeName(target.operation)}{' '}
            <b>{target.numbers[0] ?? target.targetId}</b>
          </>
        ),
        detail: Object.keys(target.result).length > 0 ? <Json title="Its answer" value={target.result} /> : undefined,
      }),
    ),
    ...(progress?.attempts ?? [])
      .filter((attempt) => attempt.outcome !== 'written' || attempt.by)
      .map(
        (attempt): Moment => ({
          at: attempt.at,
          kind: attempt.outcome,
          title: (
            <>
              {attempt.stage === 'map' ? 'Mapping' : 'Writing'}: {attempt.outcome} {attempt.code}
              {attempt.by && <> (asked for by {attempt.by})</>}
            </>
          ),
        }),
      ),
    ...(progress?.notes ?? []).map((word) => said(word, '')),
    ...(progress?.hold ? [said(progress.hold, ' holds it')] : []),
    ...(progress?.undo ? [said(progress.undo, ' wants it undone')] : []),
  ]
}

/** A person's word as a moment. */
const said = ({ at, by, text }: PersonsWord, does: string): Moment => ({
  at,
  kind: 'note',
  title: (
    <>
      {by}
      {does}: {text}
    </>
  ),
})

const Warnings = ({ warnings }: { warnings: Told['mappings'][number]['warnings'] }) =>
  warnings.length === 0 ? null : (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li key={warning.message}>
          {warning.code}: {warning.message}
        </li>
      ))}
    </ul>
  )

const Decisions = ({ decisions }: { decisions: Told['mappings'][number]['decisions'] }) =>
  decisions.length === 0 ? null : (
    <details>
      <summary>Decisions ({decisions.length})</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">value</th>
              <th scope="col">rule</th>
              <th scope="col">because of</th>
              <th scope="col">table row, version</th>
            </tr>
          </thead>
          <tbody>
            {decisions.map((decision, i) => (
              <tr key={`${decision.field} ${i}`}>
                <th scope="row">{decision.field}</th>
                <td>{decision.value}</td>
                <td>{decision.rule}</td>
                <td>{decision.input}</td>
                <td>{decision.table && `${decision.table.name}: ${decision.table.row} @ ${decision.table.version}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )

const Json = ({ title, value }: { title: string; value: unknown }) => (
  <details>
    <summary>{title}</summary>
    <pre>{JSON.stringify(value, null, 2)}</pre>
  </details>
)
