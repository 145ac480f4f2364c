import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programOf } from '../../cli/program.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { codeIn, commandsIn } from './written-commands.ts'

const root = join(import.meta.dirname, '..', '..')
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
]
const program = () => programOf(async () => undefined, collectingTerminal())
const names = program().commands.map((command) => command.name())

/** What the command says to arguments; undefined where it takes them. Nothing is run. */
async function refusal(args: readonly string[]): Promise<string | undefined> {
  try {
    await program().parseAsync([...args], { from: 'user' })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

describe.each(pages)('%s', (page) => {
  const path = join(root, page)
  const written = commandsIn(path, names)

  test('shows only commands and options that exist', async () => {
    const wrong = []
    for (const { args, text, whole } of written) {
      const problem = await refusal(args)
      const missing = problem && /missing required argument|required option|^\(outputHelp\)/.test(problem)
      if (problem && (whole || !missing)) wrong.push(`${text}: ${problem}`)
    }
    expect(wrong).toEqual([])
  })

  test('shows only scripts of npm that exist', () => {
    const scripts = codeIn(readFileSync(path, 'utf8')).flatMap((line) =>
      [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
    )
    expect(scripts.filter((script) => !(script in packageJson.scripts))).toEqual([])
  })

  test('shows only files of the repository that exist', () => {
    const files = codeIn(readFileSync(path, 'utf8')).filter((code) =>
      /^(lib|cli|infra|functions|docs|sandbox|scaffold|bench|events|test)\/[\w./-]+$/.test(code),
    )
    // A name of your own (`lib/systems/<system>/`) is no file yet.
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})

test('every command has its row in docs/command.md', () => {
  const rows = readFileSync(join(root, 'docs', 'command.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([a-z]+)/g)].map(([, name]) => name))
  expect(names.filter((name) => !rows.includes(name))).toEqual([])
})

test('every command that a problem or an alarm tells to type exists', () => {
  const alarms = readFileSync(join(root, 'infra', 'alarms.ts'), 'utf8')
  const told = [...Object.values(problemCodes).map(({ remedy }) => remedy), ...alarms.split('\n')]
    .flatMap((text) => [...text.matchAll(/ml-connector ([a-z]+) (?:--|<)/g)])
    .map(([, name = '']) => name)
  expect(told.length).toBeGreaterThan(2)
  expect(told.filter((name) => !names.includes(name))).toEqual([])
})
