import { parseArgs } from 'node:util'
import { flowPlan } from './flow.ts'
import { carryOut, NotPossible, type Plan } from './plan.ts'
import { systemPlan } from './system.ts'

const usage = `npm run scaffold -- system <name>
npm run scaffold -- flow <integration> <name> [--source <system>] [--type <document>]

  --out <dir>  write there instead of into this repository`

/** Makes what the arguments ask for. @returns what to tell. Throws NotPossible. */
export function scaffold(args: readonly string[], root: string): string {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, source: { type: 'string' }, type: { type: 'string' } },
  })
  const plan = planOf(positionals, values)
  const byHand = carryOut(plan, values.out ?? root)
  return [
    ...[...plan.files.keys()].map((file) => `made     ${file}`),
    ...plan.registrations
      .filter((registration) => !byHand.includes(registration))
      .map(({ file }) => `changed  ${file}`),
    ...byHand.map(({ file, imports, entry }) => `Add to ${file}:\n${[...imports, entry.trim()].join('\n')}`),
    'Then: npm run format && node docs/runbook.ts && node infra/schema.ts && npm run check',
  ].join('\n')
}

function planOf(
  [what, first = '', second = '']: readonly string[],
  options: { source?: string | undefined; type?: string | undefined },
): Plan {
  if (what === 'system' && first !== '') return systemPlan(first)
  if (what === 'flow' && second !== '') return flowPlan(first, second, options)
  throw new NotPossible(usage)
}

if (import.meta.main) {
  try {
    process.stdout.write(`${scaffold(process.argv.slice(2), process.cwd())}\n`)
  } catch (error) {
    const wrongUse = error instanceof NotPossible || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
    if (!wrongUse) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 2
  }
}
