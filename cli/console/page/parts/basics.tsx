import type { ComponentChildren } from 'preact'
import type { State } from '../../api.ts'
import type { Refusal } from '../http.ts'

const words: Record<State, string> = {
  captured: 'in flight',
  mapped: 'in flight',
  delivered: 'delivered',
  held: 'held',
  rejected: 'rejected',
  skipped: 'skipped',
  undone: 'undone',
}

/** A document's state as people read it: the word says it, the colour only helps. */
export const StateMark = ({ state }: { state: State }) => <span class={`mark ${state}`}>{words[state]}</span>

/** An ISO date-time in UTC, like everything in the ledger. */
export const When = ({ at }: { at: string }) => <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')}</time>

/** "3 min ago", the exact time on hover. */
export function Ago({ at, now }: { at: string | undefined; now: string }) {
  if (at === undefined) return <span class="quiet">never</span>
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const text =
    seconds < 60
      ? `${seconds} s`
      : minutes < 60
        ? `${minutes} min`
        : hours < 48
          ? `${hours} h`
          : `${Math.floor(hours / 24)} d`
  return (
    <time dateTime={at} title={`${at.slice(0, 19).replace('T', ' ')} UTC`}>
      {text} ago
    </time>
  )
}

/** "40 s", "12 min", "3 h". */
export const duration = (seconds: number): string =>
  seconds < 10
    ? `${seconds.toFixed(1)} s`
    : seconds < 90
      ? `${Math.round(seconds)} s`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`

export const count = (n: number, thing: string, things = `${thing}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? thing : things}`

/** What went wrong with a request, said where it is noticed. */
export function Trouble({ error }: { error: Refusal | undefined }) {
  if (!error) return null
  return (
    <div class="trouble" role="alert">
      <p>{error.message}</p>
      {error.problems.length > 0 && (
        <ul>
          {error.problems.map((problem) => (
            <li key={problem.message}>{problem.message}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A part of a page with its heading. */
export const Section = ({
  title,
  children,
  aside,
}: {
  title: string
  children: ComponentChildren
  aside?: ComponentChildren
}) => (
  <section>
    <header class="row">
      <h2>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
)

export const Loading = () => <p class="quiet">Reading…</p>
