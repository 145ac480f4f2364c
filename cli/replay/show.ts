import type { Json } from '../../lib/core/exchange.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { count, cut } from '../layout.ts'
import { commandLine } from '../next.ts'
import { documentName } from '../show/names.ts'
import { problemsText } from '../show/problems.ts'
import { stateText } from '../show/state.ts'
import type { Terminal } from '../terminal.ts'
import type { Difference } from './differences.ts'
import type { Effort } from './effort.ts'
import type { DocumentPreview } from './preview.ts'

/** How many documents are shown one by one; --json has them all. */
const most = 20

/** What a replay would do, for people: what changes, what it costs, what would still wait. */
export function showPreviews(
  previews: readonly DocumentPreview[],
  efforts: readonly Effort[],
  deployment: Deployment,
  terminal: Terminal,
): void {
  const waits = ({ outcome }: DocumentPreview) => outcome === 'held' || outcome === 'rejected'
  const differing = previews.filter((p) => p.changed || waits(p))
  for (const one of differing.slice(0, most)) showOne(one, terminal)
  if (differing.length > most)
    terminal.print(`and ${count(differing.length - most, 'document')} more that differ (--json lists them all)\n`)
  const same = previews.length - differing.length
  const changed = previews.filter((p) => p.differences.length > 0)
  terminal.print(
    `${count(previews.length, 'document')} of ${deployment.title} mapped with today's tables; nothing was written.`,
  )
  if (same > 0) terminal.print(`  ${same} as before`)
  if (changed.length > 0) {
    const delivered = changed.filter((p) => p.state === 'delivered').length
    const told = delivered > 0 ? `, ${delivered} of them delivered: a replay does not write those again` : ''
    terminal.print(`  ${changed.length} with other records than were sent${told}`)
  }
  const written = previews.filter((p) => p.writes).length
  const waiting = previews.filter(waits).length
  if (waiting > 0) terminal.print(`  ${waiting} would wait for a person`)
  terminal.print(written === 0 ? '  none would be written by a replay' : `  ${written} would be written by a replay:`)
  for (const { connection, writes, requests, seconds } of efforts)
    terminal.print(
      `    ${connection}: ${count(writes, 'write')}, about ${count(requests, 'request')}, about ${durationText(seconds)}`,
    )
  if (written > 0) terminal.print('Next: the same command without --preview does it.')
  else if (changed[0]) terminal.print(`Next: ${commandLine('trace', changed[0].number, ...deployment.arguments)}`)
}

function showOne({ type, number, state, differences, problems, writes }: DocumentPreview, terminal: Terminal): void {
  const what = writes ? ', would be written' : problems.length > 0 ? ', would not be written' : ''
  terminal.print(`${terminal.style('bold', `${documentName(type)} ${number}`)}  ${stateText(state, terminal)}${what}`)
  for (const one of differences) terminal.print(cut(`  ${changeText(one)}`, terminal.width * 2))
  for (const line of problemsText('', problems, terminal).slice(1)) terminal.print(line)
  terminal.print('')
}

const changeText = ({ field, before, after }: Difference): string =>
  `${field}: ${valueText(before)} → ${valueText(after)}`

const valueText = (value: Json | undefined): string =>
  value === undefined ? '(none)' : typeof value === 'string' ? value : JSON.stringify(value)

/** "40 s", "12 min", "3 h". */
export const durationText = (seconds: number): string =>
  seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
