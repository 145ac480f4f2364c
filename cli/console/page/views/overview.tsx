import { useState } from 'preact/hooks'
import type { FlowOverview, Overview } from '../../api.ts'
import { act } from '../http.ts'
import { Ask, type Question } from '../parts/ask.tsx'
import { Ago, count, duration, Loading, Section, Trouble } from '../parts/basics.tsx'
import { Course } from '../parts/chart.tsx'
import { href, useRead } from '../use.ts'

const ranges = [
  ['1', 'hour'],
  ['24', 'day'],
  ['168', 'week'],
  ['720', 'month'],
] as const

/** How everything stands: connections, then every flow with its course over time. */
export function OverviewView() {
  const [hours, setHours] = useState('1')
  const [question, setQuestion] = useState<Question>()
  const { data, error, reload } = useRead<Overview>('api/overview', { hours }, 2000)
  if (!data) return error ? <Trouble error={error} /> : <Loading />
  const change = (connection: string, on: boolean) =>
    setQuestion({
      title: on
        ? `Resume ${connection}?`
        : `Pause ${connection}? Nothing is read from it or written to it; nothing is lost.`,
      verb: on ? 'Resume' : 'Pause',
      ...(on ? {} : { field: 'Why' }),
      work: (why) => act('api/switch', { connection, on, ...(on ? {} : { why }) }).then(reload),
    })
  return (
    <>
      <h1>{data.title}</h1>
      <Trouble error={error} />
      <p class="lead">
        {data.waiting > 0 ? (
          <a href={href('exceptions')}>{count(data.waiting, 'document waits', 'documents wait')} for a person</a>
        ) : (
          'No document waits for a person.'
        )}
        {data.busy && <span class="busy"> Functions are at work.</span>}
      </p>
      <Section title="Connections">
        <Connections data={data} change={change} />
      </Section>
      <Section
        title="Flows"
        aside={
          <label class="inline">
            in the last{' '}
            <select value={hours} onChange={(event) => setHours(event.currentTarget.value)}>
              {ranges.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        }
      >
        <Flows flows={data.flows} points={data.points} />
      </Section>
      {question && <Ask question={question} close={() => setQuestion(undefined)} />}
    </>
  )
}

function Connections({ data, change }: { data: Overview; change(connection: string, on: boolean): void }) {
  return (
    <ul class="cards">
      {data.connections.map(({ connection, system, state, pause, down, polledAt, lastDocumentAt, queue }) => (
        <li key={connection} class={`card ${state}`}>
          <div class="row">
            <h3>{connection}</h3>
            <span class={`mark ${state}`}>{state}</span>
          </div>
          <dl>
            <dt>system</dt>
            <dd>{system}</dd>
            <dt>polled</dt>
            <dd>
              <Ago at={polledAt} now={data.at} />
            </dd>
            <dt>last document</dt>
            <dd>
              <Ago at={lastDocumentAt} now={data.at} />
            </dd>
            <dt>to write</dt>
            <dd>{queue.waiting + queue.inFlight}</dd>
          </dl>
          {pause && (
            <p>
              {pause.by}: {pause.why}
            </p>
          )}
          {down && (
            <p>
              {down.code} {down.message}
            </p>
          )}
          <button type="button" onClick={() => change(connection, state === 'paused' || state === 'off')}>
            {state === 'paused' || state === 'off' ? 'Resume' : 'Pause'}
          </button>
        </li>
      ))}
    </ul>
  )
}

function Flows({ flows, points }: { flows: FlowOverview[]; points: string[] }) {
  const some = flows.filter((flow) => flow.captured > 0)
  const silent = flows.filter((flow) => flow.captured === 0)
  return (
    <>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">flow</th>
              <th scope="col">delivered above, failed below</th>
              <th scope="col" class="number">
                captured
              </th>
              <th scope="col" class="number">
                delivered
              </th>
              <th scope="col" class="number">
                waiting
              </th>
              <th scope="col" class="number">
                skipped
              </th>
              <th scope="col" class="number">
                in flight
              </th>
              <th scope="col" class="number">
                lag, half / 95 %
              </th>
            </tr>
          </thead>
          <tbody>
            {some.map((flow) => (
              <tr key={`${flow.integration}/${flow.flow}`}>
                <th scope="row">
                  {flow.flow}
                  <small>{flow.integration}</small>
                </th>
                <td>
                  <Course delivered={flow.deliveredAt} failed={flow.failedAt} points={points} />
                </td>
                <td class="number">{flow.captured}</td>
                <td class="number">{flow.delivered}</td>
                <td class={`number ${flow.held + flow.rejected > 0 ? 'warn' : ''}`}>{flow.held + flow.rejected}</td>
                <td class="number">{flow.skipped}</td>
                <td class="number">{flow.inFlight}</td>
                <td class="number">{flow.lag ? `${duration(flow.lag.median)} / ${duration(flow.lag.p95)}` : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {silent.length > 0 && <p class="quiet">Nothing came for {silent.map((flow) => flow.flow).join(', ')}.</p>}
    </>
  )
}
