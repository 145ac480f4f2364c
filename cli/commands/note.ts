import { userInfo } from 'node:os'
import { Command } from 'commander'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { meantDocument } from '../exceptions/meant.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import type { Run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  assign?: string
  json?: boolean
}

export const noteCommand = (run: Run): Command =>
  withWhere(
    new Command('note')
      .summary('a note on a document, or who sees to it')
      .argument('<id>', 'document id, or a business number that means one document')
      .argument('[text]', 'the note')
      .option('--assign <who>', 'who sees to it')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((id: string, text: string | undefined, options: Options) =>
    run(options, (terminal) => withDeployment(options, (deployment) => note(id, text, deployment, options, terminal))),
  )

/** Adds a note, with who wrote it and when; `trace` shows it. Throws WrongUse where there is nothing to add. */
export async function note(
  id: string,
  text: string | undefined,
  deployment: Deployment,
  options: Options,
  terminal: Terminal,
  user: string = userInfo().username,
  now: number = Date.now(),
): Promise<ExitCode> {
  const written = text?.trim()
  if (!written && options.assign === undefined) throw new WrongUse('write a note, or say with --assign who sees to it')
  const { entry, progress } = await meantDocument(id, deployment)
  if (!progress) throw new WrongUse(`${entry.documentId} is on its way; a note can be added to what waits or is done`)
  await deployment.ledger.remark(entry, {
    ...(written ? { note: { at: new Date(now).toISOString(), by: user, text: written } } : {}),
    ...(options.assign === undefined ? {} : { assignee: options.assign.trim() }),
  })
  await deployment.ledger.attest()
  const { notes = [], assignee } = (await deployment.ledger.progress(entry)) ?? {}
  if (options.json) terminal.print(JSON.stringify({ documentId: entry.documentId, assignee, notes }, null, 2))
  else terminal.print(`${entry.documentId}: ${assignee ? `${assignee} sees to it` : 'noted'}.`)
  return exitCodes.ok
}
