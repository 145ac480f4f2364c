import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProblemCode, problemCodes } from '../lib/core/problem-codes/index.ts'

export const runbookFile = join(import.meta.dirname, 'runbook.md')

const begin = '<!-- codes:start -->'
const end = '<!-- codes:end -->'

/** What a class of problem means for the document, in a sentence that stands under every code of it. */
const meaning: Readonly<Record<ProblemCode['class'], string>> = {
  transient: 'A fault on the way: the document goes back to its queue and is tried again with growing pauses.',
  'rate-limited': 'The other side asked us to slow down: the whole connection waits as long as it said.',
  ambiguous: 'A write was sent and no answer came: the next attempt first looks whether it arrived.',
  unauthorised: 'The connection is down until its credentials work; its queue waits and nothing is lost.',
  held: 'The document waits in the dead-letter queue for a person. Nothing was written.',
  rejected: 'The document was refused and waits in the dead-letter queue. Nothing was written.',
  skipped: 'The document was recorded and not written.',
  warning: 'The document was written; somebody should look.',
  configuration: 'A setting is wrong. Nothing is retried until it is corrected.',
}

/** The lines under a code's heading that the catalogue decides; everything after them is written by hand and kept. */
const generated = ({ class: kind, remedy }: ProblemCode): string =>
  `_${kind}_ · ${meaning[kind]}\n\n**Do:** ${remedy}\n`

/** Headings of the code sections in a runbook, in order. */
export const codesIn = (runbook: string): string[] =>
  [...section(runbook).matchAll(/^### (\S+)$/gm)].map((match) => match[1] ?? '')

const section = (runbook: string): string => runbook.slice(runbook.indexOf(begin) + begin.length, runbook.indexOf(end))

/**
 * The runbook with one section for every code of the catalogue, in its order. What was written by hand under a code
 * stays; the section of a code that is gone goes with it.
 */
export function rewritten(runbook: string, codes: Readonly<Record<string, ProblemCode>> = problemCodes): string {
  const byHand = new Map(
    section(runbook)
      .split(/^### /m)
      .slice(1)
      .map((text) => {
        const [heading = '', ...lines] = text.split('\n')
        const at = lines.findIndex((line) => line.startsWith('**Do:**'))
        return [
          heading,
          lines
            .slice(at + 1)
            .join('\n')
            .trim(),
        ] as const
      }),
  )
  const sections = Object.entries(codes).map(([code, entry]) => {
    const note = byHand.get(code)
    return `### ${code}\n\n${generated(entry)}${note ? `\n${note}\n` : ''}`
  })
  const before = runbook.slice(0, runbook.indexOf(begin) + begin.length)
  return `${before}\n\n${sections.join('\n')}\n${runbook.slice(runbook.indexOf(end))}`
}

/** Run as `node docs/runbook.ts` after a change of the problem codes; a test says when it is due. */
if (import.meta.main) writeFileSync(runbookFile, rewritten(readFileSync(runbookFile, 'utf8')))
