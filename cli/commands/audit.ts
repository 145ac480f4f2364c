import { readFileSync, writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import * as z from 'zod'
import type { Head } from '../../lib/pipeline/ledger/audit/heads.ts'
import { type AuditFormat, auditEvents, auditFormats, auditLines } from '../audit/export.ts'
import { showVerification } from '../audit/show.ts'
import { verifyAudit } from '../audit/verify.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import type { Run } from '../program.ts'
import { instant } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

interface VerifyOptions extends Where {
  young?: string
  seal?: string
  against?: string
  json?: boolean
}

interface ExportOptions extends Where {
  from?: string
  to?: string
  format: AuditFormat
}

/** A message comes back an hour after its worker died; then what that one wrote is attested. */
const youngMinutes = '90'

export function auditCommand(run: Run): Command {
  const command = new Command('audit').summary('the audit trail: verify that nothing was changed, export it')
  command.addCommand(
    withWhere(
      new Command('verify')
        .summary('was anything in the ledger changed or removed?')
        .description(
          paragraphs(`Holds every item of the ledger against the hash-chained audit blocks that the workers append, and
names each item and block that was changed, removed or added. Reads the whole ledger.

Keep the file of --seal somewhere else: with --against it proves later that nothing was rewritten since, blocks
included.`),
        )
        .option('--young <minutes>', 'for so long what no block attests yet is pending', youngMinutes)
        .option('--seal <file>', 'write the last block of every chain to this file')
        .option('--against <file>', 'a file of an earlier --seal, which must still hold')
        .option('--json', 'one JSON object instead of text')
        .addHelpText('after', exitCodeHelp),
    ).action((options: VerifyOptions) =>
      run(options, (terminal) => withDeployment(options, (deployment) => verify(deployment, options, terminal))),
    ),
  )
  command.addCommand(
    withWhere(
      new Command('export')
        .summary('every stage, decision, attempt and word, as CSV or JSON lines')
        .description(
          'Every event of the documents captured in a window: what came in, each decision with its rule, table row and table version, each attempt, each write with the id at its target, who said what. To standard output.',
        )
        .option('--from <date>', 'documents captured at this time or later')
        .option('--to <date>', 'documents captured before this time')
        .addOption(new Option('--format <format>', 'how').choices(auditFormats).default('csv'))
        .addHelpText('after', exitCodeHelp),
    ).action((options: ExportOptions) =>
      run({}, (terminal) => withDeployment(options, (deployment) => exportAudit(deployment, options, terminal))),
    ),
  )
  return command
}

/** @returns 1 where something was changed or removed */
export async function verify(
  deployment: Deployment,
  options: Omit<VerifyOptions, keyof Where>,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const minutes = Number(options.young ?? youngMinutes)
  if (!(minutes >= 0)) throw new WrongUse(`--young ${options.young} is no number of minutes`)
  const against = options.against === undefined ? [] : readSeal(options.against)
  const result = await verifyAudit(deployment, { youngMs: minutes * 60_000, now, against })
  if (options.seal !== undefined)
    writeFileSync(options.seal, `${JSON.stringify({ seal: result.seal, heads: result.heads }, null, 2)}\n`)
  if (options.json) terminal.print(JSON.stringify(result, null, 2))
  else showVerification(result, deployment, terminal)
  return result.findings.length > 0 ? exitCodes.found : exitCodes.ok
}

const sealFile = z.object({
  heads: z.array(z.object({ chain: z.string(), sequence: z.number().int().min(1), hash: z.string() })),
})

function readSeal(file: string): Head[] {
  try {
    return sealFile.parse(JSON.parse(readFileSync(file, 'utf8'))).heads
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new WrongUse(missing ? `there is no file ${file}` : `${file} is not what "audit verify --seal" writes`)
  }
}

/** Prints the audit trail of a window, line by line. */
export async function exportAudit(
  deployment: Deployment,
  options: Pick<ExportOptions, 'from' | 'to' | 'format'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const window = { from: instant('--from', options.from), to: instant('--to', options.to) }
  for await (const line of auditLines(auditEvents(deployment, window), options.format)) terminal.print(line)
  return exitCodes.ok
}
