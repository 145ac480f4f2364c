import { readFileSync } from 'node:fs'

/** A command line as a page shows it. */
export interface WrittenCommand {
  /** Without `npm run cli --` or `ml-connector`: what our command gets. */
  args: string[]
  text: string
  /** A mere name ("`ml-connector trace`", "`tables import`") leaves out what the command needs. */
  whole: boolean
}

const starts = /^(?:npm run cli -- |ml-connector |npm start(?: -- |$))/

/** Code of a page: fenced shell blocks line by line, and what stands between back-ticks. */
export function codeIn(page: string): string[] {
  const fences = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, ' ').split('\n'),
  )
  const text = page.replaceAll(/^```[\s\S]*?^```/gm, '')
  const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll(/\s+/g, ' '))
  return [...fences, ...spans].map((line) => line.trim()).filter((line) => line !== '')
}

/**
 * The command lines of a page that run our command.
 * @param names the command's own subcommands: a span that begins with one names it without the prefix
 */
export function commandsIn(path: string, names: readonly string[]): WrittenCommand[] {
  return codeIn(readFileSync(path, 'utf8'))
    .flatMap((line) => line.split(' && '))
    .flatMap((text) => {
      const prefix = starts.exec(text)?.[0]
      const rest = words(text.slice(prefix?.length ?? 0))
      const args = prefix?.startsWith('npm start') ? ['run', ...rest] : rest
      const ours = prefix === undefined ? names.includes(rest[0] ?? '') : rest[0] !== '<command>'
      const whole = prefix !== undefined && args.length > 1
      return ours ? alternatives(args).map((one) => ({ text, args: one, whole })) : []
    })
}

/** `tables check\|import <integration>` in a table's cell is two command lines. */
function alternatives(args: readonly string[]): string[][] {
  const at = args.findIndex((arg) => arg.includes('\\|'))
  return at < 0 ? [[...args]] : (args[at] ?? '').split('\\|').map((choice) => args.with(at, choice))
}

/** What a placeholder of the pages stands for, where the option looks at its value. */
const examples: Readonly<Record<string, string>> = { '<time>': '2026-10-05', '<number>': '8080', '<seconds>': '60' }

/** A shell line as its words: quotes taken off, the comment and what is read from or written to a file left out. */
const words = (line: string): string[] =>
  [...line.replace(/\s+#\s.*$/, '').matchAll(/(?:^|\s)(?:[<>|] .*$|"([^"]*)"|'([^']*)'|(<[^>]+>|\S+))/g)].flatMap(
    ([, double, single, bare]) => {
      const word = double ?? single ?? bare
      return word === undefined ? [] : [examples[word] ?? word]
    },
  )
