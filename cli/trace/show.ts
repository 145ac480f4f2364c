import { type Attempt, type Story, shownState } from '../../lib/pipeline/ledger/ledger.ts'
import { parseStep } from '../../lib/pipeline/messages.ts'
import { indented, tableLines } from '../layout.ts'
import { decisionsText } from '../show/decisions.ts'
import { documentName } from '../show/names.ts'
import { problemsText } from '../show/problems.ts'
import { recordText } from '../show/record.ts'
import { stateText } from '../show/state.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

/** One document's story: what came, what was decided and why, every attempt, what was written and answered. */
export function showStory(story: Story, full: boolean, terminal: Terminal): void {
  const { entry, progress, mappings } = story
  const state = shownState(progress, mappings.length > 0)
  const title = `${documentName(entry.type)} ${entry.number}`
  const lines = [
    `${terminal.style('bold', title)}  ${stateText(state, terminal)}`,
    `  document   ${entry.documentId}`,
    `  flow       ${entry.integration}/${entry.flow}, from ${entry.connection}`,
    `  captured   ${timeText(entry.capturedAt)} UTC${entry.version === '' ? '' : `, version ${entry.version}`}`,
    ...problemsText('problems', progress?.problems ?? [], terminal),
    ...problemsText('warnings', warningsOf(story), terminal),
    ...peopleText(story),
    ...targetsText(story),
    ...attemptsText(story, terminal),
    ...mappings.flatMap((m) => decisionsText(m.decisions, terminal)),
    ...tablesText(story),
    ...(full ? payloadText(story) : []),
  ]
  terminal.print(`${lines.join('\n')}\n`)
}

const warningsOf = ({ progress, mappings }: Story) => [
  ...new Map(
    [
      ...mappings.filter((m) => !m.undoes || m.generation === progress?.undo?.generation).flatMap((m) => m.warnings),
      ...(progress?.warnings ?? []),
    ].map((w) => [w.code + w.message, w]),
  ).values(),
]

/** What people said of it. */
function peopleText({ progress }: Story): string[] {
  const { hold, assignee, notes = [], undo } = progress ?? {}
  return [
    ...(undo ? [`  undo       ${undo.by}, ${timeText(undo.at)} UTC: ${undo.text}`] : []),
    ...(hold ? [`  held       by ${hold.by} since ${timeText(hold.at)} UTC: ${hold.text}`] : []),
    ...(assignee ? [`  assigned   to ${assignee}`] : []),
    ...notes.map(({ at, by, text }) => `  note       ${timeText(at)} UTC, ${by}: ${text}`),
  ]
}

function targetsText({ progress }: Story): string[] {
  return (progress?.targets ?? []).flatMap((target) => {
    const found = target.adopted ? ' (was there already: found, not written again)' : ''
    return [
      `  written    ${target.operation} at ${target.connection}: ${target.targetId}, ${timeText(target.at)} UTC${found}`,
      ...(Object.keys(target.result).length > 0 ? ['    answer', indented(recordText(target.result), '      ')] : []),
    ]
  })
}

function attemptsText({ progress, mappings }: Story, terminal: Terminal): string[] {
  const attempts = progress?.attempts ?? []
  if (attempts.length === 0) return []
  const operationOf = ({ step }: Attempt): string => {
    if (step === undefined) return ''
    const { generation, index } = parseStep(step)
    return mappings.find((m) => m.generation === generation)?.writes[index]?.operation ?? ''
  }
  const titles = ['at (UTC)', 'stage', 'outcome', 'write', 'code', 'by'].map((title) => ({ title }))
  const rows = attempts.map((a) => [timeText(a.at), a.stage, a.outcome, operationOf(a), a.code ?? '', a.by ?? ''])
  const [header = '', ...lines] = tableLines(titles, rows)
  return ['  attempts', `    ${terminal.style('dim', header)}`, ...lines.map((line) => `    ${line}`)]
}

/** The tables' versions at the mapping, also of those that decided nothing. */
function tablesText({ mappings }: Story): string[] {
  const versions = Object.entries(mappings[0]?.tables ?? {}).map(([name, version]) => `${name}@${version}`)
  return versions.length > 0 ? [`  tables     ${versions.join(', ')}`] : []
}

function payloadText({ raw, mappings }: Story): string[] {
  return [
    '  what came in',
    indented(JSON.stringify(raw, null, 2), '    '),
    ...mappings
      .flatMap((m) => m.writes)
      .flatMap((w) => [
        `  what was sent: ${w.operation} at ${w.connection}, ${w.reference}`,
        indented(recordText(w.record), '    '),
      ]),
  ]
}
