import { userInfo } from 'node:os'
import { Command } from 'commander'
import type { PersonsWord } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { meantDocument } from '../exceptions/meant.ts'
import { holdDocument, releaseDocument, resolveDocument } from '../exceptions/words.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { outcomesOf, showOutcomes } from '../show/outcomes.ts'
import type { Terminal } from '../terminal.ts'

export interface WordOptions extends Where {
  why: string
  json?: boolean
}

interface Verb {
  name: 'hold' | 'release' | 'resolve'
  summary: string
  description: string
  /** True where the functions have to work on it afterwards. */
  functions: boolean
  work(deployment: Deployment, story: Awaited<ReturnType<typeof meantDocument>>, word: PersonsWord): Promise<void>
  /** What is told when it is done. */
  done(documentId: string, where: readonly string[]): string
}

const verbs: Record<Verb['name'], Verb> = {
  hold: {
    name: 'hold',
    summary: 'keep a document from being sent until it is released',
    description:
      'A document that is on its way, or that waits, is not sent until somebody releases it. What was written of it stays.',
    functions: false,
    work: holdDocument,
    done: (id, where) => `${id} is held. Later: ${commandLine('release', id, '--why', 'settled', ...where)}`,
  },
  release: {
    name: 'release',
    summary: 'let a held document go',
    description: "The document is mapped with today's tables and sent. Who released it and why is kept.",
    functions: true,
    work: releaseDocument,
    done: (id) => `${id} is released.`,
  },
  resolve: {
    name: 'resolve',
    summary: 'settle a waiting document without sending it',
    description:
      'For what was done by hand, or is not to be done at all: the exception is closed, its dead letters are deleted, and a redrive or replay does not bring it back. Who settled it and why is kept.',
    functions: false,
    work: resolveDocument,
    done: (id) => `${id} is settled; it will not be sent.`,
  },
}

const wordCommand =
  (verb: Verb) =>
  (run: Run): Command =>
    withWhere(
      new Command(verb.name)
        .summary(verb.summary)
        .description(verb.description)
        .argument('<id>', 'document id, or a business number that means one document')
        .requiredOption('--why <text>', 'the reason, kept with the document')
        .option('--json', 'one JSON object instead of text')
        .addHelpText('after', exitCodeHelp),
    ).action((id: string, options: WordOptions) =>
      run(options, (terminal) =>
        withDeployment(options, (deployment) => sayWord(verb.name, id, deployment, options, terminal), verb.functions),
      ),
    )

export const holdCommand = wordCommand(verbs.hold)
export const releaseCommand = wordCommand(verbs.release)
export const resolveCommand = wordCommand(verbs.resolve)

/**
 * Does what a person says of a document.
 * @returns 1 where a released document is held or rejected again
 */
export async function sayWord(
  name: Verb['name'],
  id: string,
  deployment: Deployment,
  options: WordOptions,
  terminal: Terminal,
  user: string = userInfo().username,
  now: number = Date.now(),
): Promise<ExitCode> {
  const text = options.why.trim()
  if (text === '') throw new WrongUse('--why needs a reason; it is kept with the document')
  const verb = verbs[name]
  const story = await meantDocument(id, deployment)
  await verb.work(deployment, story, { at: new Date(now).toISOString(), by: user, text })
  const settled = verb.functions && (await deployment.settle())
  const outcomes = await outcomesOf([story.entry], deployment.ledger)
  if (options.json) terminal.print(JSON.stringify({ document: outcomes[0] }, null, 2))
  else {
    terminal.print(verb.done(story.entry.documentId, deployment.arguments))
    if (settled) showOutcomes(outcomes, deployment, terminal)
  }
  const waits = settled && outcomes.some(({ state }) => state === 'held' || state === 'rejected')
  return waits ? exitCodes.found : exitCodes.ok
}
