import type { BackfillCursor, BackfillRequest } from '../../lib/core/backfill.ts'
import { count, tableLines } from '../layout.ts'
import type { Terminal } from '../terminal.ts'
import { timeText } from './time.ts'

/** How far the backfill of one stream is. */
export interface StreamBackfill {
  stream: string
  state: 'waiting' | 'reading' | 'finished'
  request: BackfillRequest
}

/** What is under way, what waits, and where nothing does, what ended last. */
export function backfillsOf(stream: string, { requests, finished }: BackfillCursor): StreamBackfill[] {
  if (requests.length === 0) return finished ? [{ stream, state: 'finished', request: finished }] : []
  return requests.map((request) => ({ stream, state: request.progress ? 'reading' : 'waiting', request }))
}

const columns = ['stream', 'what', 'state', 'done', 'of', '', 'since'].map((title) => ({
  title,
  right: title === 'done' || title === 'of' || title === '',
}))

export const backfillLines = (found: readonly StreamBackfill[], terminal: Terminal): string[] =>
  tableLines(
    columns,
    found.map(({ stream, state, request }) => [
      stream,
      whatOf(request),
      terminal.style(state === 'finished' ? 'green' : 'cyan', state),
      String(request.progress?.done ?? 0),
      String(request.progress?.total ?? '?'),
      percentOf(request, state),
      timeText(request.progress?.startedAt ?? request.requestedAt) + unreadable(request),
    ]),
  )

function whatOf({ from, to, ids }: BackfillRequest): string {
  if (ids) return count(ids.length, 'record')
  return `${day(from) ?? 'the beginning'} to ${day(to) ?? 'now'}`
}

/** A whole day as its date. */
const day = (iso: string | undefined): string | undefined =>
  iso && (/T00:00:00(\.000)?Z$/.test(iso) ? iso.slice(0, 10) : timeText(iso))

/** Records may join and leave meanwhile: only the end is 100 %. */
function percentOf({ progress }: BackfillRequest, state: StreamBackfill['state']): string {
  if (state === 'finished') return '100 %'
  if (!progress || progress.total === 0) return '0 %'
  return `${Math.min(99, Math.floor((100 * progress.done) / progress.total))} %`
}

const unreadable = ({ progress }: BackfillRequest): string =>
  progress && progress.unreadable > 0 ? `, ${progress.unreadable} could not be read` : ''
