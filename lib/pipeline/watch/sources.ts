import type { StateStore } from '../state.ts'
import type { Finding } from './finding.ts'
import { isKnown, silentFrom } from './pace.ts'
import type { Polling } from './polling.ts'

/** A connection that is polled: its schedule, "rate(5 minutes)" or "cron(...)". */
export type PolledConnections = Readonly<Record<string, { schedule: string }>>

const minuteMs = 60_000
const units: Readonly<Record<string, number>> = { minute: minuteMs, hour: 60 * minuteMs, day: 24 * 60 * minuteMs }
/** Intervals without a poll after which the poller has stopped. */
const intervals = 3

/** Name of the record that the polls of a connection keep. */
export const pollingRecord = (connection: string): string => `polling#${connection}`

/**
 * Looks at every connection that is polled and not paused: whether it is, whether its streams still give documents, and
 * what its polls found out about webhooks and keys. Costs one read a connection.
 * @param since by connection, epoch milliseconds since when it is watched: one that was never polled is late from there
 */
export async function sourceFindings(
  connections: PolledConnections,
  since: Readonly<Record<string, number>>,
  state: Pick<StateStore, 'paused' | 'record'>,
  now: number,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [name, { schedule }] of Object.entries(connections)) {
    if (await state.paused(name)) continue
    const polling = await state.record<Polling>(pollingRecord(name))
    const stopped = stoppedFrom(schedule, polling, since[name] ?? now)
    if (now > stopped) findings.push(pollerStopped(name, stopped, polling))
    else if (polling) findings.push(...ofStreams(name, polling, now), ...ofConcerns(name, polling))
  }
  return findings
}

/** Epoch milliseconds from which polls are missing. */
function stoppedFrom(schedule: string, polling: Polling | undefined, since: number): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? []
  const rate = Number(count) * (units[unit ?? ''] ?? 0)
  const polls = polling?.polls
  const last = polls?.last ?? since
  if (rate > 0) return last + intervals * rate
  // A cron expression may rest at night and over a weekend: what was seen counts, three days until enough was.
  const seen = polls && isKnown(polls) ? Math.max(intervals * polls.mean, 1.5 * polls.longest) : 75 * 60 * minuteMs
  return last + seen
}

const iso = (ms: number): string => new Date(ms).toISOString()

const pollerStopped = (name: string, from: number, polling: Polling | undefined): Finding => ({
  id: `PollerStopped ${name}`,
  kind: 'PollerStopped',
  since: iso(from),
  message: polling ? `${name} was last polled at ${iso(polling.polls.last)}` : `${name} was never polled`,
  connection: name,
})

function ofStreams(name: string, { streams, failing }: Polling, now: number): Finding[] {
  return Object.entries(streams).flatMap(([stream, pace]): Finding[] => {
    const from = silentFrom(pace)
    // One that cannot be read is told of as such.
    if (from === undefined || now <= from || failing[stream]) return []
    const usual = Math.max(1, Math.round(pace.mean / minuteMs))
    return [
      {
        id: `SourceSilent ${name} ${stream}`,
        kind: 'SourceSilent',
        since: iso(pace.last),
        message: `${stream} of ${name} gave nothing since ${iso(pace.last)}; a document every ${usual} minutes is usual`,
        connection: name,
        stream,
      },
    ]
  })
}

function ofConcerns(name: string, { failing, concerns, askedAt }: Polling): Finding[] {
  const found = Object.entries(failing).flatMap(([stream, { concern, since, message }]): Finding[] =>
    concern
      ? [{ id: `${concern} ${name} ${stream}`, kind: concern, since: iso(since), message, connection: name, stream }]
      : [],
  )
  const told = concerns.map(
    ({ kind, message, id }): Finding => ({
      id: `${kind} ${name} ${id}`,
      kind,
      since: iso(askedAt),
      message: `${name}: ${message}`,
      connection: name,
    }),
  )
  return [...found, ...told]
}
